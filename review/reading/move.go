package reading

import (
	"context"
	"slices"

	"palermo/fault"
	"palermo/record"
	"palermo/review/questionnaire"
)

// MoveTo takes questions to the end of another instrument's questionnaire, with
// where they came from and with the proposals at them; both are renumbered
// (para. 31). Faults: denied, conflict, not found.
func (k *Room) MoveTo(ctx context.Context, d *record.Door, from, to ID, keys ...string) error {
	if from == to {
		return fault.Invalid("to", "Choose another questionnaire.")
	}
	err := k.change(ctx, d, from, ActKeep, func(tx *record.Tx, r *Reading) error {
		target, err := record.Open(tx, k.Readings, to)
		if err != nil {
			return err
		}
		if len(r.Text.Questions) <= len(keys) {
			return fault.Conflict("A questionnaire keeps at least one question.")
		}
		if err := r.Text.MoveTo(&target.Text, tx.Now(), keys...); err != nil {
			return err
		}
		for _, key := range keys {
			for _, id := range slices.Clone(r.Open[key]) {
				p, err := record.Open(tx, k.Proposals, id)
				if err != nil {
					return err
				}
				p.Reading = to
				r.closed(key, id)
				target.opened(key, id)
				p.Note(happened{What: "proposal_moved", Key: key})
			}
			target.turned(key)
			target.Note(happened{What: "question_moved_in", Key: key})
			r.Note(happened{What: "question_moved_out", Key: key})
		}
		if r.Text.Find(r.Text.Resume) < 0 {
			r.Text.Resume = r.Text.Questions[0].Key
		}
		return nil
	})
	if err == nil {
		k.live.changed(to)
	}
	return err
}

// Place is where a question stands and what it is tagged with (para. 32). Its labelled fields are the form.
type Place struct {
	Obligation questionnaire.Obligation `label:"Obligation"`
	Article    string                   `label:"Article" optional:"true"`
	Group      string                   `label:"Group" optional:"true"`
	Annex      bool                     `label:"In the annex"`
}

// Tag sets what a question is tagged with. A question that goes to the annex
// stands at its end, and one that comes out of it at the end of the others.
// Faults: invalid, denied, not found.
func (k *Room) Tag(ctx context.Context, d *record.Door, id ID, key string, x Place) error {
	return k.change(ctx, d, id, ActKeep, func(_ *record.Tx, r *Reading) error {
		q, err := r.Question(key)
		if err != nil {
			return err
		}
		tagged, was := *q, q.Annex
		tagged.Obligation, tagged.Article, tagged.Group, tagged.Annex = x.Obligation, x.Article, x.Group, x.Annex
		list := slices.Clone(r.Text.Questions)
		i := r.Text.Find(key)
		if list[i] = tagged; was != x.Annex {
			list = slices.Delete(list, i, i+1)
			at := slices.IndexFunc(list, func(q questionnaire.Question) bool { return q.Annex })
			if x.Annex || at < 0 {
				at = len(list)
			}
			list = slices.Insert(list, at, tagged)
		}
		r.Text.Questions = list
		r.Note(happened{What: "question_tagged", Key: key})
		return nil
	})
}
