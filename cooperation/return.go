package cooperation

import (
	"fmt"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/consent"
	"palermo/fault"
	"palermo/input"
)

// safeReturn is a return that the person chose, with reception and
// reintegration (rows 8a, 21). The program never starts one by itself (rule 4).
func safeReturn() *Definition {
	return &Definition{
		Type: "return", Label: "Safe return", Row: "8a, 21", Purpose: consent.Return, Begin: "ask", Person: true, Holds: Asking,
		States: []Stage{
			{"asked", "Asked", Asked},
			{"assessed", "Risk and needs there are assessed", Asking},
			{"confirmed", "The person has confirmed the choice", Asked},
			{"documents", "Nationality or residence is verified", Asking},
			{"travelling", "Travel is arranged", Asked},
			{"arrived", "The person has arrived", Asked},
		},
		Acts: append([]Info{
			{Name: "ask", Label: "Ask for reception", Past: "Reception asked for", By: Asking, From: []State{""}, To: "asked", New: act[AskReturn]()},
			{Name: "assess-there", Label: "Assess risk and needs here", Past: "Risk and needs assessed", By: Asked, From: []State{"asked"}, To: "assessed", New: act[AssessThere]()},
			{Name: "confirm", Label: "Record that the person still wants to return", Past: "Choice confirmed", By: Asking, From: []State{"assessed"}, To: "confirmed",
				Draws: access.Of(access.Identity, access.Contact, access.Needs, access.Family), New: act[ConfirmReturn]()},
			{Name: "verify", Label: "Say that nationality or residence is verified", Past: "Nationality or residence verified", By: Asked, From: []State{"confirmed"}, To: "documents", New: act[VerifyNationality]()},
			{Name: "travel", Label: "Arrange travel and accompaniment", Past: "Travel arranged", By: Asking, From: []State{"documents"}, To: "travelling", New: act[ArrangeTravel]()},
			{Name: "arrive", Label: "Record the arrival", Past: "Arrived", By: Asked, From: []State{"travelling"}, To: "arrived", New: act[Arrive]()},
			{Name: "follow-up", Label: "Offer a follow-up", Past: "Follow-up offered", By: Asked, From: []State{"arrived"}, New: act[FollowUp]()},
			{Name: "finish", Label: "Finish", Past: "Finished", By: Asked, From: []State{"arrived"}, To: Completed, New: act[Finish]()},
		}, always(Asking)...),
		Waits:  arrival,
		Duties: followUps,
	}
}

// Channel is through whom a return goes.
type Channel string

// Options lists the channels.
func (Channel) Options() []input.Option {
	return []input.Option{{Value: "ngo", Label: "From organisation to organisation, without any authority"},
		{Value: "iom", Label: "With IOM"}, {Value: "focal_points", Label: "Between focal points"}}
}

// AskReturn asks for reception, without saying whose.
type AskReturn struct {
	Channel   Channel         `label:"Through whom the person wants it"`
	Age       AgeGroup        `label:"Age"`
	Region    string          `label:"Region to which the person wants to return" hint:"A region, not an address."`
	Needs     []casework.Need `label:"What help is needed there"`
	Children  int             `label:"Children who come along" optional:"true"`
	Languages string          `label:"Languages"`
	Secret    bool            `label:"Reception must not disclose the person as trafficked"`
}

// Check keeps authorities out where the person so wishes.
func (s *AskReturn) Check(_ *Procedure, w Work) error {
	if s.Channel == "ngo" && w.Peer.Authority {
		return fault.Invalid("channel", "The person wants no authority in it: choose an organisation that is none.")
	}
	return nil
}

// Allowed holds rule 4: the person's own free choice, risks assessed, and for a child more.
func (s *AskReturn) Allowed(c *casework.Case, _ *Procedure, _ Work) error { return ownChoice(c) }

func ownChoice(c *casework.Case) error {
	if !c.ChoseReturn() {
		return fault.Conflict("A return begins only with the person's own choice. Record it on the case first.")
	}
	return nil
}

// AssessThere is the other half of the risk assessment.
type AssessThere struct {
	free
	Risk      casework.RiskLevel `label:"How great is the danger there?"`
	Grounds   string             `label:"What makes you think so" kind:"textarea"`
	Reception string             `label:"Who would receive the person, and how, without disclosing the person as trafficked" kind:"textarea"`
	Help      string             `label:"Help with social inclusion: work, school, health, money, law" kind:"textarea"`
}

// ConfirmReturn is the person's word once the assessment is known.
type ConfirmReturn struct {
	Heard   bool   `label:"The person heard what was assessed there, in a language they understand"`
	Wants   bool   `label:"The person still wants to return, freely"`
	Service string `label:"Service that the person chose for reception and follow-up"`
	PassOn  bool   `label:"The person agrees that it goes on to the organisation that works on it there" hint:"Where it was handed to one: the page says to which kind."`
}

func (s *ConfirmReturn) mayBePassedOn() bool { return s.PassOn }

// Check demands both.
func (s *ConfirmReturn) Check(*Procedure, Work) error {
	if !s.Heard || !s.Wants {
		return fault.Invalid("wants", "Without the person's own word the return ends here: withdraw it, or wait.")
	}
	return nil
}

// Allowed looks at the case once more: the choice may have changed.
func (s *ConfirmReturn) Allowed(c *casework.Case, _ *Procedure, _ Work) error { return ownChoice(c) }

// Tie is what makes a State take somebody back.
type Tie string

// Options lists the ties.
func (Tie) Options() []input.Option {
	return []input.Option{{Value: "national", Label: "National"}, {Value: "resident", Label: "Had a right of permanent residence"},
		{Value: "stateless", Label: "Stateless, with documents for travel and stay"}}
}

// VerifyNationality says that the person, and children born meanwhile, can enter (Protocol, article 8, paragraphs 3 and 4).
type VerifyNationality struct {
	free
	Tie       Tie    `label:"The person is"`
	Documents string `label:"Documents that are issued, and when they are there"`
	Children  string `label:"Children born meanwhile: their documents" optional:"true"`
}

// ArrangeTravel says when and how.
type ArrangeTravel struct {
	Leaves     time.Time `label:"Leaves"`
	Arrives    time.Time `label:"Arrives"`
	Zone       string    `label:"Time zone there" hint:"Africa/Lagos"`
	Means      string    `label:"How"`
	Accompany  string    `label:"Who accompanies the person, if wanted" optional:"true"`
	Discreet   bool      `label:"Nobody on the way learns why the person travels"`
	StillWants bool      `label:"The person was asked again and still wants to travel"`
}

// Check of times and of the person's word.
func (s *ArrangeTravel) Check(_ *Procedure, w Work) error {
	if !s.Arrives.After(s.Leaves) {
		return fault.Invalid("arrives", "The arrival comes after the departure.")
	}
	return fault.All(zone("zone", s.Zone), future("leaves", s.Leaves, w),
		yes("still_wants", s.StillWants, "Without the person's own word nobody travels."))
}

// Allowed looks at the case once more.
func (s *ArrangeTravel) Allowed(c *casework.Case, _ *Procedure, _ Work) error { return ownChoice(c) }

// arrival is the day for which a return waits once travel is arranged.
func arrival(p *Procedure) time.Time {
	if travel := last[ArrangeTravel](p, "travel"); travel != nil && p.State == "travelling" {
		return travel.Arrives
	}
	return time.Time{}
}

// Arrive begins reintegration.
type Arrive struct {
	free
	On   string `label:"Arrived on" kind:"date"`
	By   string `label:"Received by"`
	Plan string `label:"What was agreed for the time to come" kind:"textarea"`
}

// months after which a follow-up is offered.
var months = []int{1, 3, 6, 12}

// FollowUp is offered, never imposed; declining has no effect.
type FollowUp struct {
	free
	Month   Month  `label:"Which one"`
	Answer  Taken  `label:"What the person said"`
	Risk    Again  `label:"Risk of being trafficked again" optional:"true"`
	Changed string `label:"What changes in the help" kind:"textarea" hint:"Nothing from which the person could be known." optional:"true"`
}

// Month of a follow-up.
type Month string

// Options lists the months.
func (Month) Options() []input.Option {
	return []input.Option{{Value: "1", Label: "After 1 month"}, {Value: "3", Label: "After 3 months"}, {Value: "6", Label: "After 6 months"}, {Value: "12", Label: "After 12 months"}}
}

// Taken is what the person made of an offer.
type Taken string

// Options lists the answers.
func (Taken) Options() []input.Option {
	return []input.Option{{Value: "accepted", Label: "The person accepted it"}, {Value: "declined", Label: "The person declined; that has no effect"},
		{Value: "unreached", Label: "The person was not reached over the safe contact"}}
}

// Again is the risk of being trafficked again.
type Again string

// Options lists the levels.
func (Again) Options() []input.Option {
	return []input.Option{{Value: "low", Label: "Low"}, {Value: "medium", Label: "Medium"}, {Value: "high", Label: "High"}}
}

// followUps are due where the person arrived, at the service that the person chose.
func followUps(p *Procedure) []Due {
	arrived := last[Arrive](p, "arrive")
	if arrived == nil || p.Side != Asked || p.State != "arrived" {
		return nil
	}
	on, err := time.Parse(time.DateOnly, arrived.On)
	if err != nil {
		return nil
	}
	done := map[Month]bool{}
	for _, a := range p.Acts {
		if a.Name == "follow-up" {
			done[Month(a.Fields.Get("month"))] = true
		}
	}
	var due []Due
	for _, m := range months {
		if !done[Month(fmt.Sprint(m))] {
			due = append(due, Due{Name: "offer_follow_up", Since: on.AddDate(0, m, -14), At: on.AddDate(0, m, 0)})
		}
	}
	return due
}
