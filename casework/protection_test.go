package casework

import (
	"testing"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
)

// Rule 3, as far as one node reaches.
func TestFromTheFirstWordTheDoorToTheCountryOfOriginIsClosed(t *testing.T) {
	b := newBench(t, "coe", Adult)
	consular := Consenting("consular", b.org["shelter"], []string{"identity"}, b.now.AddDate(0, 1, 0))
	b.does("ngo", "give-consent", consular)
	b.does("ngo", "give-consent", Consenting("proceedings", b.org["lawyer"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "join", Joining(b.org["lawyer"], "liaison_officer"))
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "wish"})
	if got := consent.Released(b.c.Consents, nil, b.org["shelter"], b.now); got != 0 {
		t.Errorf("the consulate still gets %v", got)
	}
	for _, r := range index(b.c, b.org["focal"]).Relations {
		if r.Role == access.LiaisonOfficer {
			t.Error("another State's officer still stands on the case")
		}
	}
	consular.Written = false
	b.refused(fault.CodeInvalid, "ngo", "give-consent", consular)
	consular.Written = true
	b.refused(fault.CodeInvalid, "ngo", "give-consent", consular)
	consular.Advised = true
	b.does("ngo", "give-consent", consular)
	for _, kind := range []ProtectionKind{"fear", "claim", "appeal", "granted"} {
		b.does("ngo", "seek-protection", &SeekProtection{Kind: kind})
		if !b.c.Protection.Closed() {
			t.Errorf("%s opens the door", kind)
		}
	}
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "ended"})
	if b.c.Protection.Closed() {
		t.Error("the door stays closed after the end")
	}
}
