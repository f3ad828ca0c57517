package demo

import (
	"context"
	"fmt"
	"time"

	"palermo/casework"
	"palermo/ident"
	"palermo/record"
)

const day = 24 * time.Hour

// Cases tells the story on the desk, as its people did it over the last weeks;
// present is now. It goes through the door like any page.
func (s *Story) Cases(ctx context.Context, desk *casework.Desk, present time.Time) error {
	s.desk = desk
	now := s.Node.Now
	s.Node.Now = func() time.Time { return s.now }
	defer func() { s.Node.Now = now }()
	if s.Cast.cases == nil {
		return nil
	}
	return s.Cast.cases(s, ctx, present)
}

// told tells Italy's cases.
func (s *Story) told(ctx context.Context, present time.Time) error {
	for _, tell := range []func(context.Context, time.Time) error{s.joy, s.samuel, s.lan} {
		if err := tell(ctx, present); err != nil {
			return err
		}
	}
	return nil
}

// toldInNigeria is somebody whom the house in Benin City helped once, and who
// may be in Italy now. She agreed that Italy may ask whether she is known.
func (s *Story) toldInNigeria(ctx context.Context, present time.Time) error {
	t := s.tell(ctx, "adesuwa", present.Add(-400*day), casework.DescribePerson{Name: "Itohan Edosa", OtherNames: "Itohan Edosa-Aigbe", Age: casework.Adult,
		BirthDate: "1999-03-12", Gender: "woman", Nationality: "NG", Languages: "Edo, English"})
	t.then("adesuwa", time.Hour, "screen", &casework.Screen{Place: "The house", Indicators: []casework.Indicator{"deception", "debt"}, Reasons: "She came home from Libya; work abroad was promised to her."})
	t.then("adesuwa", time.Hour, "explain-rights", &casework.ExplainRights{Language: "en", Permit: true, Items: []casework.Right{"choice", "assistance", "data"}})
	t.then("adesuwa", time.Hour, "assess-needs", &casework.AssessNeeds{Weeks: []casework.Need{"work"}, Wishes: "To learn to sew."})
	t.then("adesuwa", time.Hour, "give-consent", casework.Consenting("matching", s.orgs["italy"], []string{"identity"}, present.AddDate(0, 6, 0)))
	return t.err
}

// telling is one case being told.
type telling struct {
	*Story
	ctx context.Context
	id  casework.CaseID
	err error
}

func (s *Story) tell(ctx context.Context, login string, at time.Time, first casework.DescribePerson) *telling {
	s.now = at
	t := &telling{Story: s, ctx: ctx}
	t.id, t.err = s.desk.OpenCase(ctx, s.Node.For(s.who[login].Viewer), first)
	return t
}

// then takes a step as somebody, some time later.
func (t *telling) then(login string, later time.Duration, name string, step casework.Step) {
	if t.err != nil {
		return
	}
	t.now = t.now.Add(later)
	door := t.Node.For(t.who[login].Viewer)
	seen, err := record.View(t.ctx, door, t.desk.Kind, t.id, record.Reason{Action: "look"})
	if err == nil {
		err = t.desk.Take(t.ctx, door, t.id, name, step, seen.Version())
	}
	if err != nil {
		t.err = fmt.Errorf("%s, %s: %w", login, name, err)
	}
}

// allow records a consent to an organisation and brings it to the case.
func (t *telling) allow(login, org, purpose, role string, data ...string) {
	t.then(login, 10*time.Minute, "give-consent", casework.Consenting(purpose, t.orgs[org], data, t.now.AddDate(0, 6, 0)))
	if role != "" {
		t.then(login, time.Minute, "join", casework.Joining(t.orgs[org], role))
	}
}

// contact is the last message, letter or call that was prepared.
func (t *telling) contact() ident.ID {
	if t.err != nil {
		return ident.ID{}
	}
	seen, err := record.View(t.ctx, t.Node.For(t.who["rosa"].Viewer), t.desk.Kind, t.id, record.Reason{Action: "look"})
	if err != nil {
		t.err = err
		return ident.ID{}
	}
	all := seen.Value().Contacts
	return all[len(all)-1].ID
}

// joy is an adult, in her recovery period.
func (s *Story) joy(ctx context.Context, present time.Time) error {
	t := s.tell(ctx, "dario", present.Add(-9*day), casework.DescribePerson{Name: "Joy Osayuwamen Igbinedion", Age: casework.Adult,
		BirthDate: "2002-05", Gender: "woman", Nationality: "NG", Languages: "Ẹ̀dó, English", Documents: "None with her."})
	t.then("dario", 20*time.Minute, "accommodate", &casework.Accommodate{Kind: "emergency", Place: "Catania", From: s.now.Add(-time.Hour), Agreed: true})
	t.then("dario", 30*time.Minute, "screen", &casework.Screen{Place: "Harbour office", Indicators: []casework.Indicator{"deception", "documents", "debt", "threats"},
		Reasons: "Work in a shop was promised; her passport was taken on arrival; she speaks of a sum to be worked off."})
	t.then("dario", 10*time.Minute, "presume", &casework.Presume{Reasons: "Several indicators, told calmly and without being asked for details.", Others: true})
	t.then("rosa", 2*time.Hour, "explain-rights", &casework.ExplainRights{Language: "bin", Interpreted: true, Permit: true,
		Items:     []casework.Right{"choice", "assistance", "interpreter", "legal_aid", "lawyer_advocate", "consular", "recovery", "permit", "asylum", "non_punishment", "compensation_wages", "compensation_state", "data"},
		Questions: "Whether her mother will be told. She will not, unless she asks for it."})
	t.then("rosa", time.Hour, "safe-contact", &casework.PlanSafeContact{Alone: "shared", CodeWord: "ginestra", Hours: "10 to 12",
		Never: "Never call in the evening. Never name the organisation.", Through: "shelter"})
	t.allow("rosa", "authority", "referral", "", "identity", "screening", "decisions")
	t.allow("rosa", "shelter", "accommodation", "shelter_manager", "identity", "contact", "placement", "shelter", "risk", "needs")
	t.allow("rosa", "clinic", "assistance", "service_provider", "identity", "contact", "health", "needs", "risk")
	t.allow("rosa", "legal", "legal_help", "lawyer", "identity", "contact", "screening", "decisions", "protection", "risk")
	t.then("rosa", time.Hour, "refer", &casework.Refer{Authority: s.orgs["authority"], Reasons: "Deceived about the work, passport kept, debt claimed, threats against family."})
	t.allow("rosa", "removal", "hold", "", "identity")
	t.then("rosa", 20*time.Minute, "ask-hold", &casework.AskHold{Authority: s.orgs["removal"], Told: true})
	t.then("teresa", 3*time.Hour, "accommodate", &casework.Accommodate{Kind: casework.SafeHouse, Provider: s.orgs["shelter"], Place: "Catania", Address: "Known to the shelter", From: s.now, Agreed: true})
	t.then("rosa", 18*time.Hour, "assess-risk", &casework.AssessRisk{Level: "high", From: []casework.Danger{"traffickers", "debt"}, Family: true,
		Grounds: "She was called on the day of arrival by a number she does not know.", Measures: "New telephone; the shelter answers the door.",
		Again: s.now.AddDate(0, 0, 21).Format(time.DateOnly)})
	t.then("rosa", time.Hour, "assess-needs", &casework.AssessNeeds{Now: []casework.Need{"medical", "shelter", "safety"}, Days: []casework.Need{"counselling", "legal"},
		Weeks: []casework.Need{"language", "work"}, Wishes: "To sleep, to call her sister, and later to sew again.", Health: "A check-up with a woman doctor; she sleeps badly."})
	t.then("rosa", time.Hour, "plan-service", &casework.PlanService{Need: "medical", Provider: s.orgs["clinic"], What: "Check-up with a woman doctor",
		Start: s.now.Format(time.DateOnly), Wanted: true})
	t.then("bruno", 4*time.Hour, "acknowledge", &casework.Acknowledge{Contact: "Bruno Salerno"})
	t.then("bruno", 3*day, "decide-first", &casework.DecideFirst{Positive: casework.Yes, Reasons: "Reasonable grounds: the accounts of promise, debt and retained documents agree.", Told: true})
	t.then("giulia", day, "record-charge", &casework.RecordCharge{Kind: "immigration", Act: "Entry with a false document",
		Compelled: "The document was made and handed over by those who brought her."})
	t.then("rosa", 2*time.Hour, "seek-protection", &casework.SeekProtection{Kind: "fear", Note: "She fears those who lent the money."})
	return t.err
}

// samuel may be under eighteen, and is protected as a child.
func (s *Story) samuel(ctx context.Context, present time.Time) error {
	t := s.tell(ctx, "dario", present.Add(-30*time.Hour), casework.DescribePerson{Name: "Samuel Tesfay", Age: casework.AgeUncertain, Gender: "man", Languages: "Tigrinya"})
	t.then("dario", time.Hour, "accommodate", &casework.Accommodate{Kind: casework.Camp, Place: "Reception centre", From: s.now.Add(-2 * time.Hour)})
	t.then("dario", time.Hour, "screen", &casework.Screen{Place: "Reception centre", Indicators: []casework.Indicator{"isolation", "movement", "wages"},
		Reasons: "Worked on a farm on the way, was not paid, was not allowed to leave. He says he is 16."})
	t.then("dario", 10*time.Minute, "presume", &casework.Presume{Reasons: "He was kept at the farm and not paid; he may be under 18."})
	return t.err
}

// lan has declined formal identification; assistance goes on.
func (s *Story) lan(ctx context.Context, present time.Time) error {
	t := s.tell(ctx, "rosa", present.Add(-40*day), casework.DescribePerson{Name: "Nguyễn Thị Lan", Age: casework.Adult, BirthDate: "1994-11-02", Gender: "woman",
		Nationality: "VN", Languages: "Tiếng Việt"})
	t.then("rosa", time.Hour, "screen", &casework.Screen{Place: "Clinic", Indicators: []casework.Indicator{"overtime", "conditions", "wages"}, Reasons: "Fourteen hours a day in a workshop, pay kept back."})
	t.then("rosa", time.Hour, "presume", &casework.Presume{Reasons: "Hours, pay and living at the workplace."})
	t.then("rosa", time.Hour, "explain-rights", &casework.ExplainRights{Language: "vi", Interpreted: true, Permit: true,
		Items: []casework.Right{"assistance", "legal_aid", "compensation_wages", "recovery", "data"}})
	t.then("rosa", day, "decline-identification", &casework.DeclineIdentification{Notes: "She wants her wages, and no proceeding."})
	t.then("rosa", day, "safe-contact", &casework.PlanSafeContact{Telephone: "+39 095 000 0000", Alone: "person", Write: true})
	t.then("rosa", day, "assess-risk", &casework.AssessRisk{Level: "low", Grounds: "She moved to another town.", Measures: "None needed now.", Again: s.now.AddDate(0, 2, 0).Format(time.DateOnly)})
	t.then("rosa", time.Hour, "assess-needs", &casework.AssessNeeds{Now: []casework.Need{"legal"}, Weeks: []casework.Need{"work", "language"}, Wishes: "To be paid for her work."})
	t.then("rosa", time.Hour, "reach", &casework.Reach{Channel: casework.Text, Message: casework.OwnWords, Language: "vi", Words: "Xin gọi lại khi tiện."})
	t.then("rosa", time.Hour, "reached", &casework.Reached{Contact: t.contact(), Reply: casework.Answered, Note: "She comes on Thursday."})
	t.allow("rosa", "legal", "legal_help", "lawyer", "identity", "contact", "screening")
	t.then("rosa", time.Hour, "plan-service", &casework.PlanService{Need: "legal", Provider: s.orgs["legal"], What: "Claim for unpaid wages", Start: s.now.Format(time.DateOnly), Wanted: true})
	return t.err
}
