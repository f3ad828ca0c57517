package form

import (
	"iter"
	"strings"
)

// Definition is a questionnaire: what its sheets say, understood. Book keeps
// the sheets themselves. A definition is not changed after New; all its
// methods may be used from several goroutines.
type Definition struct {
	Book            *Workbook
	Title           string
	ID              string
	Version         string
	DefaultLanguage string
	InstanceName    *Formula
	Languages       []string // as the columns name them, in order; "" for columns without a language
	Settings        map[string]string
	Items           []*Item // the top level, in order
	Lists           map[string]*List

	external map[string]*List // sheet external_choices
	files    map[string]bool  // lists that come from files kept elsewhere
	byName   map[string][]*Item
	byPath   map[string]*Item
	problems []Problem // of structure, found while reading
	warnings []Problem
	surveyed string                       // name of the survey sheet
	headers  map[string]map[string]string // sheet → meaning of a column → its header as written
}

// Kind says what an item is.
type Kind string

const (
	KindQuestion Kind = "question"
	KindGroup    Kind = "group"
	KindRepeat   Kind = "repeat"
)

// Item is a row of the survey sheet: a question, or a group or repeat with
// what is in it.
type Item struct {
	Kind     Kind
	Type     Type
	TypeText string // as written
	Row      int    // of the spreadsheet, from 1
	Name     string
	Path     string // names from the top, joined by "/"
	List     string // choices of a select
	Other    bool   // or_other: the choice "other" was added
	external bool   // its list is in the sheet external_choices
	Derived  bool   // added by this program: the text behind or_other

	Label, Hint, Guidance              Text
	ConstraintMessage, RequiredMessage Text
	Media                              map[string]Text // image, audio, video: file names

	Relevant, Constraint, Required, ReadOnly  *Formula
	Calculation, ChoiceFilter, Default, Count *Formula

	Appearance string
	Parameters map[string]string
	Trigger    string
	Columns    map[string]string // columns that have no meaning here, by header as written

	Parent   *Item
	Children []*Item
	// Indicator is set on the questions of an indicator set.
	Indicator *Indicator
}

// List is a list of choices.
type List struct {
	Name    string
	Choices []Choice
}

// Choice is one answer to choose. Columns hold what choice filters look at,
// by header as written.
type Choice struct {
	Row     int
	Name    string
	Label   Text
	Media   map[string]Text
	Columns map[string]string
}

// Text is a text by language, the language as its column names it; "" where
// the column names none.
type Text map[string]string

// All goes through every item in the order of the sheet, groups before what
// is in them.
func (d *Definition) All() iter.Seq[*Item] {
	return func(yield func(*Item) bool) { walk(d.Items, yield) }
}

func walk(items []*Item, yield func(*Item) bool) bool {
	for _, item := range items {
		if !yield(item) || !walk(item.Children, yield) {
			return false
		}
	}
	return true
}

// Questions counts the questions of the questionnaire: what a person is asked,
// and what is calculated (calculate and hidden). Notes, groups, and what a
// device would record by itself (start, end, today, …) are not counted; the
// text behind or_other belongs to its question.
func (d *Definition) Questions() int {
	n := 0
	for item := range d.All() {
		if item.Kind == KindQuestion && !item.Derived && (item.Type.Asked() || item.Type == TypeCalculate || item.Type == TypeHidden) {
			n++
		}
	}
	return n
}

// Item finds an item by its path without repeat indices: "household/name".
func (d *Definition) Item(path string) *Item { return d.byPath[path] }

// named finds what ${name} means when said by from: the name nearest to it.
func (d *Definition) named(name string, from *Item) *Item {
	all := d.byName[name]
	if len(all) < 2 {
		if len(all) == 1 {
			return all[0]
		}
		return nil
	}
	best, depth := all[0], -1
	for _, item := range all {
		if n := sharedDepth(item, from); n > depth {
			best, depth = item, n
		}
	}
	return best
}

// sharedDepth counts the groups that two items are both in.
func sharedDepth(a, b *Item) int {
	if b == nil {
		return 0
	}
	pa, pb := a.lineage(), b.lineage()
	n := 0
	for n < len(pa) && n < len(pb) && pa[n] == pb[n] {
		n++
	}
	return n
}

// lineage lists the items from the top down to this one.
func (i *Item) lineage() []*Item {
	var all []*Item
	for at := i; at != nil; at = at.Parent {
		all = append([]*Item{at}, all...)
	}
	return all
}

// Has reports whether one of the words of the appearance column is this one.
func (i *Item) Has(appearance string) bool {
	for _, w := range strings.Fields(i.Appearance) {
		if strings.EqualFold(w, appearance) {
			return true
		}
	}
	return false
}

// In returns the text in the language wanted: by its name, by the code in
// brackets, else in fallback, else without language, else in any. wanted may
// be "French (fr)", "French" or "fr".
func (t Text) In(wanted, fallback string) string {
	for _, language := range []string{wanted, fallback} {
		if s, ok := t.exactly(language); ok && s != "" {
			return s
		}
	}
	if s := t[""]; s != "" {
		return s
	}
	first := ""
	for language, s := range t {
		if s != "" && (first == "" || language < first) {
			first = language
		}
	}
	return t[first]
}

func (t Text) exactly(wanted string) (string, bool) {
	if s, ok := t[wanted]; ok {
		return s, true
	}
	for language, s := range t {
		if SameLanguage(language, wanted) {
			return s, true
		}
	}
	return "", false
}

// SameLanguage compares two names of languages as workbooks write them:
// "French (fr)", "fr", "French" and "français" are one.
func SameLanguage(a, b string) bool {
	a, b = languageCode(a), languageCode(b)
	return a != "" && a == b
}

func languageCode(name string) string {
	name = strings.ToLower(strings.TrimSpace(name))
	if open := strings.LastIndex(name, "("); open >= 0 && strings.HasSuffix(name, ")") {
		name = strings.TrimSpace(name[open+1 : len(name)-1])
	}
	switch name {
	case "english":
		return "en"
	case "french", "français", "francais":
		return "fr"
	case "spanish", "español", "espanol":
		return "es"
	case "arabic", "العربية":
		return "ar"
	case "chinese", "中文":
		return "zh"
	case "russian", "русский":
		return "ru"
	}
	base, _, _ := strings.Cut(name, "-")
	return base
}
