package cooperation

import (
	"palermo/access"
	"palermo/casework"
	"palermo/consent"
	"palermo/fault"
	"palermo/input"
)

// reunification traces family and brings it together, in any country (row 8h).
// It begins only after a risk assessment and with the person's consent.
func reunification() *Definition {
	return &Definition{
		Type: "reunification", Label: "Family tracing and reunification", Row: "8h", Purpose: consent.FamilyContact, Begin: "ask", Person: true, Holds: Asking,
		Others: consent.FamilyContact,
		States: []Stage{
			{"asked", "Asked", Asked},
			{"ready", "The other side can trace safely", Asking},
			{"tracing", "Being traced", Asked},
			{"traced", "Traced; the tie and the risk were looked at", Asking},
			{"agreed", "The person wants it", Asked},
		},
		Acts: append([]Info{
			{Name: "ask", Label: "Ask for tracing", Past: "Tracing asked for", By: Asking, From: []State{""}, To: "asked", New: act[AskTracing]()},
			{Name: "ready", Label: "Say how it can be done safely", Past: "It can be done safely", By: Asked, From: []State{"asked"}, To: "ready", New: act[ReadyToTrace]()},
			{Name: "send-details", Label: "Send what the person allowed", Past: "Details sent", By: Asking, From: []State{"ready"}, To: "tracing",
				Draws: access.Of(access.Identity, access.Family), New: act[SendDetails]()},
			{Name: "traced", Label: "Record what was found", Past: "Traced", By: Asked, From: []State{"tracing"}, To: "traced", New: act[Traced]()},
			{Name: "decide", Label: "Record what the person wants now", Past: "The person wants it", By: Asking, From: []State{"traced"}, To: "agreed", New: act[DecideReunion]()},
			{Name: "trace-again", Label: "Ask to look again", Past: "Asked to look again", By: Asking, From: []State{"traced"}, To: "tracing", New: act[AddToEnquiry]()},
			{Name: "steps", Label: "Record the steps that were taken", Past: "Steps taken", By: Asked, From: []State{"agreed"}, New: act[ReunionSteps]()},
			{Name: "finish", Label: "Finish", Past: "Finished", By: Asked, From: []State{"agreed"}, To: Completed, New: act[Finish]()},
		}, always(Asking)...),
	}
}

// AskTracing asks whether a relative could be traced, without names.
type AskTracing struct {
	free
	Tie       casework.Tie `label:"Who is to be traced"`
	Region    string       `label:"Region where they may be"`
	Careful   string       `label:"What must not happen on the way" kind:"textarea" hint:"For example: no authority, nobody in the village is told."`
	Languages string       `label:"Their languages" optional:"true"`
}

// Allowed demands the risk assessment, and for a child the guardian and the child's views.
func (s *AskTracing) Allowed(c *casework.Case, _ *Procedure, w Work) error {
	if len(c.Risks) == 0 {
		return fault.Conflict("Assess the risks first: a relative may be the recruiter.")
	}
	if c.Person.ProtectedAsChild(w.Now) && (c.Child.Guardian.IsZero() || len(c.Child.Assessments) == 0) {
		return fault.Conflict("A child's family is traced only after the best interests were weighed, with the guardian and the child's own views.")
	}
	return nil
}

// ReadyToTrace says how.
type ReadyToTrace struct {
	free
	Who string `label:"Who traces"`
	How string `label:"How, without telling why" kind:"textarea"`
}

// Traced is what was found. A relative may be the recruiter, and may be
// somebody whom this side protects.
type Traced struct {
	Found     casework.Answer    `label:"Was somebody found?"`
	Protected casework.Answer    `label:"Does an organisation here help or protect whoever was found?" hint:"If so, link their own case first: it decides what may be said." optional:"true" here:"true"`
	Verified  casework.Answer    `label:"Was the tie verified?"`
	How       string             `label:"How the tie was verified" kind:"textarea" optional:"true"`
	Risk      casework.RiskLevel `label:"Danger that comes from this relative or the place"`
	Wants     string             `label:"What the relative wants" kind:"textarea" optional:"true"`
}

func (s *Traced) protects() casework.Answer { return s.Protected }

// Check that somebody looked whether the relative is protected here.
func (s *Traced) Check(_ *Procedure, w Work) error { return looked(s.Protected, w) }

// DecideReunion is the person's word, for a child the determination.
type DecideReunion struct {
	Wants   bool   `label:"The person wants it, knowing what was found"`
	Country Where  `label:"Where"`
	Contact string `label:"What contact comes first" kind:"textarea" optional:"true"`
}

// Where a family comes together.
type Where string

// Options lists the places.
func (Where) Options() []input.Option {
	return []input.Option{{Value: "here", Label: "In the country that asked"}, {Value: "there", Label: "In the country that was asked"}, {Value: "third", Label: "In another country"}}
}

// Check of the tie, the risk and the person's word.
func (s *DecideReunion) Check(p *Procedure, _ Work) error {
	found := last[Traced](p, "traced")
	switch {
	case !s.Wants:
		return fault.Invalid("wants", "Without the person's own word it ends here: withdraw it, or wait.")
	case found == nil || found.Found != casework.Yes || found.Verified != casework.Yes:
		return fault.Conflict("Nobody was found whose tie was verified.")
	case found.Risk == "high" || found.Risk == "immediate":
		return fault.Conflict("The danger is too great. Ask for another look first.")
	}
	return nil
}

// Allowed demands the best interests determination for a child.
func (s *DecideReunion) Allowed(c *casework.Case, _ *Procedure, w Work) error {
	if c.Person.ProtectedAsChild(w.Now) && c.Child.Determined.IsZero() {
		return fault.Conflict("For a child a best interests determination comes first.")
	}
	return nil
}

// ReunionSteps is what was done on the other side.
type ReunionSteps struct {
	free
	Text string `label:"What was done: documents, travel, meeting, support" kind:"textarea"`
}
