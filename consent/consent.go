// Package consent is what a person allowed: for which purpose, to whom, which
// data, until when. Its one decision, Released, says what may be shown to or
// leave for an organisation; nothing else releases data (rule 2).
//
// What may never happen here: a consent without an end; a consent read wider
// than its words; an override in force without its provision, its reason and
// its second person.
package consent

import (
	"time"

	"palermo/access"
	"palermo/ident"
)

// Purpose is what the data may be used for, and for nothing else.
type Purpose string

const (
	Referral      Purpose = "referral"       // formal identification by the competent authority
	Assistance    Purpose = "assistance"     // services, health care, counselling, training
	Accommodation Purpose = "accommodation"  // a place to sleep
	LegalHelp     Purpose = "legal_help"     // lawyer, legal aid, compensation
	Proceedings   Purpose = "proceedings"    // taking part in an investigation or trial
	Interpreting  Purpose = "interpreting"   // language help
	Consular      Purpose = "consular"       // help from the person's own consulate, asked for by the person
	FamilyContact Purpose = "family_contact" // tracing or telling family
	Return        Purpose = "return"         // return and reintegration
	Hold          Purpose = "hold"           // telling an authority that a removal must wait
	Matching      Purpose = "matching"       // asking whether another State already assists the person
)

// Consent is one permission that the person gave.
type Consent struct {
	ID        ident.ID
	Purpose   Purpose
	Recipient ident.ID   // the organisation that receives
	Data      access.Set // what it receives
	GivenAt   time.Time
	Until     time.Time // never zero
	Language  string    // in which it was explained, BCP 47
	Written   bool      // signed; otherwise given orally before a witness
	Advised   bool      // the person asked for it, after legal advice
	Withdrawn time.Time // zero while it stands

	// Of a child: two answers, the child's own and the guardian's.
	ForChild        bool
	Assent          Assent
	WhyNotAsked     string    // the child
	Guardian        ident.ID  // the guardian's office
	GuardianAgreed  time.Time // zero until then
	GuardianRefused time.Time
	GuardianWritten string // civil date of the guardian's written answer, where a worker recorded it
}

// Assent is a child's own answer.
type Assent string

const (
	Agrees   Assent = "yes"
	NotAsked Assent = "not_asked" // a baby, or a child who could not be asked, for a reason that is recorded
)

// Stands reports whether the consent is in force at the instant.
func (c Consent) Stands(now time.Time) bool { return c.Open(now) && c.agreed() }

// Open reports that it was neither withdrawn nor refused, nor has run out:
// it stands, or waits for the guardian.
func (c Consent) Open(now time.Time) bool {
	ended := !c.Withdrawn.IsZero() && !now.Before(c.Withdrawn) || !c.GuardianRefused.IsZero()
	return !ended && !now.Before(c.GivenAt) && now.Before(c.Until)
}

// Waits reports that the guardian has not answered yet.
func (c Consent) Waits(now time.Time) bool {
	return c.Open(now) && c.ForChild && c.GuardianAgreed.IsZero()
}

// agreed reports that everybody has said yes whose word counts: for a child
// the child, or a reason why not, and the guardian beside.
func (c Consent) agreed() bool {
	assented := c.Assent == Agrees || c.Assent == NotAsked && c.WhyNotAsked != ""
	return !c.ForChild || assented && !c.Guardian.IsZero() && !c.GuardianAgreed.IsZero()
}

// Ground is why data may go without consent.
type Ground string

const (
	LegalDuty     Ground = "legal_duty"     // a provision demands it; a second person approves before
	VitalInterest Ground = "vital_interest" // a life is in danger; a second person reviews afterwards
)

// Override releases data without consent.
type Override struct {
	ID         ident.ID
	Ground     Ground
	Provision  string // the article that demands or allows it
	Reason     string
	Recipient  ident.ID
	Data       access.Set
	At         time.Time
	Until      time.Time
	ProposedBy ident.ID
	ApprovedBy ident.ID  // another person
	ApprovedAt time.Time // zero until then
	Refused    time.Time // when the second person said no
}

// Stands reports whether the override releases data at the instant.
func (o Override) Stands(now time.Time) bool {
	if o.Provision == "" || o.Reason == "" || now.Before(o.At) || !now.Before(o.Until) || !o.Refused.IsZero() {
		return false
	}
	approved := !o.ApprovedAt.IsZero() && !o.ApprovedBy.IsZero() && o.ApprovedBy != o.ProposedBy
	return o.Ground == VitalInterest || o.Ground == LegalDuty && approved
}

// Released is the one decision: the categories that may go to the recipient now.
func Released(consents []Consent, overrides []Override, recipient ident.ID, now time.Time) access.Set {
	var released access.Set
	for _, c := range consents {
		if c.Recipient == recipient && c.Stands(now) {
			released |= c.Data
		}
	}
	for _, o := range overrides {
		if o.Recipient == recipient && o.Stands(now) {
			released |= o.Data
		}
	}
	return released
}
