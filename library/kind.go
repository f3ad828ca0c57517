package library

import (
	"slices"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// What one may do in the library; policies.cedar says who.
const (
	ActComment access.Action = "do:comment"
	ActPublish access.Action = "do:publish"
	actCreate  access.Action = "create"
)

// View is what may be shown of an entry.
type View struct {
	ID ident.ID
	Entry
}

// NewKind says how entries are kept. Every member comes to a published one; to
// the others only the focal point and who proposed it.
func NewKind() *record.Kind[Entry, View] {
	return &record.Kind[Entry, View]{Name: "good_practice", Schema: 1, Index: index, Redact: redact}
}

func index(e *Entry) record.Index {
	x := record.Index{State: e.State(), Sort: e.Added, Words: []string{themeWord(e.Facts.Theme)},
		Relations: []access.Relation{{Party: access.Everyone, Role: access.FocalPoint}}}
	switch {
	case e.State() == "published":
		x.Relations = append(x.Relations, access.Relation{Party: access.Everyone, Role: access.Member})
	case !e.By.IsZero():
		x.Relations = append(x.Relations, access.Relation{Party: e.By, Role: access.Member})
	}
	if e.Code != "" {
		x.Words = append(x.Words, codeWord(e.Code))
	}
	return x
}

// redact leaves out hidden comments, but for whoever hides them.
func redact(e *Entry, d access.Decision) View {
	if !d.Sees(access.Summary) {
		return View{ID: e.RecordID()}
	}
	v := View{ID: e.RecordID(), Entry: *e}
	v.Comments = slices.DeleteFunc(slices.Clone(e.Comments), func(c Comment) bool {
		return !c.Hidden.IsZero() && !d.May(ActPublish)
	})
	return v
}

func themeWord(t Theme) string    { return "theme:" + string(t) }
func codeWord(code string) string { return "code:" + code }

// Notes of what happened; what was written stays in the entry.

type happened struct {
	What string
	ID   ident.ID // of the comment
}

// Event names it.
func (n happened) Event() string { return n.What }
