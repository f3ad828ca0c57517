package casework

import (
	"time"

	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// purpose offers consent.Purpose as a choice.
type consentPurpose string

func (consentPurpose) Options() []input.Option {
	return []input.Option{
		{Value: string(consent.Referral), Label: "Formal identification by the competent authority"},
		{Value: string(consent.Assistance), Label: "Assistance"}, {Value: string(consent.Accommodation), Label: "A place to stay"},
		{Value: string(consent.LegalHelp), Label: "Legal help"}, {Value: string(consent.Proceedings), Label: "Taking part in a proceeding"},
		{Value: string(consent.Interpreting), Label: "Interpreting"}, {Value: string(consent.Consular), Label: "Help from the consulate"},
		{Value: string(consent.FamilyContact), Label: "Contact with family"}, {Value: string(consent.Return), Label: "Return"},
		{Value: string(consent.Matching), Label: "Asking whether another State already helps the person"},
	}
}

// onlyIn is the last consent that may be given: no consent lasts longer than two years.
const longest = 2 * 366 * 24 * time.Hour

// GiveConsent records what the person allows (rule 2).
type GiveConsent struct {
	Purpose   consentPurpose `label:"What for"`
	Recipient ident.ID       `label:"Who may receive it" kind:"organisation"`
	Data      dataSet        `label:"Which information"`
	Until     string         `label:"Until" kind:"date" hint:"At most two years."`
	Language  string         `label:"Language it was explained in" kind:"language"`
	Written   bool           `label:"The person signed"`
	Advised   bool           `label:"Only for the consulate while protection is sought: the person asked in writing, after legal advice"`
	Free      bool           `label:"The person was told that refusing costs nothing, that it can be withdrawn, and what cannot be called back"`
}

func (s *GiveConsent) Possible(c *Case, _ Work) error { return c.open() }

func (s *GiveConsent) Apply(c *Case, w Work) error {
	if !s.Free {
		return fault.Invalid("free", "A consent counts only if the person was told this.")
	}
	if consent.Purpose(s.Purpose) == consent.Consular && c.Protection.Closed() && !(s.Advised && s.Written) {
		return fault.Invalid("purpose", "The person seeks protection: nothing goes to the country of origin's authorities, unless the person asks in writing after legal advice.")
	}
	until, err := time.ParseInLocation(time.DateOnly, s.Until, w.Profile.Location())
	if err != nil || !until.After(w.Now) || until.Sub(w.Now) > longest {
		return fault.Invalid("until", "Write a day to come, within two years.")
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	child := c.Person.ProtectedAsChild(w.Now)
	if child && c.Child.Guardian.IsZero() {
		return fault.Conflict("The person is protected as a child: appoint the guardian first, who must agree beside the child.")
	}
	c.Consents = append(c.Consents, consent.Consent{ID: id, Purpose: consent.Purpose(s.Purpose), Recipient: s.Recipient,
		Data: s.Data.set(), GivenAt: w.Now, Until: until, Language: s.Language, Written: s.Written,
		ForChild: child, Guardian: c.Child.Guardian})
	return nil
}

// WithdrawConsent ends a consent in one step; refusing costs nothing.
type WithdrawConsent struct {
	Consent ident.ID `label:"Which consent" kind:"consent"`
}

func (s *WithdrawConsent) Possible(c *Case, w Work) error {
	for _, given := range c.Consents {
		if given.Stands(w.Now) {
			return nil
		}
	}
	return fault.Conflict("No consent is in force.")
}

func (s *WithdrawConsent) Apply(c *Case, w Work) error {
	for i := range c.Consents {
		if c.Consents[i].ID == s.Consent && c.Consents[i].Stands(w.Now) {
			c.Consents[i].Withdrawn = w.Now
			c.happened("consent_withdrawn", w.Now)
			return nil
		}
	}
	return fault.Invalid("consent", "This consent is not in force.")
}

// Consenting fills GiveConsent for callers that do not come from a form.
func Consenting(purpose string, recipient ident.ID, data []string, until time.Time) *GiveConsent {
	s := &GiveConsent{Purpose: consentPurpose(purpose), Recipient: recipient, Until: until.Format(time.DateOnly), Language: "en", Written: true, Free: true}
	for _, name := range data {
		s.Data = append(s.Data, releasable(name))
	}
	return s
}
