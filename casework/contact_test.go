package casework

import (
	"slices"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
	"palermo/jurisdiction"
)

// planned is a case with a safe-contact plan.
func planned(t *testing.T, plan PlanSafeContact) *bench {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "safe-contact", &plan)
	return b
}

func reaching(ch Channel) *Reach {
	return &Reach{Channel: ch, Message: "in_touch", Language: "en", Hours: true, Never: true}
}

var everyChannel = []Channel{Call, Voice, Text, Email, Post, Through, Meeting}

func TestWithoutAPlanNothingIsSent(t *testing.T) {
	b := newBench(t, "coe", Adult)
	for _, ch := range everyChannel {
		b.refused(fault.CodeConflict, "ngo", "reach", reaching(ch))
	}
}

// What the plan allows goes out, and nothing else (row 7n).
func TestEveryMessageLetterAndCallKeepsToThePlan(t *testing.T) {
	whole := PlanSafeContact{Telephone: "1", Email: "e", Address: "a", Alone: "person", Voice: true, Write: true, Through: "shelter"}
	with := func(change func(*PlanSafeContact)) PlanSafeContact {
		p := whole
		change(&p)
		return p
	}
	for name, c := range map[string]struct {
		plan    PlanSafeContact
		allowed []Channel
	}{
		"all is safe":           {whole, everyChannel},
		"controlled":            {with(func(p *PlanSafeContact) { p.Alone, p.Voice, p.Write = "controlled", false, false }), []Channel{Through, Meeting}},
		"no telephone":          {with(func(p *PlanSafeContact) { p.Alone = "none" }), []Channel{Email, Post, Through, Meeting}},
		"no number":             {with(func(p *PlanSafeContact) { p.Telephone = "" }), []Channel{Email, Post, Through, Meeting}},
		"others see it":         {with(func(p *PlanSafeContact) { p.Alone = "shared" }), []Channel{Call, Voice, Post, Through, Meeting}},
		"not safe to write":     {with(func(p *PlanSafeContact) { p.Write = false }), []Channel{Call, Voice, Through, Meeting}},
		"no voice message":      {with(func(p *PlanSafeContact) { p.Voice = false }), []Channel{Call, Text, Email, Post, Through, Meeting}},
		"no address, no e-mail": {with(func(p *PlanSafeContact) { p.Address, p.Email = "", "" }), []Channel{Call, Voice, Text, Through, Meeting}},
		"nobody to go through":  {with(func(p *PlanSafeContact) { p.Through = "nobody" }), []Channel{Call, Voice, Text, Email, Post, Meeting}},
	} {
		for _, ch := range everyChannel {
			b := planned(t, c.plan)
			if !slices.Contains(c.allowed, ch) {
				b.refused(fault.CodeInvalid, "ngo", "reach", reaching(ch))
				continue
			}
			b.does("ngo", "reach", reaching(ch))
			if len(b.c.Contacts) != 1 {
				t.Errorf("%s: %s is not kept", name, ch)
			}
		}
	}
	b := newBench(t, "coe", Adult)
	b.refused(fault.CodeInvalid, "ngo", "safe-contact", &PlanSafeContact{Alone: "controlled", Write: true})
}

func TestACallWaitsForASafeHourAndForWhatMustNeverBeDone(t *testing.T) {
	b := planned(t, PlanSafeContact{Telephone: "1", Alone: "person", Hours: "10 to 12", Never: "in the evening", CodeWord: "olive"})
	s := reaching(Call)
	s.Hours = false
	b.refused(fault.CodeInvalid, "ngo", "reach", s)
	s.Hours, s.Never = true, false
	b.refused(fault.CodeInvalid, "ngo", "reach", s)
	s.Never = true
	b.does("ngo", "reach", s)
	id := b.c.Contacts[0].ID
	b.refused(fault.CodeInvalid, "ngo", "reached", &Reached{Contact: id, Reply: Answered}) // nobody said the code word
	b.refused(fault.CodeConflict, "shelter", "reached", &Reached{Contact: id, Reply: "silence"})
	b.does("ngo", "reached", &Reached{Contact: id, Reply: Answered, Code: true})
}

// The card before the number says when and with which word; the number comes after it.
func TestTheHoursAreReadBeforeTheNumber(t *testing.T) {
	b := planned(t, PlanSafeContact{Telephone: "NUMBER", Email: "MAIL", Address: "STREET", Alone: "shared", Hours: "HOURS", CodeWord: "WORD", Never: "NEVER"})
	v := &View{Case: *b.c}
	text := func(entries ...Entry) string {
		all := ""
		for _, e := range entries {
			for _, f := range e.Fields {
				all += f.Value + " "
			}
		}
		return all
	}
	card, form := text(*(&Reach{}).Halt(v, b.work("ngo"))), text((&Reach{}).Shows(v, b.work("ngo"))...)
	for _, secret := range []string{"NUMBER", "MAIL", "STREET"} {
		if strings.Contains(card, secret) || !strings.Contains(form, secret) {
			t.Errorf("card %q, form %q", card, form)
		}
	}
	for _, first := range []string{"HOURS", "WORD", "NEVER"} {
		if !strings.Contains(card, first) {
			t.Errorf("the card leaves out %s", first)
		}
	}
}

// No word that leaves the house tells a stranger anything: not the texts of any State, not one's own.
func TestNoMessageTellsAStrangerAnything(t *testing.T) {
	for _, code := range jurisdiction.Codes() {
		p, err := jurisdiction.Load(code)
		if err != nil {
			t.Fatal(err)
		}
		for _, o := range Message("").Options() {
			for _, lang := range []string{"en", "fr", "es", "ar"} {
				text, ok := p.Letter(o.Value, lang)
				if !ok && o.Value != string(OwnWords) {
					t.Errorf("%s: no %s in %s", code, o.Value, lang)
				}
				if stem := tells(text + p.LetterSender(lang)); stem != "" {
					t.Errorf("%s, %s, %s says %s", code, o.Value, lang, stem)
				}
			}
		}
	}
	b := planned(t, PlanSafeContact{Address: "a", Alone: "none", Write: true, Through: "lawyer", Sender: "Anna"})
	for _, words := range []string{"The victims' office has news", "Votre dossier de victime", "Como víctima", "مكتب ضحايا", b.c.RecordID().Reference()} {
		for _, ch := range []Channel{Post, Through} {
			b.refused(fault.CodeInvalid, "ngo", "reach", &Reach{Channel: ch, Message: OwnWords, Words: words})
		}
	}
	b.refused(fault.CodeInvalid, "ngo", "reach", &Reach{Channel: Post, Message: "news", Language: "vi"}) // no text, and English is not read
	b.refused(fault.CodeInvalid, "ngo", "reach", &Reach{Channel: Post, Message: "appointment", Language: "fr"})
	b.does("ngo", "reach", &Reach{Channel: Post, Message: "appointment", Language: "fr", When: b.now})
	said := b.c.Contacts[0].Said
	if !strings.Contains(said, "2026-03-02") || !strings.HasSuffix(said, "Anna") || strings.Contains(said, "A. B.") {
		t.Errorf("%q", said)
	}
}

func dueNow(b *bench, name string) []duty.Duty {
	var found []duty.Duty
	for _, d := range duties(b.c, b.profile, b.org["focal"]) {
		if d.Name == name && !d.Since.After(b.now) {
			found = append(found, d)
		}
	}
	return found
}

func TestSomebodyElseAnsweringRaisesASafetyDutyAndStopsMessages(t *testing.T) {
	for _, reply := range []Reply{Other, Unsafe} {
		b := planned(t, PlanSafeContact{Telephone: "1", Alone: "person", Write: true, Address: "a"})
		b.does("ngo", "reach", reaching(Call))
		b.now = b.now.Add(time.Hour)
		b.does("ngo", "reached", &Reached{Contact: b.c.Contacts[0].ID, Reply: reply})
		if len(dueNow(b, contactDangerDuty)) != 1 || len(dueNow(b, contactAgainDuty)) != 1 {
			t.Errorf("%s: nobody is told", reply)
		}
		for _, ch := range []Channel{Call, Post} {
			b.refused(fault.CodeConflict, "ngo", "reach", reaching(ch))
		}
		b.now = b.now.Add(time.Hour)
		b.does("ngo", "assess-risk", &AssessRisk{Level: "low", Grounds: "g", Measures: "m", Again: "2026-05-01"})
		b.does("ngo", "safe-contact", &PlanSafeContact{Telephone: "2", Alone: "person"})
		if len(dueNow(b, contactDangerDuty))+len(dueNow(b, contactAgainDuty)) != 0 {
			t.Errorf("%s: still due", reply)
		}
		b.does("ngo", "reach", reaching(Call))
	}
}

func TestThePlanIsAskedAgainAfterThirtyDaysOrADanger(t *testing.T) {
	b := planned(t, PlanSafeContact{Telephone: "1", Alone: "person"})
	b.now = b.now.Add(contactPlanLasts - time.Minute)
	if len(dueNow(b, contactAgainDuty)) != 0 || b.c.SafeContact.stale(b.now) != nil {
		t.Error("asked again too early")
	}
	b.now = b.now.Add(time.Minute)
	if len(dueNow(b, contactAgainDuty)) != 1 || b.c.SafeContact.stale(b.now) == nil {
		t.Error("not asked again after thirty days")
	}
	for name, danger := range map[string]Step{
		"assess-risk":    &AssessRisk{Level: "high", Grounds: "g", Measures: "m", Again: "2026-05-01"},
		"report-missing": &ReportMissing{Concern: "c"},
		"add-family":     &AddFamilyMember{Tie: "other", Danger: true},
	} {
		b := planned(t, PlanSafeContact{Telephone: "1", Alone: "person"})
		b.now = b.now.Add(time.Hour)
		b.does("ngo", name, danger)
		if len(dueNow(b, contactAgainDuty)) != 1 {
			t.Errorf("after %s the plan is not asked again", name)
		}
	}
}

// A lawyer's words to the person are the lawyer's; that somebody else answered is for all who call.
func TestTheWordsOfAContactAreItsOrganisations(t *testing.T) {
	b := planned(t, PlanSafeContact{Telephone: "1", Alone: "person", Write: true})
	s := reaching(Text)
	s.Words = "PRIVATE"
	b.does("lawyer", "reach", s)
	b.does("lawyer", "reached", &Reached{Contact: b.c.Contacts[0].ID, Reply: Other, Note: "PRIVATE"})
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	for who, own := range map[string]bool{"lawyer": true, "ngo": false} {
		d := policy.Decide(access.Viewer{Organisation: b.org[who], Roles: []access.Role{access.CaseWorker}}, "case", []access.Role{access.CaseWorker}, b.now)
		x := redact(b.c, d).Contacts[0]
		if got := strings.Contains(x.Said+x.Fields.Words+x.Came.Note, "PRIVATE"); got != own || x.Came.Reply != Other {
			t.Errorf("%s: words %v, reply %s", who, got, x.Came.Reply)
		}
	}
	if b.c.Contacts[0].Came.Note != "PRIVATE" {
		t.Error("redaction changed the case")
	}
}

func TestWhoDoesNotSeeThePlanReachesNobody(t *testing.T) {
	b := planned(t, PlanSafeContact{Telephone: "1", Alone: "person"})
	b.does("ngo", "give-consent", Consenting("legal_help", b.org["lawyer"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "join", Joining(b.org["lawyer"], "lawyer"))
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	lawyer := access.Viewer{Member: b.member["lawyer"], Organisation: b.org["lawyer"], Roles: []access.Role{access.Lawyer}}
	offered := func() bool {
		d := policy.Decide(lawyer, "case", []access.Role{access.Lawyer}, b.now)
		d = d.Within(released(b.c, lawyer, d.Standing, b.now))
		return slices.ContainsFunc(offers(b.c, d, b.profile), func(o Offer) bool { return o.Name == "reach" })
	}
	k := NewDesk(b.profile, b.org["focal"], b)
	reach, _ := Find("reach")
	if err := k.stillReleased(b.c, lawyer, reach, b.now); !fault.Is(err, fault.CodeDenied) || offered() {
		t.Errorf("the lawyer may call without seeing how: %v", err)
	}
	b.does("ngo", "give-consent", Consenting("legal_help", b.org["lawyer"], []string{"contact"}, b.now.AddDate(0, 1, 0)))
	if err := k.stillReleased(b.c, lawyer, reach, b.now); err != nil || !offered() {
		t.Errorf("the lawyer may not call though the person allows it: %v", err)
	}
}
