package register_test

import (
	"context"
	"testing"
	"time"

	"palermo/access"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/register"
)

func TestAPublishedCardIsReadAtTheOtherNodeWithinMinutes(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		member := w.places["ng"].worker()
		w.set("it", point())
		w.set("it", service())
		w.rounds()
		if c := w.seen("ng", "it", member); c.Version != 0 || len(c.Content.Points) > 0 {
			t.Error("a draft has left the node")
		}
		w.publish("it")
		published := w.now
		w.rounds()
		c := w.seen("ng", "it", member)
		if c.Version != 1 || !c.Published.Equal(published) || len(c.Content.Points) != 1 || c.Content.Points[0].Duty != "Duty officer" || len(c.Content.Services) != 1 {
			t.Errorf("%+v", c.Card)
		}
		if c.State != "IT" || c.Own || c.Came.Sub(published) > 5*time.Minute {
			t.Errorf("state %q, own %v, came after %v", c.State, c.Own, c.Came.Sub(published))
		}
	})
}

func TestANewerCardReplacesTheOlderAndWhatWaitsIsTakenBack(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		id := w.set("it", point())
		w.down["ng"] = true
		w.publish("it")
		w.rounds()
		changed := point()
		changed.ID, changed.Duty = id, "Night desk"
		w.set("it", changed)
		w.publish("it")
		w.down["ng"] = false
		w.now = w.now.Add(time.Hour)
		w.rounds()
		if c := w.seen("ng", "it", w.places["ng"].worker()); c.Version != 2 || c.Content.Points[0].Duty != "Night desk" {
			t.Errorf("version %d, %v", c.Version, c.Content.Points)
		}
		if n := w.messages("ng"); n != 1 {
			t.Errorf("%d messages came: the older one was to be taken back", n)
		}
	})
}

// messages counts what came to a node, or went from it.
func (w *world) messages(at string) int {
	w.t.Helper()
	n := 0
	for _, err := range record.List(context.Background(), w.places[at].keeper(), w.places[at].desk.Messages, record.Query[cooperation.Message]{Why: record.Reason{Action: access.Look}, Limit: 100}) {
		must(w.t, err)
		n++
	}
	return n
}

func TestAnOlderCardIsRefusedByName(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.set("it", point())
		w.publish("it")
		w.publish("it")
		w.rounds()
		for _, version := range []uint64{1, 2} { // older, and another under the same number
			forged := w.signed("it", version, register.Content{Points: []register.Point{withID(*point())}})
			_, err := w.places["ng"].desk.Receiver().Receive(context.Background(), "it", forged)
			if exchange.Reason(err) != "old-card" {
				t.Errorf("version %d: %v", version, err)
			}
		}
		if c := w.seen("ng", "it", w.places["ng"].worker()); c.Version != 2 {
			t.Errorf("version %d", c.Version)
		}
		refusals, err := w.places["ng"].desk.Refused(context.Background(), w.places["ng"].keeper(), record.Cursor{}, 10)
		must(t, err)
		if len(refusals) != 2 {
			t.Errorf("%d refusals are shown to the focal point", len(refusals))
		}
	})
}

func withID(p register.Point) register.Point {
	p.ID = ident.ID{9}
	return p
}

func TestACardFromOutsideIsHeldToTheSameRules(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		bad := *service()
		bad.ID, bad.Kind, bad.Town, bad.Latitude, bad.Longitude, bad.HowTo = ident.ID{1}, "safe_house", "", "", "", "Ring at Via Roma 12"
		_, err := w.places["ng"].desk.Receiver().Receive(context.Background(), "it", w.signed("it", 1, register.Content{Points: []register.Point{withID(*point())}, Services: []register.Service{bad}}))
		if exchange.Reason(err) != "malformed" {
			t.Errorf("the address of a shelter was taken: %v", err)
		}
		if c := w.seen("ng", "it", w.places["ng"].worker()); c.Version != 0 {
			t.Error("it is shown")
		}
	})
}

func TestACardIsSentWhenItIsAskedFor(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.set("it", point())
		w.publish("it")
		w.rounds()
		it := w.seen("it", "it", w.places["it"].worker())
		before := w.messages("ng")
		must(t, w.places["ng"].room.Ask(context.Background(), w.places["ng"].keeper(), "it"))
		refused(t, w.places["ng"].room.Ask(context.Background(), w.places["ng"].keeper(), "it"), fault.CodeConflict)
		refused(t, w.places["ng"].room.Ask(context.Background(), w.places["ng"].worker(), "it"), fault.CodeDenied)
		refused(t, w.places["ng"].room.Ask(context.Background(), w.places["ng"].keeper(), "nowhere"), fault.CodeNotFound)
		w.rounds()
		if n := w.messages("ng"); n != before+2 { // the question, and the card
			t.Errorf("%d messages, then %d", before, n)
		}
		if c := w.seen("ng", "it", w.places["ng"].worker()); c.Version != it.Version || !c.Came.After(it.Published.Add(3*time.Minute)) {
			t.Errorf("version %d came at %v", c.Version, c.Came)
		}
	})
}

func TestOnlyTheFocalPointKeepsTheCard(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		ctx, p := context.Background(), w.places["it"]
		id := w.set("it", point())
		w.publish("it")
		for _, role := range []access.Role{access.CaseWorker, access.Police, access.Administrator, access.Auditor} {
			_, err := p.room.Set(ctx, p.worker(role), service())
			refused(t, err, fault.CodeDenied)
			refused(t, p.room.Publish(ctx, p.worker(role)), fault.CodeDenied)
			refused(t, p.room.Remove(ctx, p.worker(role), id), fault.CodeDenied)
		}
		w.set("it", service())
		if c := w.seen("it", "it", p.worker(access.Police)); c.Draft != nil {
			t.Error("a draft is seen by others than the focal point")
		}
		if c := w.seen("it", "it", p.keeper()); c.Draft == nil || len(c.Draft.Services) != 1 {
			t.Error("the focal point does not see the draft")
		}
		// and at the other node nobody changes it, the focal point there neither
		w.rounds()
		ng := w.places["ng"]
		if _, err := ng.room.Set(ctx, ng.keeper(), point()); err != nil {
			t.Fatal(err)
		}
		if c := w.seen("ng", "it", ng.keeper()); len(c.Content.Services) > 0 || c.Draft != nil {
			t.Errorf("another State's card changed: %+v", c.Card)
		}
	})
}

func TestACardThatNobodyConfirmsIsMarkedStaleAndItsKeeperIsTold(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		w.set("it", point())
		w.publish("it")
		w.rounds()
		due := func() int {
			n := 0
			items, err := record.Day(context.Background(), w.places["it"].keeper(), 50)
			must(t, err)
			for _, i := range items {
				if i.Kind == "card" {
					n++
				}
			}
			return n
		}
		if c := w.seen("ng", "it", w.places["ng"].worker()); c.Stale(w.now) || due() != 0 {
			t.Error("a fresh card is stale")
		}
		w.now = w.now.Add(91 * 24 * time.Hour)
		if c := w.seen("ng", "it", w.places["ng"].worker()); !c.Stale(w.now) || due() != 1 {
			t.Errorf("after three months: stale %v, duties %d", c.Stale(w.now), due())
		}
		w.publish("it")
		w.rounds()
		if c := w.seen("ng", "it", w.places["ng"].worker()); c.Stale(w.now) || c.Version != 2 || due() != 0 {
			t.Error("what was confirmed is still stale")
		}
	})
}

func TestWhatHinderedIsSentToNobody(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		ctx, p := context.Background(), w.places["it"]
		h := register.Hindrance{Kind: "no_answer", Channel: register.Informal, What: "Three enquiries, no answer."}
		refused(t, p.room.Hinder(ctx, p.worker(access.Police), "ng", h), fault.CodeDenied)
		must(t, p.room.Hinder(ctx, p.worker(access.CaseWorker), "ng", h))
		refused(t, p.room.Hinder(ctx, p.keeper(), "ng", register.Hindrance{Kind: "other", Channel: register.Formal, What: "Write to joy@mail.example"}), fault.CodeInvalid)
		w.set("it", point())
		w.publish("it")
		w.rounds()
		own := w.seen("it", "ng", p.keeper())
		if len(own.Hindrances) != 1 || len(w.seen("it", "ng", p.worker(access.Police)).Hindrances) != 0 {
			t.Error("who works with other States reads it, others do not")
		}
		if c := w.seen("ng", "it", w.places["ng"].keeper()); len(c.Hindrances) != 0 {
			t.Error("a note of what hindered went to another State")
		}
		done := own.Hindrances[0]
		done.Done, done.Settled = "A call between the focal points.", true
		must(t, p.room.Hinder(ctx, p.keeper(), "ng", done))
		if got := w.seen("it", "ng", p.keeper()).Hindrances; len(got) != 1 || !got[0].Settled {
			t.Errorf("%+v", got)
		}
	})
}
