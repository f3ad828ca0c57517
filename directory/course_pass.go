package directory

import (
	"context"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// AddCourse takes a course into the directory. Faults: invalid, denied, conflict when the code is taken.
func (b *Book) AddCourse(ctx context.Context, d *record.Door, f CourseFacts) (ident.ID, error) {
	b.adding.Lock()
	defer b.adding.Unlock()
	var id record.ID[Course]
	c := &Course{}
	if err := c.set(f); err != nil {
		return ident.ID{}, err
	}
	taken, err := b.course(ctx, c.Code)
	if err != nil {
		return ident.ID{}, err
	}
	if taken {
		return ident.ID{}, fault.Conflict("There is a course with this code already.")
	}
	err = record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
		c := &Course{Added: tx.Now()}
		if err := c.set(f); err != nil {
			return err
		}
		c.Note(changed("course_added"))
		var err error
		id, err = record.Create(tx, b.courses, c)
		return err
	})
	b.forgetAll()
	return ident.ID(id), err
}

// ChangeCourse writes a course anew; its code stays, since completions name it.
// A course made mandatory takes roles from whoever has not passed it.
func (b *Book) ChangeCourse(ctx context.Context, d *record.Door, id ident.ID, f CourseFacts) error {
	return b.changeCourse(ctx, d, id, func(c *Course) error {
		f.Code = c.Code
		c.Note(changed("course_changed"))
		return c.set(f)
	})
}

// RetireCourse says that a course is given no longer: it is mandatory no more,
// while grants that name it still ask for it.
func (b *Book) RetireCourse(ctx context.Context, d *record.Door, id ident.ID) error {
	return b.changeCourse(ctx, d, id, func(c *Course) error {
		if !c.Retired.IsZero() {
			return fault.Conflict("The course is given no longer already.")
		}
		c.Retired = d.Now()
		c.Note(changed("course_retired"))
		return nil
	})
}

// RecordCompletion attests that a member passed a course on a day. Nobody
// attests their own. Faults: invalid, denied, not found.
func (b *Book) RecordCompletion(ctx context.Context, d *record.Door, id ident.ID, code string, on time.Time) error {
	if id == d.Viewer().Member {
		return fault.Denied("Nobody attests their own training. Ask another administrator.")
	}
	known, err := b.course(ctx, code)
	if err != nil {
		return err
	}
	if !known {
		return fault.Invalid("course", "There is no course with this code.")
	}
	return b.change(ctx, d, id, ActTrain, func(tx *record.Tx, m *Member) error {
		if on.IsZero() || tx.Now().Before(on) {
			return fault.Invalid("on", "Write the day on which the course was passed, not one to come.")
		}
		done := Completion{Course: code, On: on, By: tx.Viewer().Member}
		m.Completions = append(m.Completions, done)
		m.Note(CourseCompleted{Completion: done})
		return nil
	})
}

func (b *Book) course(ctx context.Context, code string) (bool, error) {
	found, err := all(ctx, b.door(), b.courses, record.Query[Course]{Why: record.Reason{Action: ActSignIn}, Words: [][]string{{"code:" + code}}})
	return len(found) > 0, err
}

// Conditions says of each role of a member whether it is in force, and if not what to do.
// Shown to the member and to whoever keeps accounts.
func (b *Book) Conditions(ctx context.Context, d *record.Door, id ident.ID) ([]Standing, error) {
	seen, err := b.Member(ctx, d, id)
	if err != nil {
		return nil, err
	}
	if seen.Value().Account == nil {
		return nil, fault.Denied("Only the member and administrators see this.")
	}
	m, o, courses, err := b.read(ctx, id)
	if err != nil {
		return nil, err
	}
	return RolesOf(m, o, courses, d.Now()), nil
}
