package casework

import (
	"slices"
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

// conferring is a case with a shelter and a lawyer, each allowed something.
func conferring(t *testing.T) *bench {
	b := newBench(t, "coe", Adult)
	until := b.now.AddDate(0, 1, 0)
	b.does("ngo", "give-consent", Consenting("accommodation", b.org["shelter"], []string{"identity", "risk"}, until))
	b.does("ngo", "give-consent", Consenting("legal_help", b.org["lawyer"], []string{"identity", "decisions"}, until))
	b.does("ngo", "join", Joining(b.org["shelter"], "shelter_manager"))
	b.does("ngo", "join", Joining(b.org["lawyer"], "lawyer"))
	return b
}

func (b *bench) conference(shared dataSet, who ...string) *HoldConference {
	s := &HoldConference{Question: "q", Agreed: "a", Shared: shared, Knows: true}
	for _, name := range who {
		s.Present = append(s.Present, b.org[name])
	}
	return s
}

// Row 14: what is shared with all is what each may know.
func TestAConferenceSharesOnlyWhatEachMayKnow(t *testing.T) {
	b := conferring(t)
	b.does("ngo", "hold-conference", b.conference(dataSet{"identity"}, "ngo", "shelter", "lawyer"))
	b.does("ngo", "hold-conference", b.conference(dataSet{"identity", "risk"}, "ngo", "shelter"))
	b.refused(fault.CodeInvalid, "ngo", "hold-conference", b.conference(dataSet{"risk"}, "ngo", "shelter", "lawyer"))
	b.refused(fault.CodeInvalid, "ngo", "hold-conference", b.conference(dataSet{"health"}, "ngo", "shelter"))
	b.refused(fault.CodeInvalid, "ngo", "hold-conference", b.conference(nil, "ngo", "authority")) // not on the case
	unasked := b.conference(nil, "ngo", "shelter")
	unasked.Knows = false
	b.refused(fault.CodeInvalid, "ngo", "hold-conference", unasked)
	kept := b.c.Conferences[0].Released
	if len(kept) != 3 || kept[1].Data != access.Of(access.Summary, access.Identity, access.Risk) {
		t.Errorf("the record says %+v", kept)
	}
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[0].ID})
	b.refused(fault.CodeInvalid, "ngo", "hold-conference", b.conference(dataSet{"identity"}, "ngo", "shelter"))
}

func TestWhatOneAloneIsToldNamesItsConsent(t *testing.T) {
	b := conferring(t)
	s := b.conference(dataSet{"identity"}, "ngo", "shelter", "lawyer")
	s.Beyond = dataSet{"risk"}
	b.refused(fault.CodeInvalid, "ngo", "hold-conference", s)
	s.Consent = b.c.Consents[1].ID // the lawyer's, which does not name it
	b.refused(fault.CodeInvalid, "ngo", "hold-conference", s)
	s.Consent = b.c.Consents[0].ID
	b.does("ngo", "hold-conference", s)
	s.Present = s.Present[2:] // without the shelter, whose consent it is
	b.refused(fault.CodeInvalid, "ngo", "hold-conference", s)
}

// Rule 7: no conference tells an authority health or an address, whatever was released.
func TestNoConferenceTellsAnAuthorityHealthOrAnAddress(t *testing.T) {
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles() {
		d := policy.Decide(access.Viewer{Roles: []access.Role{access.CaseWorker, role}}, "case", []access.Role{access.CaseWorker, role}, conferring(t).now)
		if forbidden := !d.Sees(access.Health) && d.Sees(access.Identity); forbidden != slices.Contains(authorities, role) {
			t.Errorf("%s: the policy and the conference disagree", role)
		}
	}
	for _, role := range []string{"police", "prosecutor", "judge"} {
		b := conferring(t)
		b.does("ngo", "give-consent", Consenting("proceedings", b.org["authority"], []string{"identity", "health", "shelter"}, b.now.AddDate(0, 1, 0)))
		b.does("ngo", "join", Joining(b.org["authority"], role))
		b.does("ngo", "hold-conference", b.conference(dataSet{"identity"}, "ngo", "authority"))
		b.refused(fault.CodeInvalid, "ngo", "hold-conference", b.conference(dataSet{"health"}, "ngo", "authority"))
		b.refused(fault.CodeInvalid, "ngo", "hold-conference", b.conference(dataSet{"shelter"}, "ngo", "authority"))
	}
}

func TestAConferenceDoesNotNameTheShelterToThoseWhoDoNotSeeWhereThePersonSleeps(t *testing.T) {
	b := conferring(t)
	b.does("ngo", "hold-conference", b.conference(dataSet{"identity"}, "ngo", "shelter", "lawyer"))
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	d := policy.Decide(access.Viewer{Organisation: b.org["lawyer"], Roles: []access.Role{access.Lawyer}}, "case", []access.Role{access.Lawyer}, b.now)
	for _, without := range []access.Set{0, access.Of(access.Placement), access.Of(access.Placement, access.Consents)} {
		x := redact(b.c, d.Within(access.Everything&^without)).Conferences[0]
		named := slices.Contains(x.Fields.Present, b.org["shelter"]) || slices.ContainsFunc(x.Released, func(r ReleasedTo) bool { return r.Organisation == b.org["shelter"] })
		if named != !without.Has(access.Placement) {
			t.Errorf("without %s the shelter is named: %v", without, named)
		}
		if without.Has(access.Consents) && (x.Released != nil || x.Fields.Consent != ident.ID{}) {
			t.Errorf("without %s is told what was allowed", without)
		}
	}
	if len(b.c.Conferences[0].Fields.Present) != 3 {
		t.Error("redaction changed the case")
	}
}
