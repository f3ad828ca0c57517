package casework

import (
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/form"
	"palermo/ident"
)

// FilledForm is a questionnaire with its answers: an indicator set, or the
// intake form. A result shows which answers led to it, and decides nothing.
type FilledForm struct {
	ID      ident.ID
	At      time.Time
	By      ident.ID
	Set     string // of form.Sets
	Title   string
	Answers form.Answers
	Lines   []Line // as they were asked and answered
	Result  *form.Scored
	// Instance is the telephone's own name for these answers; "" for what was filled in on a page.
	Instance string `json:",omitempty"`
}

// Line is a question with its answer, in the words that were shown.
type Line struct{ Label, Answer string }

// FillForm keeps a questionnaire's answers. It is asked on a page of its own.
type FillForm struct {
	Set      string
	Language string
	Answers  form.Answers
	Instance string `json:",omitempty"` // of a submission
}

func (s *FillForm) Possible(c *Case, _ Work) error {
	if c.keeps(s.Instance) {
		return errKept
	}
	return c.open()
}

func (s *FillForm) Apply(c *Case, w Work) error {
	definition, err := w.Forms.Open(s.Set)
	if err != nil {
		return err
	}
	env := form.Env{Now: w.Now, Language: s.Language}
	state := form.Run(definition, s.Answers, env)
	for _, m := range state.Problems() {
		return fault.Invalid(m.Path, "%s", m.Reason)
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	filled := FilledForm{ID: id, At: w.Now, By: w.By.Member, Set: s.Set, Title: definition.Title, Answers: state.Clean(), Lines: lines(state), Instance: s.Instance}
	for _, set := range w.Forms.Sets() {
		if set.Name == s.Set && set.Indicator {
			filled.Result = form.Score(definition, filled.Answers, env)
			c.happened("screened", w.Now)
		}
	}
	if len(filled.Lines) == 0 {
		return fault.Invalid("", "Nothing was answered.")
	}
	c.Forms = append(c.Forms, filled)
	return nil
}

func lines(state *form.State) []Line {
	var list []Line
	for f := range state.All() {
		if f.Kind != form.KindQuestion || !f.Visible || f.Value == "" {
			continue
		}
		answer := f.Value
		if len(f.Options) > 0 {
			answer = ""
			for _, o := range f.Options {
				if o.Selected {
					answer += o.Label + "\n"
				}
			}
		}
		list = append(list, Line{Label: f.Label, Answer: answer})
	}
	return list
}

// needs are the categories that a questionnaire's answers belong to: the
// intake form asks who the person is and how to reach them.
func (f FilledForm) needs() access.Set {
	if f.Result != nil {
		return access.Of(access.Screening)
	}
	return access.Of(access.Screening, access.Identity, access.Contact)
}
