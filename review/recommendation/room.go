package recommendation

import (
	"context"
	"crypto/sha256"
	"slices"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/review/meeting"
)

// FollowUp is what this node's State does about one recommendation.
type FollowUp struct {
	record.Base
	Number   string // in the report: "7 (a)"
	Began    time.Time
	Measures []Measure
}

// Line is a recommendation with what is done about it.
type Line struct {
	meeting.Recommendation
	Measures []Measure
}

// State is how far the State has come with it, a Status; empty while nothing is written.
func (l Line) State() Status {
	var best Status
	for _, s := range []Status{"planned", "under_way"} {
		if slices.ContainsFunc(l.Measures, func(m Measure) bool { return m.Status == s }) {
			best = s
		}
	}
	if best == "" && slices.ContainsFunc(l.Measures, func(m Measure) bool { return m.Status == "done" }) {
		return "done"
	}
	return best
}

// Needs reports whether technical assistance is asked for.
func (l Line) Needs() bool {
	return slices.ContainsFunc(l.Measures, func(m Measure) bool { return m.Need != "" && m.Status != "given_up" })
}

// ActFollow is writing what a State does; policies.cedar says who.
const ActFollow access.Action = "do:follow_up"

// View is what may be shown of a follow-up.
type View struct{ FollowUp }

// Room is the follow-up of one node.
type Room struct {
	Kind *record.Kind[FollowUp, View]

	adopted []meeting.Recommendation
}

// New opens it with the recommendations of July 2018.
func New() (*Room, error) {
	adopted, err := meeting.Recommended()
	if err != nil {
		return nil, err
	}
	return &Room{Kind: newKind(), adopted: adopted}, nil
}

func newKind() *record.Kind[FollowUp, View] {
	return &record.Kind[FollowUp, View]{Name: "follow_up", Schema: 1,
		Index: func(f *FollowUp) record.Index {
			x := record.Index{State: "open", Sort: f.Began, Words: []string{"number:" + f.Number}}
			x.Relations = access.ForEveryone(access.Member, access.FocalPoint, access.Auditor)
			return x
		},
		Redact: func(f *FollowUp, d access.Decision) View {
			if !d.Sees(access.Summary) {
				return View{}
			}
			return View{*f}
		},
	}
}

// id is the only place of a recommendation's follow-up.
func id(number string) record.ID[FollowUp] {
	sum := sha256.Sum256([]byte("palermo follow-up 2018-07 " + number))
	id := ident.ID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return record.ID[FollowUp](id)
}

// Board gives all recommendations in the order of the report, with what is done about each.
func (r *Room) Board(ctx context.Context, d *record.Door) ([]Line, error) {
	measures := map[string][]Measure{}
	for seen, err := range record.Every(ctx, d, r.Kind, record.Query[FollowUp]{Why: record.Reason{Action: access.Look}}) {
		if err != nil {
			return nil, err
		}
		measures[seen.Value().Number] = seen.Value().Measures
	}
	board := make([]Line, len(r.adopted))
	for i, a := range r.adopted {
		board[i] = Line{a, measures[a.Number]}
	}
	return board, nil
}

// Line gives one recommendation. Faults: not found.
func (r *Room) Line(ctx context.Context, d *record.Door, number string) (Line, error) {
	board, err := r.Board(ctx, d)
	if err != nil {
		return Line{}, err
	}
	if i := slices.IndexFunc(board, func(l Line) bool { return l.Number == number }); i >= 0 {
		return board[i], nil
	}
	return Line{}, errNone
}

var errNone = fault.NotFound("There is no such recommendation.")

// Set writes a measure; one without an id is new. Faults: invalid, denied, not found.
func (r *Room) Set(ctx context.Context, d *record.Door, number string, m Measure) error {
	if err := m.Check(); err != nil {
		return err
	}
	if !slices.ContainsFunc(r.adopted, func(a meeting.Recommendation) bool { return a.Number == number }) {
		return errNone
	}
	return record.Do(ctx, d, record.Reason{Action: ActFollow}, func(tx *record.Tx) error {
		f, err := record.Open(tx, r.Kind, id(number))
		if fault.Is(err, fault.CodeNotFound) {
			f = &FollowUp{Number: number, Began: tx.Now()}
			err = record.CreateAs(tx, r.Kind, id(number), f)
		}
		if err != nil {
			return err
		}
		return f.set(tx, m)
	})
}

func (f *FollowUp) set(tx *record.Tx, m Measure) error {
	m.At = tx.Now()
	f.Measures = slices.Clone(f.Measures)
	i := slices.IndexFunc(f.Measures, func(o Measure) bool { return o.ID == m.ID })
	switch {
	case i >= 0:
		f.Measures[i] = m
	case m.ID.IsZero():
		var err error
		if m.ID, err = tx.NewID(); err != nil {
			return err
		}
		f.Measures = append(f.Measures, m)
	default:
		return fault.NotFound("There is no such measure.")
	}
	f.Note(happened{ID: m.ID, Status: m.Status})
	return nil
}

// happened is a note for the journal; what was written stays in the record.
type happened struct {
	ID     ident.ID
	Status Status
}

// Event names it.
func (happened) Event() string { return "measure_set" }
