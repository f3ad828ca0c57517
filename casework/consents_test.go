package casework

import (
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
)

// guarded is a bench with a child whose guardian is named, and a consent that the child gave.
func guarded(t *testing.T) (*bench, *GiveConsent) {
	b := newBench(t, "coe", Child)
	b.does("ngo", "appoint-guardian", &AppointGuardian{Organisation: b.org["guardian"], Name: "G."})
	return b, b.consenting("assistance", "shelter")
}

func (b *bench) takes(who string, role access.Role, name string, s Step) error {
	w := b.work(who)
	w.By.Roles = []access.Role{role}
	return Take(b.c, name, s, w)
}

// Rule 2: of a child two people say yes, each for themselves.
func TestAChildsConsentIsInForceOnceBothHaveSaidYes(t *testing.T) {
	b, s := guarded(t)
	b.does("ngo", "give-consent", s)
	given := &b.c.Consents[0]
	if given.Stands(b.now) || b.c.consented("assistance", b.now) {
		t.Fatal("in force without the guardian")
	}
	b.refused(fault.CodeInvalid, "ngo", "join", Joining(b.org["shelter"], "service_provider"))
	yes := &AnswerAsGuardian{Consent: given.ID, Agree: Yes}
	b.refused(fault.CodeInvalid, "ngo", "guardian-consent", yes) // a worker's word is not the guardian's
	if err := b.takes("guardian", access.CaseWorker, "guardian-consent", yes); !fault.Is(err, fault.CodeInvalid) {
		t.Errorf("somebody else of the guardian's office: %v", err)
	}
	if err := b.takes("lawyer", access.Guardian, "guardian-consent", yes); !fault.Is(err, fault.CodeInvalid) {
		t.Errorf("another child's guardian: %v", err)
	}
	if err := b.takes("guardian", access.Guardian, "guardian-consent", yes); err != nil {
		t.Fatal(err)
	}
	if !given.Stands(b.now) {
		t.Error("not in force after both have said yes")
	}
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: given.ID})
	if given.Stands(b.now) {
		t.Error("in force after the withdrawal")
	}
}

func TestTheGuardiansWrittenYesHasItsDay(t *testing.T) {
	b, s := guarded(t)
	b.does("ngo", "give-consent", s)
	yes := &AnswerAsGuardian{Consent: b.c.Consents[0].ID, Agree: Yes, Written: b.now.AddDate(0, 0, 2).Format(time.DateOnly)}
	b.refused(fault.CodeInvalid, "ngo", "guardian-consent", yes)
	yes.Written = b.now.AddDate(0, 0, -1).Format(time.DateOnly)
	b.does("ngo", "guardian-consent", yes)
	if !b.c.Consents[0].Stands(b.now) {
		t.Error("not in force")
	}
	b.refused(fault.CodeConflict, "ngo", "guardian-consent", yes) // nothing waits
}

func TestAGuardiansYesIsNotTheChilds(t *testing.T) {
	b, s := guarded(t)
	s.Assent = ""
	b.refused(fault.CodeInvalid, "ngo", "give-consent", s)
	s.Assent = "not_asked"
	b.refused(fault.CodeInvalid, "ngo", "give-consent", s)
	s.WhyNotAsked = "Two months old."
	b.does("ngo", "give-consent", s)
	if err := b.takes("guardian", access.Guardian, "guardian-consent", &AnswerAsGuardian{Consent: b.c.Consents[0].ID, Agree: Yes}); err != nil {
		t.Fatal(err)
	}
	g := b.c.Consents[0]
	if !g.Stands(b.now) {
		t.Error("a child who could not be asked, with a reason and the guardian's yes")
	}
	g.Assent = ""
	if g.Stands(b.now) {
		t.Error("in force without the child's answer")
	}
}

func TestARefusalIsKeptAndCostsNothing(t *testing.T) {
	b, s := guarded(t)
	b.does("ngo", "give-consent", s)
	if err := b.takes("guardian", access.Guardian, "guardian-consent", &AnswerAsGuardian{Consent: b.c.Consents[0].ID, Agree: No}); err != nil {
		t.Fatal(err)
	}
	if g := b.c.Consents[0]; g.Open(b.now) || g.GuardianRefused.IsZero() {
		t.Errorf("%+v", g)
	}
	possible := map[string]bool{}
	for _, info := range Steps() {
		possible[info.Name] = info.New().Possible(b.c, b.work("ngo")) == nil
	}
	happened := len(b.c.Happened)
	b.does("ngo", "refuse-consent", &RefuseConsent{Purpose: "assistance", Recipient: b.org["shelter"]})
	if len(b.c.Refusals) != 1 || len(b.c.Happened) != happened {
		t.Errorf("%+v, %+v", b.c.Refusals, b.c.Happened)
	}
	for _, info := range Steps() {
		if now := info.New().Possible(b.c, b.work("ngo")) == nil; now != possible[info.Name] {
			t.Errorf("after a refusal %s is possible: %v", info.Name, now)
		}
	}
	b.does("ngo", "give-consent", s) // and a yes after it
}

func TestAnAdultsConsentNeedsNobodyElse(t *testing.T) {
	b := newBench(t, "coe", Adult)
	s := b.consenting("assistance", "shelter")
	s.Assent = ""
	b.does("ngo", "give-consent", s)
	if !b.c.Consents[0].Stands(b.now) {
		t.Error("not in force")
	}
}
