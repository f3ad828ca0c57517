package casework

import (
	"testing"

	"palermo/access"
	"palermo/fault"
)

// received makes the bench's case one that another State sent under a handling code.
func (b *bench) received(r Received) *bench {
	r.Peer, r.Data = "ng", access.Of(access.Identity, access.Needs)
	b.c.Received = &r
	return b
}

// seenBy is what consent leaves to somebody who stands on the case in a role.
func (b *bench) seenBy(org string, role access.Role) access.Set {
	v := access.Viewer{Member: b.member[org], Organisation: b.org[org], Roles: []access.Role{role}}
	return NewKind(b.profile, b.org["focal"], b.Of).Released(b.c, v, []access.Role{role}, b.now)
}

func TestWhatAnotherStateKeepsFromCourtIsSeenByNobodyInAProceeding(t *testing.T) {
	for _, role := range []access.Role{access.Police, access.Prosecutor, access.Judge} {
		for kept, want := range map[bool]access.Set{false: access.Of(access.Identity, access.Risk), true: access.Of(access.Risk)} {
			b := newBench(t, "coe", Adult).received(Received{NotCourt: kept})
			b.does("ngo", "give-consent", Consenting("assistance", b.org["police"], []string{"identity", "risk"}, b.now.AddDate(0, 1, 0)))
			if got := b.seenBy("police", role) &^ access.Of(access.Summary); got != want {
				t.Errorf("%s, kept from court %t: sees %v, want %v", role, kept, got.List(), want.List())
			}
		}
	}
	b := newBench(t, "coe", Adult).received(Received{NotCourt: true})
	b.does("ngo", "give-consent", Consenting("assistance", b.org["shelter"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	if !b.seenBy("shelter", access.ServiceProvider).Has(access.Identity) {
		t.Error("whoever helps the person sees nothing any more")
	}
}

func TestWhatAnotherStateKeepsFromCourtIsNotPromisedForAProceeding(t *testing.T) {
	b := newBench(t, "coe", Adult).received(Received{NotCourt: true})
	b.refused(fault.CodeInvalid, "ngo", "give-consent", Consenting("proceedings", b.org["police"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "give-consent", Consenting("proceedings", b.org["police"], []string{"risk"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "give-consent", Consenting("assistance", b.org["shelter"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
}

func TestWhatMayNotBePassedOnGoesBackToItsSenderAlone(t *testing.T) {
	b := newBench(t, "coe", Adult).received(Received{NotPassOn: true})
	for _, x := range []struct {
		node string
		data access.Set
		goes bool
	}{{"it", access.Of(access.Identity), false}, {"it", access.Of(access.Risk), true}, {"ng", access.Of(access.Identity), true}} {
		if err := b.c.MaySend(x.data, x.node, "return"); (err == nil) != x.goes {
			t.Errorf("%v to %s: %v", x.data.List(), x.node, err)
		}
	}
	b.received(Received{})
	if err := b.c.MaySend(access.Of(access.Identity), "it", "return"); err != nil {
		t.Errorf("what may be passed on is held back: %v", err)
	}
}
