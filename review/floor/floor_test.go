package floor_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/record/recordtest"
	"palermo/review/floor"
	"palermo/review/instrument"
	"palermo/review/meeting"
	"palermo/store"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// rig is a session with Argentina, Norway and an office on the list of participants.
type rig struct {
	*floor.Room
	*testing.T
	ctx  context.Context
	node *record.Node
	id   floor.ID
	now  time.Time
}

func both(t *testing.T, test func(*rig)) {
	recordtest.Both(t, store.OpenSQLite, store.OpenPostgres, func(t *testing.T, _ *store.Store, n *record.Node) {
		r := &rig{Room: floor.New(), T: t, ctx: t.Context(), node: n, now: time.Date(2018, 7, 2, 9, 0, 0, 0, time.UTC)}
		n.Now = recordtest.Ticking(&r.now)
		var err error
		r.id, err = r.Begin(r.ctx, r.as(1, access.Secretariat), meeting.Session{Body: "Working Group on Trafficking in Persons", Instrument: "TIP", City: "Vienna",
			From: "2018-07-02", To: "2018-07-03", Language: "English", Agenda: []meeting.Item{{Number: 1, Title: "Organizational matters"}, {Number: 2, Title: "Other matters"}}}, 3)
		r.must(err)
		for n, p := range map[byte]struct {
			name  string
			group floor.Group
		}{2: {"Argentina", "party"}, 3: {"Norway", "party"}, 4: {"An office", "organization"}} {
			r.must(r.Attend(r.ctx, r.as(1, access.Secretariat), r.id, ident.ID{8, n}, p.name, p.group))
		}
		test(r)
	})
}

func (r *rig) as(n byte, role access.Role) *record.Door {
	return r.node.For(access.Viewer{Member: ident.ID{9, n, role[0]}, Organisation: ident.ID{8, n}, Name: "Member", Roles: []access.Role{role}})
}

func (r *rig) chair() *record.Door { return r.as(1, access.Chair) }

func (r *rig) must(err error) {
	r.Helper()
	if err != nil {
		r.Fatal(err)
	}
}

func (r *rig) refused(code fault.Code, err error) {
	r.Helper()
	if !fault.Is(err, code) {
		r.Fatalf("got %v, want %s", err, code)
	}
}

func (r *rig) session() floor.Session {
	r.Helper()
	seen, err := r.Of(r.ctx, r.chair(), r.id)
	r.must(err)
	return seen.Value().Session
}

func (r *rig) ask(n byte, order bool) {
	r.Helper()
	r.must(r.Ask(r.ctx, r.as(n, access.Delegate), r.id, ident.ID{8, n}, order))
}

func (r *rig) give(i int) error {
	s := r.session()
	return r.Give(r.ctx, r.chair(), r.id, s.Waiting()[i].ID)
}

func TestNobodySpeaksToWhomTheChairDidNotGiveTheFloor(t *testing.T) {
	both(t, func(r *rig) {
		r.refused(fault.CodeConflict, r.Ask(r.ctx, r.as(2, access.Delegate), r.id, ident.ID{8, 2}, false)) // no meeting
		r.must(r.Sit(r.ctx, r.chair(), r.id, time.UTC))
		r.refused(fault.CodeDenied, r.Ask(r.ctx, r.as(2, access.Delegate), r.id, ident.ID{8, 3}, false))
		r.refused(fault.CodeConflict, r.Ask(r.ctx, r.as(5, access.Delegate), r.id, ident.ID{8, 5}, false)) // not on the list of participants
		r.ask(2, false)
		r.refused(fault.CodeConflict, r.Ask(r.ctx, r.as(2, access.Delegate), r.id, ident.ID{8, 2}, false))
		s := r.session()
		for _, role := range []access.Role{access.Delegate, access.Observer, access.Secretariat, access.FocalPoint} {
			r.refused(fault.CodeDenied, r.Give(r.ctx, r.as(2, role), r.id, s.Waiting()[0].ID))
		}
		if s.Speaker() != nil {
			t.Error(s.Floor)
		}
	})
}

func TestAPointOfOrderComesFirstAndWhoWasInterruptedSpeaksOn(t *testing.T) {
	both(t, func(r *rig) {
		r.must(r.Sit(r.ctx, r.chair(), r.id, time.UTC))
		r.ask(2, false)
		r.must(r.Ask(r.ctx, r.as(4, access.Observer), r.id, ident.ID{8, 4}, false))
		r.refused(fault.CodeDenied, r.Ask(r.ctx, r.as(4, access.Observer), r.id, ident.ID{8, 4}, true))
		r.must(r.give(0))
		r.now = r.now.Add(time.Minute)
		r.ask(3, true)
		r.refused(fault.CodeConflict, r.give(1))
		r.must(r.give(0))
		s := r.session()
		if q := s.Speaker(); q == nil || q.Name != "Norway" || !q.Order {
			t.Fatal(q)
		}
		if next := s.Waiting()[0]; next.Name != "Argentina" || next.Spoken < time.Minute {
			t.Error("who was interrupted waits behind others", next)
		}
		r.must(r.give(0))
		r.must(r.End(r.ctx, r.chair(), r.id))
		r.refused(fault.CodeConflict, r.End(r.ctx, r.chair(), r.id))
		s = r.session()
		if got := s.Facts.Speakers.Parties; len(got) != 1 || got[0] != "AR" {
			t.Error("a point of order is no statement", got)
		}
	})
}

func TestTheReportComesOutOfTheSession(t *testing.T) {
	both(t, func(r *rig) {
		r.must(r.Sit(r.ctx, r.chair(), r.id, time.UTC))
		r.must(r.AdoptAgenda(r.ctx, r.chair(), r.id))
		r.refused(fault.CodeConflict, r.AdoptAgenda(r.ctx, r.chair(), r.id))
		r.refused(fault.CodeNotFound, r.TakeUp(r.ctx, r.chair(), r.id, 7))
		r.must(r.TakeUp(r.ctx, r.chair(), r.id, 2))
		r.ask(3, false)
		r.must(r.give(0))
		r.must(r.Rise(r.ctx, r.chair(), r.id)) // ends the statement
		r.refused(fault.CodeDenied, r.Tell(r.ctx, r.as(2, access.Delegate), r.id, 2, "Words."))
		r.must(r.Tell(r.ctx, r.as(1, access.Secretariat), r.id, 2, "Many speakers said that survivors should be heard."))
		r.now = time.Date(2018, 7, 4, 9, 0, 0, 0, time.UTC)
		r.refused(fault.CodeInvalid, r.Sit(r.ctx, r.chair(), r.id, time.UTC)) // after its last day
		r.now = time.Date(2018, 7, 3, 9, 0, 0, 0, time.UTC)
		r.must(r.Sit(r.ctx, r.chair(), r.id, time.UTC))
		r.must(r.AdoptReport(r.ctx, r.chair(), r.id, time.UTC))
		l, err := instrument.Open()
		r.must(err)
		s := r.session()
		var text strings.Builder
		for _, b := range meeting.Write(&s.Facts, l).Blocks {
			text.WriteString(b.Heading + b.Text + "\n")
		}
		for _, want := range []string{"Two meetings were held", "were represented at the meeting: Argentina and Norway.", "survivors should be heard", "statements were made by representatives of the following parties",
			"On 3 July 2018"} {
			if !strings.Contains(text.String(), want) {
				t.Errorf("the report does not say %q:\n%s", want, text.String())
			}
		}
	})
}
