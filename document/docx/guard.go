package docx

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strings"

	"palermo/fault"
)

// What a document may be at most. The rolling text of a questionnaire with
// thousands of proposals stays far below.
const (
	maxPacked   = 20 << 20
	maxUnpacked = 64 << 20
	maxParts    = 2000
	maxNodes    = 1_000_000
	maxDepth    = 120
)

// pack is an opened document: its parts by name, none unpacked yet.
type pack struct {
	parts map[string]*zip.File
	left  int64 // bytes that may still be unpacked
	nodes int   // elements that may still be read
}

func openPack(data []byte) (*pack, error) {
	if len(data) > maxPacked {
		return nil, fault.Invalid("file", "The document is larger than %d MB.", maxPacked>>20)
	}
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return nil, fault.Invalid("file", "This is no document in the format DOCX, or it is damaged.")
	}
	if len(archive.File) > maxParts {
		return nil, fault.Invalid("file", "The document has too many parts.")
	}
	p := &pack{parts: map[string]*zip.File{}, left: maxUnpacked, nodes: maxNodes}
	for _, f := range archive.File {
		name := strings.ToLower(strings.TrimPrefix(f.Name, "/"))
		switch {
		case strings.Contains(name, "..") || strings.Contains(name, `\`):
			return nil, fault.Invalid("file", "The document names a part outside itself: %s.", f.Name)
		case p.parts[name] != nil:
			return nil, fault.Invalid("file", "The document has two parts of the same name: %s.", f.Name)
		case strings.HasSuffix(name, ".bin") && strings.Contains(name, "vbaproject"):
			return nil, fault.Invalid("file", "The document has macros in it. Save it as a document without macros, and send that.")
		}
		p.parts[name] = f
	}
	return p, nil
}

// node is an element: its name with a prefix of ours, its attributes, what is in it.
type node struct {
	name     string // "w:p"; of a text "" with its words
	text     string
	attrs    map[string]string
	children []*node
}

// read parses a part; nil where there is none. Broken XML, a document type
// declaration and what is too large are refused with the part and the line.
func (p *pack) read(name string) (*node, error) {
	f := p.parts[strings.ToLower(strings.TrimPrefix(name, "/"))]
	if f == nil {
		return nil, nil
	}
	r, err := f.Open()
	if err != nil {
		return nil, fault.Invalid("file", "A part of the document cannot be unpacked: %s.", name)
	}
	defer func() { _ = r.Close() }() // a reader of bytes in memory
	counted := &io.LimitedReader{R: r, N: p.left + 1}
	root, err := p.parse(counted, name)
	p.left = counted.N - 1
	if p.left < 0 {
		return nil, fault.Invalid("file", "The document unpacks to more than %d MB.", maxUnpacked>>20)
	}
	return root, err
}

func (p *pack) parse(r io.Reader, part string) (*node, error) {
	d := xml.NewDecoder(r)
	root := &node{}
	open := []*node{root}
	for {
		t, err := d.Token()
		line, _ := d.InputPos()
		if errors.Is(err, io.EOF) && len(open) == 1 {
			return root, nil
		}
		if err != nil {
			return nil, fault.Invalid("file", "The document is damaged in %s, line %d.", part, line)
		}
		last := open[len(open)-1]
		switch t := t.(type) {
		case xml.StartElement:
			if p.nodes--; p.nodes < 0 || len(open) > maxDepth {
				return nil, fault.Invalid("file", "The document is too large or too deep in %s, line %d.", part, line)
			}
			n := element(t)
			last.children = append(last.children, n)
			open = append(open, n)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 1 {
				last.children = append(last.children, &node{text: string(t)})
			}
		case xml.Directive:
			return nil, fault.Invalid("file", "The document declares entities or a document type in %s, line %d. No word processor does.", part, line)
		}
	}
}

// prefixes are the names of ours for the namespaces that are understood, in the transitional and the strict form.
var prefixes = map[string]string{
	wordML: "w:", "http://purl.oclc.org/ooxml/wordprocessingml/main": "w:",
	relations: "r:", "http://purl.oclc.org/ooxml/officeDocument/relationships": "r:",
	"http://schemas.openxmlformats.org/markup-compatibility/2006":  "mc:",
	"http://schemas.openxmlformats.org/package/2006/relationships": "p:",
	"http://schemas.openxmlformats.org/package/2006/content-types": "t:",
	"http://purl.org/dc/elements/1.1/":                             "dc:",
	"http://schemas.openxmlformats.org/officeDocument/2006/math":   "m:",
	"http://schemas.openxmlformats.org/drawingml/2006/main":        "a:",
	"http://www.w3.org/XML/1998/namespace":                         "xml:",
}

func element(t xml.StartElement) *node {
	n := &node{name: prefixed(t.Name)}
	for _, a := range t.Attr {
		if n.attrs == nil {
			n.attrs = map[string]string{}
		}
		n.attrs[prefixed(a.Name)] = a.Value
	}
	return n
}

func prefixed(name xml.Name) string {
	if name.Space == "" {
		return name.Local
	}
	if p := prefixes[name.Space]; p != "" {
		return p + name.Local
	}
	return "?:" + name.Local
}

// child gives the first child of a name, or an empty node.
func (n *node) child(name string) *node {
	if n != nil {
		for _, c := range n.children {
			if c.name == name {
				return c
			}
		}
	}
	return &node{}
}

// has reports a child of a name that is not switched off.
func (n *node) has(name string) bool {
	c := n.child(name)
	if c.name == "" {
		return false
	}
	switch c.attrs["w:val"] {
	case "0", "false", "off", "none":
		return false
	}
	return true
}

// val is the value of a child, such as the name of a style.
func (n *node) val(name string) string { return n.child(name).attrs["w:val"] }

// words is all text below, as it is.
func (n *node) words() string {
	if n.name == "" && len(n.children) == 0 {
		return n.text
	}
	var b strings.Builder
	for _, c := range n.children {
		b.WriteString(c.words())
	}
	return b.String()
}
