package questionnaire

import (
	"bytes"
	"encoding/json"
	"io"
	"strings"

	"palermo/fault"
	"palermo/review/instrument"
)

// Draft is the project's own questionnaire on the Protocol: a question for each
// paragraph that asks something of a State, in the verified pattern. Its words
// are nobody's but the project's; those of 2018 are not public.
func Draft(l *instrument.Library) Questionnaire {
	q := Questionnaire{Title: "Questionnaire on the Trafficking in Persons Protocol", Instrument: "TIP", OwnDraft: true}
	protocol, _ := l.Instrument("TIP")
	for _, p := range protocol.Provisions {
		if !strings.HasPrefix(p.Modality, "shall") {
			continue // a definition or a saving clause asks nothing
		}
		x := Question{Key: p.ID, Group: "Article " + p.Article, Article: p.Cite(), Obligation: Optional, Status: Open,
			Text: "Does your country have measures on this: " + p.Subject + " (" + p.Cite() + ")? Yes / No",
			IfNo: "If no, please explain.", IfYes: "If yes, please specify."}
		if p.Modality == "shall" {
			x.Obligation = Mandatory
		}
		q.Questions = append(q.Questions, x)
	}
	return q
}

// ReadVersion reads a version as JSON. Faults: invalid.
func ReadVersion(file []byte) (*Version, error) {
	d := json.NewDecoder(bytes.NewReader(file))
	d.DisallowUnknownFields()
	var v Version
	if err := d.Decode(&v); err != nil {
		return nil, fault.Invalid("file", "This is no version of a questionnaire: %s.", err.Error())
	}
	return &v, v.Check()
}

// WriteJSON writes a version as ReadVersion reads it.
func (v *Version) WriteJSON(w io.Writer) error {
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(v)
}
