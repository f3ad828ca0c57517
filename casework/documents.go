package casework

import (
	"path"
	"strings"
	"time"

	"github.com/gabriel-vasile/mimetype"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Document is a file on the case: sealed, of a type found by its content.
type Document struct {
	ID       ident.ID // of the attachment
	At       time.Time
	By       ident.ID
	Title    string
	Category documentCategory
	Type     string // media type, as the content shows
	Ending   string // ".pdf"
	Size     int    // bytes
}

// AttachDocument adds one.
type AttachDocument struct {
	Title    string           `label:"What it is"`
	Category documentCategory `label:"Who may see it"`
	File     input.File       `label:"File" hint:"PDF, picture, text, Word or OpenDocument; up to 20 MB."`
}

// documentCategory is the category of data that a file belongs to.
type documentCategory string

func (documentCategory) Options() []input.Option {
	return []input.Option{{Value: "identity", Label: "Those who may see who the person is"}, {Value: "health", Label: "Those who give care"},
		{Value: "decisions", Label: "Those who may see decisions"}, {Value: "screening", Label: "Those who may see the screening"},
		{Value: "needs", Label: "Those who may see needs and plan"}, {Value: "notes", Label: "Those who may read shared notes"}}
}

func (d documentCategory) category() access.Category {
	c, err := access.ParseCategory(string(d))
	if err != nil {
		return access.Complaints // a document of a category that is no longer known is shown to hardly anybody
	}
	return c
}

const largestFile = 20 << 20 // bytes

// allowed media types; nothing that a program runs.
var allowed = []string{"application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic", "text/plain",
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document", "application/vnd.oasis.opendocument.text"}

func (s *AttachDocument) Possible(c *Case, _ Work) error { return c.open() }

func (s *AttachDocument) Apply(c *Case, w Work) error {
	switch {
	case len(s.File.Bytes) == 0:
		return fault.Invalid("file", "This file is empty.")
	case len(s.File.Bytes) > largestFile:
		return fault.Invalid("file", "This file is larger than 20 MB.")
	}
	found := mimetype.Detect(s.File.Bytes)
	media, _, _ := strings.Cut(found.String(), ";")
	known := false
	for _, a := range allowed {
		known = known || a == media
	}
	if !known {
		return fault.Invalid("file", "This kind of file is not taken (%s). Send a PDF, a picture, a text, a Word or an OpenDocument file.", media)
	}
	if end := strings.ToLower(path.Ext(s.File.Name)); end != "" && end != found.Extension() && !(end == ".jpeg" && found.Extension() == ".jpg") {
		return fault.Invalid("file", "The name ends in %s but the file is %s. Look at it again before you send it.", end, media)
	}
	id, err := w.Attach(s.File.Bytes)
	if err != nil {
		return err
	}
	c.Documents = append(c.Documents, Document{ID: id, At: w.Now, By: w.By.Member, Title: s.Title, Category: s.Category,
		Type: media, Ending: found.Extension(), Size: len(s.File.Bytes)})
	return nil
}

// FileName is a neutral name for the browser: nothing of the person is in it.
func (d Document) FileName() string { return "document-" + d.ID.Reference() + d.Ending }
