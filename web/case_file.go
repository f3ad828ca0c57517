package web

import (
	"palermo/access"
	"palermo/casework"
	"palermo/document/docx"
	"palermo/fault"
	"palermo/record"
	"palermo/web/ui"
)

const docxType = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

// caseFile is a case as a document, for what has to be on paper: what the pages
// of the case show this viewer, in their language, and nothing else. The look in
// the journal says that a file was made.
func (s *Server) caseFile(v *visit) error {
	reference, d, err := s.caseDocument(v)
	if err != nil {
		return err
	}
	file, err := docx.Bytes(d)
	if err != nil {
		return fault.Internal(err)
	}
	return v.save(reference+".docx", docxType, file)
}

// casePDF is the same document, printed.
func (s *Server) casePDF(v *visit) error {
	reference, d, err := s.caseDocument(v)
	if err != nil {
		return err
	}
	file, err := s.printer.Print(v.r.Context(), d)
	if err != nil {
		return err
	}
	return v.save(reference+".pdf", "application/pdf", file)
}

func (s *Server) caseDocument(v *visit) (reference string, d *docx.Document, err error) {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return "", nil, err
	}
	seen, err := record.View(v.r.Context(), v.door, s.Desk.Kind, id, record.Reason{Action: access.Look, Code: "file"})
	if err != nil {
		return "", nil, err
	}
	c := seen.Value()
	if err := c.MayLeave(); err != nil {
		return "", nil, err
	}
	page := casePage{Reference: c.Reference, Facts: v.facts(&c), Alarms: v.alarms(&c, ""), Timeline: v.timeline(&c)}
	if c.Became != nil {
		became := v.entry(c.Became.Entry())
		page.Became = &became
	}
	if page.Due, err = v.due(seen, "", ""); err != nil {
		return "", nil, err
	}
	var sections []caseSection
	for _, section := range c.Sections() {
		part := caseSection{Name: v.loc.T(section.Name)}
		for _, e := range section.Entries {
			part.Lists = append(part.Lists, v.entry(e))
		}
		if len(part.Lists) > 0 {
			sections = append(sections, part)
		}
	}
	return c.Reference, v.fileOf(page, sections), nil
}

// fileOf sets the pages of a case one after another. Each page of the paper says whose it is.
func (v *visit) fileOf(page casePage, sections []caseSection) *docx.Document {
	viewer := v.viewer()
	made := v.loc.T("Made for %s, %s, on %s.", viewer.Name, v.organisation(viewer.Organisation), v.loc.Time(v.s.Node.Now(), v.s.Zone))
	d := &docx.Document{Title: page.Reference, Language: v.loc.Tag(), RightToLeft: v.loc.Dir() == "rtl", Header: page.Reference + ". " + made}
	d.Blocks = []docx.Block{docx.P(made + " " + v.loc.T("It holds confidential data: keep it locked away, and destroy it when it is no longer needed.")),
		&docx.Paragraph{Style: docx.Title, Runs: []docx.Run{{Text: v.loc.T("Case") + " " + page.Reference}}}}
	for _, a := range page.Alarms {
		d.Blocks = append(d.Blocks, fileList(1, v.loc.T("Alarm")+": "+a.Title, a.Facts)...)
	}
	if len(page.Due.Tasks) > 0 {
		d.Blocks = append(d.Blocks, docx.H(1, page.Due.Title))
		for _, t := range page.Due.Tasks {
			d.Blocks = append(d.Blocks, &docx.Paragraph{List: docx.Bullets, Runs: []docx.Run{{Text: t.Text + ". " + t.Hint + ". " + t.Status.Text}}})
		}
	}
	d.Blocks = append(d.Blocks, fileList(1, v.loc.T("Overview"), page.Facts.Rows)...)
	if page.Became != nil {
		d.Blocks = append(d.Blocks, fileList(2, page.Became.Title, page.Became.Rows)...)
	}
	for _, s := range sections {
		d.Blocks = append(d.Blocks, docx.H(1, s.Name))
		for _, list := range s.Lists {
			d.Blocks = append(d.Blocks, fileList(2, list.Title, list.Rows)...)
		}
	}
	d.Blocks = append(d.Blocks, docx.H(1, v.loc.T("Timeline")))
	table := &docx.Table{Rows: []docx.Row{fileRow(v.loc.T("When"), v.loc.T("What"), v.loc.T("Organisation"))}}
	table.Rows[0].Header = true
	for _, t := range page.Timeline.Items {
		table.Rows = append(table.Rows, fileRow(t.When, t.Title, t.By))
	}
	d.Blocks = append(d.Blocks, table)
	return d
}

// fileList is facts with their names under a heading. What only leads to another page is left out.
func fileList(level int, title string, rows []ui.Row) []docx.Block {
	table := &docx.Table{Widths: []int{35, 65}}
	for _, r := range rows {
		if r.Link != nil && r.Value == "" {
			continue
		}
		value := docx.Cell{}
		for _, text := range append([]string{r.Value}, r.Values...) {
			if text != "" {
				p := docx.P(text)
				if r.Lang == "en" {
					p.Direction = docx.LeftToRight
				}
				value.Paragraphs = append(value.Paragraphs, p)
			}
		}
		if r.Tag != nil {
			value.Paragraphs = append(value.Paragraphs, docx.P(r.Tag.Text))
		}
		if r.Note != "" {
			value.Paragraphs = append(value.Paragraphs, &docx.Paragraph{Style: docx.Small, Runs: []docx.Run{{Text: r.Note}}})
		}
		if len(value.Paragraphs) == 0 {
			value.Paragraphs = []*docx.Paragraph{docx.P("")}
		}
		row := fileRow(r.Key)
		row.Cells = append(row.Cells, value)
		table.Rows = append(table.Rows, row)
	}
	if len(table.Rows) == 0 {
		return []docx.Block{docx.H(level, title)}
	}
	return []docx.Block{docx.H(level, title), table}
}

func fileRow(texts ...string) docx.Row {
	var row docx.Row
	for _, text := range texts {
		row.Cells = append(row.Cells, docx.Cell{Paragraphs: []*docx.Paragraph{docx.P(text)}})
	}
	return row
}
