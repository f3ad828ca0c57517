package casework

import (
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/input"
)

// housed is a bench whose person sleeps at a secret address.
func housed(t *testing.T) *bench {
	b := newBench(t, "it", Adult)
	b.c.Person.Nationality = "NG"
	b.does("ngo", "accommodate", &Accommodate{Kind: SafeHouse, Place: "Town", Address: "SECRET STREET", From: b.now})
	return b
}

func (b *bench) opening(police string) *OpenAddress {
	return &OpenAddress{Police: b.org[police], Hours: 12, Reason: "Somebody is breaking the door."}
}

// shown is what a member with the role sees, through policy, consent and redaction.
func (b *bench) shown(org string, role access.Role) (View, access.Decision) {
	b.t.Helper()
	policy, err := access.NewPolicy()
	if err != nil {
		b.t.Fatal(err)
	}
	kind := NewKind(b.profile, b.org["focal"], b.Of)
	v := access.Viewer{Member: b.member[org], Organisation: b.org[strings.TrimSuffix(org, "2")], Roles: []access.Role{role}}
	standing := v.Scope().Match(kind.Index(b.c).Relations, b.now)
	d := policy.Decide(v, "case", standing, b.now).Within(kind.Released(b.c, v, standing, b.now))
	return kind.Redact(b.c, d), d
}

// Rule 7's exception: an address, in an emergency, for hours, and nothing else.
func TestInAnEmergencyPoliceSeeTheAddressAndNothingElseForHours(t *testing.T) {
	b := housed(t)
	if v, d := b.shown("police", access.Police); d.May(access.Look) || len(v.Nights) != 0 {
		t.Fatal("police see the case before")
	}
	b.does("ngo", "open-address", b.opening("police"))
	v, d := b.shown("police", access.Police)
	if d.Seen() != access.Of(access.OpenedAddress) || len(v.Nights) != 1 || v.Nights[0] != (Accommodation{Address: "SECRET STREET"}) {
		t.Errorf("they see %v: %+v", d.Seen(), v.Nights)
	}
	v.Nights, v.Case.Base = nil, b.c.Base
	if rest := (Case{Base: b.c.Base}); !reflect.DeepEqual(v.Case, rest) {
		t.Errorf("besides the address they see %+v", v.Case)
	}
	for _, info := range Steps() {
		if d.May(info.Action) {
			t.Errorf("they may %s", info.Name)
		}
	}
	for _, role := range access.Roles() {
		if v, d := b.shown("police", role); role != access.Police && role != access.Auditor && (d.May(access.Look) || len(v.Nights) > 0) {
			t.Errorf("%s of the same house comes to the case", role)
		}
	}
	if v, _ := b.shown("authority", access.Police); len(v.Nights) > 0 {
		t.Error("police of another house see it")
	}
	b.now = b.now.Add(12 * time.Hour)
	if v, d := b.shown("police", access.Police); d.May(access.Look) || len(v.Nights) > 0 {
		t.Error("they see it after its hours")
	}
}

func TestPoliceOnTheCaseByConsentSeeNoMoreAddressThanWasOpened(t *testing.T) {
	b := housed(t)
	b.does("ngo", "give-consent", Consenting("proceedings", b.org["police"], []string{"identity", "placement", "shelter"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "join", Joining(b.org["police"], "police"))
	if v, _ := b.shown("police", access.Police); len(v.Nights) > 0 {
		t.Fatalf("by consent: %+v", v.Nights)
	}
	b.does("ngo", "open-address", b.opening("police"))
	v, d := b.shown("police", access.Police)
	if !d.Sees(access.Identity) || len(v.Nights) != 1 || v.Nights[0] != (Accommodation{Address: "SECRET STREET"}) {
		t.Errorf("%v: %+v", d.Seen(), v.Nights)
	}
}

func TestAnAddressIsOpenedToPoliceAlone(t *testing.T) {
	b := housed(t)
	b.refused(fault.CodeInvalid, "ngo", "open-address", b.opening("shelter"))
	b.refused(fault.CodeInvalid, "ngo", "open-address", b.opening("authority"))
	b.refused(fault.CodeInvalid, "ngo", "open-address", b.opening("border"))
	b.refused(fault.CodeConflict, "lawyer", "open-address", b.opening("police")) // neither responsible nor the focal point
	for _, hours := range []int{0, 13} {
		wrong := b.opening("police")
		wrong.Hours = hours
		b.refused(fault.CodeInvalid, "ngo", "open-address", wrong)
	}
	short := b.opening("police")
	short.Reason = "now"
	b.refused(fault.CodeInvalid, "ngo", "open-address", short)
	if err := b.takes("focal", access.FocalPoint, "open-address", b.opening("police")); err != nil {
		t.Errorf("the focal point: %v", err)
	}
	nowhere := newBench(t, "it", Adult)
	nowhere.refused(fault.CodeConflict, "ngo", "open-address", nowhere.opening("police"))
}

// Rule 3 stands before it.
func TestNoAddressIsOpenedToPoliceOfOrigin(t *testing.T) {
	b := housed(t)
	b.does("ngo", "open-address", b.opening("foreign"))
	b.later()
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "wish"})
	if v, _ := b.shown("foreign", access.Police); len(v.Nights) > 0 {
		t.Error("what was open stays open")
	}
	b.refused(fault.CodeInvalid, "ngo", "open-address", b.opening("foreign"))
}

func TestASecondPersonLooksAtAnOpenedAddress(t *testing.T) {
	b := housed(t)
	b.does("ngo", "open-address", b.opening("police"))
	told := map[access.Role]bool{}
	for _, s := range b.due(addressDuty).Steps {
		told[s.Role] = true
	}
	if !told[access.CaseWorker] || !told[access.FocalPoint] || !told[access.Auditor] {
		t.Errorf("told: %v", told)
	}
	no := &ReviewOpenedAddress{Right: No, Finding: "A quarrel next door."}
	b.refused(fault.CodeConflict, "ngo", "review-address", no)
	b.later()
	b.does("ngo2", "review-address", no)
	if b.due(addressDuty) != nil {
		t.Error("still due")
	}
	if v, _ := b.shown("police", access.Police); len(v.Nights) > 0 {
		t.Error("still open after a no")
	}
}

// Nobody signs what they could not read.
func TestTheSecondPersonSeesWhatTheyDecideOn(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	reads := func(step string, org string, role access.Role, words ...string) {
		t.Helper()
		v, _ := b.shown(org, role)
		p := v.Proposal(step)
		for _, word := range words {
			if p == nil || !slices.ContainsFunc(p.Fields, func(f input.Field) bool { return f.Value == word }) {
				t.Errorf("%s of %s does not read %q at %s: %+v", role, org, word, step, p)
			}
		}
		if len(words) == 0 && p != nil {
			t.Errorf("%s of %s reads %+v at %s", role, org, p, step)
		}
	}
	b.does("ngo2", "propose-override", &ProposeOverride{Ground: "legal_duty", Provision: "Act, s. 1", Reason: "a summons", Recipient: b.org["police"], Data: dataSet{"identity"}, Days: 3})
	reads("approve-override", "focal", access.FocalPoint, "Act, s. 1", "a summons", "legal_duty", b.org["police"].String())
	reads("approve-override", "ngo2", access.CaseWorker) // who proposed it
	reads("approve-override", "lawyer", access.Lawyer)   // not on the case
	reads("approve-override", "authority", access.DecisionMaker, "a summons")
	b.c.Consents[0].Withdrawn = b.now
	reads("approve-override", "authority", access.DecisionMaker) // nothing is released to it any more
	b.c.Emergencies = []Emergency{{By: b.member["lawyer"], At: b.now, Until: b.now.Add(emergencyLasts), Reason: "a child in the street"}}
	reads("review-emergency", "focal", access.FocalPoint, "a child in the street")
}
