package casework

import (
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// consentPurpose offers consent.Purpose as a choice.
type consentPurpose string

func (consentPurpose) Options() []input.Option {
	return []input.Option{
		{Value: string(consent.Referral), Label: "Formal identification by the competent authority"},
		{Value: string(consent.Assistance), Label: "Assistance"}, {Value: string(consent.Accommodation), Label: "A place to stay"},
		{Value: string(consent.LegalHelp), Label: "Legal help"}, {Value: string(consent.Proceedings), Label: "Taking part in a proceeding"},
		{Value: string(consent.Interpreting), Label: "Interpreting"}, {Value: string(consent.Consular), Label: "Help from the consulate"},
		{Value: string(consent.FamilyContact), Label: "Contact with family"}, {Value: string(consent.Return), Label: "Return"},
		{Value: string(consent.Hold), Label: "Telling an authority that a removal must wait"},
		{Value: string(consent.Matching), Label: "Asking whether another State already helps the person"},
	}
}

// longest is the last consent that may be given: no consent lasts longer than two years.
const longest = 2 * 366 * 24 * time.Hour

// PurposeLabel names a purpose to a person, in English.
func PurposeLabel(p consent.Purpose) string { return input.Label(consentPurpose(p)) }

// GiveConsent records what the person allows (rule 2). A child's is in force
// once the guardian has said yes as well, which is an answer of its own.
type GiveConsent struct {
	Purpose     consentPurpose `label:"What for"`
	Recipient   ident.ID       `label:"Who may receive it" kind:"organisation"`
	Data        dataSet        `label:"Which information"`
	Until       string         `label:"Until" kind:"date" hint:"At most two years."`
	Language    string         `label:"Language it was explained in" kind:"language"`
	Written     bool           `label:"The person signed"`
	Advised     bool           `label:"The person asked for it in writing, after legal advice" hint:"Without this nothing goes to the authorities of a country that somebody fears."`
	Free        bool           `label:"The person was told that refusing costs nothing, that it can be withdrawn, and what cannot be called back"`
	Assent      childAssent    `label:"For a child: the child's own answer" optional:"true"`
	WhyNotAsked string         `label:"For a child: why the child could not be asked" kind:"textarea" optional:"true"`
}

// childAssent is the child's answer; a no is recorded as a refusal.
type childAssent string

func (childAssent) Options() []input.Option {
	return []input.Option{{Value: string(consent.Agrees), Label: "The child agrees"},
		{Value: string(consent.NotAsked), Label: "The child could not be asked", Hint: "Say why."}}
}

func (s *GiveConsent) Possible(c *Case, _ Work) error { return c.open() }

func (s *GiveConsent) Apply(c *Case, w Work) error {
	if !s.Free {
		return fault.Invalid("free", "A consent counts only if the person was told this.")
	}
	if _, closed := c.closedSince(); closed && consent.Purpose(s.Purpose) == consent.Consular && !(s.Advised && s.Written) {
		return fault.Invalid("recipient", cannotReceive)
	}
	if err := c.mayUse(consent.Purpose(s.Purpose), s.Data.set()); err != nil {
		return err
	}
	until, err := time.ParseInLocation(time.DateOnly, s.Until, w.Profile.Location())
	if err != nil || !until.After(w.Now) || until.Sub(w.Now) > longest {
		return fault.Invalid("until", "Write a day to come, within two years.")
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	g := consent.Consent{ID: id, Purpose: consent.Purpose(s.Purpose), Recipient: s.Recipient, Data: s.Data.set(),
		GivenAt: w.Now, Until: until, Language: s.Language, Written: s.Written, Advised: s.Advised}
	if c.Person.ProtectedAsChild(w.Now) {
		if err := s.ofChild(&g, c); err != nil {
			return err
		}
	}
	c.Consents = append(c.Consents, g)
	return nil
}

// ofChild takes the child's answer; the guardian's is still to come.
func (s *GiveConsent) ofChild(g *consent.Consent, c *Case) error {
	switch {
	case c.Child.Guardian.IsZero():
		return fault.Conflict("The person is protected as a child: appoint the guardian first, who must agree beside the child.")
	case s.Assent == "":
		return fault.Invalid("assent", "The person is protected as a child: write the child's own answer.")
	case consent.Assent(s.Assent) == consent.NotAsked && s.WhyNotAsked == "":
		return fault.Invalid("why_not_asked", "Say why the child could not be asked.")
	}
	g.ForChild, g.Assent, g.WhyNotAsked, g.Guardian = true, consent.Assent(s.Assent), s.WhyNotAsked, c.Child.Guardian
	return nil
}

// AnswerAsGuardian is the guardian's own yes or no to a consent that the child
// gave: said by the guardian's office, or in writing to whoever leads the case.
type AnswerAsGuardian struct {
	Consent ident.ID `label:"Which consent" kind:"waiting_consent"`
	Agree   Answer   `label:"Does the guardian agree?"`
	Written string   `label:"Day of the guardian's written answer" kind:"date" hint:"Needed unless the guardian answers here." optional:"true"`
}

func (s *AnswerAsGuardian) Possible(c *Case, w Work) error {
	for _, g := range c.Consents {
		if g.Waits(w.Now) {
			return c.open()
		}
	}
	return fault.Conflict("No consent waits for the guardian.")
}

func (s *AnswerAsGuardian) Apply(c *Case, w Work) error {
	for i := range c.Consents {
		g := &c.Consents[i]
		if g.ID != s.Consent || !g.Waits(w.Now) {
			continue
		}
		self := w.By.Organisation == g.Guardian && w.By.Has(access.Guardian)
		if on, err := time.ParseInLocation(time.DateOnly, s.Written, w.Profile.Location()); !self && (err != nil || on.After(w.Now)) {
			return fault.Invalid("written", "Write the day on which the guardian answered in writing.")
		}
		g.GuardianWritten = s.Written
		if s.Agree == Yes {
			g.GuardianAgreed = w.Now
		} else {
			g.GuardianRefused = w.Now
		}
		return nil
	}
	return fault.Invalid("consent", "This consent does not wait for the guardian.")
}

// Refusal is a no: kept so that the same is not asked again and again. Nothing follows from it.
type Refusal struct {
	At     time.Time
	By     ident.ID
	Fields RefuseConsent
}

// RefuseConsent records it.
type RefuseConsent struct {
	Purpose   consentPurpose `label:"What for"`
	Recipient ident.ID       `label:"Who would have received it" kind:"organisation"`
	Words     string         `label:"In the person's words, shortly" kind:"textarea" hint:"No reason is needed." optional:"true"`
}

func (s *RefuseConsent) Possible(c *Case, _ Work) error { return c.open() }

func (s *RefuseConsent) Apply(c *Case, w Work) error {
	c.Refusals = append(c.Refusals, Refusal{At: w.Now, By: w.By.Member, Fields: *s})
	return nil
}

// WithdrawConsent ends a consent in one step; refusing costs nothing.
type WithdrawConsent struct {
	Consent ident.ID `label:"Which consent" kind:"consent"`
}

func (s *WithdrawConsent) Possible(c *Case, w Work) error {
	for _, given := range c.Consents {
		if given.Open(w.Now) {
			return nil
		}
	}
	return fault.Conflict("No consent is in force.")
}

func (s *WithdrawConsent) Apply(c *Case, w Work) error {
	for i := range c.Consents {
		if c.Consents[i].ID == s.Consent && c.Consents[i].Open(w.Now) {
			c.withdraw(&c.Consents[i], w)
			return nil
		}
	}
	return fault.Invalid("consent", "This consent is not in force.")
}

// withdraw ends a consent, and with it a referral that rests on it.
func (c *Case) withdraw(g *consent.Consent, w Work) {
	g.Withdrawn = w.Now
	c.happened("consent_withdrawn", w.Now)
	c.withdrawReferral(w)
}

// Consenting fills GiveConsent for callers that do not come from a form.
func Consenting(purpose string, recipient ident.ID, data []string, until time.Time) *GiveConsent {
	s := &GiveConsent{Purpose: consentPurpose(purpose), Recipient: recipient, Until: until.Format(time.DateOnly), Language: "en", Written: true, Free: true, Assent: childAssent(consent.Agrees)}
	for _, name := range data {
		s.Data = append(s.Data, releasable(name))
	}
	return s
}
