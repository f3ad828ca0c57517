package walk

import (
	"time"

	"palermo/casework"
	"palermo/cooperation"
	"palermo/input"
)

const (
	day     = 24 * time.Hour
	nigeria = "National Focal Point, Nigeria"
)

// identified: met in Catania, told her rights, referred, in her recovery period.
func identified(w *walker) {
	w.step = "a case is opened"
	v := w.as("dario")
	if w.err != nil {
		return
	}
	first := &casework.DescribePerson{Name: "Itohan Edosa", Age: casework.Adult, BirthDate: "1999-03", Gender: "woman", Nationality: "NG", Languages: "Edo, English"}
	if w.person, w.err = v.Post(w.ctx, "/cases/new", input.Values(first)); w.err != nil {
		return
	}
	now := time.Now().UTC().Truncate(time.Minute)
	w.takes("dario", "screen", &casework.Screen{Place: "Office at the harbour", Indicators: []casework.Indicator{"deception", "documents", "debt"}, Reasons: "Work was promised that there was not; her passport was kept."})
	w.takes("dario", "presume", &casework.Presume{Reasons: "The indicators, told calmly."})
	w.takes("rosa", "explain-rights", &casework.ExplainRights{Language: "en", Permit: true, Items: []casework.Right{"choice", "assistance", "legal_aid", "recovery", "permit", "asylum", "return", "data"}})
	w.takes("rosa", "safe-contact", &casework.PlanSafeContact{Alone: "person", Telephone: "+39 095 000 0003", Write: true})
	w.takes("rosa", "assess-risk", &casework.AssessRisk{Level: "low", Grounds: "Nobody knows where she is.", Measures: "None needed now.", Again: now.AddDate(0, 2, 0).Format(time.DateOnly)})
	w.takes("rosa", "assess-needs", &casework.AssessNeeds{Now: []casework.Need{"shelter"}, Weeks: []casework.Need{"work", "education"}, Wishes: "To go home and to open a shop."})
	w.allows("rosa", "Competent Authority on Identification", "referral", "identity", "screening", "decisions")
	w.takes("rosa", "refer", &casework.Refer{Authority: w.organisation("rosa", "Competent Authority on Identification"), Reasons: "Deception, passport kept, debt claimed."})
	w.takes("bruno", "acknowledge", &casework.Acknowledge{})
	w.takes("bruno", "decide-first", &casework.DecideFirst{Positive: casework.Yes, Reasons: "Reasonable grounds.", Told: true})
	if w.err == nil {
		w.tell(Step{Title: "Identified in Catania, in the recovery period", Known: []Known{{Where: "Italy", What: "leads the case"}, {Where: "Nigeria", What: "nothing, not even that there is a case"}}})
	}
}

// returned: she chose to return, and what she allowed goes there, when it is needed.
func returned(w *walker) {
	w.takes("rosa", "choose", &casework.ChooseStayOrReturn{Choice: "return", Free: true, Lawyer: true, Assessed: true, Reasons: "My sister is there."})
	w.begins("rosa", "Return: reception is asked for, without a name", w.person+"/abroad/return", nigeria, &cooperation.AskReturn{Channel: "focal_points", Age: casework.Adult,
		Region: "Edo State", Needs: []casework.Need{"work", "shelter"}, Languages: "Edo, English", Secret: true})
	w.does("ivie", "Return: risk and needs are assessed there", "assess-there", &cooperation.AssessThere{Risk: "low", Grounds: "She goes to another town than the one she left.",
		Reception: "A house in Benin City; she is received as an apprentice.", Help: "A sewing workshop, a small grant, counselling if she wants it."})
	w.allows("rosa", nigeria, "return", "identity", "contact", "needs")
	w.does("rosa", "Return: she heard it and still wants it", "confirm", &cooperation.ConfirmReturn{Heard: true, Wants: true, Service: "Ivie House, Benin City"})
	w.does("ivie", "Return: nationality is verified, papers are there", "verify", &cooperation.VerifyNationality{Tie: "national", Documents: "A passport, at the consulate on Monday"})
	leaves := time.Now().UTC().Add(10 * day).Truncate(time.Hour)
	w.does("rosa", "Return: travel is arranged", "travel", &cooperation.ArrangeTravel{Leaves: leaves, Arrives: leaves.Add(9 * time.Hour), Zone: "Africa/Lagos",
		Means: "By air", Accompany: "Nobody: she does not want it", Discreet: true, StillWants: true})
	w.does("ivie", "Return: she has arrived, and plans with the house", "arrive", &cooperation.Arrive{On: leaves.Format(time.DateOnly), By: "Ivie House, Benin City", Plan: "Workshop from next week; a follow-up is offered after 1, 3, 6 and 12 months."})
	w.does("ivie", "Return: a follow-up is offered; she declines, which has no effect", "follow-up", &cooperation.FollowUp{Month: "1", Answer: "declined", Risk: "low"})
}

// testified: the court in Catania hears her by video from Benin City.
func testified(w *walker) {
	when := time.Now().UTC().Add(30 * day).Truncate(time.Hour)
	w.begins("ines", "Testimony: the court asks, through the focal points", "/abroad/new/testimony", nigeria, &cooperation.AskTestimony{Court: "Court of Catania", When: when, Minutes: 90,
		Zone: "Europe/Rome", Language: "it", Other: "Money transfers and telephone records were secured first.", Measures: []cooperation.Measure{"screen", "closed", "breaks", "support"}, Voluntary: true})
	w.hands("ivie", "adesuwa", "Ivie House, Benin City")
	w.does("adesuwa", "Testimony: she agrees freely, with measures", "agree", &cooperation.AgreeToTestify{Free: true, Measures: []cooperation.Measure{"screen", "closed"}, Support: "Psychologist of the house",
		Interpreter: "Edo, a woman, in the room", Zone: "Africa/Lagos"})
	w.does("ines", "Testimony: room, link, measures and a way out are set", "schedule", &cooperation.Schedule{When: when, Minutes: 90, Room: "Room 3, protected link", Measures: []cooperation.Measure{"screen", "closed"},
		Test: when.Add(-2 * day), Fallback: "The day after; or the recording of the preliminary hearing."})
	w.does("adesuwa", "Testimony: the line was tried", "test", &cooperation.TestCall{Works: true})
	w.does("ines", "Testimony: it was given, the measures were kept", "held", &cooperation.Held{Kept: true})
}

// compensated: what the court awarded reaches her, to the cent.
func compensated(w *walker) {
	const cents = 1_250_000
	w.begins("rosa", "Compensation: an award is announced, of nobody in particular", w.person+"/abroad/compensation", nigeria, &cooperation.AnnounceAward{Route: "criminal", Currency: "EUR", Cents: cents, Region: "Edo State"})
	w.does("ivie", "Compensation: ways to pay that are safe there", "ways", &cooperation.WaysToPay{Ways: []cooperation.Way{"mobile", "cash"}, Who: "Ivie House, Benin City", Cost: "None for her"})
	w.allows("rosa", nigeria, "legal_help", "identity")
	w.does("rosa", "Compensation: what she allowed is sent", "send-details", &cooperation.SendDetails{Told: true})
	w.does("ivie", "Compensation: she can be paid, and knows the whole amount", "ready", &cooperation.ReadyToPay{Way: "mobile", Told: true})
	today := time.Now().UTC().Format(time.DateOnly)
	w.does("rosa", "Compensation: it is paid across", "pay", &cooperation.Pay{Currency: "EUR", Cents: cents, On: today, Proof: "Transfer 2026-0117"})
	w.does("ivie", "Compensation: she has it, every cent", "received", &cooperation.PaidOut{Currency: "EUR", Cents: cents, On: today, Proof: "Receipt that she signed"})
}
