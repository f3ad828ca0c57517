package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// NonPunishment is a charge, fine, penalty or conviction for what the person
// was made to do, and the request not to punish (row 7c). It is the privileged
// record of the organisation that holds it; only the person releases it.
type NonPunishment struct {
	ID           ident.ID
	Organisation ident.ID
	At           time.Time
	Charge       RecordCharge
	Request      *AskNotToPunish
	RequestedAt  time.Time
	Answer       *AnswerNotToPunish
	AnsweredAt   time.Time
}

// RecordCharge records what the person is punished or charged for.
type RecordCharge struct {
	Kind      ChargeKind `label:"What it is"`
	Act       string     `label:"For what act" kind:"textarea"`
	Compelled string     `label:"How the person was made to do it, or how it follows from the situation" kind:"textarea"`
	Authority string     `label:"Before which authority" optional:"true"`
}

// ChargeKind is a kind of punishment.
type ChargeKind string

func (ChargeKind) Options() []input.Option {
	return []input.Option{{Value: "charge", Label: "Criminal charge"}, {Value: "fine", Label: "Fine"},
		{Value: "immigration", Label: "Immigration penalty"}, {Value: "conviction", Label: "Past conviction"}}
}

func (s *RecordCharge) Possible(c *Case, _ Work) error { return c.open() }

func (s *RecordCharge) Apply(c *Case, w Work) error {
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.NonPunishment = append(c.NonPunishment, NonPunishment{ID: id, Organisation: w.By.Organisation, At: w.Now, Charge: *s})
	c.happened("charge_recorded", w.Now)
	return nil
}

// AskNotToPunish is the request, made only if the person releases it.
type AskNotToPunish struct {
	Charge    ident.ID `label:"Which charge or penalty" kind:"charge"`
	Addressee string   `label:"To whom: police, prosecutor, judge or immigration authority"`
	Provision string   `label:"Provision" hint:"Of the State's law; else Council of Europe Convention, article 26." optional:"true"`
	Released  bool     `label:"The person agrees that this goes out"`
}

func (s *AskNotToPunish) Possible(c *Case, w Work) error {
	for _, n := range c.NonPunishment {
		if n.Organisation == w.By.Organisation && n.Request == nil {
			return nil
		}
	}
	return fault.Conflict("Your organisation has recorded no charge or penalty that waits for a request.")
}

func (s *AskNotToPunish) Apply(c *Case, w Work) error {
	if !s.Released {
		return fault.Invalid("released", "Only the person releases this.")
	}
	for i := range c.NonPunishment {
		n := &c.NonPunishment[i]
		if n.ID == s.Charge && n.Organisation == w.By.Organisation && n.Request == nil {
			n.Request, n.RequestedAt = s, w.Now
			c.happened("non_punishment_requested", w.Now)
			return nil
		}
	}
	return fault.Invalid("charge", "Choose one of the answers.")
}

// AnswerNotToPunish is what the authority answered, with the provision used.
type AnswerNotToPunish struct {
	Charge    ident.ID `label:"Which charge or penalty" kind:"charge"`
	Granted   Answer   `label:"Was the request granted?"`
	Provision string   `label:"Provision used" optional:"true"`
	Reasons   string   `label:"Reasons given" kind:"textarea" optional:"true"`
}

func (s *AnswerNotToPunish) Possible(c *Case, w Work) error {
	for _, n := range c.NonPunishment {
		if n.Organisation == w.By.Organisation && n.Request != nil && n.Answer == nil {
			return nil
		}
	}
	return fault.Conflict("No request of your organisation waits for an answer.")
}

func (s *AnswerNotToPunish) Apply(c *Case, w Work) error {
	for i := range c.NonPunishment {
		n := &c.NonPunishment[i]
		if n.ID == s.Charge && n.Organisation == w.By.Organisation && n.Request != nil && n.Answer == nil {
			n.Answer, n.AnsweredAt = s, w.Now
			return nil
		}
	}
	return fault.Invalid("charge", "Choose one of the answers.")
}

// EvidenceItem is evidence other than the person's testimony, planned first so
// that the case need not rest on the person's word (rows 14, 16).
type EvidenceItem struct {
	At     time.Time
	By     ident.ID
	Fields PlanEvidence
}

// PlanEvidence lists it.
type PlanEvidence struct {
	Kind  EvidenceKind `label:"Kind of evidence"`
	Where string       `label:"Where it is, and who secures it" kind:"textarea"`
}

// EvidenceKind is a kind of evidence.
type EvidenceKind string

func (EvidenceKind) Options() []input.Option {
	return []input.Option{{Value: "surveillance", Label: "Surveillance"}, {Value: "money", Label: "Money flows"}, {Value: "documents", Label: "Documents"},
		{Value: "online", Label: "Messages and adverts"}, {Value: "place", Label: "The place itself"}, {Value: "witness", Label: "Other witnesses"},
		{Value: "forensic", Label: "Forensic evidence, with the person's consent"}}
}

func (s *PlanEvidence) Possible(c *Case, _ Work) error { return c.open() }

func (s *PlanEvidence) Apply(c *Case, w Work) error {
	c.Evidence = append(c.Evidence, EvidenceItem{At: w.Now, By: w.By.Member, Fields: *s})
	return nil
}

// Complaint is about an official, a shelter or staff; only the independent body reads it (row 25).
type Complaint struct {
	ID         ident.ID
	At         time.Time
	Fields     Complain
	HeardAt    time.Time
	Hearing    string
	ReceivedBy ident.ID
}

// Complain sends it.
type Complain struct {
	About string `label:"About whom, or which place"`
	What  string `label:"What happened" kind:"textarea"`
	Wish  string `label:"What the person wants to happen" kind:"textarea" optional:"true"`
}

func (s *Complain) Possible(_ *Case, _ Work) error { return nil }

func (s *Complain) Apply(c *Case, w Work) error {
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.Complaints = append(c.Complaints, Complaint{ID: id, At: w.Now, Fields: *s})
	c.happened("complaint_received", w.Now)
	return nil
}

// HearComplaint is the independent body's answer.
type HearComplaint struct {
	Answer string `label:"What was done, and what the person was told" kind:"textarea"`
}

func (c *Case) unheard() *Complaint {
	for i := range c.Complaints {
		if c.Complaints[i].HeardAt.IsZero() {
			return &c.Complaints[i]
		}
	}
	return nil
}

func (s *HearComplaint) Possible(c *Case, _ Work) error {
	if c.unheard() == nil {
		return fault.Conflict("No complaint waits.")
	}
	return nil
}

func (s *HearComplaint) Apply(c *Case, w Work) error {
	x := c.unheard()
	x.HeardAt, x.Hearing, x.ReceivedBy = w.Now, s.Answer, w.By.Member
	c.happened("complaint_acknowledged", w.Now)
	return nil
}

func (v *View) legalEntries() []Entry {
	list := append(v.takingPartEntries(), v.participationEntries()...)
	for _, n := range v.NonPunishment {
		e := entry("Charge or penalty, privileged", n.At, ident.ID{}, &n.Charge)
		e.Hidden = true
		if n.Request != nil {
			e.Fields = append(e.Fields, instant("Asked not to punish", n.RequestedAt), fact("To whom", "text", n.Request.Addressee))
		}
		if n.Answer != nil {
			e.Fields = append(e.Fields, instant("Answered", n.AnsweredAt), fact("Provision used", "text", n.Answer.Provision))
		}
		list = append(list, e)
	}
	for _, x := range v.Evidence {
		list = append(list, entry("Evidence other than testimony", x.At, x.By, &x.Fields))
	}
	for _, x := range v.Complaints {
		e := entry("Complaint", x.At, ident.ID{}, &x.Fields)
		e.Hidden = true
		if !x.HeardAt.IsZero() {
			e.Fields = append(e.Fields, instant("Answered", x.HeardAt), fact("What was done", "textarea", x.Hearing))
		}
		list = append(list, e)
	}
	return list
}
