package reading

import (
	"context"

	"palermo/document/docx"
	"palermo/fault"
	"palermo/record"
	"palermo/review/questionnaire"
)

// HandedIn says what came of a document with tracked changes.
type HandedIn struct {
	Made    int            // proposals
	Left    int            // changes on lines that are no questions
	Cleaned []docx.Cleaned // what of the document was not read, and where it stood
}

// HandIn takes the tracked changes of a delegation's document as its
// proposals, all or none. Faults: invalid (with the place in the document), denied, not found.
func (k *Room) HandIn(ctx context.Context, d *record.Door, id ID, by Delegation, file []byte, reason string) (HandedIn, error) {
	document, cleaned, err := docx.Read(file)
	if err != nil {
		return HandedIn{}, err
	}
	var got HandedIn
	err = k.change(ctx, d, id, ActPropose, func(tx *record.Tx, r *Reading) error {
		after := map[string]string{} // a new question → the one of the text that it stands after
		list, left, err := r.Text.Proposals(document, by.Name, func() (string, error) {
			key, err := tx.NewID()
			return key.String(), err
		})
		if err != nil {
			return err
		}
		if len(list) == 0 {
			return fault.Invalid("file", "The document has no tracked changes on the words of a question.")
		}
		for _, p := range list {
			x := Draft{Act: p.Act, Key: p.Key, Base: p.Base, Text: p.Text, Reason: reason}
			if p.Act == questionnaire.Insert {
				if x.Key = p.After; after[p.After] != "" {
					x.Key = after[p.After]
				}
				after[p.Key] = x.Key
			}
			if err := x.check(); err != nil {
				return err
			}
			if _, err := k.propose(tx, id, r, by, x); err != nil {
				return err
			}
		}
		got = HandedIn{Made: len(list), Left: left, Cleaned: cleaned}
		return nil
	})
	return got, err
}
