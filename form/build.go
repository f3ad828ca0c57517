package form

import (
	"strings"
)

// New understands the sheets of a workbook as a questionnaire. It never fails:
// mistakes are what Check reports.
func New(book *Workbook) *Definition {
	d := &Definition{
		Book: book, Settings: map[string]string{}, Lists: map[string]*List{}, external: map[string]*List{},
		files: map[string]bool{}, byName: map[string][]*Item{}, byPath: map[string]*Item{}, headers: map[string]map[string]string{},
	}
	d.readSettings()
	d.readChoices("choices", d.Lists)
	d.readChoices("external_choices", d.external)
	survey := book.Sheet("survey")
	if survey == nil && len(book.Sheets) == 1 {
		survey = &book.Sheets[0] // as pyxform: a lone sheet is the survey
	}
	if survey == nil {
		d.fault("survey", 0, "", "There is no sheet named survey. Name the sheet with the questions survey.")
		return d
	}
	d.surveyed = survey.Name
	b := &builder{def: d, table: newTable(survey, surveyColumn), patterns: newTypePatterns()}
	d.noteHeaders(survey.Name, b.table.columns)
	b.run()
	if d.DefaultLanguage == "" && len(d.Languages) > 0 {
		d.DefaultLanguage = d.Languages[0]
	}
	return d
}

func (d *Definition) fault(sheet string, row int, column, reason string) {
	d.problems = append(d.problems, Problem{Sheet: sheet, Row: row, Column: column, Reason: reason})
}

func (d *Definition) noteHeaders(sheet string, all []column) {
	h := map[string]string{}
	for _, c := range all {
		if _, ok := h[c.meaning]; !ok && c.meaning != "" {
			h[c.meaning] = c.header
		}
		if translatable(c.meaning) && (c.meaning == "label" || c.meaning == "hint") {
			d.addLanguage(c.language)
		}
	}
	d.headers[sheet] = h
}

func (d *Definition) addLanguage(language string) {
	for _, l := range d.Languages {
		if l == language {
			return
		}
	}
	d.Languages = append(d.Languages, language)
}

// header is the column's name as the author wrote it.
func (d *Definition) header(sheet, meaning string) string {
	if h := d.headers[sheet][meaning]; h != "" {
		return h
	}
	return meaning
}

func (d *Definition) readSettings() {
	sheet := d.Book.Sheet("settings")
	if sheet == nil {
		return
	}
	t := newTable(sheet, settingsColumn)
	l := line{&t, t.first}
	for _, c := range t.columns {
		if s := strings.TrimSpace(sheet.cell(t.first, c.index)); s != "" {
			d.Settings[c.meaning] = s
		}
	}
	d.Title, d.ID, d.Version = l.get("form_title"), l.get("form_id"), l.get("version")
	d.DefaultLanguage = l.get("default_language")
	if name := l.get("instance_name"); name != "" {
		d.InstanceName = parse(name)
	}
}

func (d *Definition) readChoices(name string, lists map[string]*List) {
	sheet := d.Book.Sheet(name)
	if sheet == nil {
		return
	}
	t := newTable(sheet, choiceColumn)
	if len(t.columns) == 0 {
		return
	}
	d.noteHeaders(sheet.Name, t.columns)
	for row := t.first; row < len(sheet.Rows); row++ {
		l := line{&t, row}
		list := l.get("list_name")
		if list == "" {
			if !l.empty() && l.get("name") != "" {
				d.warn(sheet.Name, row+1, d.header(sheet.Name, "list_name"), "This choice belongs to no list and is left out.")
			}
			continue
		}
		if lists[list] == nil {
			lists[list] = &List{Name: list}
		}
		lists[list].Choices = append(lists[list].Choices, Choice{
			Row: row + 1, Name: l.get("name"), Label: l.texts("label"), Media: l.media(), Columns: l.unknown(),
		})
	}
}

func (d *Definition) warn(sheet string, row int, column, reason string) {
	d.warnings = append(d.warnings, Problem{Sheet: sheet, Row: row, Column: column, Reason: reason})
}

// builder turns the rows of the survey sheet into items.
type builder struct {
	def      *Definition
	table    table
	patterns typePatterns
	open     []*Item
}

func (b *builder) fault(row int, meaning, reason string) {
	sheet := b.table.sheet.Name
	b.def.fault(sheet, row+1, b.def.header(sheet, meaning), reason)
}

func (b *builder) run() {
	sheet := b.table.sheet
	if b.def.headers[sheet.Name]["type"] == "" {
		b.def.fault(sheet.Name, 1, "type", "The column type is missing. Each question needs its type.")
		return
	}
	for row := b.table.first; row < len(sheet.Rows); row++ {
		l := line{&b.table, row}
		disabled := strings.ToLower(l.get("disabled"))
		if l.empty() || disabled == "yes" || disabled == "true" {
			continue
		}
		b.row(l)
	}
	for _, item := range b.open {
		b.fault(item.Row-1, "type", "This "+string(item.Kind)+" is opened and never closed. Add a row end "+string(item.Kind)+".")
	}
	if len(b.def.Items) == 0 && len(b.def.problems) == 0 {
		b.def.fault(sheet.Name, 1, "type", "There are no questions in this sheet.")
	}
}

func (b *builder) row(l line) {
	cell := l.get("type")
	if cell == "" {
		if l.get("name") != "" || l.texts("label") != nil {
			b.fault(l.row, "type", "This row has no type, such as text or select_one.")
		}
		return
	}
	if strings.HasPrefix(cell, "#") {
		return // a comment, as pyxform has it
	}
	t, known := b.patterns.read(cell)
	switch {
	case !known:
		b.fault(l.row, "type", unknownType(cell))
		b.add(b.newItem(l, rowType{})) // others may refer to it; one mistake is enough
	case t.end != "":
		b.end(l, t.end)
	default:
		b.item(l, t)
	}
}

func unknownType(cell string) string {
	first, _, _ := strings.Cut(strings.ToLower(cell), " ")
	if strings.HasPrefix(first, "select") || first == "rank" {
		return "The type " + quote(cell) + " does not say which list the choices come from, as in select_one LIST."
	}
	return "There is no type " + quote(cell) + "."
}

func quote(s string) string {
	if r := []rune(s); len(r) > 60 {
		s = string(r[:60]) + "…"
	}
	return "“" + s + "”"
}

func (b *builder) end(l line, kind Kind) {
	if len(b.open) == 0 {
		b.fault(l.row, "type", "This ends a "+string(kind)+" that was never begun.")
		return
	}
	last := b.open[len(b.open)-1]
	if last.Kind != kind {
		b.fault(l.row, "type", "This ends a "+string(kind)+", but what is open here is the "+string(last.Kind)+" "+quote(last.Name)+".")
	}
	b.open = b.open[:len(b.open)-1]
}

const maxNesting = 32

func (b *builder) item(l line, t rowType) {
	item := b.newItem(l, t)
	if t.begin != "" {
		item.Kind, item.Type = t.begin, Type(t.begin)
		b.add(item)
		b.open = append(b.open, item)
		if len(b.open) == maxNesting+1 {
			b.fault(l.row, "type", "Groups are nested too deeply.")
		}
		return
	}
	if t.file {
		b.def.files[t.list] = true
	}
	b.add(item)
	if t.other {
		b.other(item)
	}
}

func (b *builder) add(item *Item) {
	parent := (*Item)(nil)
	if n := len(b.open); n > 0 {
		parent = b.open[min(n, maxNesting)-1]
	}
	item.Parent, item.Path = parent, item.Name
	if parent == nil {
		b.def.Items = append(b.def.Items, item)
	} else {
		parent.Children = append(parent.Children, item)
		item.Path = parent.Path + "/" + item.Name
	}
	b.def.byName[item.Name] = append(b.def.byName[item.Name], item)
	if b.def.byPath[item.Path] == nil {
		b.def.byPath[item.Path] = item
	}
}
