package casework

import (
	"context"
	"crypto/rand"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/duty"
	"palermo/fault"
	"palermo/ident"
	"palermo/jurisdiction"
	"palermo/record"
)

// bench is one case and the people around it.
type bench struct {
	parted  []record.Part // what the database was told to take out
	t       *testing.T
	c       *Case
	now     time.Time
	profile *jurisdiction.Profile
	org     map[string]ident.ID
	member  map[string]ident.ID
	is      map[ident.ID]Organisation
	engaged []*Engagement
}

func newBench(t *testing.T, code string, age AgeGroup) *bench {
	t.Helper()
	profile, err := jurisdiction.Load(code)
	if err != nil {
		t.Fatal(err)
	}
	b := &bench{t: t, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), profile: profile, org: map[string]ident.ID{}, member: map[string]ident.ID{}, is: map[ident.ID]Organisation{}}
	home := strings.ToUpper(code)
	if code == "coe" {
		home = "IT"
	}
	for i, name := range []string{"ngo", "authority", "shelter", "lawyer", "focal", "guardian", "police", "border",
		"consulate", "foreign", "sister", "society"} {
		b.org[name], b.member[name], b.member[name+"2"] = ident.ID{1, byte(i)}, ident.ID{2, byte(i)}, ident.ID{3, byte(i)}
		b.is[b.org[name]] = Organisation{Country: home}
	}
	for name, is := range map[string]Organisation{"authority": {Country: home, Authority: true}, "focal": {Country: home, Authority: true},
		"police": {Country: home, Authority: true, Police: true}, "border": {Country: home, Authority: true, Immigration: true},
		"consulate": {Country: "NG", Authority: true}, "foreign": {Country: "NG", Authority: true, Police: true},
		"sister": {Country: "NG"}, "society": {Country: "NG", Authority: true}} { // a society that works for a State
		b.is[b.org[name]] = is
	}
	b.c = &Case{Opened: b.now, Owner: b.org["ngo"], Jurisdiction: code, Person: Person{Name: "A. B.", Age: age}}
	b.c.happened("first_contact", b.now)
	return b
}

func (b *bench) work(who string) Work {
	return Work{ErasePart: func(p record.Part) error { b.parted = append(b.parted, p); return nil }, Now: b.now, By: access.Viewer{Member: b.member[who], Organisation: b.org[strings.TrimSuffix(who, "2")], FirstResponder: strings.HasPrefix(who, "ngo")},
		Profile: b.profile, Random: rand.Reader, Organisation: b.Of, Focal: b.org["focal"],
		Engage: b.engage, Disengage: b.disengage}
}

// Of is what the directory would say; of who is not in it nothing is known.
func (b *bench) Of(id ident.ID) Organisation {
	if is, known := b.is[id]; known {
		return is
	}
	return Organisation{Authority: true}
}

// Learn has nothing to read.
func (b *bench) Learn(context.Context) error { return nil }

func (b *bench) fence() fence { return newFence(b.profile, b.org["focal"], b.Of) }

// does takes a step and fails the test when it is refused.
func (b *bench) does(who, name string, s Step) {
	b.t.Helper()
	if err := Take(b.c, name, s, b.work(who)); err != nil {
		b.t.Fatalf("%s, %s: %v", who, name, err)
	}
}

// refused takes a step that must be refused with the code.
func (b *bench) refused(code fault.Code, who, name string, s Step) {
	b.t.Helper()
	if err := Take(b.c, name, s, b.work(who)); !fault.Is(err, code) {
		b.t.Fatalf("%s, %s: got %v, want %s", who, name, err, code)
	}
}

func (b *bench) presumed() *bench {
	b.does("ngo", "screen", &Screen{Reasons: "debt"})
	b.does("ngo", "presume", &Presume{Reasons: "debt"})
	return b
}

func (b *bench) referred() *bench {
	b.presumed()
	b.does("ngo", "give-consent", Consenting("referral", b.org["authority"], []string{"identity", "screening", "decisions"}, b.now.AddDate(0, 6, 0)))
	b.does("ngo", "refer", &Refer{Authority: b.org["authority"], Reasons: "debt"})
	return b
}

func TestAnAdultIsReferredOnlyWithConsent(t *testing.T) {
	b := newBench(t, "gb", Adult).presumed()
	b.refused(fault.CodeConflict, "ngo", "refer", &Refer{Authority: b.org["authority"]})
	b.does("ngo", "give-consent", Consenting("assistance", b.org["authority"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.refused(fault.CodeConflict, "ngo", "refer", &Refer{Authority: b.org["authority"]}) // assistance is not referral
	b.does("ngo", "give-consent", Consenting("referral", b.org["authority"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.refused(fault.CodeInvalid, "ngo", "refer", &Refer{Authority: b.org["shelter"]}) // another recipient
	b.does("ngo", "refer", &Refer{Authority: b.org["authority"]})
}

func TestWhereAStateNamesItsFirstRespondersNobodyElseRefers(t *testing.T) {
	for code, want := range map[string]bool{"gb": false, "it": true} {
		b := newBench(t, code, Adult).presumed()
		b.does("ngo", "give-consent", Consenting("referral", b.org["authority"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
		err := Take(b.c, "refer", &Refer{Authority: b.org["authority"]}, b.work("shelter"))
		if (err == nil) != want {
			t.Errorf("%s: a shelter that is no first responder refers: %v", code, err)
		}
		if code == "gb" {
			b.refused(fault.CodeConflict, "shelter", "notify", &Notify{Authority: b.org["authority"], Summary: "One adult."})
		}
	}
}

func TestAChildIsReferredWithoutConsentInTheUnitedKingdom(t *testing.T) {
	for _, age := range []AgeGroup{Child, AgeUncertain} {
		newBench(t, "gb", age).presumed().does("ngo", "refer", &Refer{})
	}
}

func TestAnAdultWhoDoesNotConsentIsNotifiedWithoutAName(t *testing.T) {
	b := newBench(t, "gb", Adult).presumed()
	b.does("ngo", "notify", &Notify{Authority: b.org["authority"], Summary: "One adult, labour, agriculture."})
	if got := b.c.Identification.Notified[0].Provision; got == "" {
		t.Error("the notification names no provision")
	}
	if seen := released(b.c, b.work("authority").By, []access.Role{access.DecisionMaker}, b.now); seen.Has(access.Identity) {
		t.Error("a notification showed who the person is")
	}
	child := newBench(t, "gb", Child).presumed()
	child.refused(fault.CodeConflict, "ngo", "notify", &Notify{Authority: b.org["authority"], Summary: "x"})
}

// The periods of the United Kingdom: data/nrm-process.md, section 4.
func TestUnitedKingdomPeriods(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	due := map[string]time.Time{}
	for _, d := range duties(b.c, b.profile, b.org["focal"]) {
		due[d.Name] = d.Due
	}
	// Referred on Monday 2 March: five working days end with Monday 9 March.
	if got := due["first_decision"].In(b.profile.Location()).Format(time.DateOnly); got != "2026-03-09" {
		t.Errorf("reasonable grounds due %s", got)
	}
	b.does("authority", "acknowledge", &Acknowledge{})
	b.now = b.now.AddDate(0, 0, 3)
	b.does("authority", "decide-first", &DecideFirst{Positive: Yes, Reasons: "grounds"})
	r := b.c.Identification.Recovery
	if days := r.End.Sub(r.Start).Hours() / 24; days < 30 || days > 31.1 {
		t.Errorf("recovery period of %.1f days, want at least 30", days)
	}
	b.now = b.now.AddDate(0, 0, 20)
	b.refused(fault.CodeConflict, "authority", "decide-second", &DecideSecond{Positive: Yes, Reasons: "r"})
	b.now = b.now.AddDate(0, 0, 11)
	b.does("authority", "decide-second", &DecideSecond{Positive: No, Reasons: "r"})
	b.does("lawyer", "ask-review", &AskReview{Grounds: "new evidence"})
	b.refused(fault.CodeConflict, "authority", "decide-review", &DecideReview{Positive: Yes, Reasons: "r"}) // the same person
	b.does("authority2", "decide-review", &DecideReview{Positive: Yes, Reasons: "r"})
	if d := b.c.Identification.decision("second"); !d.Positive {
		t.Error("the review did not change the decision")
	}
}

// Rule 1: no step of assistance or of the recovery period asks for taking part
// in a proceeding; each is possible while the person refuses everything else.
func TestAssistanceDependsOnNoProceeding(t *testing.T) {
	b := newBench(t, "gb", Adult).presumed()
	b.does("ngo", "decline-identification", &DeclineIdentification{})
	b.does("ngo", "explain-rights", &ExplainRights{Language: "en", Items: []Right{"legal_aid"}})
	b.does("ngo", "assess-needs", &AssessNeeds{Now: []Need{"medical"}, Wishes: "rest"})
	b.does("ngo", "plan-service", &PlanService{Need: "medical", Provider: b.org["shelter"], What: "check-up", Wanted: true})
	b.does("ngo", "accommodate", &Accommodate{Kind: SafeHouse, From: b.now})
	for _, info := range Steps() {
		for _, f := range info.Fields(nil) {
			for _, word := range []string{"testif", "cooperat", "prosecut", "witness"} {
				asks := strings.Contains(strings.ToLower(f.Label), word) && info.Section != SectionLegal
				if asks {
					t.Errorf("the step %s asks: %s", info.Name, f.Label)
				}
			}
		}
	}
}

// Rule 2.
func TestWithdrawnConsentReleasesNothing(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "give-consent", Consenting("accommodation", b.org["shelter"], []string{"identity", "needs"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "join", Joining(b.org["shelter"], "shelter_manager"))
	shelter := b.work("shelter").By
	standing := []access.Role{access.ShelterManager}
	if seen := released(b.c, shelter, standing, b.now); !seen.Has(access.Identity) || seen.Has(access.Health) {
		t.Errorf("released %v", seen)
	}
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[0].ID})
	if seen := released(b.c, shelter, standing, b.now); seen.Has(access.Identity) || seen.Has(access.Needs) {
		t.Errorf("after withdrawal: %v", seen)
	}
}

func TestAConsentEndsByItself(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "give-consent", Consenting("accommodation", b.org["shelter"], []string{"identity"}, b.now.AddDate(0, 0, 3)))
	if seen := consent.Released(b.c.Consents, nil, b.org["shelter"], b.now.AddDate(0, 0, 4)); seen != 0 {
		t.Errorf("a consent that has ended released %v", seen)
	}
}

func TestAConsentNeedsThatRefusingCostsNothing(t *testing.T) {
	b := newBench(t, "coe", Adult)
	s := Consenting("assistance", b.org["shelter"], []string{"identity"}, b.now.AddDate(0, 1, 0))
	s.Free = false
	b.refused(fault.CodeInvalid, "ngo", "give-consent", s)
}

func TestAChildsConsentNeedsTheGuardian(t *testing.T) {
	b := newBench(t, "coe", AgeUncertain)
	s := Consenting("assistance", b.org["shelter"], []string{"identity"}, b.now.AddDate(0, 1, 0))
	b.refused(fault.CodeConflict, "ngo", "give-consent", s)
	b.does("ngo", "appoint-guardian", &AppointGuardian{Organisation: b.org["guardian"], Name: "G."})
	b.does("ngo", "give-consent", s)
}

func TestALegalDutyNeedsASecondPersonBefore(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "propose-override", &ProposeOverride{Ground: "legal_duty", Provision: "Act, s. 1", Reason: "r", Recipient: b.org["authority"], Data: dataSet{"identity"}, Days: 3})
	if got := consent.Released(nil, b.c.Overrides, b.org["authority"], b.now); got != 0 {
		t.Errorf("released before approval: %v", got)
	}
	b.refused(fault.CodeConflict, "ngo", "approve-override", &AnswerOverride{Approve: Yes, Reason: "r"})
	b.does("ngo2", "approve-override", &AnswerOverride{Approve: Yes, Reason: "r"})
	if got := consent.Released(nil, b.c.Overrides, b.org["authority"], b.now); !got.Has(access.Identity) {
		t.Errorf("after approval: %v", got)
	}
	if got := consent.Released(nil, b.c.Overrides, b.org["authority"], b.now.AddDate(0, 0, 4)); got != 0 {
		t.Errorf("after its end: %v", got)
	}
}

func TestVitalInterestReleasesAtOnceAndIsReviewedAfterwards(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "propose-override", &ProposeOverride{Ground: "vital_interest", Provision: "Act, s. 2", Reason: "r", Recipient: b.org["shelter"], Data: dataSet{"contact"}, Days: 1})
	if got := consent.Released(nil, b.c.Overrides, b.org["shelter"], b.now); !got.Has(access.Contact) {
		t.Errorf("released %v", got)
	}
	if !slices.ContainsFunc(b.c.Happened, func(o Occurrence) bool { return o.Event == "vital_interest_used" }) {
		t.Error("no clock for the second person started")
	}
}

// Rule 4.
func TestReturnNeedsHerOwnChoice(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.refused(fault.CodeInvalid, "ngo", "choose", &ChooseStayOrReturn{Choice: "return", Assessed: true})
	b.refused(fault.CodeInvalid, "ngo", "choose", &ChooseStayOrReturn{Choice: "return", Free: true, Assessed: true}) // nobody assessed
	b.does("ngo", "assess-risk", &AssessRisk{Level: "low", Grounds: "g", Measures: "m", Again: "2026-04-01"})
	b.does("ngo", "choose", &ChooseStayOrReturn{Choice: "return", Free: true, Assessed: true})
}

func TestAChildReturnsOnlyAfterADeterminationWithTheGuardian(t *testing.T) {
	b := newBench(t, "coe", Child)
	b.does("ngo", "assess-risk", &AssessRisk{Level: "low", Grounds: "g", Measures: "m", Again: "2026-04-01"})
	choice := &ChooseStayOrReturn{Choice: "return", Free: true, Assessed: true, Child: true}
	b.refused(fault.CodeInvalid, "ngo", "choose", choice)
	b.does("ngo", "appoint-guardian", &AppointGuardian{Organisation: b.org["lawyer"], Name: "G."})
	b.refused(fault.CodeInvalid, "ngo", "choose", choice)
	b.does("ngo", "best-interests", &WeighBestInterests{Kind: "determination", Guardian: true})
	b.does("ngo", "choose", choice)
}

// Rule 5.
func TestTheRecoveryPeriodEndsEarlyOnlyForAListedReasonBySomebodyElse(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	b.does("authority", "decide-first", &DecideFirst{Positive: Yes, Reasons: "r"})
	grounds := b.profile.EarlyEndGrounds()
	if len(grounds) == 0 {
		b.refused(fault.CodeConflict, "authority", "propose-early-end", &ProposeEarlyEnd{Ground: "x", Reasons: "r"})
		return
	}
	b.refused(fault.CodeInvalid, "authority", "propose-early-end", &ProposeEarlyEnd{Ground: "not listed", Reasons: "r"})
	b.does("authority", "propose-early-end", &ProposeEarlyEnd{Ground: grounds[0].Key, Reasons: "r"})
	b.refused(fault.CodeConflict, "authority", "end-recovery-early", &DecideEarlyEnd{End: Yes, Decision: "d", Appeal: true})
	b.refused(fault.CodeInvalid, "authority2", "end-recovery-early", &DecideEarlyEnd{End: Yes, Decision: "d"})
	b.does("authority2", "end-recovery-early", &DecideEarlyEnd{End: Yes, Decision: "d", Appeal: true})
	if b.c.Identification.Recovery.Running(b.now) {
		t.Error("the period still runs")
	}
	b.does("lawyer", "ask-review", &AskReview{Grounds: "g"})
	b.does("authority", "decide-review", &DecideReview{Positive: Yes, Reasons: "r"})
	if !b.c.Identification.Recovery.Running(b.now) {
		t.Error("the review did not give the period back")
	}
}

func TestWhereNoReasonIsKnownTheRecoveryPeriodRunsToItsEnd(t *testing.T) {
	b := newBench(t, "it", Adult).referred()
	b.does("authority", "decide-first", &DecideFirst{Positive: Yes, Reasons: "r"})
	if len(b.profile.EarlyEndGrounds()) == 0 {
		b.refused(fault.CodeConflict, "authority", "propose-early-end", &ProposeEarlyEnd{Ground: "x", Reasons: "r"})
	}
}

// Rule 6.
func TestUncertainAgeIsChildhood(t *testing.T) {
	now := time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		p    Person
		want bool
	}{
		{Person{Age: AgeUncertain}, true}, {Person{Age: AgeUncertain, BirthDate: "1990-01-01"}, true}, {Person{Age: Child}, true},
		{Person{Age: Adult}, false}, {Person{Age: Adult, BirthDate: "2012"}, true}, {Person{Age: Adult, BirthDate: "2008"}, true},
		{Person{Age: Adult, BirthDate: "2007"}, false}, {Person{Age: Adult, BirthDate: "2008-04"}, true}, {Person{Age: Adult, BirthDate: "2008-01"}, false}, {Person{Age: Child, BirthDate: "2008-03-02"}, false}, {Person{Age: Child, BirthDate: "2008-03-03"}, true},
	} {
		if got := c.p.ProtectedAsChild(now); got != c.want {
			t.Errorf("%+v: %v", c.p, got)
		}
	}
}

func TestForAChildTheMeansDoNotMatter(t *testing.T) {
	adult := Classify{Acts: []Act{"recruitment"}, Purpose: []Purpose{"labour"}}
	child := adult
	child.ChildAt = true
	if strings.Contains(adult.finding(), "all named") || !strings.Contains(child.finding(), "all named") {
		t.Errorf("adult: %q, child: %q", adult.finding(), child.finding())
	}
}

// Row 7a.
func TestDetentionStartsAnAlarmAndItsDaysAreCounted(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "accommodate", &Accommodate{Kind: Detention, From: b.now})
	alarm := func() bool {
		return slices.ContainsFunc(duties(b.c, b.profile, b.org["focal"]), func(d duty.Duty) bool { return d.Name == "detention_alarm" })
	}
	if !alarm() {
		t.Error("no alarm")
	}
	b.now = b.now.AddDate(0, 0, 2)
	if got := b.c.ConfinedDays(b.now, time.UTC); got != 3 {
		t.Errorf("%d days", got)
	}
	b.does("ngo", "accommodate", &Accommodate{Kind: SafeHouse, From: b.now})
	if alarm() {
		t.Error("the alarm goes on in a safe house")
	}
}

// Rule 7 inside a case: an address is apart from the kind of place.
func TestAnAddressIsShownOnlyWithShelter(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "accommodate", &Accommodate{Kind: SafeHouse, Address: "SECRET STREET", From: b.now})
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles() {
		d := policy.Decide(access.Viewer{Roles: []access.Role{role}}, "case", []access.Role{role}, b.now)
		v := redact(b.c, d)
		shown := len(v.Nights) > 0 && v.Nights[0].Address != ""
		if shown != d.Sees(access.Shelter) {
			t.Errorf("%s: address shown: %v", role, shown)
		}
	}
}

func TestAClosedCaseTakesOnlyWhatEndsOrReopensIt(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "close", &Close{Reason: "wish", Note: "n"})
	b.refused(fault.CodeConflict, "ngo", "screen", &Screen{Reasons: "r"})
	b.does("ngo", "reopen", &Reopen{Reason: "r"})
	b.does("ngo", "screen", &Screen{Reasons: "r"})
}

func TestEveryStepSaysWhyItIsNotPossible(t *testing.T) {
	b := newBench(t, "gb", Adult)
	for _, info := range Steps() {
		err := info.New().Possible(b.c, b.work("ngo"))
		var f *fault.Fault
		if err != nil && (!errors.As(err, &f) || f.Message == "" || f.Code != fault.CodeConflict) {
			t.Errorf("%s: %v", info.Name, err)
		}
	}
}

func TestStepsHaveNamesOfTheirOwn(t *testing.T) {
	known := map[string]bool{}
	for _, info := range Steps() {
		if known[info.Name] || info.Label == "" || info.Past == "" || info.Section == "" {
			t.Errorf("%+v", info)
		}
		known[info.Name] = true
	}
}

// What can be ticked is what the briefing of every State has, item by item (row 7b).
func TestTheBriefingsItemsAreThoseOfTheProfile(t *testing.T) {
	ticked := map[string]bool{}
	for _, o := range Right("").Options() {
		ticked[o.Value] = true
	}
	for _, code := range jurisdiction.Codes() {
		profile, err := jurisdiction.Load(code)
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range profile.RightsItems("en") {
			if !ticked[r.Key] {
				t.Errorf("%s: %s cannot be ticked", code, r.Key)
			}
		}
	}
}
