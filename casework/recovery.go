package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
)

// Recovery is the reflection and recovery period (row 7i; CETS 197 art. 13).
// Within it nobody is removed, and nothing depends on cooperation.
type Recovery struct {
	Start      time.Time
	End        time.Time
	Basis      string // the source of its length, or that the State has none and the Council of Europe's minimum is used
	Extensions []Extension
	Proposals  []EarlyEnd
}

// Extension of the recovery period.
type Extension struct {
	At      time.Time
	To      time.Time
	Reasons string
}

// EarlyEnd is the proposal to end the period early, and its answer: for a
// listed reason, in writing, open to appeal, by someone other than who asked (rule 5).
type EarlyEnd struct {
	At         time.Time
	ProposedBy ident.ID
	Ground     string
	Reasons    string
	DecidedAt  time.Time
	DecidedBy  ident.ID
	Ended      bool
	Was        time.Time // the last day before it ended
	Decision   string
}

func (c *Case) startRecovery(w Work) {
	period, basis, known := w.Profile.RecoveryMinimum(w.Now)
	r := &Recovery{Start: w.Now}
	if known {
		r.End, r.Basis = w.Profile.Add(period, w.Now), basis.Citation()
	} else {
		r.End, r.Basis = w.Now.AddDate(0, 0, 30), "This State's own period is not known: thirty days are used."
	}
	c.Identification.Recovery = r
	c.happened("recovery_start", w.Now)
}

// Running reports whether the person is in the recovery period.
func (r *Recovery) Running(now time.Time) bool { return r != nil && now.Before(r.End) }

// ExtendRecovery lengthens the period.
type ExtendRecovery struct {
	Until   string `label:"New last day" kind:"date"`
	Reasons string `label:"Reasons" kind:"textarea"`
}

func (s *ExtendRecovery) Possible(c *Case, w Work) error {
	if c.Identification.Recovery == nil {
		return fault.Conflict("There is no recovery period yet.")
	}
	return c.open()
}

func (s *ExtendRecovery) Apply(c *Case, w Work) error {
	until, err := time.ParseInLocation(time.DateOnly, s.Until, w.Profile.Location())
	if err != nil {
		return fault.Invalid("until", "Write a date.")
	}
	r := c.Identification.Recovery
	end := until.AddDate(0, 0, 1)
	if !end.After(r.End) {
		return fault.Invalid("until", "The new last day must be after the present one, %s.", r.End.Format(time.DateOnly))
	}
	r.Extensions = append(r.Extensions, Extension{At: w.Now, To: end, Reasons: s.Reasons})
	r.End = end
	return nil
}

// ProposeEarlyEnd asks to end the period early. Nothing ends by asking.
type ProposeEarlyEnd struct {
	Ground  string `label:"Listed reason" hint:"One of the reasons that the law of the State lists."`
	Reasons string `label:"Why it applies to this person" kind:"textarea"`
}

func (s *ProposeEarlyEnd) Possible(c *Case, w Work) error {
	if !c.Identification.Recovery.Running(w.Now) {
		return fault.Conflict("No recovery period is running.")
	}
	if len(w.Profile.EarlyEndGrounds()) == 0 {
		return fault.Conflict("No reason for an early end is known in this State: the period runs to its end.")
	}
	if c.openProposal() != nil {
		return fault.Conflict("A proposal waits for a decision.")
	}
	return c.open()
}

func (s *ProposeEarlyEnd) Apply(c *Case, w Work) error {
	for _, g := range w.Profile.EarlyEndGrounds() {
		if g.Key == s.Ground || g.Text == s.Ground {
			r := c.Identification.Recovery
			r.Proposals = append(r.Proposals, EarlyEnd{At: w.Now, ProposedBy: w.By.Member, Ground: g.Text, Reasons: s.Reasons})
			return nil
		}
	}
	return fault.Invalid("ground", "This is not a reason that the law of the State lists.")
}

// earlyEnd is the stage of the decision that ends the period early; like any
// negative decision the person may ask to have it reviewed.
const earlyEnd = "recovery"

// restore gives the period back after a review.
func (r *Recovery) restore() {
	if p := &r.Proposals[len(r.Proposals)-1]; p.Ended {
		r.End, p.Ended = p.Was, false
	}
}

func (c *Case) openProposal() *EarlyEnd {
	r := c.Identification.Recovery
	if r == nil || len(r.Proposals) == 0 {
		return nil
	}
	if last := &r.Proposals[len(r.Proposals)-1]; last.DecidedAt.IsZero() {
		return last
	}
	return nil
}

// DecideEarlyEnd answers the proposal; never the person who proposed it.
type DecideEarlyEnd struct {
	End      Answer `label:"Does the recovery period end?"`
	Decision string `label:"Individual reasons" kind:"textarea" hint:"The person gets this in writing, with how to appeal."`
	Appeal   bool   `label:"The person was told in writing, and how to appeal"`
}

func (s *DecideEarlyEnd) Possible(c *Case, w Work) error {
	p := c.openProposal()
	if p == nil {
		return fault.Conflict("No early end is proposed.")
	}
	if p.ProposedBy == w.By.Member {
		return fault.Conflict("You proposed it; somebody else decides.")
	}
	return nil
}

// Proposal is the listed reason that was given, and why it would apply.
func (s *DecideEarlyEnd) Proposal(c *Case, _ Work) Entry {
	p := c.openProposal()
	return entry("Early end of the recovery period proposed", p.At, p.ProposedBy, &ProposeEarlyEnd{Ground: p.Ground, Reasons: p.Reasons})
}

func (s *DecideEarlyEnd) Apply(c *Case, w Work) error {
	if s.End == Yes && !s.Appeal {
		return fault.Invalid("appeal", "Without a written, appealable decision the period does not end.")
	}
	p := c.openProposal()
	p.DecidedAt, p.DecidedBy, p.Decision, p.Ended = w.Now, w.By.Member, s.Decision, s.End == Yes
	if p.Ended {
		p.Was, c.Identification.Recovery.End = c.Identification.Recovery.End, w.Now
		c.Identification.Decisions = append(c.Identification.Decisions,
			Decision{Stage: earlyEnd, At: w.Now, By: w.By.Member, Reasons: s.Decision, Told: true})
		c.happened("recovery_end", w.Now)
		c.happened("negative_decision", w.Now)
	}
	return nil
}
