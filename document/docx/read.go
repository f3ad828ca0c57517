package docx

import (
	"path"
	"strings"
	"time"

	"palermo/fault"
)

// Cleaned is something that was left out: what, as an English phrase, and in which part of the document.
type Cleaned struct {
	What string
	Part string
}

// What is left out of a document that is read.
const (
	CleanedLink    = "A link to the outside: its words are kept."
	CleanedPicture = "A picture or a drawing."
	CleanedObject  = "An embedded document or object."
	CleanedField   = "A field that fetches something: its last result is kept."
	CleanedOutside = "A reference to a template or file outside the document."
	CleanedNested  = "A table within a table: its words are kept as paragraphs."
	CleanedFormula = "A formula."
)

// Read reads a document that may come from anywhere. It refuses what is no
// document, has macros, declares entities, is broken, or unpacks to too much,
// with the place; it leaves out what fetches or embeds something, and says so. Faults: invalid.
func Read(data []byte) (*Document, []Cleaned, error) {
	p, err := openPack(data)
	if err != nil {
		return nil, nil, err
	}
	r := &reader{pack: p, cleaned: map[Cleaned]bool{}}
	main, err := r.main()
	if err != nil {
		return nil, nil, err
	}
	root, err := p.read(main)
	if err != nil {
		return nil, nil, err
	}
	text := root.child("w:document").child("w:body")
	if text.name == "" {
		return nil, nil, fault.Invalid("file", "The document has no text in %s.", main)
	}
	if err := r.parts(main); err != nil {
		return nil, nil, err
	}
	r.part = main
	r.doc.RightToLeft = text.child("w:sectPr").has("w:bidi")
	r.doc.Blocks = r.blocks(text, nil)
	return &r.doc, r.list, nil
}

// reader is one document being read.
type reader struct {
	pack    *pack
	doc     Document
	part    string // being read
	cleaned map[Cleaned]bool
	list    []Cleaned

	styles   map[string]styled
	lists    map[string]map[string]List // number, level → what stands before
	restarts map[string]bool            // numbers that begin again
	seen     map[string]bool            // of those, that did
	notes    map[string]*node
	comments map[string]int // id → place
	open     []int          // comments that stand on what is read
}

type styled struct {
	style Style
	level int
}

func (r *reader) clean(what string) {
	c := Cleaned{What: what, Part: r.part}
	if !r.cleaned[c] {
		r.cleaned[c] = true
		r.list = append(r.list, c)
	}
}

// main finds the part that is the text, and refuses a type that may have macros.
func (r *reader) main() (string, error) {
	rels, err := r.pack.read("_rels/.rels")
	if err != nil {
		return "", err
	}
	main := ""
	for _, rel := range rels.child("p:Relationships").all() {
		if strings.HasSuffix(rel.attrs["Type"], "/officeDocument") {
			main = strings.TrimPrefix(rel.attrs["Target"], "/")
		}
	}
	types, err := r.pack.read("[Content_Types].xml")
	if err != nil {
		return "", err
	}
	if main == "" || types == nil {
		return "", fault.Invalid("file", "This is no document in the format DOCX, or it is damaged.")
	}
	for _, t := range types.child("t:Types").all() {
		if strings.Contains(strings.ToLower(t.attrs["ContentType"]), "macroenabled") {
			return "", fault.Invalid("file", "The document has macros in it. Save it as a document without macros, and send that.")
		}
	}
	return main, nil
}

func (n *node) all() []*node {
	if n == nil {
		return nil
	}
	return n.children
}

// parts reads what stands beside the text: styles, lists, footnotes, comments, the title.
func (r *reader) parts(main string) error {
	dir, file := path.Split(main)
	r.part = dir + "_rels/" + file + ".rels"
	rels, err := r.pack.read(r.part)
	if err != nil {
		return err
	}
	of := map[string]string{}
	for _, rel := range rels.child("p:Relationships").all() {
		kind, target := path.Base(rel.attrs["Type"]), rel.attrs["Target"]
		if rel.attrs["TargetMode"] == "External" {
			r.clean(map[bool]string{true: CleanedLink, false: CleanedOutside}[kind == "hyperlink"])
			continue
		}
		if !strings.HasPrefix(target, "/") {
			target = dir + target
		}
		of[kind] = target
	}
	if rels, err := r.pack.read(dir + "_rels/settings.xml.rels"); err != nil {
		return err
	} else if len(rels.child("p:Relationships").all()) > 0 {
		r.part = dir + "_rels/settings.xml.rels"
		r.clean(CleanedOutside)
	}
	for _, part := range []struct {
		kind string
		read func(*node)
	}{{"styles", r.readStyles}, {"numbering", r.readLists}, {"footnotes", r.readNotes}, {"comments", r.readComments}, {"header", r.readHeader}} {
		if of[part.kind] == "" {
			continue
		}
		root, err := r.pack.read(of[part.kind])
		if err != nil {
			return err
		}
		if root != nil {
			r.part = of[part.kind]
			part.read(root)
		}
	}
	core, err := r.pack.read("docProps/core.xml")
	if err != nil {
		return err
	}
	if len(core.all()) > 0 {
		r.doc.Title = core.children[0].child("dc:title").words()
		if l := core.children[0].child("dc:language").words(); l != "" {
			r.doc.Language = l
		}
	}
	return nil
}

func (r *reader) readStyles(root *node) {
	all := root.child("w:styles")
	r.styles = map[string]styled{}
	r.doc.Language = all.child("w:docDefaults").child("w:rPrDefault").child("w:rPr").val("w:lang")
	for _, s := range all.children {
		name := strings.ToLower(s.val("w:name")) // ids are in the language of the program that wrote it, names are not
		switch {
		case name == "title", name == "subtitle", name == "quote", name == "small":
			r.styles[s.attrs["w:styleId"]] = styled{style: Style(name)}
		case strings.HasPrefix(name, "heading ") && len(name) == 9 && name[8] >= '1' && name[8] <= '9':
			r.styles[s.attrs["w:styleId"]] = styled{style: Heading, level: min(int(name[8]-'0'), 6)}
		}
	}
}

func (r *reader) readLists(root *node) {
	r.lists, r.restarts, r.seen = map[string]map[string]List{}, map[string]bool{}, map[string]bool{}
	abstract := map[string]map[string]List{}
	for _, n := range root.child("w:numbering").children {
		switch n.name {
		case "w:abstractNum":
			levels := map[string]List{}
			for _, l := range n.children {
				if l.name == "w:lvl" {
					levels[l.attrs["w:ilvl"]] = map[bool]List{true: Bullets, false: Numbers}[l.val("w:numFmt") == "bullet"]
				}
			}
			abstract[n.attrs["w:abstractNumId"]] = levels
		case "w:num":
			id := n.attrs["w:numId"]
			r.lists[id] = abstract[n.val("w:abstractNumId")]
			r.restarts[id] = n.child("w:lvlOverride").child("w:startOverride").name != ""
		}
	}
}

func (r *reader) readNotes(root *node) {
	r.notes = map[string]*node{}
	for _, n := range root.child("w:footnotes").children {
		if n.attrs["w:type"] == "" || n.attrs["w:type"] == "normal" {
			r.notes[n.attrs["w:id"]] = n
		}
	}
}

func (r *reader) readComments(root *node) {
	r.comments = map[string]int{}
	for _, n := range root.child("w:comments").children {
		if n.name != "w:comment" {
			continue
		}
		var lines []string
		for _, p := range n.children {
			if p.name == "w:p" {
				lines = append(lines, plain(p))
			}
		}
		r.comments[n.attrs["w:id"]] = len(r.doc.Comments)
		r.doc.Comments = append(r.doc.Comments, Comment{Author: n.attrs["w:author"], At: instant(n.attrs["w:date"]), Text: strings.Join(lines, "\n")})
	}
}

func (r *reader) readHeader(root *node) {
	var lines []string
	for _, p := range root.child("w:hdr").children {
		if p.name == "w:p" {
			lines = append(lines, plain(p))
		}
	}
	r.doc.Header = strings.TrimSpace(strings.Join(lines, "\n"))
}

// plain is the words of a paragraph without their look, with tabs and new lines.
func plain(n *node) string {
	switch n.name {
	case "w:t":
		return n.words()
	case "w:tab":
		return "\t"
	case "w:br", "w:cr":
		return "\n"
	case "w:pPr", "w:rPr", "w:del":
		return ""
	}
	var b strings.Builder
	for _, c := range n.children {
		b.WriteString(plain(c))
	}
	return b.String()
}

// instant reads a date of a change; a date that is none is left out.
func instant(s string) time.Time {
	for _, layout := range []string{time.RFC3339, "2006-01-02T15:04:05"} {
		if at, err := time.Parse(layout, s); err == nil {
			return at.UTC()
		}
	}
	return time.Time{}
}
