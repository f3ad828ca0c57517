package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Protection is a wish for, fear behind, or claim to international protection
// (rule 3). From the first word until it has ended, the door to the country of
// origin's authorities is closed.
type Protection struct {
	Since  time.Time
	Stages []ProtectionStage
}

// ProtectionStage is a step of the claim.
type ProtectionStage struct {
	At    time.Time
	Kind  ProtectionKind
	Fears string // countries of feared return, two letters each
	Note  string
}

// ProtectionKind is where the claim stands.
type ProtectionKind string

func (ProtectionKind) Options() []input.Option {
	return []input.Option{{Value: "wish", Label: "A wish was said"}, {Value: "fear", Label: "A fear of return was said"},
		{Value: "claim", Label: "A claim was made"}, {Value: "appeal", Label: "An appeal is running"},
		{Value: "granted", Label: "Protection was granted"}, {Value: "ended", Label: "It ended for good, and neither the person nor family fears return any longer"}}
}

// SeekProtection records it.
type SeekProtection struct {
	Kind  ProtectionKind `label:"What is recorded"`
	Fears string         `label:"Countries to which the person fears to return" hint:"Two letters each, such as NG GH. Nothing of the case goes to their authorities, nor to those of the person's nationalities." optional:"true"`
	Note  string         `label:"In the person's words, shortly" kind:"textarea" optional:"true"`
}

func (s *SeekProtection) Possible(c *Case, _ Work) error { return c.open() }

func (s *SeekProtection) Apply(c *Case, w Work) error {
	fears, err := countryCodes("fears", s.Fears)
	if err != nil {
		return err
	}
	if c.Protection.Since.IsZero() {
		c.Protection.Since = w.Now
	}
	c.Protection.Stages = append(c.Protection.Stages, ProtectionStage{At: w.Now, Kind: s.Kind, Fears: fears, Note: s.Note})
	return nil // what authorities of origin had ends with the step: fence.close
}

// Closure ends the work on a case; it can be reopened at any time.
type Closure struct {
	At     time.Time
	By     ident.ID
	Reason CloseReason
	Note   string
}

// CloseReason says why. Not taking part in a proceeding is not a reason (rule 1).
type CloseReason string

func (CloseReason) Options() []input.Option {
	return []input.Option{{Value: "inclusion", Label: "The person lives independently and wants no more help"},
		{Value: "wish", Label: "The person wishes it"}, {Value: "transferred", Label: "Another organisation took over"},
		{Value: "not_a_victim", Label: "Not a victim of trafficking, and referred to other help"},
		{Value: "lost", Label: "Contact was lost, and a search had no result"}, {Value: "died", Label: "The person has died"}}
}

// Close closes the case.
type Close struct {
	Reason   CloseReason `label:"Why the case is closed"`
	Note     string      `label:"What was agreed, and whom the person can turn to" kind:"textarea"`
	Informed bool        `label:"The person knows that it can be reopened at any time"`
}

func (s *Close) Possible(c *Case, w Work) error {
	if err := c.open(); err != nil {
		return err
	}
	if c.Identification.Recovery.Running(w.Now) {
		return fault.Conflict("The recovery period is running until %s.", c.Identification.Recovery.End.Format(time.DateOnly))
	}
	if r := c.Identification.Referral; r != nil && len(c.Identification.Decisions) == 0 {
		return fault.Conflict("The competent authority has not decided yet.")
	}
	if c.Identification.openReview() != nil {
		return fault.Conflict("A review is running.")
	}
	if c.missing() != nil {
		return fault.Conflict("The person is reported missing.")
	}
	return nil
}

func (s *Close) Apply(c *Case, w Work) error {
	c.Closed = &Closure{At: w.Now, By: w.By.Member, Reason: s.Reason, Note: s.Note}
	c.happened("closed", w.Now)
	return nil
}

// Reopen opens it again.
type Reopen struct {
	Reason string `label:"What has changed" kind:"textarea"`
}

func (s *Reopen) Possible(c *Case, _ Work) error {
	if c.Closed == nil {
		return fault.Conflict("The case is open.")
	}
	return nil
}

func (s *Reopen) Apply(c *Case, w Work) error {
	c.Closed, c.Erasure = nil, nil
	c.happened("reopened", w.Now)
	return nil
}
