package linkage

import (
	"slices"
)

// Key is one of the eight ways in which two records may agree. Each joins
// several facts: a key alone says nothing of a single one of them, and a
// register cannot be searched by a name or by a date. docs/linkage.md gives the
// reason for each and how often strangers agree by it.
type Key uint8

const (
	ByDocument       Key = iota + 1 // a document's number and its country
	ByNamesAndYear                  // two parts of the name, the year of birth
	ByNameAndDay                    // one part of the name, the day of birth
	ByNamesAndPlace                 // two parts of the name, a place
	ByDayAndPlace                   // the day of birth, a place
	ByAddress                       // one part of the name or the day of birth, an address
	ByParent                        // one part of the name, one of a parent's that the person does not bear, the year
	ByNamesAndNation                // two parts of the name, a nationality
)

// rules says, per key, its name, the most texts that it gives of one person, and
// its points (see Score).
var rules = [...]struct {
	key    Key
	name   string
	most   int
	points int
}{
	{ByDocument, "document", 2, 4},
	{ByNamesAndYear, "names+year", 12, 1},
	{ByNameAndDay, "name+day", 12, 2},
	{ByNamesAndPlace, "names+place", 10, 1},
	{ByDayAndPlace, "day+place", 4, 2},
	{ByAddress, "address", 8, 2},
	{ByParent, "parent", 8, 1},
	{ByNamesAndNation, "names+nation", 8, 1},
}

// QuestionSize is the most texts that a person has, and the number of tokens in
// every question: the sum of what the keys allow.
const QuestionSize = 64

// Rules names the making of texts. It stands at the head of every input, so
// that nodes that make them otherwise never meet; it changes with any change of
// the rules here or in palermo/names.
const Rules = "palermo/linkage/1"

// String is the name of the key in docs/linkage.md, the journal and the page.
func (k Key) String() string {
	if k < ByDocument || k > ByNamesAndNation {
		return "none"
	}
	return rules[k-1].name
}

// Points is what the key counts in a Score.
func (k Key) Points() int {
	if k < ByDocument || k > ByNamesAndNation {
		return 0
	}
	return rules[k-1].points
}

// Text is what one key says of one person. It is as telling as the record: it
// is blinded, or compared within one office, and never stored, logged or sent.
type Text struct {
	Key  Key
	Text string
}

// Input is what is evaluated for a text. The register stands in it: what is
// evaluated for one State's register meets nothing in another's.
func (t Text) Input(register string) []byte {
	return []byte(Rules + "|" + register + "|" + t.Key.String() + "|" + t.Text)
}

// Texts gives the texts of all keys that the record allows, at most
// QuestionSize. Two records agree by a key when they share one of its texts.
func Texts(p Person) []Text {
	f := factsOf(p)
	var out []Text
	for _, rule := range rules {
		texts := f.texts(rule.key)
		slices.Sort(texts)
		texts = slices.Compact(texts)
		for _, t := range texts[:min(len(texts), rule.most)] {
			out = append(out, Text{rule.key, t})
		}
	}
	return out
}

func (f facts) texts(k Key) []string {
	year, day := given(f.born.year), given(f.born.day)
	switch k {
	case ByDocument:
		return f.documents
	case ByNamesAndYear:
		return with(f.pairs, year)
	case ByNameAndDay:
		return with(f.singles, day)
	case ByNamesAndPlace:
		return with(f.pairs, f.places)
	case ByDayAndPlace:
		return with(day, f.places)
	case ByAddress:
		return slices.Concat(with(f.singles, f.addresses), with(day, f.addresses))
	case ByParent:
		return with(f.parents, year)
	case ByNamesAndNation:
		return with(f.pairs, f.nations)
	}
	return nil
}

// given is a list of one, or of none where there is nothing.
func given(s string) []string {
	if s == "" {
		return nil
	}
	return []string{s}
}

// with joins each of a with each of b.
func with(a, b []string) []string {
	var out []string
	for _, x := range a {
		for _, y := range b {
			out = append(out, x+"|"+y)
		}
	}
	return out
}
