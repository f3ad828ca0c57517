package docx

import (
	"archive/zip"
	"bytes"
	"fmt"
	"io"
	"strings"
)

const (
	wordML    = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
	relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
	declared  = `<?xml version="1.0" encoding="UTF-8" standalone="yes"?>` + "\n"
)

// Write writes the document. The same document gives the same bytes.
func Write(w io.Writer, d *Document) error {
	b := newBody(d)
	text := b.document()
	z := zip.NewWriter(w)
	parts := []struct{ name, content string }{
		{"[Content_Types].xml", contentTypes},
		{"_rels/.rels", packageRelations},
		{"docProps/core.xml", core(d)},
		{"word/document.xml", text},
		{"word/_rels/document.xml.rels", documentRelations},
		{"word/styles.xml", styles(d)},
		{"word/settings.xml", settings},
		{"word/numbering.xml", b.numbering()},
		{"word/footnotes.xml", b.footnotes()},
		{"word/comments.xml", b.comments()},
		{"word/header1.xml", b.header()},
		{"word/footer1.xml", footer},
	}
	for _, p := range parts {
		f, err := z.Create(p.name)
		if err != nil {
			return fmt.Errorf("docx: %s: %w", p.name, err)
		}
		if _, err := io.WriteString(f, declared+p.content); err != nil {
			return fmt.Errorf("docx: %s: %w", p.name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("docx: %w", err)
	}
	return nil
}

// Bytes is Write into memory.
func Bytes(d *Document) ([]byte, error) {
	var b bytes.Buffer
	err := Write(&b, d)
	return b.Bytes(), err
}

const contentTypes = `<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">` +
	`<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>` +
	`<Default Extension="xml" ContentType="application/xml"/>` +
	`<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>` +
	`<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>` +
	`<Override PartName="/word/styles.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml"/>` +
	`<Override PartName="/word/settings.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.settings+xml"/>` +
	`<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>` +
	`<Override PartName="/word/footnotes.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"/>` +
	`<Override PartName="/word/comments.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"/>` +
	`<Override PartName="/word/header1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"/>` +
	`<Override PartName="/word/footer1.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml"/>` +
	`</Types>`

const packageRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `/officeDocument" Target="word/document.xml"/>` +
	`<Relationship Id="rId2" Type="http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties" Target="docProps/core.xml"/>` +
	`</Relationships>`

const documentRelations = `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">` +
	`<Relationship Id="rId1" Type="` + relations + `/styles" Target="styles.xml"/>` +
	`<Relationship Id="rId2" Type="` + relations + `/settings" Target="settings.xml"/>` +
	`<Relationship Id="rId3" Type="` + relations + `/numbering" Target="numbering.xml"/>` +
	`<Relationship Id="rId4" Type="` + relations + `/footnotes" Target="footnotes.xml"/>` +
	`<Relationship Id="rId5" Type="` + relations + `/comments" Target="comments.xml"/>` +
	`<Relationship Id="rId6" Type="` + relations + `/header" Target="header1.xml"/>` +
	`<Relationship Id="rId7" Type="` + relations + `/footer" Target="footer1.xml"/>` +
	`</Relationships>`

const settings = `<w:settings xmlns:w="` + wordML + `"><w:footnotePr><w:footnote w:id="-1"/><w:footnote w:id="0"/></w:footnotePr>` +
	`<w:compat><w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/></w:compat></w:settings>`

const footer = `<w:ftr xmlns:w="` + wordML + `"><w:p><w:pPr><w:jc w:val="center"/></w:pPr>` +
	`<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>`

func core(d *Document) string {
	return `<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" ` +
		`xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>` + escape(d.Title) + `</dc:title><dc:language>` + escape(d.Language) +
		`</dc:language></cp:coreProperties>`
}

func styles(d *Document) string {
	var b strings.Builder
	lang := d.Language
	if lang == "" {
		lang = "en"
	}
	fmt.Fprintf(&b, `<w:styles xmlns:w="%s"><w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Times New Roman" w:hAnsi="Times New Roman" `+
		`w:eastAsia="Noto Serif CJK SC" w:cs="Times New Roman"/><w:sz w:val="22"/><w:szCs w:val="22"/><w:lang w:val="%[2]s" w:eastAsia="%[2]s" w:bidi="%[2]s"/>`+
		`</w:rPr></w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after="120" w:line="259" w:lineRule="auto"/></w:pPr></w:pPrDefault></w:docDefaults>`,
		wordML, escape(lang))
	style := func(id, name, based, paragraph, run string) {
		fmt.Fprintf(&b, `<w:style w:type="paragraph" w:styleId="%s"><w:name w:val="%s"/>`, id, name)
		if based != "" {
			fmt.Fprintf(&b, `<w:basedOn w:val="%s"/><w:next w:val="Normal"/>`, based)
		}
		fmt.Fprintf(&b, `<w:qFormat/><w:pPr>%s</w:pPr><w:rPr>%s</w:rPr></w:style>`, paragraph, run)
	}
	size := func(half int) string { return fmt.Sprintf(`<w:sz w:val="%[1]d"/><w:szCs w:val="%[1]d"/>`, half) }
	style("Normal", "Normal", "", "", "")
	style("Title", "Title", "Normal", `<w:spacing w:before="240" w:after="120"/>`, `<w:b/><w:bCs/>`+size(34))
	style("Subtitle", "Subtitle", "Normal", "", `<w:b/><w:bCs/>`+size(26))
	style("Quote", "Quote", "Normal", `<w:ind w:left="567" w:right="567"/>`, "")
	style("Small", "Small", "Normal", "", size(18))
	style("FootnoteText", "footnote text", "Normal", "", size(18))
	style("CommentText", "annotation text", "Normal", "", size(20))
	for level := 1; level <= 6; level++ {
		style(fmt.Sprintf("Heading%d", level), fmt.Sprintf("heading %d", level), "Normal",
			fmt.Sprintf(`<w:keepNext/><w:spacing w:before="240"/><w:outlineLvl w:val="%d"/>`, level-1), `<w:b/><w:bCs/>`+size(30-2*level))
	}
	b.WriteString(`<w:style w:type="character" w:styleId="Number"><w:name w:val="Number"/></w:style>`)
	b.WriteString(`<w:style w:type="character" w:styleId="FootnoteReference"><w:name w:val="footnote reference"/><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>`)
	b.WriteString(`<w:style w:type="table" w:styleId="Grid"><w:name w:val="Table Grid"/><w:tblPr><w:tblBorders>`)
	for _, side := range []string{"top", "left", "bottom", "right", "insideH", "insideV"} {
		fmt.Fprintf(&b, `<w:%s w:val="single" w:sz="4" w:space="0" w:color="808080"/>`, side)
	}
	b.WriteString(`</w:tblBorders></w:tblPr></w:style></w:styles>`)
	return b.String()
}
