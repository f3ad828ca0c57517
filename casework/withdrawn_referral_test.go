package casework

import (
	"slices"
	"testing"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
)

func (b *bench) due(name string) *duty.Duty {
	all := duties(b.c, b.profile, b.org["focal"])
	if i := slices.IndexFunc(all, func(d duty.Duty) bool { return d.Name == name }); i >= 0 {
		return &all[i]
	}
	return nil
}

// Whoever withdraws the consent to a referral withdraws the referral: nothing
// is decided any more, the authority is told and closes its file, and sees nothing.
func TestAReferralEndsWithTheConsentThatItRestsOn(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	b.does("authority", "acknowledge", &Acknowledge{})
	if b.due("first_decision") == nil {
		t.Fatal("no decision is due")
	}
	b.later()
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[0].ID})
	for _, name := range []string{"first_decision", "acknowledge_referral", "notify_removal_authority"} {
		if b.due(name) != nil {
			t.Errorf("%s is still due", name)
		}
	}
	b.refused(fault.CodeConflict, "authority", "decide-first", &DecideFirst{Positive: Yes, Reasons: "r"})
	if got := b.seen("authority", access.DecisionMaker); got != access.Of(access.Summary) {
		t.Errorf("the authority sees %v", got)
	}
	told := b.due(withdrawnDuty)
	if told == nil || told.Steps[0].Party != b.org["authority"] || told.Steps[0].Role != access.DecisionMaker {
		t.Fatalf("the authority is not told: %+v", told)
	}
	b.refused(fault.CodeConflict, "ngo", closeReferral, &CloseReferral{Erased: true})
	b.refused(fault.CodeInvalid, "authority", closeReferral, &CloseReferral{})
	b.later()
	b.does("authority", closeReferral, &CloseReferral{Erased: true})
	b.later()
	if b.due(withdrawnDuty) != nil || b.seen("authority", access.DecisionMaker) != access.Of(access.Summary) ||
		slices.ContainsFunc(b.fence().relations(b.c), func(r access.Relation) bool {
			return r.Party == b.org["authority"] && (r.Until.IsZero() || b.now.Before(r.Until))
		}) {
		t.Error("the authority is still on the case")
	}
	b.does("ngo", "close", &Close{Reason: "wish", Note: "n"})
}

func TestWhoWithdrewAReferralMayAllowItAnew(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	b.later()
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[0].ID})
	b.refused(fault.CodeConflict, "ngo", "refer", &Refer{Authority: b.org["authority"]})
	b.later()
	b.does("ngo", "give-consent", Consenting("referral", b.org["authority"], []string{"identity", "decisions"}, b.now.AddDate(0, 6, 0)))
	b.does("ngo", "refer", &Refer{Authority: b.org["authority"], Reasons: "r"})
	if b.due("first_decision") == nil {
		t.Error("no decision is due")
	}
	b.does("authority", closeReferral, &CloseReferral{Erased: true})
	if !b.seen("authority", access.DecisionMaker).Has(access.Identity) {
		t.Error("closing the old file took the authority off the new referral")
	}
	b.does("authority", "decide-first", &DecideFirst{Positive: Yes, Reasons: "r"})
}

// What the person already has stays.
func TestTheRecoveryPeriodOutlivesTheReferral(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	b.does("authority", "decide-first", &DecideFirst{Positive: Yes, Reasons: "r"})
	b.later()
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[0].ID})
	if !b.c.Identification.Recovery.Running(b.now) {
		t.Error("the recovery period ended with the consent")
	}
	b.refused(fault.CodeConflict, "authority", "decide-second", &DecideSecond{Positive: No, Reasons: "r"})
}

func TestAnotherConsentsWithdrawalEndsNoReferral(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	b.does("ngo", "give-consent", b.consenting("assistance", "shelter"))
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[1].ID})
	if b.c.Identification.Referral == nil {
		t.Error("the referral ended")
	}
}

// The law refers a child; a consent beside it changes nothing when it ends.
func TestAChildsReferralByLawStays(t *testing.T) {
	b := newBench(t, "gb", Child).presumed()
	b.does("ngo", "appoint-guardian", &AppointGuardian{Organisation: b.org["guardian"], Name: "G."})
	b.does("ngo", "refer", &Refer{Authority: b.org["authority"]})
	b.does("ngo", "give-consent", b.consenting("referral", "authority"))
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[0].ID})
	if b.c.Identification.Referral == nil {
		t.Error("the referral ended")
	}
}

func TestALifeSavedWithoutASecondPersonReachesTheAuditor(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "propose-override", &ProposeOverride{Ground: "vital_interest", Provision: "p", Reason: "r", Recipient: b.org["shelter"], Data: dataSet{"contact"}, Days: 1})
	d := b.due("approve_vital_interest")
	if d == nil || !slices.ContainsFunc(d.Steps, func(s duty.Step) bool {
		return s.Party == access.Everyone && s.Role == access.Auditor && s.From.After(d.Due)
	}) {
		t.Fatalf("%+v", d)
	}
	b.now = b.now.AddDate(0, 0, 3) // what was released has ended, and is looked at all the same
	b.does("ngo2", "approve-override", &AnswerOverride{Approve: Yes, Reason: "r"})
	if b.due("approve_vital_interest") != nil {
		t.Error("still due")
	}
}

func TestAReleaseThatNobodyApprovedInTimeIsNotApprovedLater(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "propose-override", &ProposeOverride{Ground: "legal_duty", Provision: "p", Reason: "r", Recipient: b.org["shelter"], Data: dataSet{"contact"}, Days: 1})
	b.now = b.now.AddDate(0, 0, 2)
	b.refused(fault.CodeConflict, "ngo2", "approve-override", &AnswerOverride{Approve: Yes, Reason: "r"})
}

// Rule 5: who is told to notify can do it.
func TestNotifyingTheRemovalAuthorityIsDueFromThoseWhoCanDoIt(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	d := b.due("notify_removal_authority")
	if d == nil {
		t.Fatal("not due")
	}
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	info, _ := Find("ask-hold")
	if s := d.Steps[0]; s.From.After(d.Since) || !policy.Decide(access.Viewer{Roles: []access.Role{s.Role}}, "case", []access.Role{s.Role}, b.now).May(info.Action) {
		t.Errorf("first told: %+v, who may not take %s", s, info.Name)
	}
}

// Rule 3: a reminder would tell an authority of origin that there is a case, and what became of it.
func TestThroughTheClosedDoorNobodyIsRemindedOfAReferral(t *testing.T) {
	b := newBench(t, "gb", Adult)
	b.c.Person.Nationality = "NG"
	b.c.Identification.Withdrawals = []Referral{{Authority: b.org["foreign"], Withdrawn: b.now}}
	kind := NewKind(b.profile, b.org["focal"], b.Of)
	reminded := func(org string) bool {
		return slices.ContainsFunc(kind.Duties(b.c), func(d duty.Duty) bool {
			return slices.ContainsFunc(d.Steps, func(s duty.Step) bool { return s.Party == b.org[org] })
		})
	}
	if !reminded("foreign") {
		t.Fatal("nobody is reminded before the door closes either")
	}
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "wish"})
	if reminded("foreign") {
		t.Error("an authority of origin is reminded")
	}
	if !reminded("focal") {
		t.Error("the focal point is no longer told that the file is open")
	}
}
