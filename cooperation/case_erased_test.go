package cooperation_test

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// eraseCase closes a case and erases it with a second person.
func (p *place) eraseCase(t *testing.T, id casework.CaseID, owner string) {
	t.Helper()
	one, other := p.worker(owner, access.CaseWorker), p.worker(owner, access.CaseWorker, access.Advocate) // two members
	for _, s := range []struct {
		by   *record.Door
		name string
		step casework.Step
	}{{one, "close", &casework.Close{Reason: "wish", Note: "n", Informed: true}}, {one, "propose-erasure", &casework.ProposeErasure{Ground: "asked", Reason: "r"}},
		{other, "answer-erasure", &casework.AnswerErasure{Erase: casework.Yes, Reason: "r"}}} {
		must(t, p.Node.Desk.Take(context.Background(), s.by, id, s.name, s.step, 0))
	}
	if _, err := p.Store.Load(context.Background(), "case", ident.ID(id)); !errors.Is(err, record.ErrNoRow) {
		t.Fatalf("the case: %v", err)
	}
}

// Rule 2.
func TestWhatWentToAnotherNodeIsAskedToBeErasedWhenTheCaseIs(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.person(casework.Adult)
		it, ngo := w.places["it"], w.places["ngo"]
		p := w.proposed(id, "at ngo", "ngo")
		w.allow(id, "at ngo", "assistance", "identity")
		w.act("it", it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
		w.rounds()
		there := w.first("ngo")
		shows := func(at string, d *record.Door, id cooperation.ProcedureID) bool {
			text, err := json.Marshal(w.seen(at, d, id).Acts)
			must(t, err)
			return strings.Contains(string(text), "Marker-Name")
		}
		if !shows("it", it.ngo(), p) || !shows("ngo", ngo.focal(), there) {
			t.Fatal("the name is on neither procedure: this test proves nothing")
		}
		it.eraseCase(t, id, "ngo")
		if shows("it", it.ngo(), p) {
			t.Error("the procedure here still has the name")
		}
		if seen := w.seen("it", it.ngo(), p); seen.Case != (casework.CaseID{}) {
			t.Error("the procedure still leads to the case")
		}
		w.rounds()
		if shows("ngo", ngo.focal(), there) {
			t.Error("the other node was not asked to erase")
		}
		_, err := record.View(context.Background(), it.ngo(), it.Node.Desk.Kind, id, record.Reason{Action: access.Look})
		if !fault.Is(err, fault.CodeNotFound) {
			t.Errorf("looking at it: %v", err)
		}
	})
}

func TestACaseThatCameFromAnotherNodeIsErasedWithWhatCame(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.person(casework.Adult)
		it, ngo := w.places["it"], w.places["ngo"]
		p := w.proposed(id, "at ngo", "ngo")
		w.allow(id, "at ngo", "assistance", "identity")
		w.act("it", it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
		w.rounds()
		there := w.first("ngo")
		w.act("ngo", ngo.focal(), there, "take-over", &cooperation.TakeOver{By: "Idia"})
		w.rounds()
		received := w.seen("ngo", ngo.focal(), there).Case
		ngo.eraseCase(t, received, "focal")
		over := w.seen("ngo", ngo.focal(), there)
		text, err := json.Marshal(over.Acts)
		must(t, err)
		if strings.Contains(string(text), "Marker-Name") || over.Case != (casework.CaseID{}) {
			t.Error("what came is still there")
		}
		w.rounds()
		if _, err := it.Store.Load(context.Background(), "case", ident.ID(id)); err != nil {
			t.Errorf("the case of the State that sent it: %v", err)
		}
	})
}

type told string

func (n told) Event() string { return string(n) }

// Row 8c: an interpreter is in danger whether or not the case is there.
func TestAThreatToAnInterpreterOutlivesTheCase(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		it, ctx := w.places["it"], context.Background()
		id, desk, booking := w.person(casework.Adult), it.Node.Desk, it.worker("focal", access.BookingDesk)
		engaged := func(threats ...casework.Threat) (e record.ID[casework.Engagement]) {
			must(t, record.Do(ctx, booking, record.Reason{Action: "create"}, func(tx *record.Tx) (err error) {
				v := &casework.Engagement{At: w.now, Interpreter: ident.ID{7}, Pseudonym: "Interpreter 17", Where: "Marker-Place", Case: id, Threats: threats}
				v.Note(told("engaged"))
				e, err = record.Create(tx, desk.Engagements, v)
				return err
			}))
			return e
		}
		list := []casework.Interpreting{{Engagement: engaged()}, {Engagement: engaged(casework.Threat{At: w.now, What: "a call at night"})}}
		must(t, record.Update(ctx, it.ngo(), desk.Kind, id, record.Reason{Action: "do:note"}, func(c *casework.Case) error {
			c.Interpreting = list
			c.Base.Note(told("booked"))
			return nil
		}))
		it.eraseCase(t, id, "ngo")
		left, err := desk.EngagementsFor(ctx, booking)
		must(t, err)
		if len(left) != 1 || len(left[0].Value().Threats) != 1 {
			t.Fatalf("%d engagements are left; the one with the threat should be", len(left))
		}
		if e := left[0].Value(); e.Case != (casework.CaseID{}) || e.Where != "" {
			t.Errorf("it still tells of the case: %+v", e)
		}
		due, err := record.Day(ctx, booking, 10)
		must(t, err)
		if len(due) != 1 || due[0].Record != left[0].ID() {
			t.Errorf("the booking desk's day: %+v", due)
		}
		must(t, desk.AnswerThreatened(ctx, booking, record.ID[casework.Engagement](left[0].ID()), casework.AnswerThreat{Answer: "moved"}))
	})
}
