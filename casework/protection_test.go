package casework

import (
	"testing"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
)

// later moves the clock on, so that what came before is before.
func (b *bench) later() { b.now = b.now.Add(time.Hour) }

// seen is what an organisation's member sees who would have the role there.
func (b *bench) seen(org string, role access.Role) access.Set {
	v := b.work(org).By
	v.Roles = []access.Role{role}
	if role == access.LiaisonOfficer {
		v.Posting = &access.Posting{State: b.Of(v.Organisation).Country, Looks: access.Everything}
	}
	f := b.fence()
	return f.released(b.c, v, v.Scope().Match(f.relations(b.c), b.now), b.now)
}

func (b *bench) consenting(purpose, org string) *GiveConsent {
	return Consenting(purpose, b.org[org], []string{"identity", "decisions"}, b.now.AddDate(0, 6, 0))
}

// Rule 3: whoever receives, whatever for.
func TestFromTheFirstWordNothingGoesToAuthoritiesOfOrigin(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.c.Person.Nationality = "NG"
	for _, org := range []string{"consulate", "foreign", "society", "sister", "police"} {
		b.does("ngo", "give-consent", b.consenting("assistance", org))
		b.does("ngo", "join", Joining(b.org[org], "service_provider"))
	}
	b.does("ngo", "propose-override", &ProposeOverride{Ground: "vital_interest", Provision: "p", Reason: "r", Recipient: b.org["foreign"], Data: dataSet{"contact"}, Days: 9})
	b.later()
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "wish"})
	for org, kept := range map[string]bool{"consulate": false, "foreign": false, "society": false, "sister": true, "police": true} {
		if got := b.seen(org, access.ServiceProvider).Has(access.Identity); got != kept {
			t.Errorf("%s sees who the person is: %v", org, got)
		}
		released := consent.Released(b.c.Consents, b.c.Overrides, b.org[org], b.now) != 0
		if released != kept {
			t.Errorf("something is released to %s: %v", org, released)
		}
		for _, r := range b.fence().relations(b.c) {
			if r.Party == b.org[org] && !kept {
				t.Errorf("%s stands on the case as %s", org, r.Role)
			}
		}
	}
	for _, org := range []string{"consulate", "foreign", "society"} {
		for name, s := range map[string]Step{"give-consent": b.consenting("proceedings", org), "join": Joining(b.org[org], "lawyer"),
			"propose-override": &ProposeOverride{Ground: "legal_duty", Provision: "p", Reason: "r", Recipient: b.org[org], Data: dataSet{"identity"}, Days: 1},
			"hand-over":        &HandOver{Organisation: b.org[org], Agreed: true}, "add-task": &AddTask{What: "w", Organisation: b.org[org], Due: "2026-04-01"}} {
			b.refused(fault.CodeInvalid, "ngo", name, s)
		}
	}
	b.does("ngo", "give-consent", b.consenting("assistance", "sister"))
	b.does("ngo", "give-consent", b.consenting("proceedings", "police"))
}

// The refusal is the one that immigration enforcement gets on any case: it does not tell that somebody seeks protection.
func TestTheClosedDoorReadsLikeAnyOther(t *testing.T) {
	b := newBench(t, "it", Adult)
	other := Take(b.c, "give-consent", b.consenting("assistance", "border"), b.work("ngo"))
	b.c.Person.Nationality = "NG"
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "fear"})
	for _, purpose := range []string{"assistance", "consular"} {
		closed := Take(b.c, "give-consent", b.consenting(purpose, "consulate"), b.work("ngo"))
		if closed == nil || other == nil || closed.Error() != other.Error() {
			t.Errorf("%s: %v; any other: %v", purpose, closed, other)
		}
	}
}

func TestThePersonsOwnAdvisedRequestOpensTheDoorToWhatItNames(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.c.Person.Nationality = "NG"
	asked := b.consenting("consular", "consulate")
	asked.Advised = true
	b.does("ngo", "give-consent", asked) // before the first word
	b.later()
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "wish"})
	if got := b.seen("consulate", access.LiaisonOfficer); got != 0 {
		t.Errorf("what was asked before the first word still releases %v", got)
	}
	for _, weaker := range []func(*GiveConsent){func(s *GiveConsent) { s.Written = false }, func(s *GiveConsent) { s.Advised = false }} {
		s := b.consenting("consular", "consulate")
		s.Advised = true
		weaker(s)
		b.refused(fault.CodeInvalid, "ngo", "give-consent", s)
	}
	again := b.consenting("consular", "consulate")
	again.Advised = true
	b.does("ngo", "give-consent", again)
	b.does("ngo", "join", Joining(b.org["consulate"], "liaison_officer"))
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "claim"})
	if got := b.seen("consulate", access.LiaisonOfficer); !got.Has(access.Identity) || got.Has(access.Needs) {
		t.Errorf("by the person's own request: %v", got)
	}
	b.refused(fault.CodeInvalid, "ngo", "propose-override", &ProposeOverride{Ground: "vital_interest", Provision: "p", Reason: "r",
		Recipient: b.org["consulate"], Data: dataSet{"needs"}, Days: 1})
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[1].ID})
	if got := b.seen("consulate", access.LiaisonOfficer); got != 0 {
		t.Errorf("after withdrawal: %v", got)
	}
}

func TestTheDoorStaysClosedUntilTheFearHasEnded(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.c.Person.Nationality = "NG"
	for _, kind := range []ProtectionKind{"wish", "fear", "claim", "appeal", "granted"} {
		b.does("ngo", "seek-protection", &SeekProtection{Kind: kind})
		b.later()
		b.refused(fault.CodeInvalid, "ngo", "give-consent", b.consenting("assistance", "consulate"))
	}
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "ended"})
	b.later()
	b.does("ngo", "give-consent", b.consenting("assistance", "consulate"))
}

func TestTheCountriesAreNationalitiesAndWhatIsFeared(t *testing.T) {
	for _, c := range []struct {
		name         string
		prepare      func(b *bench)
		shut, opened []string
	}{
		{"one nationality", func(b *bench) { b.c.Person.Nationality = "NG" }, []string{"consulate"}, []string{"authority", "focal"}},
		{"several", func(b *bench) { b.c.Person.Nationality = "GH NG" }, []string{"consulate"}, []string{"authority"}},
		{"another", func(b *bench) { b.c.Person.Nationality = "GH" }, nil, []string{"consulate", "authority"}},
		{"another, but feared", func(b *bench) {
			b.c.Person.Nationality = "GH"
			b.does("ngo", "seek-protection", &SeekProtection{Kind: "fear", Fears: "ng"})
		},
			[]string{"consulate"}, []string{"authority"}},
		{"nothing known: every foreign authority", func(*bench) {}, []string{"consulate", "society"}, []string{"authority", "sister"}},
		{"the State that protects", func(b *bench) { b.c.Person.Nationality = "IT NG" }, []string{"consulate"}, []string{"authority", "focal"}},
	} {
		b := newBench(t, "it", Adult)
		b.does("ngo", "seek-protection", &SeekProtection{Kind: "wish"})
		c.prepare(b)
		for _, org := range append(c.shut, c.opened...) {
			want := false
			for _, s := range c.shut {
				want = want || s == org
			}
			if got := b.fence().shut(b.c, b.org[org]); got != want {
				t.Errorf("%s: %s shut out: %v", c.name, org, got)
			}
		}
		if !b.fence().shut(b.c, ident.ID{99}) {
			t.Errorf("%s: an organisation of which nothing is known is let in", c.name)
		}
	}
}

// What is learned later closes the door as what was known at first.
func TestANationalityLearnedLaterClosesTheDoor(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.c.Person.Nationality = "GH"
	b.does("ngo", "give-consent", b.consenting("assistance", "consulate"))
	b.does("ngo", "join", Joining(b.org["consulate"], "service_provider"))
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "wish"})
	if !b.seen("consulate", access.ServiceProvider).Has(access.Identity) {
		t.Fatal("another country's authority is shut out")
	}
	b.later()
	b.does("ngo", "describe-person", &DescribePerson{Age: Adult, Nationality: "GH NG"})
	if got := b.seen("consulate", access.ServiceProvider); got != 0 {
		t.Errorf("it still sees %v", got)
	}
	if b.c.Consents[0].Withdrawn.IsZero() {
		t.Error("its consent stands")
	}
}

func TestACountryIsWrittenSoThatItCanBeCompared(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.refused(fault.CodeInvalid, "ngo", "describe-person", &DescribePerson{Age: Adult, Nationality: "Nigeria"})
	b.refused(fault.CodeInvalid, "ngo", "seek-protection", &SeekProtection{Kind: "wish", Fears: "home"})
	b.does("ngo", "describe-person", &DescribePerson{Age: Adult, Nationality: "ng, gh"})
	if got := b.c.Person.Nationality; got != "NG GH" {
		t.Errorf("%q", got)
	}
}

func TestAFamilyMembersFearClosesTheDoorToo(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.c.Person.Nationality = "GH"
	b.does("ngo", "add-family", &AddFamilyMember{Tie: "partner", Countries: "NG"})
	b.does("ngo", "give-consent", b.consenting("assistance", "consulate"))
	b.later()
	b.does("ngo", "add-family", &AddFamilyMember{Tie: "child", Protection: true, Countries: "NG"})
	if b.c.Consents[0].Withdrawn.IsZero() {
		t.Error("what the consulate had stands")
	}
	b.refused(fault.CodeInvalid, "ngo", "give-consent", b.consenting("assistance", "consulate"))
	b.later()
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "ended"})
	b.later()
	b.does("ngo", "give-consent", b.consenting("assistance", "consulate"))
}

func TestARelativesFearIsShownToWhoSeesProtectionAlone(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.does("ngo", "add-family", &AddFamilyMember{Tie: "child", Protection: true, Countries: "NG"})
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles() {
		d := policy.Decide(access.Viewer{Roles: []access.Role{role}}, "case", []access.Role{role}, b.now)
		for _, f := range redact(b.c, d).Family {
			if (f.Fields.Protection || f.Fields.Countries != "") != d.Sees(access.Protection) {
				t.Errorf("%s: %+v", role, f.Fields)
			}
		}
	}
}

// Officers whom another State sends are its officers, whatever house they sit in.
func TestAPostedOfficersHouseIsItsStates(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.c.Person.Nationality = "NG"
	b.does("ngo", "give-consent", b.consenting("proceedings", "sister")) // no authority by its kind
	b.does("ngo", "join", Joining(b.org["sister"], "liaison_officer"))
	b.later()
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "wish"})
	if got := b.seen("sister", access.LiaisonOfficer); got != 0 {
		t.Errorf("still sees %v", got)
	}
	b.does("ngo", "give-consent", b.consenting("proceedings", "police"))
	b.refused(fault.CodeInvalid, "ngo", "join", Joining(b.org["police"], "liaison_officer"))
}

// Rule 7: a consent, an override or a task brings no immigration enforcement to a case.
func TestImmigrationEnforcementIsOnNoCase(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.refused(fault.CodeInvalid, "ngo", "give-consent", b.consenting("proceedings", "border"))
	b.refused(fault.CodeInvalid, "ngo", "give-consent", b.consenting("hold", "border")) // decisions, besides who the person is
	b.refused(fault.CodeInvalid, "ngo", "propose-override", &ProposeOverride{Ground: "legal_duty", Provision: "p", Reason: "r",
		Recipient: b.org["border"], Data: dataSet{"identity", "contact"}, Days: 1})
	b.does("ngo", "give-consent", Consenting("hold", b.org["border"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.refused(fault.CodeInvalid, "ngo", "join", Joining(b.org["border"], "police"))
	b.c.Team = append(b.c.Team, Assignment{Organisation: b.org["border"], Role: access.Police, Mandate: access.Everything})
	if got := b.seen("border", access.Police); got != 0 {
		t.Errorf("it sees %v", got)
	}
	for _, r := range b.fence().relations(b.c) {
		if r.Party == b.org["border"] {
			t.Errorf("it stands on the case as %s", r.Role)
		}
	}
}
