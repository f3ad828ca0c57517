package web

import (
	"bytes"
	"net/http"

	"palermo/access"
	"palermo/fault"
	"palermo/input"
	"palermo/interchange"
	"palermo/record"
	"palermo/web/ui"
)

// routeImports is what members bring in and take out as files.
func (s *Server) routeImports(mux *http.ServeMux) {
	mux.HandleFunc("GET /imports", s.signedIn(s.imports))
	mux.HandleFunc("POST /imports", s.signedIn(s.bringIn))
	mux.HandleFunc("POST /imports/export", s.signedIn(s.exportCases))
	mux.HandleFunc("GET /imports/{id}", s.signedIn(s.showImport))
	mux.HandleFunc("POST /imports/{id}/columns", s.signedIn(s.mapColumns))
	mux.HandleFunc("GET /imports/{id}/mapping.yaml", s.signedIn(s.importMapping))
	mux.HandleFunc("POST /imports/{id}/all", s.signedIn(func(v *visit) error { return v.storeImport(false) }))
	mux.HandleFunc("POST /imports/{id}/good", s.signedIn(func(v *visit) error { return v.storeImport(true) }))
	mux.HandleFunc("POST /imports/{id}/discard", s.signedIn(s.discardImport))
}

type importsPage struct {
	ui.Page
	In    *ui.Form
	Out   ui.Form
	Table *ui.Table
}

// bringsIn and takesOut say whether the viewer has a role for it; the door decides on each record.
func (v *visit) bringsIn() bool {
	return v.viewer().Has(access.CaseWorker) || v.viewer().Has(access.Advocate)
}
func (v *visit) takesOut() bool { return v.bringsIn() || v.viewer().Has(access.FocalPoint) }

func (s *Server) imports(v *visit) error { return v.showImports(http.StatusOK, nil, nil) }

// showImports asks for a file, and lists those that were brought in.
func (v *visit) showImports(status int, asked *interchange.BringIn, refusal error) error {
	if !v.takesOut() {
		return fault.Denied("Files are brought in and taken out by those who lead cases.")
	}
	page := importsPage{Page: v.frame("Import and export")}
	page.Path = "/imports"
	page.Back = &ui.Link{Text: v.loc.T("Cases"), Href: "/cases"}
	if asked == nil {
		asked = &interchange.BringIn{}
	}
	page.Out = v.form("", "/imports/export", "", input.Describe(&interchange.TakeOut{Format: "csv"}), 0)
	page.Out.Submit, page.Out.Cancel = v.loc.T("Save the file"), nil
	if v.bringsIn() {
		in := v.form("", "/imports", "", input.Describe(asked), 0)
		in.Submit, in.Cancel = v.loc.T("Check the file"), nil
		page.In = &in
		list, err := v.s.Files.Imports(v.r.Context(), v.door)
		if err != nil {
			return err
		}
		page.Table = v.importsTable(list)
	}
	if refusal != nil {
		page.Errors = page.In.Refuse(v.loc, refusal)
	}
	return v.show(status, "imports", page)
}

func (v *visit) importsTable(list []record.Redacted[interchange.ImportView]) *ui.Table {
	t := &ui.Table{Caption: v.loc.T("Files that were brought in"), Columns: []ui.Column{{Text: v.loc.T("When")}, {Text: v.loc.T("By whom")},
		{Text: v.loc.T("What the file is")}, {Text: v.loc.T("Rows"), Numeric: true}, {Text: v.loc.T("Stored"), Numeric: true}, {Text: v.loc.T("State")}},
		Empty: ui.Empty{Title: v.loc.T("None yet")}}
	for _, seen := range list {
		i := seen.Value()
		tag := v.importTag(&i.Import)
		t.Rows = append(t.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.loc.Time(i.Began, v.s.Zone), Href: "/imports/" + seen.ID().String()}, {Text: v.member(i.By)},
			{Text: v.loc.T(interchange.FileFormat(i.Format).Label())}, {Text: v.loc.Number(i.Rows)}, {Text: v.loc.Number(i.Stored)}, {Tag: &tag}}})
	}
	return t
}

func (v *visit) importTag(i *interchange.Import) ui.Tag {
	switch {
	case i.Discarded:
		return ui.Tag{Text: v.loc.T("Discarded"), Colour: ui.Grey}
	case !i.Waits():
		return ui.Tag{Text: v.loc.T("Done"), Colour: ui.Green}
	case i.Done > 0:
		return ui.Tag{Text: v.loc.T("Under way"), Colour: ui.Teal}
	}
	return ui.Tag{Text: v.loc.T("Not imported yet"), Colour: ui.Yellow}
}

// bringIn checks a file and shows what was found; nothing of it is a case yet.
func (s *Server) bringIn(v *visit) error {
	var asked interchange.BringIn
	err := v.decode(&asked)
	var id interchange.ImportID
	if err == nil {
		id, err = s.Files.Begin(v.r.Context(), v.door, string(asked.Format), asked.File.Bytes, asked.Mapping.Bytes)
	}
	if fault.Is(err, fault.CodeInvalid) && v.bringsIn() {
		return v.showImports(http.StatusUnprocessableEntity, &asked, err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/imports/" + id.String())
}

// exportCases gives the cases that the viewer may see as a file; each is a look in the journal.
func (s *Server) exportCases(v *visit) error {
	var asked interchange.TakeOut
	if err := v.decode(&asked); err != nil {
		return err
	}
	if !v.takesOut() {
		return fault.Denied("Files are brought in and taken out by those who lead cases.")
	}
	var file bytes.Buffer
	if _, err := interchange.Write(v.r.Context(), s.Desk, v.door, string(asked.Format), &file); err != nil {
		return err
	}
	if asked.Format == "json" {
		return v.save("cases.json", "application/json", file.Bytes())
	}
	return v.save("cases.csv", "text/csv; charset=utf-8", file.Bytes())
}

func (v *visit) importSeen() (record.Redacted[interchange.ImportView], error) {
	id, err := record.ParseID[interchange.Import](v.r.PathValue("id"))
	if err != nil {
		return record.Redacted[interchange.ImportView]{}, err
	}
	return v.s.Files.Import(v.r.Context(), v.door, id)
}

// storeImport stores some seconds' worth of rows; the page that follows goes on.
func (v *visit) storeImport(goodRows bool) error {
	return v.changeImport(func(id interchange.ImportID) error {
		return v.s.Files.Go(v.r.Context(), v.door, id, goodRows)
	})
}

func (s *Server) discardImport(v *visit) error {
	return v.changeImport(func(id interchange.ImportID) error { return s.Files.Discard(v.r.Context(), v.door, id) })
}

func (v *visit) changeImport(change func(interchange.ImportID) error) error {
	id, err := record.ParseID[interchange.Import](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	if err := change(id); fault.Is(err, fault.CodeInvalid) || fault.Is(err, fault.CodeConflict) {
		return v.showOneImport(http.StatusUnprocessableEntity, err)
	} else if err != nil {
		return err
	}
	return v.redirect("/imports/" + id.String())
}

// importMapping is the mapping as a file, to be taken again or to be looked at by somebody else.
func (s *Server) importMapping(v *visit) error {
	seen, err := v.importSeen()
	if err != nil {
		return err
	}
	i := seen.Value()
	text, err := i.Mapping.YAML()
	if err != nil {
		return err
	}
	return v.save("mapping.yaml", "application/yaml", text)
}

func importDone(i *interchange.Import) bool { return !i.Waits() && !i.Discarded }

// mappable reports that the viewer can say now what the columns mean.
func mappable(i *interchange.Import) bool {
	return i.Format == "csv" && i.Waits() && i.Done == 0
}
