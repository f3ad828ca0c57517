package answer

import (
	"net/url"
	"regexp"
	"strings"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
	"palermo/statistics"
)

// Act is something done to the reply to one question. Its labelled fields are the form.
type Act interface {
	// action is what policies.cedar decides on.
	action() access.Action
	apply(r *Reply, tx *record.Tx) error
}

// The actions; policies.cedar says who does them.
const (
	ActDraft access.Action = "do:draft" // one's own organisation's questions: Draft.apply says so
	ActClear access.Action = "do:clear" // all that the focal point does
)

// Choice is yes or no.
type Choice string

// Options lists them.
func (Choice) Options() []input.Option {
	return []input.Option{{Value: "yes", Label: "Yes"}, {Value: "no", Label: "No"}}
}

// Share gives a question to an organisation to draft.
type Share struct {
	By ident.ID `label:"Who drafts the answer" kind:"organisation" hint:"Empty: the focal point." optional:"true"`
}

func (*Share) action() access.Action { return ActClear }

func (s *Share) apply(r *Reply, _ *record.Tx) error {
	if r.Status == Cleared {
		return errCleared
	}
	r.By = s.By
	return nil
}

// Draft is an answer in the pattern of the questionnaire: yes or no, then what explains it.
type Draft struct {
	Answer     Choice `label:"Answer"`
	Explain    string `label:"Explanation" kind:"textarea" hint:"If no, why. If yes, in what way. No person, no case."`
	Provisions string `label:"Laws and provisions" kind:"textarea" hint:"Each with its article." optional:"true"`
	Links      string `label:"Links" kind:"textarea" hint:"One address a line. Nothing is attached: what is long stands elsewhere." optional:"true"`
	Need       string `label:"Technical assistance that is needed" kind:"textarea" optional:"true"`
	Nobody     bool   `label:"It names no person, and tells nothing from which a person could be known"`
	Ready      bool   `label:"It is ready for clearance"`
}

func (*Draft) action() access.Action { return ActDraft }

func (s *Draft) apply(r *Reply, tx *record.Tx) error {
	v := tx.Viewer()
	switch {
	case r.Status == Cleared:
		return errCleared
	case !v.Has(access.FocalPoint) && (r.By.IsZero() || r.By != v.Organisation):
		return fault.Denied("Another organisation drafts the answer to this question.")
	}
	if err := s.check(); err != nil {
		return err
	}
	r.Draft, r.Written, r.Status, r.Carried = *s, tx.Now(), Drafted, 0
	if s.Ready {
		r.Status = Ready
	}
	return nil
}

// reachable are traces of somebody: an e-mail address, a telephone number.
var reachable = regexp.MustCompile(`\S@\S+\.\S|\+\d[\d ()/-]{7,}\d`)

func (s *Draft) check() error {
	var errs []error
	for field, text := range map[string]string{"explain": s.Explain, "provisions": s.Provisions, "links": s.Links, "need": s.Need} {
		if len([]rune(text)) > 8000 {
			errs = append(errs, fault.Invalid(field, "This is too long: keep it under %d characters.", 8000))
		}
		if reachable.MatchString(text) {
			errs = append(errs, fault.Invalid(field, "This has an e-mail address or a telephone number in it. Take it out."))
		}
	}
	if s.Answer != "yes" && s.Answer != "no" {
		errs = append(errs, fault.Invalid("answer", "Choose one of the answers."))
	}
	if strings.TrimSpace(s.Explain) == "" {
		errs = append(errs, fault.Invalid("explain", "This is needed."))
	}
	for _, link := range s.Addresses() {
		if u, err := url.Parse(link); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
			errs = append(errs, fault.Invalid("links", "Each line is an address that begins with https:// or http://."))
			break
		}
	}
	if !s.Nobody {
		errs = append(errs, fault.Invalid("nobody", "Take out what could tell who somebody is, then tick this."))
	}
	return fault.All(errs...)
}

// Addresses are the links, one by one.
func (s *Draft) Addresses() []string {
	var list []string
	for line := range strings.Lines(s.Links) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

// Clear takes a reply into the answers of the State.
type Clear struct {
	Public bool `label:"It may be made public" hint:"The State chooses, question by question. It can be changed later."`
}

func (*Clear) action() access.Action { return ActClear }

func (s *Clear) apply(r *Reply, _ *record.Tx) error {
	if r.Status != Ready && r.Status != Drafted {
		return fault.Conflict("There is no draft to clear.")
	}
	if err := r.Draft.check(); err != nil {
		return fault.Conflict("The draft is not complete. Return it.")
	}
	r.Status, r.Public, r.Returned = Cleared, s.Public, ""
	return nil
}

// Return gives a reply back to who drafted it.
type Return struct {
	Why string `label:"What should be different" kind:"textarea"`
}

func (*Return) action() access.Action { return ActClear }

func (s *Return) apply(r *Reply, _ *record.Tx) error {
	if r.Status == Empty || r.Status == Back {
		return fault.Conflict("There is no draft to return.")
	}
	r.Status, r.Returned, r.Draft.Ready, r.Public = Back, s.Why, false, false
	return nil
}

// Publish changes whether a reply may be public: the State's choice, before and after it is submitted.
type Publish struct {
	Public bool `label:"It may be made public" hint:"The State chooses, question by question. It can be changed later."`
}

func (*Publish) action() access.Action { return ActClear }

func (s *Publish) apply(r *Reply, _ *record.Tx) error {
	if r.Status != Cleared {
		return fault.Conflict("The answer is not cleared.")
	}
	r.Public = s.Public
	return nil
}

// attach adds a figure; what it rests on was looked up before.
type attach struct{ figure statistics.View }

func (*attach) action() access.Action { return ActClear }

func (s *attach) apply(r *Reply, tx *record.Tx) error {
	f := s.figure
	for _, e := range r.Evidence {
		if e.Signed == f.Signed {
			return fault.Conflict("This figure is attached already.")
		}
	}
	id, err := tx.NewID()
	if err != nil {
		return err
	}
	r.Evidence = append(r.Evidence, Evidence{ID: id, At: tx.Now(), Released: f.Released, Signed: f.Signed})
	return nil
}

// Detach takes a figure away again.
type Detach struct {
	ID ident.ID `label:"Figure" kind:"service"`
}

func (*Detach) action() access.Action { return ActClear }

func (s *Detach) apply(r *Reply, _ *record.Tx) error {
	for i, e := range r.Evidence {
		if e.ID == s.ID {
			r.Evidence = append(r.Evidence[:i:i], r.Evidence[i+1:]...)
			return nil
		}
	}
	return fault.NotFound("There is no such figure.")
}

var errCleared = fault.Conflict("The answer is cleared. It is returned before it can change.")
