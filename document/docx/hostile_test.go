package docx

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
	"testing"

	"palermo/fault"
)

// altered is a good document with parts replaced or added.
func altered(t testing.TB, with map[string]string) []byte {
	t.Helper()
	good, err := Bytes(&Document{Title: "T", Language: "en", Blocks: []Block{P("words")}})
	if err != nil {
		t.Fatal(err)
	}
	r, err := zip.NewReader(bytes.NewReader(good), int64(len(good)))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	put := func(name, content string) {
		f, err := w.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(f, content); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range r.File {
		if _, replaced := with[f.Name]; replaced {
			continue
		}
		part, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(part)
		if err != nil {
			t.Fatal(err)
		}
		put(f.Name, string(content))
	}
	for name, content := range with {
		put(name, content)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func inBody(text string) string {
	return `<w:document xmlns:w="` + wordML + `" xmlns:r="` + relations + `" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><w:body>` + text + `</w:body></w:document>`
}

func TestWhatIsDangerousOrBrokenIsRefusedWithItsPlace(t *testing.T) {
	const main = "word/document.xml"
	for name, c := range map[string]struct {
		parts map[string]string
		says  string
	}{
		"macros":             {map[string]string{"word/vbaProject.bin": "x"}, "macros"},
		"type with macros":   {map[string]string{"[Content_Types].xml": strings.ReplaceAll(contentTypes, "document.main+xml", "document.macroEnabled.main+xml")}, "macros"},
		"entities":           {map[string]string{main: `<!DOCTYPE w [<!ENTITY a "aaaa">]>` + inBody("<w:p/>")}, "word/document.xml, line 1"},
		"unknown entity":     {map[string]string{main: inBody("<w:p>&a;</w:p>")}, "damaged in word/document.xml, line 1"},
		"not closed":         {map[string]string{main: "<a>\n<b>\n</a>"}, "damaged in word/document.xml, line 3"},
		"cut off":            {map[string]string{main: "<a>\n<b>\n"}, "damaged in word/document.xml"},
		"in footnotes":       {map[string]string{"word/footnotes.xml": "<a>\n<"}, "word/footnotes.xml, line 2"},
		"no text":            {map[string]string{main: "<a/>"}, "no text"},
		"too deep":           {map[string]string{main: inBody(strings.Repeat("<w:sdt>", 200) + strings.Repeat("</w:sdt>", 200))}, "too deep"},
		"too many elements":  {map[string]string{main: inBody(strings.Repeat("<w:p/>", maxNodes+1))}, "too large"},
		"bomb":               {map[string]string{main: inBody("<w:p><w:r><w:t>" + strings.Repeat("a", maxUnpacked+1) + "</w:t></w:r></w:p>")}, "unpacks to more than"},
		"outside":            {map[string]string{"../evil.xml": "x"}, "outside itself"},
		"no relationships":   {map[string]string{"_rels/.rels": "<a/>"}, "no document"},
		"another word's xml": {map[string]string{main: `<document><body/></document>`}, "no text"},
	} {
		_, _, err := Read(altered(t, c.parts))
		if !fault.Is(err, fault.CodeInvalid) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, data := range map[string][]byte{"nothing": nil, "no zip": []byte("words"), "too large": make([]byte, maxPacked+1)} {
		if _, _, err := Read(data); !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestWhatFetchesOrEmbedsIsLeftOutAndNamed(t *testing.T) {
	rels := strings.Replace(documentRelations, `</Relationships>`, `<Relationship Id="x" Type="`+relations+`/hyperlink" Target="http://evil.example" TargetMode="External"/></Relationships>`, 1)
	d, cleaned, err := Read(altered(t, map[string]string{
		"word/_rels/document.xml.rels": rels,
		"word/_rels/settings.xml.rels": `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="t" Type="x/attachedTemplate" Target="http://evil.example/t.dotm" TargetMode="External"/></Relationships>`,
		"word/document.xml": inBody(`<w:p><w:hyperlink r:id="x"><w:r><w:t>see here</w:t></w:r></w:hyperlink><w:r><w:drawing/><w:object/></w:r>` +
			`<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>INCLUDETEXT "http://evil.example"</w:instrText></w:r></w:p>` +
			`<w:tbl><w:tr><w:tc><w:tbl><w:tr><w:tc><w:p><w:r><w:t>inner</w:t></w:r></w:p></w:tc></w:tr></w:tbl><w:p/></w:tc></w:tr></w:tbl>`),
	}))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{CleanedLink, CleanedOutside, CleanedPicture, CleanedObject, CleanedField, CleanedNested}
	if len(cleaned) != len(want) {
		t.Fatalf("%v", cleaned)
	}
	for i, c := range cleaned {
		if c.What != want[i] || c.Part == "" {
			t.Errorf("%d: %+v", i, c)
		}
	}
	if got := d.Blocks[0].(*Paragraph).Text(); got != "see here" {
		t.Errorf("%q", got)
	}
	if got := d.Blocks[1].(*Table).Rows[0].Cells[0].Paragraphs[0].Text(); got != "inner" {
		t.Errorf("%q", got)
	}
}

// What another program writes: a heading named in German, moved text, a control, text in an alternative.
func TestTheWaysOfOtherProgramsAreUnderstood(t *testing.T) {
	d, _, err := Read(altered(t, map[string]string{
		"word/styles.xml": `<w:styles xmlns:w="` + wordML + `"><w:style w:styleId="berschrift2"><w:name w:val="heading 2"/></w:style></w:styles>`,
		"word/document.xml": inBody(`<w:p><w:pPr><w:pStyle w:val="berschrift2"/></w:pPr><w:r><w:t>A</w:t></w:r></w:p>` +
			`<w:p><w:moveFrom w:author="X" w:date="2018-07-03T18:00:00"><w:r><w:delText>left</w:delText></w:r></w:moveFrom></w:p>` +
			`<w:sdt><w:sdtContent><w:p><w:r><mc:AlternateContent><mc:Choice Requires="x"><w:t>no</w:t></mc:Choice><mc:Fallback><w:t>yes</w:t></mc:Fallback></mc:AlternateContent></w:r></w:p></w:sdtContent></w:sdt>`),
	}))
	if err != nil {
		t.Fatal(err)
	}
	if p := d.Blocks[0].(*Paragraph); p.Style != Heading || p.Level != 2 {
		t.Errorf("%+v", p)
	}
	if r := d.Blocks[1].(*Paragraph).Runs[0]; r.Change == nil || !r.Change.Deleted || r.Change.Author != "X" || r.Change.At.Hour() != 18 {
		t.Errorf("%+v", r)
	}
	if got := d.Blocks[2].(*Paragraph).Text(); got != "yes" {
		t.Errorf("%q", got)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(inBody(`<w:p><w:ins><w:r><w:t>a</w:t></w:r></w:ins></w:p>`)))
	f.Add([]byte(inBody(`<w:tbl><w:tr><w:tc/></w:tr></w:tbl>`)))
	f.Fuzz(func(t *testing.T, text []byte) {
		d, _, err := Read(altered(t, map[string]string{"word/document.xml": string(text)}))
		if err == nil {
			again(t, d.Accepted())
		}
	})
}
