package form

import (
	"cmp"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"palermo/fault"
)

// Problem is one mistake in a workbook, at its place.
type Problem struct {
	Sheet  string `json:"sheet"`
	Row    int    `json:"row"`    // of the spreadsheet, from 1; 0 for the sheet as a whole
	Column string `json:"column"` // the header as written; "" for the row as a whole
	Reason string `json:"reason"`
}

// Report is what Check found. OK means that the questionnaire can be used;
// warnings do not stop it.
type Report struct {
	OK        bool      `json:"ok"`
	Questions int       `json:"questions"` // as Definition.Questions counts them
	Problems  []Problem `json:"problems"`
	Warnings  []Problem `json:"warnings,omitempty"`
}

// MarshalJSON writes the report with problems as [] where there are none.
func (r Report) MarshalJSON() ([]byte, error) {
	type plain Report
	if r.Problems == nil {
		r.Problems = []Problem{}
	}
	return json.Marshal(plain(r))
}

// Refused is the report on a file that could not be read at all: err as its
// one problem, in the words meant for the person.
func Refused(err error) Report {
	f := fault.Of(err)
	return Report{Problems: []Problem{{Reason: fmt.Sprintf(f.Message, f.Args...)}}}
}

// maxProblems ends a report that nobody would read.
const maxProblems = 500

// Check reports every mistake that would stop the questionnaire from being
// used as its author means it, and warns of what pyxform too only warns of.
func Check(d *Definition) Report {
	c := &checker{def: d, problems: slices.Clone(d.problems), warnings: slices.Clone(d.warnings)}
	c.choices("choices", d.Lists)
	c.choices("external_choices", d.external)
	c.names(d.Items)
	for item := range d.All() {
		c.item(item)
	}
	c.settings()
	c.cycles()
	c.indicators()
	return Report{OK: len(c.problems) == 0, Questions: d.Questions(), Problems: c.sorted(c.problems), Warnings: c.sorted(c.warnings)}
}

type checker struct {
	def                *Definition
	problems, warnings []Problem
}

// sorted puts the survey first, then by row; the same thing is said once.
func (c *checker) sorted(all []Problem) []Problem {
	order := func(p Problem) int {
		i := slices.IndexFunc(c.def.Book.Sheets, func(s Sheet) bool { return s.Name == p.Sheet })
		if p.Sheet == c.def.surveyed {
			i = -2
		}
		return i
	}
	slices.SortStableFunc(all, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(order(a), order(b)), cmp.Compare(a.Row, b.Row))
	})
	all = slices.Compact(all)
	if len(all) > maxProblems {
		all = append(all[:maxProblems], Problem{Sheet: c.def.surveyed, Reason: "There are more problems than are listed. Mend these first."})
	}
	return all
}

func (c *checker) fault(item *Item, meaning, reason string) {
	c.problems = append(c.problems, c.at(item, meaning, reason))
}

func (c *checker) warn(item *Item, meaning, reason string) {
	c.warnings = append(c.warnings, c.at(item, meaning, reason))
}

func (c *checker) at(item *Item, meaning, reason string) Problem {
	return Problem{Sheet: c.def.surveyed, Row: item.Row, Column: c.def.header(c.def.surveyed, meaning), Reason: reason}
}

// sheetName is the name as the workbook writes it.
func (c *checker) sheetName(name string) string {
	if s := c.def.Book.Sheet(name); s != nil {
		return s.Name
	}
	return name
}

func (c *checker) choices(sheet string, lists map[string]*List) {
	sheet = c.sheetName(sheet)
	fault := func(row int, meaning, reason string) {
		c.problems = append(c.problems, Problem{Sheet: sheet, Row: row, Column: c.def.header(sheet, meaning), Reason: reason})
	}
	twice := strings.EqualFold(c.def.Settings["allow_choice_duplicates"], "yes") || sheet == c.sheetName("external_choices")
	for _, list := range lists {
		seen := map[string]int{}
		for _, choice := range list.Choices {
			switch first := seen[choice.Name]; {
			case choice.Name == "":
				fault(choice.Row, "name", "This choice of the list "+quote(list.Name)+" has no name.")
				continue
			case first > 0 && !twice:
				fault(choice.Row, "name", "The list "+quote(list.Name)+" already has a choice "+quote(choice.Name)+" in row "+itoa(first)+".")
			case strings.IndexFunc(choice.Name, unicode.IsSpace) >= 0 && c.usedBy(list.Name, TypeMultiple, TypeRank):
				fault(choice.Row, "name", "The name of a choice cannot contain a space where several may be chosen.")
			}
			if seen[choice.Name] == 0 {
				seen[choice.Name] = choice.Row
			}
			if len(choice.Label) == 0 && len(choice.Media) == 0 {
				c.warnings = append(c.warnings, Problem{sheet, choice.Row, c.def.header(sheet, "label"), "This choice has no label; its name is shown instead."})
			}
		}
	}
}

func (c *checker) usedBy(list string, types ...Type) bool {
	for item := range c.def.All() {
		if item.List == list && slices.Contains(types, item.Type) {
			return true
		}
	}
	return false
}

// names must differ within a group; across groups they may repeat.
func (c *checker) names(items []*Item) {
	seen := map[string]int{}
	for _, item := range items {
		lower := strings.ToLower(item.Name)
		switch first := seen[lower]; {
		case item.Name == "" || item.Derived:
		case first > 0:
			c.fault(item, "name", "The name "+quote(item.Name)+" is already used in row "+itoa(first)+" of the same group.")
		default:
			seen[lower] = item.Row
		}
		c.names(item.Children)
	}
}

func (c *checker) item(item *Item) {
	switch {
	case item.Derived:
		return
	case item.Type == "":
		return // its type is already reported
	case item.Name == "":
		c.fault(item, "name", "This "+string(item.Kind)+" has no name.")
	case !goodName(item.Name):
		c.fault(item, "name", "The name "+quote(item.Name)+" is not possible. Begin with a letter or underscore, then letters, digits, underscores, hyphens or full stops, without spaces.")
	}
	c.labels(item)
	c.list(item)
	if item.Type == TypeCalculate && item.Calculation == nil && item.Default == nil {
		c.fault(item, "calculation", "The calculation is missing.")
	}
	if !item.Type.Supported() {
		c.warn(item, "type", "A question of type "+string(item.Type)+" cannot be answered on line; it is shown as such.")
	}
	if item.Trigger != "" {
		c.warn(item, "trigger", "The trigger is ignored: the calculation is always up to date.")
	}
	for _, f := range item.formulas() {
		c.formula(item, f.meaning, f.formula)
	}
	for _, t := range []struct {
		meaning string
		text    Text
	}{{"label", item.Label}, {"hint", item.Hint}, {"guidance_hint", item.Guidance},
		{"constraint_message", item.ConstraintMessage}, {"required_message", item.RequiredMessage}} {
		c.template(item, t.meaning, t.text)
	}
}

func goodName(s string) bool {
	for i, r := range s {
		if (i == 0 && !isNameStart(r)) || !(isNamePart(r) || r == ':') {
			return false
		}
	}
	return s != ""
}

// labels follow pyxform: a question without label, hint or medium is refused;
// a group without a label, or a hint alone, is only remarked on.
func (c *checker) labels(item *Item) {
	shown := item.Type.Asked() || item.Type == TypeNote
	switch {
	case len(item.Label) > 0 || len(item.Media) > 0:
	case item.Kind != KindQuestion:
		if !item.Has("field-list") && !item.Has("table-list") {
			c.warn(item, "label", "This "+string(item.Kind)+" has no label.")
		}
	case !shown || item.Calculation != nil && item.Type != TypeNote:
	case len(item.Hint) > 0:
		c.warn(item, "label", "This question has a hint but no label.")
	default:
		c.fault(item, "label", "This question has no label, so nobody would know what is asked.")
	}
	for _, language := range c.def.Languages {
		if len(item.Label) > 1 && item.Label[language] == "" && language != "" {
			c.warn(item, "label", "The label is not translated into "+language+".")
		}
	}
}

func (c *checker) list(item *Item) {
	if item.List == "" || c.def.files[item.List] {
		if item.List != "" {
			c.warn(item, "type", "The choices come from a file "+quote(item.List)+" that is not part of the workbook; none are shown.")
		}
		return
	}
	if strings.HasPrefix(item.List, "${") {
		c.warn(item, "type", "Choices taken from a repeat are not shown here.")
		return
	}
	if item.Type == "osm" {
		return
	}
	if c.def.Lists[item.List] == nil && c.def.external[item.List] == nil {
		c.fault(item, "type", "There is no list "+quote(item.List)+" in the sheet choices.")
	}
	if item.Other && item.ChoiceFilter != nil {
		c.fault(item, "choice_filter", "A choice filter and or_other cannot be used together.")
	}
}

func (c *checker) settings() {
	sheet := c.sheetName("settings")
	if f := c.def.InstanceName; f != nil && f.err != nil {
		c.problems = append(c.problems, Problem{sheet, 2, "instance_name", f.err.Error()})
	}
	language := c.def.Settings["default_language"]
	known := language == "" || slices.ContainsFunc(c.def.Languages, func(l string) bool { return l == language || SameLanguage(l, language) })
	if !known {
		c.warnings = append(c.warnings, Problem{sheet, 2, "default_language", "No column has the default language " + quote(language) + "."})
	}
}

func itoa(n int) string { return strconv.Itoa(n) }
