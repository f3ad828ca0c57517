package training

import (
	"context"
	"sync"
	"time"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/form"
	"palermo/ident"
	"palermo/record"
)

// Room is training at one node. It is safe for use by several goroutines.
type Room struct {
	*Shelf
	Kind *record.Kind[Practice, View]

	book  *directory.Book
	first sync.Mutex // held while a member's first try is kept, so that there is one record of each
}

// New opens the room; completed courses are kept by the directory.
func New(book *directory.Book, forms *form.Library) (*Room, error) {
	shelf, err := NewShelf(forms)
	return &Room{Shelf: shelf, Kind: NewKind(), book: book}, err
}

// Own gives what the viewer did, and the id of its record; both empty before the first try.
func (r *Room) Own(ctx context.Context, d *record.Door) (View, record.ID[Practice], error) {
	if d.Viewer().Member.IsZero() {
		return View{}, record.ID[Practice]{}, fault.Denied("Only a member practises.")
	}
	q := record.Query[Practice]{Why: record.Reason{Action: access.Look}, Words: [][]string{{ownWord(d.Viewer().Member)}}, Limit: 1}
	for seen, err := range record.List(ctx, d, r.Kind, q) {
		if err != nil {
			return View{}, record.ID[Practice]{}, err
		}
		return seen.Value(), record.ID[Practice](seen.ID()), nil
	}
	return View{}, record.ID[Practice]{}, nil
}

// Try keeps a member's answers to a case. Whoever has now passed all cases of
// a course has completed it, and roles that hang on it come into force.
// Faults: not found for a case that there is not; invalid for answers that cannot be read.
func (r *Room) Try(ctx context.Context, d *record.Door, code string, a Answers) error {
	c, ok := r.Case(code, inEnglish)
	if !ok {
		return fault.NotFound("There is no such practice case.")
	}
	feedback, err := r.Feedback(c, a, form.Env{Now: d.Now()})
	if err != nil {
		return err
	}
	if err := r.keep(ctx, d, code, a, feedback.Passed); err != nil {
		return err
	}
	view, _, err := r.Own(ctx, d)
	if err != nil {
		return err
	}
	passed := map[string]time.Time{}
	for code, w := range view.Cases {
		if !w.Passed.IsZero() {
			passed[code] = w.Passed
		}
	}
	return r.book.CompleteByPractice(ctx, d, passed)
}

func (r *Room) keep(ctx context.Context, d *record.Door, code string, a Answers, passed bool) error {
	r.first.Lock()
	defer r.first.Unlock()
	_, id, err := r.Own(ctx, d)
	if err != nil {
		return err
	}
	return record.Do(ctx, d, record.Reason{Action: ActPractise}, func(tx *record.Tx) error {
		p := &Practice{Member: tx.Viewer().Member, Begun: tx.Now()}
		if ident.ID(id).IsZero() {
			if _, err := record.Create(tx, r.Kind, p); err != nil {
				return err
			}
		} else if p, err = record.Open(tx, r.Kind, id); err != nil {
			return err
		}
		if p.Cases == nil {
			p.Cases = map[string]Work{}
		}
		w := p.Cases[code]
		w.Tries, w.Last, w.Latest = w.Tries+1, tx.Now(), a
		if passed {
			w.Passed = tx.Now()
		}
		p.Cases[code] = w
		p.Note(Tried{Case: code, Passed: passed})
		return nil
	})
}

// TakeUp adds the courses that come with the program to the directory, those
// that it does not have yet. Denied to whoever keeps no courses.
func (r *Room) TakeUp(ctx context.Context, d *record.Door) error {
	for _, c := range r.courses {
		_, err := r.book.AddCourse(ctx, d, directory.CourseFacts{Code: c.Code, Title: c.Title, For: c.For, ValidMonths: c.ValidMonths, Practice: c.Cases})
		if err != nil && !fault.Is(err, fault.CodeConflict) {
			return err
		}
	}
	return nil
}
