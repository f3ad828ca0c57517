package demo

import (
	"context"
	"fmt"
	"time"

	"palermo/review/floor"
	"palermo/review/instrument"
	"palermo/review/meeting"
	"palermo/review/questionnaire"
	"palermo/review/reading"
)

// Reading begins a reading of the project's own draft, with proposals of three
// made-up delegations. The words are nobody's but the demonstration's.
func (s *Story) Reading(ctx context.Context, room *reading.Room) error {
	l, err := instrument.Open()
	if err != nil {
		return err
	}
	keep := s.Node.For(s.who["chen"].Viewer)
	id, err := room.Begin(ctx, keep, questionnaire.Draft(l), "Session of the demonstration", "DEMO/NP.1")
	if err != nil {
		return err
	}
	convention := questionnaire.Questionnaire{Title: "Questionnaire on the Convention", Instrument: "UNTOC", OwnDraft: true, Questions: []questionnaire.Question{{Key: "UNTOC-1", Article: "art. 18",
		Obligation: questionnaire.Mandatory, Text: "Does your country give mutual legal assistance in cases of trafficking in persons (art. 18)? Yes / No",
		IfNo: "If no, please explain.", IfYes: "If yes, please specify.", Status: questionnaire.Open}}}
	if _, err := room.Begin(ctx, keep, convention, "Session of the demonstration", "DEMO/NP.2"); err != nil {
		return err
	}
	seen, err := room.Of(ctx, keep, id)
	if err != nil {
		return err
	}
	first, second := seen.Value().Text.Questions[0], seen.Value().Text.Questions[1]
	for _, p := range []struct {
		by, name string
		draft    reading.Draft
	}{
		{"lucia", "Argentina", reading.Draft{Act: questionnaire.Replace, Key: first.Key, Base: first.Text, Text: "Since when does your country have" + first.Text[len("Does your country have"):], Reason: "A date can be compared."}},
		{"jose", "Philippines", reading.Draft{Act: questionnaire.Replace, Key: first.Key, Base: first.Text, Text: "Does your country have laws or other" + first.Text[len("Does your country have"):]}},
		{"ingrid", "Norway", reading.Draft{Act: questionnaire.Insert, Key: second.Key, Text: "Were survivors heard when these measures were made? Yes / No", Reason: "Who lived through it knows what is missing."}},
	} {
		viewer := s.who[p.by].Viewer
		if _, err := room.Propose(ctx, s.Node.For(viewer), id, reading.Delegation{ID: viewer.Organisation, Name: p.name}, p.draft); err != nil {
			return fmt.Errorf("proposal of %s: %w", p.name, err)
		}
	}
	return nil
}

// Session opens a session with an agenda and who is there, for the Chair to hold.
func (s *Story) Session(ctx context.Context, room *floor.Room) error {
	today := s.Node.Now()
	facts := meeting.Session{Body: "Working Group of the demonstration", Parent: "Demonstration", Instrument: "TIP", City: "Vienna", Language: "English",
		From: meeting.Date(today.AddDate(0, 0, -1).Format(time.DateOnly)), To: meeting.Date(today.AddDate(0, 0, 3).Format(time.DateOnly)),
		Agenda: []meeting.Item{{Number: 1, Title: "Organizational matters"}, {Number: 2, Title: "Preparation of the questionnaire"}, {Number: 3, Title: "Adoption of the report"}}}
	keep := s.Node.For(s.who["chen"].Viewer)
	id, err := room.Begin(ctx, keep, facts, 3)
	if err != nil {
		return err
	}
	for _, p := range []struct {
		org, name string
		group     floor.Group
	}{{"argentina", "Argentina", "party"}, {"philippines", "Philippines", "party"}, {"norway", "Norway", "party"}} {
		if err := room.Attend(ctx, keep, id, s.orgs[p.org], p.name, p.group); err != nil {
			return fmt.Errorf("%s at the session: %w", p.name, err)
		}
	}
	return nil
}
