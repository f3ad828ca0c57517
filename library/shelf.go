package library

import (
	"context"
	"strings"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Shelf is the good practices of one node.
type Shelf struct {
	Kind *record.Kind[Entry, View]
}

// New opens the library.
func New() *Shelf { return &Shelf{Kind: NewKind()} }

// ID names an entry.
type ID = record.ID[Entry]

// Entries lists what the viewer may see, newest first: of one theme, or of all when it is empty.
func (s *Shelf) Entries(ctx context.Context, d *record.Door, theme Theme) ([]View, error) {
	q := record.Query[Entry]{Why: record.Reason{Action: access.Look}}
	if theme != "" {
		q.Words = [][]string{{themeWord(theme)}}
	}
	var list []View
	for seen, err := range record.Every(ctx, d, s.Kind, q) {
		if err != nil {
			return nil, err
		}
		list = append(list, seen.Value())
	}
	return list, nil
}

// Entry gives one.
func (s *Shelf) Entry(ctx context.Context, d *record.Door, id ID) (record.Redacted[View], error) {
	return record.View(ctx, d, s.Kind, id, record.Reason{Action: access.Look})
}

// Propose writes down a good practice, for the focal point to publish. Faults: invalid, denied.
func (s *Shelf) Propose(ctx context.Context, d *record.Door, f Facts) (ID, error) {
	var id ID
	err := record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
		if err := f.check(); err != nil {
			return err
		}
		e := &Entry{Facts: f, By: tx.Viewer().Member, Organisation: tx.Viewer().Organisation, Added: tx.Now()}
		e.Note(happened{What: "practice_proposed"})
		var err error
		id, err = record.Create(tx, s.Kind, e)
		return err
	})
	return id, err
}

// Publish shows an entry to every member. Nobody publishes what they proposed.
func (s *Shelf) Publish(ctx context.Context, d *record.Door, id ID) error {
	return s.change(ctx, d, id, ActPublish, func(tx *record.Tx, e *Entry) error {
		if e.State() == "published" {
			return fault.Conflict("It is published already.")
		}
		if e.By == tx.Viewer().Member {
			return fault.Denied("You proposed it; somebody else reads it before it is published.")
		}
		e.Published, e.Withdrawn, e.Why = tx.Now(), time.Time{}, ""
		e.Note(happened{What: "practice_published"})
		return nil
	})
}

// Withdraw takes an entry from the members' eyes, for a reason.
func (s *Shelf) Withdraw(ctx context.Context, d *record.Door, id ID, why string) error {
	return s.change(ctx, d, id, ActPublish, func(tx *record.Tx, e *Entry) error {
		if e.State() == "withdrawn" {
			return fault.Conflict("It is withdrawn already.")
		}
		if err := written("why", why, 500); err != nil {
			return err
		}
		e.Withdrawn, e.Why = tx.Now(), strings.TrimSpace(why)
		e.Note(happened{What: "practice_withdrawn"})
		return nil
	})
}

// Comment adds the viewer's word to a published entry.
func (s *Shelf) Comment(ctx context.Context, d *record.Door, id ID, text string) error {
	return s.change(ctx, d, id, ActComment, func(tx *record.Tx, e *Entry) error {
		if e.State() != "published" {
			return fault.Conflict("It is not published.")
		}
		if err := fault.All(written("text", text, 2000), impersonal("text", text)); err != nil {
			return err
		}
		cid, err := tx.NewID()
		if err != nil {
			return err
		}
		e.Comments = append(e.Comments, Comment{ID: cid, At: tx.Now(), By: tx.Viewer().Member, Organisation: tx.Viewer().Organisation, Text: strings.TrimSpace(text)})
		e.Note(happened{What: "practice_commented", ID: cid})
		return nil
	})
}

// Hide takes a comment from the members' eyes.
func (s *Shelf) Hide(ctx context.Context, d *record.Door, id ID, comment ident.ID) error {
	return s.change(ctx, d, id, ActPublish, func(tx *record.Tx, e *Entry) error {
		for i := range e.Comments {
			c := &e.Comments[i]
			if c.ID != comment || !c.Hidden.IsZero() {
				continue
			}
			c.Hidden = tx.Now()
			e.Note(happened{What: "comment_hidden", ID: c.ID})
			return nil
		}
		return fault.NotFound("There is no such comment.")
	})
}

func (s *Shelf) change(ctx context.Context, d *record.Door, id ID, action access.Action, fn func(*record.Tx, *Entry) error) error {
	return record.Do(ctx, d, record.Reason{Action: action}, func(tx *record.Tx) error {
		e, err := record.Open(tx, s.Kind, id)
		if err != nil {
			return err
		}
		return fn(tx, e)
	})
}
