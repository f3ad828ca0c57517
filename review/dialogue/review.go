package dialogue

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// Review is the review of one State: a dialogue of the reviewers drawn for it
// with its focal point, that ends in one list of observations and a summary.
type Review struct {
	record.Base
	State        string // two letters
	Reviewers    []ident.ID
	Began        time.Time
	Answered     time.Time // the answers to the questionnaire were received
	Feedback     []Feedback
	Observations []Observation
	Summary      string
	Closed       time.Time
}

// Feedback is what a reviewer writes back on the answers.
type Feedback struct {
	At     time.Time
	By     ident.ID // the organisation
	Fields GiveFeedback
}

// Observation is one entry of the list.
type Observation struct {
	ID     ident.ID
	At     time.Time
	By     ident.ID
	Fields Observe
	Agreed time.Time // by the focal point of the State under review
}

// AnswersDue and FeedbackDue are the deadlines of the mechanism: six months from
// the start for the answers, six from their receipt for the feedback.
func (r *Review) AnswersDue() time.Time { return r.Began.AddDate(0, 6, 0) }

// FeedbackDue is zero until the answers are there.
func (r *Review) FeedbackDue() time.Time {
	if r.Answered.IsZero() {
		return time.Time{}
	}
	return r.Answered.AddDate(0, 6, 0)
}

// reviews reports that an organisation is one of the reviewers.
func (r *Review) reviews(organisation ident.ID) bool {
	return slices.Contains(r.Reviewers, organisation)
}

// Act is one step of a review. Its labelled fields are the form.
type Act interface {
	action() access.Action
	event() string // in the journal
	apply(r *Review, tx *record.Tx) error
}

// The actions; policies.cedar says who does them. A reviewer's own acts say that they are a reviewer's.
const (
	ActReview access.Action = "do:review"
	ActLead   access.Action = "do:lead_review"
)

// mostReviewers is how many States review one, over all instruments.
const mostReviewers = 4

// NameReviewer adds an organisation that the draw gave.
type NameReviewer struct {
	Reviewer ident.ID `label:"Organisation that reviews" kind:"organisation" hint:"As the draw gave it."`
}

func (*NameReviewer) action() access.Action { return ActLead }
func (*NameReviewer) event() string         { return "reviewer_named" }

func (s *NameReviewer) apply(r *Review, _ *record.Tx) error {
	switch {
	case r.reviews(s.Reviewer):
		return fault.Invalid("reviewer", "This organisation is a reviewer already.")
	case len(r.Reviewers) == mostReviewers:
		return fault.Conflict("At most four States review one.")
	}
	r.Reviewers = append(slices.Clone(r.Reviewers), s.Reviewer)
	return nil
}

// Receive says that the State's answers are there.
type Receive struct{}

func (*Receive) action() access.Action { return ActLead }
func (*Receive) event() string         { return "answers_received" }

func (*Receive) apply(r *Review, tx *record.Tx) error {
	if !r.Answered.IsZero() {
		return fault.Conflict("The answers were received already.")
	}
	r.Answered = tx.Now()
	return nil
}

// GiveFeedback is a reviewer's word on the answers.
type GiveFeedback struct {
	Text   string `label:"Feedback on the answers" kind:"textarea" hint:"No person, no case."`
	Asks   string `label:"What should be explained" kind:"textarea" optional:"true"`
	Nobody bool   `label:"It names no person, and tells nothing from which a person could be known"`
}

func (*GiveFeedback) action() access.Action { return ActReview }
func (*GiveFeedback) event() string         { return "feedback_given" }

func (s *GiveFeedback) apply(r *Review, tx *record.Tx) error {
	if err := r.reviewer(tx); err != nil {
		return err
	}
	if r.Answered.IsZero() {
		return fault.Conflict("The answers are not there yet.")
	}
	if err := named(s.Nobody, map[string]string{"text": s.Text, "asks": s.Asks}); err != nil {
		return err
	}
	r.Feedback = append(slices.Clone(r.Feedback), Feedback{At: tx.Now(), By: tx.Viewer().Organisation, Fields: *s})
	return nil
}

// ObservationKind is what an observation is: the four of the mechanism's list.
type ObservationKind string

// Options lists them.
func (ObservationKind) Options() []input.Option {
	return []input.Option{{Value: "gap", Label: "Gap or challenge"}, {Value: "practice", Label: "Good practice"},
		{Value: "suggestion", Label: "Suggestion"}, {Value: "assistance", Label: "Need for technical assistance"}}
}

// Label names it to a person, in English.
func (k ObservationKind) Label() string { return input.Label(k) }

// Observe adds an observation to the list.
type Observe struct {
	Kind         ObservationKind `label:"Kind of observation"`
	Text         string          `label:"Observation" kind:"textarea" hint:"No person, no case."`
	Article      string          `label:"Article" optional:"true"`
	Confidential bool            `label:"It is confidential" hint:"Read by the reviewers and the focal point alone."`
	Nobody       bool            `label:"It names no person, and tells nothing from which a person could be known"`
}

func (*Observe) action() access.Action { return ActReview }
func (*Observe) event() string         { return "observation_made" }

func (s *Observe) apply(r *Review, tx *record.Tx) error {
	if err := r.reviewer(tx); err != nil {
		return err
	}
	if err := input.Listed("kind", s.Kind); err != nil {
		return err
	}
	if err := named(s.Nobody, map[string]string{"text": s.Text, "article": s.Article}); err != nil {
		return err
	}
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	r.Observations = append(slices.Clone(r.Observations), Observation{ID: id, At: tx.Now(), By: tx.Viewer().Organisation, Fields: *s})
	return nil
}

// Agree is the word of the State under review on one observation: there is one list, and both sides stand by it.
type Agree struct {
	ID ident.ID `label:"Observation" kind:"service"`
}

func (*Agree) action() access.Action { return ActLead }
func (*Agree) event() string         { return "observation_agreed" }

func (s *Agree) apply(r *Review, tx *record.Tx) error {
	r.Observations = slices.Clone(r.Observations)
	for i := range r.Observations {
		if o := &r.Observations[i]; o.ID == s.ID && o.Agreed.IsZero() {
			o.Agreed = tx.Now()
			return nil
		}
	}
	return fault.NotFound("There is no such observation that waits.")
}

// Withdraw takes an observation back that is not agreed: its own reviewer does.
type Withdraw struct {
	ID ident.ID `label:"Observation" kind:"service"`
}

func (*Withdraw) action() access.Action { return ActReview }
func (*Withdraw) event() string         { return "observation_withdrawn" }

func (s *Withdraw) apply(r *Review, tx *record.Tx) error {
	i := slices.IndexFunc(r.Observations, func(o Observation) bool {
		return o.ID == s.ID && o.Agreed.IsZero() && o.By == tx.Viewer().Organisation
	})
	if i < 0 {
		return fault.NotFound("There is no such observation that waits.")
	}
	r.Observations = slices.Delete(slices.Clone(r.Observations), i, i+1)
	return nil
}

// Close ends the review with its summary. What is confidential stays so.
type Close struct {
	Summary string `label:"Summary" kind:"textarea" hint:"Everybody at this node reads it."`
	Nobody  bool   `label:"It names no person, and tells nothing from which a person could be known"`
}

func (*Close) action() access.Action { return ActLead }
func (*Close) event() string         { return "review_closed" }

func (s *Close) apply(r *Review, tx *record.Tx) error {
	switch {
	case len(r.Feedback) == 0:
		return fault.Conflict("No reviewer has given feedback yet.")
	case slices.ContainsFunc(r.Observations, func(o Observation) bool { return o.Agreed.IsZero() }):
		return fault.Conflict("An observation waits: it is agreed, or withdrawn by who made it.")
	}
	if err := named(s.Nobody, map[string]string{"summary": s.Summary}); err != nil {
		return err
	}
	r.Summary, r.Closed = s.Summary, tx.Now()
	return nil
}

// reviewer refuses who was not drawn.
func (r *Review) reviewer(tx *record.Tx) error {
	if !r.reviews(tx.Viewer().Organisation) {
		return fault.Denied("The reviewers of this State do this.")
	}
	return nil
}

// reachable are traces of somebody: an e-mail address, a telephone number.
var reachable = regexp.MustCompile(`\S@\S+\.\S|\+\d[\d ()/-]{7,}\d`)

// named refuses words that could tell of a person, words that are missing, and too many.
func named(nobody bool, texts map[string]string) error {
	var errs []error
	for field, text := range texts {
		if len([]rune(text)) > 8000 {
			errs = append(errs, fault.Invalid(field, "This is too long: keep it under %d characters.", 8000))
		}
		if reachable.MatchString(text) {
			errs = append(errs, fault.Invalid(field, "This has an e-mail address or a telephone number in it. Take it out."))
		}
		if strings.TrimSpace(text) == "" && (field == "text" || field == "summary") {
			errs = append(errs, fault.Invalid(field, "This is needed."))
		}
	}
	if !nobody {
		errs = append(errs, fault.Invalid("nobody", "Take out what could tell who somebody is, then tick this."))
	}
	return fault.All(errs...)
}
