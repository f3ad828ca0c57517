package web

import (
	"fmt"
	"net/http"

	"palermo/fault"
	"palermo/interchange"
	"palermo/web/ui"
)

type importPage struct {
	ui.Page
	Facts   ui.SummaryList
	Columns *ui.Form // what they mean
	Refused *ui.Table
	More    string   // refusals that are not listed
	Going   *goingOn // while it is under way
	Steps   *ui.Steps
}

// goingOn is an import under way: the page goes on by itself where scripts run, and with its button elsewhere.
type goingOn struct {
	Text, Action string
	Done, All    int
}

func (s *Server) showImport(v *visit) error { return v.showOneImport(http.StatusOK, nil) }

// showOneImport is what was found in a file, and what can be done with it.
func (v *visit) showOneImport(status int, refusal error) error {
	seen, err := v.importSeen()
	if err != nil {
		return err
	}
	i := seen.Value().Import
	base := "/imports/" + seen.ID().String()
	page := importPage{Page: v.frame("A file to import"), Facts: v.importFacts(&i)}
	page.Path = base
	page.Back = &ui.Link{Text: v.loc.T("Import and export"), Href: "/imports"}
	if mappable(&i) {
		form := v.columnsForm(&i, base)
		page.Columns = &form
		if refusal != nil {
			page.Errors = page.Columns.Refuse(v.loc, refusal)
		}
	} else if refusal != nil {
		page.Errors = ui.Errors(v.loc, refusal)
	}
	if i.Refused > 0 && !importDone(&i) {
		page.Refused = v.refusedTable(&i)
		if n := i.Refused - len(i.First); n > 0 {
			page.More = v.loc.T("Values that are refused and not listed here: %s", v.loc.Number(n))
		}
	}
	switch {
	case i.Waits() && i.Done > 0:
		way := map[bool]string{false: "/all", true: "/good"}[i.GoodRows]
		page.Going = &goingOn{Text: v.loc.T("%s of %s rows", v.loc.Number(i.Done), v.loc.Number(i.Good)), Action: base + way, Done: i.Done, All: i.Good}
	case i.Waits():
		page.Steps = &ui.Steps{Steps: v.importSteps(&i, base)}
	case importDone(&i):
		page.Steps = &ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Go to the cases"), Href: "/cases", Main: true}}}
	}
	return v.show(status, "import", page)
}

func (v *visit) importFacts(i *interchange.Import) ui.SummaryList {
	tag := v.importTag(i)
	rows := []ui.Row{{Key: v.loc.T("State"), Tag: &tag}, {Key: v.loc.T("What the file is"), Value: v.loc.T(interchange.FileFormat(i.Format).Label())},
		{Key: v.loc.T("How its letters are written"), Value: i.Encoding}, {Key: v.loc.T("Rows"), Value: v.loc.Number(i.Rows)}}
	number := func(key string, n int) {
		if n > 0 || i.Waits() && i.Good > 0 {
			rows = append(rows, ui.Row{Key: v.loc.T(key), Value: v.loc.Number(n)})
		}
	}
	number("Values that are refused", i.Refused)
	if i.Waits() && i.Done == 0 {
		number("Rows that can be imported", i.Good)
		number("Of these, rows that came before", i.Before)
	}
	if i.Done > 0 {
		rows = append(rows, ui.Row{Key: v.loc.T("Stored as cases"), Value: v.loc.Number(i.Stored)},
			ui.Row{Key: v.loc.T("Came before, and left out"), Value: v.loc.Number(i.Done - i.Stored)})
	}
	return ui.SummaryList{Rows: rows}
}

func (v *visit) importSteps(i *interchange.Import, base string) []ui.Step {
	all, good := i.Ready()
	store := ui.Step{Text: v.loc.T("Import the file"), Main: all, Hint: v.loc.T("Each row becomes a case of your organisation. A row that came before is left out.")}
	switch {
	case all:
		store.Action = base + "/all"
	case i.Refused > 0:
		store.Hint, store.Why = "", v.loc.T("Values are refused. Mend the file and bring it again, or import the good rows alone.")
	case i.Format == "csv" && len(i.Mapping.Columns) == 0:
		store.Hint, store.Why = "", v.loc.T("Say first what the columns mean.")
	default:
		store.Hint, store.Why = "", v.loc.T("There is no row in it.")
	}
	steps := []ui.Step{store}
	if good {
		steps = append(steps, ui.Step{Text: v.loc.T("Import the good rows alone"), Action: base + "/good",
			Hint: v.loc.T("The other rows stay out. Keep the file, to mend them.")})
	}
	if len(i.Mapping.Columns) > 0 {
		steps = append(steps, ui.Step{Text: v.loc.T("Save the mapping"), Href: base + "/mapping.yaml", Hint: v.loc.T("A file that you can send in with the next table.")})
	}
	return append(steps, ui.Step{Text: v.loc.T("Discard the file"), Action: base + "/discard", Hint: v.loc.T("Nothing of it is stored as a case.")})
}

func (v *visit) refusedTable(i *interchange.Import) *ui.Table {
	t := &ui.Table{Caption: v.loc.T("What is refused"), Columns: []ui.Column{{Text: v.loc.T("Row")}, {Text: v.loc.T("Column")}, {Text: v.loc.T("Reason")}}}
	for _, r := range i.First {
		row := ""
		if r.Row > 0 {
			row = v.loc.Number(r.Row)
		}
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{{Text: row}, {Text: r.Column}, {Text: v.loc.T(string(r.Reason))}}})
	}
	return t
}

// columnsForm asks what each column means, and what its values are where the field has a list.
func (v *visit) columnsForm(i *interchange.Import, base string) ui.Form {
	f := ui.Form{Action: base + "/columns", Submit: v.loc.T("Check the file again"), Legend: v.loc.T("What the columns mean")}
	for n, heading := range i.Headings {
		target := i.Mapping.Columns[heading]
		column := ui.Field{Name: fmt.Sprintf("column-%d", n), Label: heading, Kind: ui.KindSelect,
			Options: []ui.Option{{Value: "", Label: v.loc.T("Only kept with the case")}}}
		for _, field := range interchange.Fields() {
			column.Options = append(column.Options, ui.Option{Value: field.Name, Label: v.loc.T(field.Label), Selected: field.Name == target.Field})
		}
		f.Fields = append(f.Fields, column)
		answers := interchange.FixedAnswers(target.Field)
		for m, value := range i.Values[heading] {
			means := ui.Field{Name: fmt.Sprintf("value-%d-%d", n, m), Label: v.loc.T("In %s, %s means", heading, value), Kind: ui.KindSelect,
				Options: []ui.Option{{Value: "", Label: ""}}}
			for _, o := range answers {
				chosen := target.Values[value] == o.Value || target.Values[value] == "" && value == o.Value
				means.Options = append(means.Options, ui.Option{Value: o.Value, Label: v.loc.T(o.Label), Selected: chosen})
			}
			f.Fields = append(f.Fields, means)
		}
	}
	return f
}

// mapColumns takes what the columns mean, and checks the file anew.
func (s *Server) mapColumns(v *visit) error {
	seen, err := v.importSeen()
	if err != nil {
		return err
	}
	v.r.Body = http.MaxBytesReader(v.w, v.r.Body, largestForm)
	if err := v.r.ParseForm(); err != nil {
		return fault.Invalid("", "The form could not be read: it is too large, or it was cut off.")
	}
	i := seen.Value()
	mapping := interchange.Mapping{Columns: map[string]interchange.Target{}}
	for n, heading := range i.Headings {
		field := v.r.PostForm.Get(fmt.Sprintf("column-%d", n))
		if field == "" {
			continue
		}
		target := interchange.Target{Field: field}
		if field == i.Mapping.Columns[heading].Field {
			for m, value := range i.Values[heading] {
				if means := v.r.PostForm.Get(fmt.Sprintf("value-%d-%d", n, m)); means != "" {
					if target.Values == nil {
						target.Values = map[string]string{}
					}
					target.Values[value] = means
				}
			}
		}
		mapping.Columns[heading] = target
	}
	return v.changeImport(func(id interchange.ImportID) error { return s.Files.Map(v.r.Context(), v.door, id, mapping) })
}
