package cooperation

import (
	"palermo/access"
	"palermo/consent"
)

// consular asks the person's own State for consular help: only if the person
// asks for it, never presumed (rows 7b, 8b).
func consular() *Definition {
	return &Definition{
		Type: "consular", Label: "Consular help", Row: "8b", Purpose: consent.Consular, Begin: "notify", Person: true, Holds: Asking,
		States: []Stage{
			{"notified", "Notified", Asked},
			{"acknowledged", "Acknowledged", Asked},
			{"helped", "Help was given", Asking},
		},
		Acts: append([]Info{
			{Name: "notify", Label: "Ask the consulate for help", Past: "Consulate asked for help", By: Asking, From: []State{""}, To: "notified",
				Draws: access.Of(access.Identity), New: act[Notify]()},
			{Name: "acknowledge", Label: "Acknowledge", Past: "Acknowledged", By: Asked, From: []State{"notified"}, To: "acknowledged", New: act[AcknowledgeConsular]()},
			{Name: "help", Label: "Record the help given", Past: "Help given", By: Asked, From: []State{"acknowledged"}, To: "helped", New: act[ConsularHelp]()},
			{Name: "more", Label: "Ask for more help", Past: "More help asked for", By: Asking, From: []State{"helped"}, To: "acknowledged", New: act[AddToEnquiry]()},
			{Name: "finish", Label: "Finish", Past: "Finished", By: Asking, From: []State{"helped"}, To: Completed, New: act[Finish]()},
		}, always(Asking)...),
	}
}

// Notify is the person's own request (Vienna Convention on Consular Relations, article 36).
type Notify struct {
	Asked bool   `label:"The person asks for it, and was told what the consulate learns"`
	What  string `label:"What the person wants from the consulate" kind:"textarea"`
	Reach string `label:"Through whom the person is reached" hint:"The case worker or the lawyer, not the person's own telephone."`
}

// Check demands the person's own wish.
func (s *Notify) Check(*Procedure, Work) error {
	return yes("asked", s.Asked, "Consular help is asked for by the person, never presumed.")
}

// AcknowledgeConsular says who is in charge.
type AcknowledgeConsular struct {
	free
	Contact string `label:"Whom to turn to"`
}

// ConsularHelp is what was done.
type ConsularHelp struct {
	free
	What string `label:"What was done: papers, a visit, money, a lawyer" kind:"textarea"`
}
