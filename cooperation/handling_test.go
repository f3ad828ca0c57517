package cooperation_test

import (
	"context"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/record"
)

// takenOver has a case of Italy taken over in Benin City, and gives it as it is there.
func (w *world) takenOver(passOn bool) (casework.CaseID, *record.Door) {
	w.t.Helper()
	ngo := w.places["ngo"]
	id := w.person(casework.Adult)
	p := w.proposed(id, "at ngo", "ngo")
	w.allow(id, "at ngo", "assistance", "identity")
	w.act("it", w.places["it"].ngo(), p, "send-details", &cooperation.SendDetails{Told: true, PassOn: passOn})
	w.rounds()
	there := w.first("ngo")
	w.act("ngo", ngo.focal(), there, "take-over", &cooperation.TakeOver{By: "Idia"})
	return w.seen("ngo", ngo.focal(), there).Case, ngo.focal()
}

// A handling code binds the node that receives: to a third one nothing goes of
// what came, unless its sender allowed that; back to the sender it may.
func TestWhatCameIsPassedOnToAThirdStateOnlyIfItsSenderAllowedIt(t *testing.T) {
	for _, allowed := range []bool{false, true} {
		w := newWorld(t, sqlite)
		ngo := w.places["ngo"]
		id, d := w.takenOver(allowed)
		begin := func(org string) error {
			must(t, ngo.Node.Desk.Take(context.Background(), d, id, "give-consent",
				casework.Consenting("consular", ngo.org[org], []string{"identity"}, w.now.AddDate(0, 1, 0)), 0))
			_, err := ngo.desk.Begin(context.Background(), d, cooperation.Start{Type: "consular", Recipient: ngo.org[org], Case: id},
				&cooperation.Notify{Asked: true, What: "A passport", Reach: "The lawyer"})
			return err
		}
		if err := begin("at ng"); allowed != (err == nil) || !allowed && !fault.Is(err, fault.CodeConflict) {
			t.Errorf("to a third node, allowed %t: %v", allowed, err)
		}
		must(t, begin("at it"))
	}
}

// What several messages say of handling counts together, the strictest of each.
func TestACaseCarriesTheHandlingOfWhatCame(t *testing.T) {
	w := newWorld(t, sqlite)
	id, d := w.takenOver(false)
	c, err := record.View(context.Background(), d, w.places["ngo"].Node.Desk.Kind, id, record.Reason{Action: access.Look})
	must(t, err)
	r := c.Value().Received
	if !r.NotCourt || !r.NotPassOn || r.Data != access.Of(access.Identity) && r.Data != access.Of(access.Identity, access.Summary) || r.Until.IsZero() {
		t.Errorf("the case came under %+v", r)
	}
}
