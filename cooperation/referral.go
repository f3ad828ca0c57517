package cooperation

import (
	"palermo/access"
	"palermo/casework"
	"palermo/consent"
	"palermo/input"
)

// referral hands a person's assistance to services of another State: first
// without any personal data, then, once the other side would take it, what the
// person allowed (rows 14, 8a).
func referral() *Definition {
	return &Definition{
		Type: "referral", Label: "Referral of a person to services abroad", Row: "14", Purpose: consent.Assistance, Begin: "propose", Person: true, Holds: Asking,
		States: []Stage{
			{"proposed", "Proposed", Asked},
			{"more_needed", "More is needed", Asking},
			{"welcome", "The other side would take over", Asking},
			{"details", "The person's details were sent", Asked},
			{"taken", "Taken over", Asking},
		},
		Acts: append([]Info{
			{Name: "propose", Label: "Propose", Past: "Proposed", By: Asking, From: []State{""}, To: "proposed", New: act[ProposeReferral]()},
			{Name: "more", Label: "Ask for more", Past: "More asked for", By: Asked, From: []State{"proposed"}, To: "more_needed", New: act[More]()},
			{Name: "add", Label: "Add what was missing", Past: "More given", By: Asking, From: []State{"more_needed"}, To: "proposed", New: act[AddToEnquiry]()},
			{Name: "welcome", Label: "Say that the person can come", Past: "The person can come", By: Asked, From: []State{"proposed"}, To: "welcome", New: act[Welcome]()},
			{Name: "send-details", Label: "Send what the person allowed", Past: "Details sent", By: Asking, From: []State{"welcome"}, To: "details",
				Draws: access.Of(access.Identity, access.Contact, access.Needs, access.Risk, access.Health, access.Screening), New: act[SendDetails]()},
			{Name: "take-over", Label: "Take the case over", Past: "Taken over", By: Asked, From: []State{"details"}, To: "taken", New: act[TakeOver]()},
			{Name: "finish", Label: "The person is in good hands there", Past: "Finished", By: Asking, From: []State{"taken"}, To: Completed, New: act[Finish]()},
		}, always(Asking)...),
	}
}

// ProposeReferral says what is needed, of nobody in particular.
type ProposeReferral struct {
	free
	Age       AgeGroup        `label:"Age"`
	Languages string          `label:"Languages"`
	Needs     []casework.Need `label:"What help is needed"`
	Urgency   Urgency         `label:"How urgent it is"`
	Why       string          `label:"Why help is sought there" kind:"textarea" hint:"Nothing from which the person could be known."`
	Services  string          `label:"Service that was chosen" hint:"As it is published." optional:"true"`
}

// Urgency of a request.
type Urgency string

// Options lists them.
func (Urgency) Options() []input.Option {
	return []input.Option{{Value: "now", Label: "Now"}, {Value: "days", Label: "Within days"}, {Value: "weeks", Label: "Within weeks"}}
}

// Welcome says who would take over.
type Welcome struct {
	free
	Service string `label:"Who would help, and with what" kind:"textarea"`
	Contact string `label:"Whom to call" optional:"true"`
	From    string `label:"From when" kind:"date" optional:"true"`
	Secret  bool   `label:"Whoever receives the person does not learn that the person was trafficked, unless the person says so"`
}

// SendDetails sends what the person allowed for this purpose to this recipient.
type SendDetails struct {
	Told   bool   `label:"The person was told who receives it, and that what was read cannot be called back"`
	PassOn bool   `label:"The person agrees that it goes on to the organisation that works on it there" hint:"Where it was handed to one: the page says to which kind."`
	Text   string `label:"What else helps" kind:"textarea" hint:"Nothing that the person did not allow." optional:"true"`
}

// Check demands that the person was told.
func (s *SendDetails) Check(*Procedure, Work) error {
	return yes("told", s.Told, "Tell the person first.")
}

func (s *SendDetails) mayBePassedOn() bool { return s.PassOn }

// TakeOver says that the person is helped from now on.
type TakeOver struct {
	free
	By      string `label:"Who helps from now on"`
	Contact string `label:"How to reach them" optional:"true"`
}
