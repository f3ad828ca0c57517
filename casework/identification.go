package casework

import (
	"slices"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Identification is the formal way: referral, decisions, recovery period,
// review. Assistance never waits for it and never ends with it (row 7n).
type Identification struct {
	Presumed     time.Time
	Referral     *Referral
	Withdrawals  []Referral     // that the person ended by withdrawing the consent
	Notified     []Notification // without naming the person
	Decisions    []Decision
	Recovery     *Recovery
	Reviews      []Review
	Declined     time.Time // the person does not want formal identification
	DeclineNotes string
}

// Referral to the competent authority (row 14).
type Referral struct {
	At           time.Time
	By           ident.ID
	Organisation ident.ID // the first responder organisation
	Authority    ident.ID
	Reasons      string
	Acknowledged time.Time
	AckBy        ident.ID
	Withdrawn    time.Time // by the person
	FileClosed   time.Time // the authority's word, after that
}

// Notification tells the authority that a person was met who did not consent,
// and nothing that identifies the person (UK: duty to notify).
type Notification struct {
	At        time.Time
	Authority ident.ID
	Summary   string
	Provision string
}

// Decision on identification.
type Decision struct {
	Stage    string // "first" or "second"
	At       time.Time
	By       ident.ID
	Positive bool
	Reasons  string
	Told     bool // the person was told, in a language understood
}

// Answer is yes or no, said on purpose.
type Answer string

const (
	Yes Answer = "yes"
	No  Answer = "no"
)

func (Answer) Options() []input.Option {
	return []input.Option{{Value: string(Yes), Label: "Yes"}, {Value: string(No), Label: "No"}}
}

// decision gives the last one of a stage, nil if there is none.
func (i *Identification) decision(stage string) *Decision {
	for n := len(i.Decisions) - 1; n >= 0; n-- {
		if i.Decisions[n].Stage == stage {
			return &i.Decisions[n]
		}
	}
	return nil
}

// Refer sends the case to the competent authority, with the person's consent;
// a child is referred without, where the jurisdiction says so.
type Refer struct {
	Authority ident.ID `label:"Competent authority" kind:"organisation"`
	Reasons   string   `label:"Grounds for the referral" kind:"textarea" hint:"What was seen and said, without a full account."`
}

func (s *Refer) Possible(c *Case, w Work) error {
	if err := c.open(); err != nil {
		return err
	}
	i := &c.Identification
	switch {
	case i.Presumed.IsZero():
		return fault.Conflict("First record why the person is presumed a victim.")
	case i.Referral != nil:
		return fault.Conflict("The case is already referred.")
	case !mayRefer(w):
		return errFirstResponder
	case !i.Declined.IsZero():
		return fault.Conflict("The person declines formal identification. Assistance goes on without it.")
	case !c.consented(consent.Referral, w.Now) && !c.childIsReferred(w):
		return fault.Conflict("The person has not consented to a referral. Record the consent, or notify without naming the person.")
	}
	return nil
}

var errFirstResponder = fault.Conflict("In this State only a first responder organisation does this. Bring one to the case, with the person's consent.")

// mayRefer reports whether the organisation is one of those that may, where the State names them (UK: first responder organisations).
func mayRefer(w Work) bool { return len(w.Profile.FirstResponders()) == 0 || w.By.FirstResponder }

func (c *Case) childIsReferred(w Work) bool {
	return c.Person.ProtectedAsChild(w.Now) && !w.Profile.ConsentRule().ChildRequired.Or(true)
}

func (s *Refer) Apply(c *Case, w Work) error {
	child := c.childIsReferred(w)
	if !child && !c.consented(consent.Referral, w.Now, s.Authority) {
		return fault.Invalid("authority", "The person's consent to a referral names another organisation.")
	}
	if w.By.Organisation == s.Authority {
		return fault.Invalid("authority", "The organisation that refers cannot be the one that decides.")
	}
	c.Identification.Referral = &Referral{At: w.Now, By: w.By.Member, Organisation: w.By.Organisation, Authority: s.Authority, Reasons: s.Reasons}
	a := Assignment{Organisation: s.Authority, Role: access.DecisionMaker, Since: w.Now}
	if child {
		a.Mandate = access.Of(access.Summary, access.Identity, access.Screening, access.Decisions)
		a.Provision = "A child is referred without consent: " + w.Profile.ConsentRule().ChildRequired.Citation()
	}
	c.Team = append(c.Team, a)
	c.happened("referred", w.Now)
	return nil
}

// consented reports that a consent for the purpose stands: for one of the
// recipients, or where none is named for any.
func (c *Case) consented(purpose consent.Purpose, now time.Time, to ...ident.ID) bool {
	return slices.ContainsFunc(c.Consents, func(g consent.Consent) bool {
		return g.Purpose == purpose && g.Stands(now) && (len(to) == 0 || slices.Contains(to, g.Recipient))
	})
}

// Notify reports that a person was met, without anything that identifies.
type Notify struct {
	Authority ident.ID `label:"Authority that is told" kind:"organisation"`
	Summary   string   `label:"What it is told" kind:"textarea" hint:"No name, no date of birth, no address, nothing from which the person could be known."`
}

func (s *Notify) Possible(c *Case, w Work) error {
	if err := c.open(); err != nil {
		return err
	}
	if c.Identification.Referral != nil {
		return fault.Conflict("The case is already referred.")
	}
	if _, known := w.Profile.ConsentRule().NotifyProvision.Get(); !known {
		return fault.Conflict("No duty to notify is known in this State: nothing goes out without consent.")
	}
	if c.Person.ProtectedAsChild(w.Now) {
		return fault.Conflict("A child is referred, not notified.")
	}
	if !mayRefer(w) {
		return errFirstResponder
	}
	return nil
}

func (s *Notify) Apply(c *Case, w Work) error {
	provision, _ := w.Profile.ConsentRule().NotifyProvision.Get()
	c.Identification.Notified = append(c.Identification.Notified,
		Notification{At: w.Now, Authority: s.Authority, Summary: s.Summary, Provision: provision})
	return nil
}

// Acknowledge says that the authority has the referral (row 14).
type Acknowledge struct {
	Contact string `label:"Who handles it, and how to reach them" optional:"true"`
}

func (s *Acknowledge) Possible(c *Case, _ Work) error {
	r := c.Identification.Referral
	if r == nil {
		return fault.Conflict("The case is not referred.")
	}
	if !r.Acknowledged.IsZero() {
		return fault.Conflict("The referral is already acknowledged.")
	}
	return c.open()
}

func (s *Acknowledge) Apply(c *Case, w Work) error {
	c.Identification.Referral.Acknowledged, c.Identification.Referral.AckBy = w.Now, w.By.Member
	c.happened("acknowledged", w.Now)
	return nil
}

// DecideFirst is the first decision: are there grounds to believe that the
// person is a victim? A positive one opens the recovery period.
type DecideFirst struct {
	Positive Answer `label:"Are there grounds to believe that the person is a victim of trafficking?"`
	Reasons  string `label:"Reasons" kind:"textarea"`
	Told     bool   `label:"The person was told, in a language they understand"`
}

func (s *DecideFirst) Possible(c *Case, w Work) error {
	if err := c.open(); err != nil {
		return err
	}
	if c.Identification.Referral == nil {
		return fault.Conflict("The case is not referred.")
	}
	if d := c.Identification.decision("first"); d != nil {
		return fault.Conflict("The first decision was given. Another one follows only from a review.")
	}
	return c.otherThanReferrer(w)
}

// otherThanReferrer keeps referral and decision in two organisations.
func (c *Case) otherThanReferrer(w Work) error {
	if c.Identification.Referral.Organisation == w.By.Organisation {
		return fault.Conflict("Your organisation referred the case; another one decides.")
	}
	return nil
}

func (s *DecideFirst) Apply(c *Case, w Work) error {
	c.decide("first", s.Positive == Yes, s.Reasons, s.Told, w)
	return nil
}

func (c *Case) decide(stage string, positive bool, reasons string, told bool, w Work) {
	c.Identification.Decisions = append(c.Identification.Decisions,
		Decision{Stage: stage, At: w.Now, By: w.By.Member, Positive: positive, Reasons: reasons, Told: told})
	if stage == earlyEnd {
		c.Identification.Recovery.restore() // only a review decides this stage in the person's favour
		return
	}
	c.happened(stage+"_decision", w.Now)
	c.happened("briefing_due", w.Now) // rights are explained again at each decision (row 7b)
	if !positive {
		c.happened("negative_decision", w.Now)
	}
	if stage == "first" && positive {
		c.startRecovery(w)
	}
}

// DecideSecond is the second decision: is the person a victim?
type DecideSecond struct {
	Positive Answer `label:"Is the person a victim of trafficking?"`
	Reasons  string `label:"Reasons" kind:"textarea"`
	Told     bool   `label:"The person was told, in a language they understand"`
}

func (s *DecideSecond) Possible(c *Case, w Work) error {
	if err := c.open(); err != nil {
		return err
	}
	first := c.Identification.decision("first")
	switch {
	case first == nil:
		return fault.Conflict("The first decision comes before.")
	case !first.Positive:
		return fault.Conflict("The first decision was negative. The person may ask for a review.")
	case c.Identification.decision("second") != nil:
		return fault.Conflict("The second decision was given. Another one follows only from a review.")
	}
	for _, stage := range w.Profile.Stages() {
		if stage.Event == "second_decision" && !stage.NotBefore.IsZero() {
			if earliest := w.Profile.NotBefore(stage.NotBefore, first.At); w.Now.Before(earliest) {
				return fault.Conflict("Not before %s: the person has time to recover first.", earliest.Format(time.DateOnly))
			}
		}
	}
	return c.otherThanReferrer(w)
}

func (s *DecideSecond) Apply(c *Case, w Work) error {
	c.decide("second", s.Positive == Yes, s.Reasons, s.Told, w)
	return nil
}

// DeclineIdentification records that the person does not want to be formally
// identified; assistance goes on (row 7n).
type DeclineIdentification struct {
	Notes string `label:"What the person said about it" kind:"textarea" optional:"true"`
}

func (s *DeclineIdentification) Possible(c *Case, _ Work) error {
	if c.Identification.Referral != nil {
		return fault.Conflict("The case is already referred. The person can withdraw the consent.")
	}
	return c.open()
}

func (s *DeclineIdentification) Apply(c *Case, w Work) error {
	c.Identification.Declined, c.Identification.DeclineNotes = w.Now, s.Notes
	c.happened("declined_identification", w.Now)
	return nil
}
