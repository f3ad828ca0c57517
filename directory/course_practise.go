package directory

import (
	"context"
	"slices"
	"time"

	"palermo/access"
	"palermo/record"
)

// ActSeeTraining is seeing who completed which course: for administrators and the focal point.
const ActSeeTraining access.Action = "do:see_training"

// CompleteByPractice notes on the viewer's own account the courses that passed
// practice cases complete; passed says when each was passed. The program
// attests them: only package training, which saw the answers, calls this.
func (b *Book) CompleteByPractice(ctx context.Context, d *record.Door, passed map[string]time.Time) error {
	courses, err := b.allCourses(ctx, b.door(), record.Reason{Action: ActSignIn})
	if err != nil {
		return err
	}
	return b.own(ctx, d, func(tx *record.Tx, m *Member) error {
		for i := range courses {
			if !courses[i].due(m.Completions, passed) {
				continue
			}
			done := Completion{Course: courses[i].Code, On: tx.Now()}
			m.Completions = append(m.Completions, done)
			m.Note(CourseCompleted{Completion: done})
		}
		return nil
	})
}

// Course gives a course.
func (b *Book) Course(ctx context.Context, d *record.Door, id record.ID[Course]) (record.Redacted[CourseView], error) {
	return record.View(ctx, d, b.courses, id, record.Reason{Action: access.Look})
}

// Passed lists the members who completed a course at some time, by name, with
// the day on which it was last; of those whom the viewer may know, to whom training is shown.
func (b *Book) Passed(ctx context.Context, d *record.Door, code string) ([]MemberView, error) {
	found, err := all(ctx, d, b.members, record.Query[Member]{Why: record.Reason{Action: access.Look}, States: []string{"open"},
		Words: [][]string{{passedWord(code)}}})
	return slices.DeleteFunc(found, func(v MemberView) bool {
		return !slices.ContainsFunc(v.Completions, func(c Completion) bool { return c.Course == code })
	}), err
}
