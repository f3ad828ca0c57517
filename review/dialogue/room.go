package dialogue

import (
	"context"
	"crypto/sha256"
	"regexp"
	"strconv"

	"palermo/access"
	"palermo/fault"
	"palermo/record"
)

// View is what may be shown of a review: all to its reviewers and the focal
// point; to everybody else the summary and what is not confidential, once it is closed.
type View struct {
	Review
	Takes bool // part in the review
}

// Room is the reviews of one node.
type Room struct{ Kind *record.Kind[Review, View] }

// NewRoom opens it.
func NewRoom() *Room {
	return &Room{Kind: &record.Kind[Review, View]{Name: "country_review", Schema: 1,
		Index: func(r *Review) record.Index {
			x := record.Index{State: "open", Sort: r.Began, Words: []string{"state:" + r.State}}
			if !r.Closed.IsZero() {
				x.State = "closed"
			}
			x.Relations = access.ForEveryone(access.Member, access.FocalPoint, access.Auditor)
			return x
		},
		Redact: redact}}
}

func redact(r *Review, d access.Decision) View {
	switch {
	case !d.Sees(access.Summary):
		return View{}
	case d.May(ActLead) || r.reviews(d.Viewer.Organisation):
		return View{Review: *r, Takes: true}
	}
	v := View{Review: *r}
	v.Feedback, v.Observations = nil, nil
	if !r.Closed.IsZero() {
		for _, o := range r.Observations {
			if !o.Fields.Confidential {
				v.Observations = append(v.Observations, o)
			}
		}
	}
	return v
}

var twoLetters = regexp.MustCompile(`^[A-Z]{2}$`)

// Begin begins the review of a State; there is one a year. Faults: invalid, denied, conflict.
func (r *Room) Begin(ctx context.Context, d *record.Door, state string) (record.ID[Review], error) {
	sum := sha256.Sum256([]byte("palermo country review " + state + " " + strconv.Itoa(d.Now().Year())))
	id := record.ID[Review](sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	if !twoLetters.MatchString(state) {
		return id, fault.Invalid("state", "Two letters, such as NG or IT.")
	}
	return id, record.Do(ctx, d, record.Reason{Action: ActLead}, func(tx *record.Tx) error {
		switch _, err := record.Open(tx, r.Kind, id); {
		case err == nil:
			return fault.Conflict("The review of this State was begun already.")
		case !fault.Is(err, fault.CodeNotFound):
			return err
		}
		v := &Review{State: state, Began: tx.Now()}
		v.Note(happened{"review_begun"})
		return record.CreateAs(tx, r.Kind, id, v)
	})
}

// Do takes a step. Faults: invalid, denied, conflict, not found.
func (r *Room) Do(ctx context.Context, d *record.Door, id record.ID[Review], act Act) error {
	return record.Do(ctx, d, record.Reason{Action: act.action()}, func(tx *record.Tx) error {
		v, err := record.Open(tx, r.Kind, id)
		if err != nil {
			return err
		}
		if !v.Closed.IsZero() {
			return fault.Conflict("The review is closed.")
		}
		if err := act.apply(v, tx); err != nil {
			return err
		}
		v.Note(happened{act.event()})
		return nil
	})
}

// All are the reviews, the newest first.
func (r *Room) All(ctx context.Context, d *record.Door) ([]View, error) {
	found, err := record.Collect(record.Every(ctx, d, r.Kind, record.Query[Review]{Why: record.Reason{Action: access.Look}}))
	var list []View
	for _, f := range found {
		list = append(list, f.Value())
	}
	return list, err
}

// One gives a review. Faults: not found.
func (r *Room) One(ctx context.Context, d *record.Door, id record.ID[Review]) (View, error) {
	seen, err := record.View(ctx, d, r.Kind, id, record.Reason{Action: access.Look})
	return seen.Value(), err
}

// happened is a note for the journal; what was written stays in the record.
type happened struct{ Act string }

// Event names it.
func (h happened) Event() string { return h.Act }
