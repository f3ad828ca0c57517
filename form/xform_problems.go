package form

import (
	"maps"
	"slices"
	"strings"
)

// XFormProblems says why the questionnaire cannot be written as an XForm: its
// mistakes, and what has no place there yet. A form that lost a question on
// the way would be worse than none.
func (d *Definition) XFormProblems() []Problem {
	if report := Check(d); !report.OK {
		return report.Problems
	}
	c := &checker{def: d}
	for item := range d.All() {
		c.writable(item)
	}
	c.writableLists()
	c.writableSettings()
	return c.sorted(c.problems)
}

const notWritten = " cannot be written as an XForm."

// parametersOf lists what may be said of each type, beside what all may have.
var parametersOf = map[Type]string{
	TypeRange: " start end step ", TypeOne: " randomize seed value label ", TypeMultiple: " randomize seed value label ", TypeRank: " randomize seed ",
	"image": " max-pixels ", "audio": " quality ", TypeText: " rows ",
	"geopoint": " capture-accuracy warning-accuracy allow-mock-accuracy ", "geotrace": " allow-mock-accuracy ", "geoshape": " allow-mock-accuracy ",
}

func (c *checker) writable(item *Item) {
	if _, known := xformTypes[item.Type]; !known && item.Kind == KindQuestion {
		c.fault(item, "type", "A question of type "+string(item.Type)+notWritten)
	}
	if strings.Contains(item.Name, ":") {
		c.fault(item, "name", "A name with a colon"+notWritten)
	}
	if item.external {
		c.fault(item, "type", "A list of the sheet external_choices"+notWritten)
	}
	if item.Other && (item.shuffled() || item.Type == TypeRank) {
		c.fault(item, "type", "or_other with choices in another order"+notWritten)
	}
	if strings.HasPrefix(item.List, "${") {
		c.fromRepeat(item)
	}
	if item.Has("table-list") || strings.Contains(item.Appearance, "search(") {
		c.fault(item, "appearance", "The appearance "+quote(item.Appearance)+notWritten)
	}
	for _, name := range slices.Sorted(maps.Keys(item.Parameters)) {
		if !strings.Contains(parametersOf[item.Type], " "+name+" ") {
			c.fault(item, "parameters", "The parameter "+quote(name)+notWritten)
		}
	}
	for _, header := range slices.Sorted(maps.Keys(item.Columns)) {
		base, _, _ := strings.Cut(strings.ToLower(header), ":")
		if strings.Contains(" bind body control instance media ", " "+strings.TrimSpace(base)+" ") {
			c.problems = append(c.problems, Problem{c.def.surveyed, item.Row, header, "This column" + notWritten})
		}
	}
	for _, name := range triggers(item) {
		if to := c.def.named(name, item); to == nil || !to.Type.Asked() {
			c.fault(item, "trigger", "${"+name+"} names no question that is asked.")
		}
	}
	for _, n := range item.formulas() {
		c.writableFormula(item, n)
	}
}

func (c *checker) fromRepeat(item *Item) {
	to := c.def.named(strings.TrimSpace(strings.Trim(item.List, "${}")), item)
	switch {
	case to == nil || to.Parent == nil || to.Parent.Kind != KindRepeat:
		c.fault(item, "type", item.List+" names no question that stands in a repeat.")
	case to.Parent.inRepeat() || item.inRepeat():
		c.fault(item, "type", "Choices from a repeat within a repeat"+notWritten)
	}
}

func (c *checker) writableFormula(item *Item, n named) {
	visit(n.formula.root, func(e expr) {
		switch e := e.(type) {
		case *call:
			if e.name == "indexed-repeat" && item.inRepeat() {
				c.fault(item, n.meaning, "indexed-repeat within a repeat"+notWritten)
			}
		case *location:
			from, ok := e.from.(*call)
			last := len(e.steps) - 1
			if ok && from.name == "instance" && last >= 0 && e.steps[last].name == "label" && c.def.needsItext() {
				c.fault(item, n.meaning, "The label of a choice that has several languages or media"+notWritten)
			}
		}
	})
}

// writableLists: the columns of a list that is an instance are elements.
func (c *checker) writableLists() {
	lists, _ := c.def.instances()
	for _, name := range slices.Sorted(maps.Keys(lists)) {
		for _, choice := range c.def.Lists[name].Choices {
			for _, column := range slices.Sorted(maps.Keys(choice.Columns)) {
				if !isElement(column) || column == "itextId" {
					c.problems = append(c.problems, Problem{c.sheetName("choices"), choice.Row, column, "A column of this name" + notWritten})
				}
			}
		}
	}
}

// isElement reports whether a column's header can be an element.
func isElement(s string) bool {
	for i, r := range s {
		if i == 0 && !isNameStart(r) || !isNamePart(r) {
			return false
		}
	}
	return s != ""
}

// settingsRefused change the form in a way that is not written.
const settingsRefused = " name namespaces prefix instance_xmlns omit_instanceid add_none_option client_editable delimiter sms_keyword sms_separator sms_allow_media sms_date_format sms_datetime_format sms_response compact_prefix compact_delimiter "

func (c *checker) writableSettings() {
	for _, name := range slices.Sorted(maps.Keys(c.def.Settings)) {
		if c.def.Settings[name] != "" && (strings.Contains(settingsRefused, " "+name+" ") || strings.HasPrefix(name, "attribute")) {
			c.problems = append(c.problems, Problem{c.sheetName("settings"), 2, name, "The setting " + quote(name) + notWritten})
		}
	}
	for _, name := range []string{"entities", "osm"} {
		if s := c.def.Book.Sheet(name); s != nil && s.header() >= 0 {
			c.problems = append(c.problems, Problem{Sheet: s.Name, Reason: "This sheet" + notWritten})
		}
	}
}
