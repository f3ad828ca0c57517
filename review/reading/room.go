package reading

import (
	"context"
	"slices"
	"strings"

	"palermo/access"
	"palermo/fault"
	"palermo/record"
	"palermo/review/questionnaire"
)

// Room is the readings of one node.
type Room struct {
	Readings  *record.Kind[Reading, View]
	Proposals *record.Kind[Proposal, ProposalView]
	NonPapers *record.Kind[NonPaper, NonPaperView]

	live live
}

// New opens it.
func New() *Room { return &Room{Readings: readings(), Proposals: proposals(), NonPapers: nonPapers()} }

var look = record.Reason{Action: access.Look}

// List gives the readings, newest first.
func (k *Room) List(ctx context.Context, d *record.Door) ([]record.Redacted[View], error) {
	return record.Collect(record.Every(ctx, d, k.Readings, record.Query[Reading]{Why: look}))
}

// Of gives one reading.
func (k *Room) Of(ctx context.Context, d *record.Door, id ID) (record.Redacted[View], error) {
	return record.View(ctx, d, k.Readings, id, look)
}

// At gives the proposals at a question, the oldest first.
func (k *Room) At(ctx context.Context, d *record.Door, id ID, key string) ([]record.Redacted[ProposalView], error) {
	list, err := record.Collect(record.Every(ctx, d, k.Proposals, record.Query[Proposal]{Why: look, Words: [][]string{{of(id, key)}}}))
	slices.Reverse(list)
	return list, err
}

// Proposal gives one.
func (k *Room) Proposal(ctx context.Context, d *record.Door, id ProposalID) (record.Redacted[ProposalView], error) {
	return record.View(ctx, d, k.Proposals, id, look)
}

// NonPaper gives a frozen text.
func (k *Room) NonPaper(ctx context.Context, d *record.Door, id NonPaperID) (record.Redacted[NonPaperView], error) {
	return record.View(ctx, d, k.NonPapers, id, look)
}

// Begin opens the reading of a questionnaire, which stands as it was put
// before the Working Group as the first frozen text. Faults: invalid, denied.
func (k *Room) Begin(ctx context.Context, d *record.Door, q questionnaire.Questionnaire, session, symbol string) (ID, error) {
	var id ID
	if err := fault.All(q.Check(), short("session", session), short("symbol", symbol)); err != nil {
		return id, err
	}
	if len(q.Questions) == 0 {
		return id, fault.Invalid("questions", "It has no question.")
	}
	q.Resume = q.Questions[0].Key
	err := record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
		r := &Reading{Text: q, Session: session, Began: tx.Now(), Number: 1}
		var err error
		if id, err = record.Create(tx, k.Readings, r); err != nil {
			return err
		}
		r.Note(happened{What: "reading_begun"})
		return k.freeze(tx, id, r, symbol)
	})
	return id, err
}

func short(field, text string) error {
	switch {
	case strings.TrimSpace(text) == "":
		return fault.Invalid(field, "This is needed.")
	case len([]rune(text)) > 200:
		return fault.Invalid(field, "This is too long: keep it under %d characters.", 200)
	}
	return nil
}

// Freezing is what is asked when a text is frozen.
type Freezing struct {
	Symbol string `label:"Symbol of the non-paper"`
}

// Freeze keeps the text as it stands now, with its date and hour. Faults: invalid, denied, conflict, not found.
func (k *Room) Freeze(ctx context.Context, d *record.Door, id ID, x Freezing) error {
	if err := short("symbol", x.Symbol); err != nil {
		return err
	}
	return k.change(ctx, d, id, ActKeep, func(tx *record.Tx, r *Reading) error {
		if slices.ContainsFunc(r.Frozen, func(f Frozen) bool { return f.Symbol == x.Symbol }) {
			return fault.Invalid("symbol", "Another text has this symbol.")
		}
		return k.freeze(tx, id, r, x.Symbol)
	})
}

func (k *Room) freeze(tx *record.Tx, id ID, r *Reading, symbol string) error {
	p := &NonPaper{Reading: id, Version: r.Text.Freeze(symbol, r.Session, tx.Now())}
	p.Note(happened{What: "text_frozen"})
	paper, err := record.Create(tx, k.NonPapers, p)
	if err != nil {
		return err
	}
	r.Frozen = append(slices.Clone(r.Frozen), Frozen{ID: paper, Symbol: symbol, At: tx.Now()})
	r.Note(happened{What: "text_frozen"})
	return nil
}

// change opens a reading, and tells the screens once the change is there.
func (k *Room) change(ctx context.Context, d *record.Door, id ID, action access.Action, fn func(*record.Tx, *Reading) error) error {
	err := record.Do(ctx, d, record.Reason{Action: action}, func(tx *record.Tx) error {
		r, err := record.Open(tx, k.Readings, id)
		if err != nil {
			return err
		}
		return fn(tx, r)
	})
	if err == nil {
		k.live.changed(id)
	}
	return err
}
