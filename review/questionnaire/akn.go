package questionnaire

import (
	"fmt"
	"io"
	"strings"
	"time"

	"palermo/document/akn"
)

// WriteAKN writes the version as a document of Akoma Ntoso: groups are sections, questions paragraphs.
func (v *Version) WriteAKN(w io.Writer) error {
	a := akn.New(w, "questionnaire")
	symbol := v.Symbol
	if symbol == "" {
		symbol = "draft"
	}
	a.Meta("questionnaire", symbol, v.Status.Format(time.DateOnly), "Who circulated the questionnaire")
	a.Open("preface")
	a.Open("p")
	a.Text("docTitle", v.Title)
	a.Close("p")
	if v.OwnDraft {
		a.Text("p", "Draft of the project, made from the paragraphs of the instrument. It is not a text of the Working Group.")
	}
	a.Close("preface")
	a.Open("mainBody")
	group, sections := "", 0
	for i := range v.Questions {
		x := &v.Questions[i]
		if x.Group != group {
			if group != "" {
				a.Close("section")
			}
			if x.Group != "" {
				sections++
				a.Open("section", "eId", fmt.Sprintf("sec_%d", sections))
				a.Text("heading", x.Group)
			}
		}
		group = x.Group
		a.Open("paragraph", "eId", "para_"+strings.ToLower(v.Number(x.Key)))
		a.Text("num", v.Number(x.Key)+".")
		a.Open("content")
		for _, text := range []string{x.Text, x.note(), x.IfNo, x.IfYes} {
			if text != "" {
				a.Text("p", text)
			}
		}
		a.Close("content", "paragraph")
	}
	if group != "" {
		a.Close("section")
	}
	a.Close("mainBody")
	return a.End()
}
