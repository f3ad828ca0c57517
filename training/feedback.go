package training

import (
	"slices"

	"palermo/form"
)

// Answers is what a member made of a case.
type Answers struct {
	Form      form.Answers      // the indicator set
	View      Verdict           //
	Questions map[string]string // key of the answer, by key of the question
}

// Remark is one indicator with what colleagues say about it.
type Remark struct {
	Code  string
	Label string // the indicator, in the reader's language
	Why   string // empty where nothing is to be said
}

// Feedback is a member's answers beside what experienced colleagues saw.
type Feedback struct {
	Both     []Remark // seen by the member and by colleagues
	Missed   []Remark // seen by colleagues alone
	Arguable []Remark // ticked by the member, and one may see it so
	Beyond   []Remark // ticked by the member, and the text does not say it
	ViewOK   bool
	Replies  []Reply
	Passed   bool
}

// Reply is a question with the answer that the member chose, and why colleagues agree or not.
type Reply struct {
	Question string
	Chosen   string
	Why      string
	Right    bool
}

// beyondAllowed is how many indicators somebody may see that the text does not
// bear out and still pass: nobody passes by ticking everything.
const beyondAllowed = 2

// Feedback sets answers beside what colleagues saw. It is passed when every
// indicator that they saw was seen, nothing was ticked that is said not to be
// there, and the view and all questions are answered as they would.
func (s *Shelf) Feedback(c *Case, a Answers, env form.Env) (Feedback, error) {
	var f Feedback
	denied := false
	if c.Set != "" {
		d, err := s.forms.Open(c.Set)
		if err != nil {
			return f, err
		}
		denied = f.compare(c, form.Score(d, a.Form, env), form.Run(d, form.Answers{}, env))
	}
	f.ViewOK = a.View == c.View
	right := f.reply(c, a.Questions)
	f.Passed = len(f.Missed) == 0 && !denied && len(f.Beyond) <= beyondAllowed && f.ViewOK && right
	return f, nil
}

// compare sorts the indicators; it reports whether one was ticked that colleagues say is not there.
func (f *Feedback) compare(c *Case, scored *form.Scored, blank *form.State) (denied bool) {
	ticked := map[string]bool{}
	for _, p := range scored.Present {
		ticked[p.Code] = true
	}
	for field := range blank.All() {
		if field.Item == nil || field.Item.Indicator == nil || field.Kind != form.KindQuestion {
			continue
		}
		code := field.Item.Indicator.Code
		why, seen := c.Seen[code]
		r := Remark{Code: code, Label: field.Label, Why: why}
		switch {
		case seen && ticked[code]:
			f.Both = append(f.Both, r)
		case seen:
			f.Missed = append(f.Missed, r)
		case ticked[code] && slices.Contains(c.Arguable, code):
			f.Arguable = append(f.Arguable, r)
		case ticked[code]:
			reason, said := c.Unsaid[code]
			denied = denied || said
			r.Why = reason
			f.Beyond = append(f.Beyond, r)
		}
	}
	return denied
}

func (f *Feedback) reply(c *Case, chosen map[string]string) bool {
	all := true
	for _, q := range c.Questions {
		r := Reply{Question: q.Text}
		if a := q.answer(chosen[q.Key]); a != nil {
			r.Chosen, r.Why, r.Right = a.Text, a.Why, a.Right
		}
		all = all && r.Right
		f.Replies = append(f.Replies, r)
	}
	return all
}
