package node_test

import (
	"html"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/document/docx"
	"palermo/ident"
	"palermo/node"
)

func TestACaseFileSaysForWhomItWasMadeAndThatItWas(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, ben, eva, org, anaID, _ := staff(t, n)
		door := n.Record.For(access.Viewer{Member: anaID, Organisation: org, Roles: []access.Role{access.CaseWorker}})
		id, err := n.Desk.OpenCase(t.Context(), door, casework.DescribePerson{Name: "Esohe", Age: casework.Adult})
		must(t, err)
		base, reference := "/cases/"+id.String(), ident.ID(id).Reference()
		if !strings.Contains(ana.reads(base), `href="`+base+`/file.docx"`) {
			t.Error("the page of the case does not lead to its file")
		}
		d, cells := file(t, ben, base)
		first, _ := d.Blocks[0].(*docx.Paragraph)
		for _, want := range []string{"Colleague ben", "Porto Aperto", "confidential"} {
			if first == nil || !strings.Contains(first.Text(), want) {
				t.Errorf("the first line does not say %q", want)
			}
		}
		if d.Title != reference || strings.Contains(d.Header, "Esohe") || d.RightToLeft {
			t.Errorf("title %q, head %q, right to left %t", d.Title, d.Header, d.RightToLeft)
		}
		if !strings.Contains(strings.Join(cells, "\n"), "Esohe") {
			t.Errorf("the name is not in it: %v", cells)
		}
		pages := ben.reads(base)
		for _, link := range regexp.MustCompile(base+`/part/[^"]*`).FindAllString(pages, -1) {
			pages += ben.reads(link)
		}
		pages = html.UnescapeString(pages)
		for _, cell := range cells[3:] { // after the head of the timeline, which the page draws as a list
			if !strings.Contains(pages, cell) {
				t.Errorf("the file has %q, the pages have not", cell)
			}
		}
		if code, printed := ben.ask(http.MethodGet, base+"/file.pdf", nil); code == http.StatusOK && !strings.HasPrefix(printed, "%PDF-") ||
			code != http.StatusOK && !strings.Contains(printed, "There is no Chromium") {
			t.Errorf("printed: %d", code)
		}
		if code, _ := eva.ask(http.MethodGet, base+"/file.pdf", nil); code != http.StatusNotFound {
			t.Errorf("another organisation prints it: %d", code)
		}
		if strings.Count(ana.reads(base+"/history"), "The case as a file, to take away") != 2 {
			t.Error("the history does not say that a file was made")
		}
		if code, body := eva.ask(http.MethodGet, base+"/file.docx", nil); code != http.StatusNotFound || strings.Contains(body, "Esohe") {
			t.Errorf("another organisation: %d", code)
		}
		ben.does("/language", url.Values{"lang": {"ar"}})
		if d, _ := file(t, ben, base); !d.RightToLeft || d.Language != "ar" {
			t.Errorf("in Arabic: %q, right to left %t", d.Language, d.RightToLeft)
		}
	})
}

// file is the case as a document, and the texts of its tables, the timeline's first.
func file(t *testing.T, b *browser, base string) (*docx.Document, []string) {
	t.Helper()
	d, _, err := docx.Read([]byte(b.reads(base + "/file.docx")))
	must(t, err)
	var tables [][]string
	for _, block := range d.Blocks {
		if table, ok := block.(*docx.Table); ok {
			var cells []string
			for _, row := range table.Rows {
				for _, cell := range row.Cells {
					for _, p := range cell.Paragraphs {
						cells = append(cells, p.Text())
					}
				}
			}
			tables = append([][]string{cells}, tables...)
		}
	}
	var all []string
	for _, cells := range tables {
		all = append(all, cells...)
	}
	return d, all
}
