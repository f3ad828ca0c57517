package floor

import (
	"context"
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
	"palermo/review/instrument"
	"palermo/review/meeting"
)

// Room is the sessions of one node.
type Room struct {
	Kind *record.Kind[Session, View]
}

// New opens it.
func New() *Room { return &Room{Kind: newKind()} }

var look = record.Reason{Action: access.Look}

// List gives the sessions, newest first.
func (k *Room) List(ctx context.Context, d *record.Door) ([]record.Redacted[View], error) {
	return record.Collect(record.Every(ctx, d, k.Kind, record.Query[Session]{Why: look}))
}

// Of gives one.
func (k *Room) Of(ctx context.Context, d *record.Door, id ID) (record.Redacted[View], error) {
	return record.View(ctx, d, k.Kind, id, look)
}

// Begin opens a session with its facts so far. Faults: invalid, denied.
func (k *Room) Begin(ctx context.Context, d *record.Door, facts meeting.Session, minutes int) (ID, error) {
	var id ID
	if err := facts.Check(); err != nil {
		return id, err
	}
	err := record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
		s := &Session{Facts: facts, Began: tx.Now(), Minutes: minutes}
		s.Note(happened{"session_begun"})
		var err error
		id, err = record.Create(tx, k.Kind, s)
		return err
	})
	return id, err
}

func (k *Room) change(ctx context.Context, d *record.Door, id ID, action access.Action, what string, fn func(*record.Tx, *Session) error) error {
	return record.Do(ctx, d, record.Reason{Action: action}, func(tx *record.Tx) error {
		s, err := record.Open(tx, k.Kind, id)
		if err != nil {
			return err
		}
		if err := fn(tx, s); err != nil {
			return err
		}
		s.Note(happened{what})
		return s.Facts.Check()
	})
}

// Sit opens the next meeting of the session. Faults: conflict, denied, invalid (on another day).
func (k *Room) Sit(ctx context.Context, d *record.Door, id ID, zone *time.Location) error {
	return k.change(ctx, d, id, ActChair, "meeting_opened", func(tx *record.Tx, s *Session) error {
		if s.Meeting != 0 {
			return fault.Conflict("A meeting is open.")
		}
		s.Meeting = len(s.Facts.Meetings) + 1
		s.Facts.Meetings = append(slices.Clone(s.Facts.Meetings), meeting.Sitting{Number: s.Meeting, On: meeting.Date(tx.Now().In(zone).Format(time.DateOnly))})
		return nil
	})
}

// Rise closes the meeting. Who waits stays on the list for the next one. Faults: conflict, denied.
func (k *Room) Rise(ctx context.Context, d *record.Door, id ID) error {
	return k.change(ctx, d, id, ActChair, "meeting_closed", func(tx *record.Tx, s *Session) error {
		if s.Meeting == 0 {
			return errNotOpen
		}
		s.Meeting = 0
		return s.end(tx.Now())
	})
}

var errNotOpen = fault.Conflict("No meeting is open.")

// TakeUp goes on to an item of the agenda. Faults: conflict, denied, not found.
func (k *Room) TakeUp(ctx context.Context, d *record.Door, id ID, item int) error {
	return k.change(ctx, d, id, ActChair, "item_taken_up", func(tx *record.Tx, s *Session) error {
		if s.Meeting == 0 {
			return errNotOpen
		}
		if !slices.ContainsFunc(s.Facts.Agenda, func(i meeting.Item) bool { return i.Number == item }) {
			return fault.NotFound("There is no such item on the agenda.")
		}
		if err := s.end(tx.Now()); err != nil {
			return err
		}
		s.Item = item
		s.Facts.Summary = slices.Clone(s.Facts.Summary)
		i := slices.IndexFunc(s.Facts.Summary, func(e meeting.Entry) bool { return e.Kind == meeting.Considered && e.Item == item })
		if i < 0 {
			s.Facts.Summary = append(s.Facts.Summary, meeting.Entry{Kind: meeting.Considered, Item: item, Meetings: []int{s.Meeting}})
		} else if e := &s.Facts.Summary[i]; !slices.Contains(e.Meetings, s.Meeting) {
			e.Meetings = append(slices.Clone(e.Meetings), s.Meeting)
		}
		return nil
	})
}

// Attend notes a delegation on the list of participants. Faults: invalid, denied.
func (k *Room) Attend(ctx context.Context, d *record.Door, id ID, delegation ident.ID, name string, g Group) error {
	if err := input.Listed("group", g); err != nil {
		return err
	}
	return k.change(ctx, d, id, ActKeep, "attendance_noted", func(_ *record.Tx, s *Session) error {
		if s.present(delegation) != nil {
			return fault.Invalid("delegation", "This delegation is on the list.")
		}
		l, err := instrument.Open()
		if err != nil {
			return fault.Internal(err)
		}
		s.Present = append(slices.Clone(s.Present), Present{Delegation: delegation, Name: name, Group: g})
		a := &s.Facts.Attendance
		list := map[Group]*[]string{"party": &a.Parties, "not_party": &a.NotParties, "office": &a.Offices, "entity": &a.Entities, "organization": &a.Organizations}[g]
		*list = once(*list, l.State(name).Code)
		return nil
	})
}

// once adds what a list does not have yet.
func once[T comparable](list []T, x T) []T {
	if slices.Contains(list, x) {
		return list
	}
	return append(slices.Clone(list), x)
}

// Tell writes down what was said under an item, in the secretariat's own words. Faults: invalid, denied.
func (k *Room) Tell(ctx context.Context, d *record.Door, id ID, item int, text string) error {
	return k.change(ctx, d, id, ActKeep, "deliberation_told", func(_ *record.Tx, s *Session) error {
		if text = strings.TrimSpace(text); text == "" {
			return fault.Invalid("text", "This is needed.")
		}
		s.Facts.Summary = append(slices.Clone(s.Facts.Summary), meeting.Entry{Kind: meeting.Text, Item: item, Text: text})
		return nil
	})
}

// AdoptAgenda and AdoptReport note what the session adopts, as the Chair finds. Faults: conflict, denied.
func (k *Room) AdoptAgenda(ctx context.Context, d *record.Door, id ID) error {
	return k.change(ctx, d, id, ActChair, "agenda_adopted", func(_ *record.Tx, s *Session) error {
		switch {
		case s.Meeting == 0:
			return errNotOpen
		case s.Facts.Adopted.Meeting != 0:
			return fault.Conflict("The agenda is adopted already.")
		}
		s.Facts.Adopted = meeting.Adopted{Meeting: s.Meeting, How: "by consensus"}
		return nil
	})
}

// AdoptReport notes that the report is adopted today.
func (k *Room) AdoptReport(ctx context.Context, d *record.Door, id ID, zone *time.Location) error {
	return k.change(ctx, d, id, ActChair, "report_adopted", func(tx *record.Tx, s *Session) error {
		switch {
		case s.Meeting == 0:
			return errNotOpen
		case s.Facts.Adoption.On != "":
			return fault.Conflict("The report is adopted already.")
		}
		s.Facts.Adoption.On = meeting.Date(tx.Now().In(zone).Format(time.DateOnly))
		return nil
	})
}
