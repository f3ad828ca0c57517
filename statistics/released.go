package statistics

import (
	"bytes"
	"encoding/json"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/note"

	"palermo/fault"
)

// Released is a figure as it was given out. Only this package makes one, and only this may be shown as a figure.
type Released struct {
	Measure string    `json:"measure"`
	Year    int       `json:"year"`
	K       int       `json:"k"`
	Total   Count     `json:"total"`
	Cells   []Count   `json:"cells"`
	Median  *int      `json:"median,omitempty"` // in the measure's unit
	At      time.Time `json:"at"`
}

const signedFirst = "palermo figure 1\n" // tells a figure from a checkpoint under the same key

// Sign gives the figure as a signed note that stands alone: whoever has the
// node's verifier key, printed when the node was set up, checks it with Verify
// or with any tool for signed notes.
func (r *Released) sign(s note.Signer) (string, error) {
	line, err := json.Marshal(r)
	if err != nil {
		return "", fault.Internal(err)
	}
	signed, err := note.Sign(&note.Note{Text: signedFirst + string(line) + "\n"}, s)
	if err != nil {
		return "", fault.Internal(err)
	}
	return string(signed), nil
}

// Verify reads a signed figure and refuses one that the key did not sign. Faults: invalid.
func Verify(signed string, v note.Verifier) (*Released, error) {
	n, err := note.Open([]byte(signed), note.VerifierList(v))
	if err != nil {
		return nil, fault.Invalid("figure", "This figure was not signed with this key, or it was altered.")
	}
	line, ok := strings.CutPrefix(n.Text, signedFirst)
	if !ok {
		return nil, fault.Invalid("figure", "This is no figure.")
	}
	d := json.NewDecoder(bytes.NewReader([]byte(line)))
	d.DisallowUnknownFields()
	var r Released
	if err := d.Decode(&r); err != nil {
		return nil, fault.Invalid("figure", "This is no figure.")
	}
	return &r, nil
}
