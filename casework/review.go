package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
)

// Review is a decision looked at again (UK: reconsideration).
type Review struct {
	AskedAt   time.Time
	AskedBy   ident.ID
	Stage     string
	Grounds   string
	Late      bool // after the jurisdiction's period; accepted only exceptionally
	DecidedAt time.Time
	DecidedBy ident.ID
	Changed   bool
	Reasons   string
}

// negative gives the last decision if it was negative.
func (i *Identification) negative() *Decision {
	if n := len(i.Decisions); n > 0 && !i.Decisions[n-1].Positive {
		return &i.Decisions[n-1]
	}
	return nil
}

func (i *Identification) openReview() *Review {
	if n := len(i.Reviews); n > 0 && i.Reviews[n-1].DecidedAt.IsZero() {
		return &i.Reviews[n-1]
	}
	return nil
}

// AskReview asks for a negative decision to be looked at again.
type AskReview struct {
	Grounds string `label:"Grounds" kind:"textarea" hint:"New evidence, or why the decision does not follow the guidance."`
}

func (s *AskReview) Possible(c *Case, _ Work) error {
	if c.Identification.negative() == nil {
		return fault.Conflict("There is no negative decision to review.")
	}
	if c.Identification.openReview() != nil {
		return fault.Conflict("A review is already asked for.")
	}
	if c.Identification.Referral == nil {
		return fault.Conflict("The case is not referred.")
	}
	return nil
}

func (s *AskReview) Apply(c *Case, w Work) error {
	d := c.Identification.negative()
	ends, known := w.Profile.ReviewEnds(d.At)
	c.Identification.Reviews = append(c.Identification.Reviews, Review{AskedAt: w.Now, AskedBy: w.By.Member,
		Stage: d.Stage, Grounds: s.Grounds, Late: known && w.Now.After(ends)})
	c.happened("review_requested", w.Now)
	return nil
}

// DecideReview answers; the person who gave the decision does not review it.
type DecideReview struct {
	Positive Answer `label:"Is the decision changed in favour of the person?"`
	Reasons  string `label:"Reasons" kind:"textarea"`
	Told     bool   `label:"The person was told, in a language they understand"`
}

func (s *DecideReview) Possible(c *Case, w Work) error {
	if c.Identification.openReview() == nil {
		return fault.Conflict("No review is asked for.")
	}
	if c.Identification.negative().By == w.By.Member {
		return fault.Conflict("You gave the decision; somebody else reviews it.")
	}
	return nil
}

func (s *DecideReview) Apply(c *Case, w Work) error {
	r := c.Identification.openReview()
	r.DecidedAt, r.DecidedBy, r.Changed, r.Reasons = w.Now, w.By.Member, s.Positive == Yes, s.Reasons
	c.happened("review_decided", w.Now)
	if r.Changed {
		c.decide(r.Stage, true, s.Reasons, s.Told, w)
	}
	return nil
}
