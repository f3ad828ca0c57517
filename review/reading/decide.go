package reading

import (
	"context"
	"slices"
	"strings"

	"palermo/fault"
	"palermo/record"
	"palermo/review/questionnaire"
)

// Decision is what the Chair says of a proposal. Its labelled fields are the form.
type Decision struct {
	Outcome Outcome `label:"What became of it"`
	Text    string  `label:"The words as agreed, where they differ" kind:"textarea" hint:"Leave it empty to take the words as proposed." optional:"true"`
	Remark  string  `label:"Remark" kind:"textarea" optional:"true"`
}

// Decide says what became of a proposal; what is agreed enters the text. Words
// that have changed since the proposal are not overwritten: the Chair gives the
// words as agreed, or it is a conflict. Faults: invalid, denied, conflict, not found.
func (k *Room) Decide(ctx context.Context, d *record.Door, id ProposalID, x Decision, turn int) error {
	return k.on(ctx, d, id, ActChair, func(tx *record.Tx, p *Proposal, r *Reading) error {
		if _, err := r.now(p.Shown(), turn); err != nil {
			return err
		}
		if p.Observer && len(p.With) == 0 && x.Outcome != Withdrawn {
			return fault.Conflict("An observer proposes this. It is decided once a State sponsors it.")
		}
		if err := r.decide(p, x); err != nil {
			return err
		}
		p.Outcome, p.Decided, p.Remark = x.Outcome, tx.Now(), strings.TrimSpace(x.Remark)
		r.closed(p.Shown(), id)
		if x.Outcome != Withdrawn {
			r.turned(p.Shown())
		}
		p.Note(happened{What: "proposal_decided", Key: p.Shown()})
		r.Note(happened{What: "proposal_decided", Key: p.Shown()})
		if p.Act == questionnaire.Delete && r.Text.Find(p.Key) < 0 {
			return k.orphaned(tx, r, p.Key)
		}
		return nil
	})
}

// decide makes the text as an outcome has it.
func (r *Reading) decide(p *Proposal, x Decision) error {
	take := p.Proposal
	i := r.Text.Find(p.Key)
	switch x.Outcome {
	case Agreed, AdReferendum:
		if text := strings.TrimSpace(x.Text); text != "" && (p.Act == questionnaire.Replace || p.Act == questionnaire.Insert) {
			take.Text = text
			if i >= 0 {
				take.Base = r.Text.Questions[i].Text
			}
		}
		return r.take(&take, questionnaire.Status(x.Outcome))
	case Bracketed:
		switch {
		case p.Act == questionnaire.Move:
			return fault.Invalid("outcome", "A move has no words to put in square brackets.")
		case p.Act == questionnaire.Insert:
			take.Text = questionnaire.Bracketed("", take.Text)
		default:
			take.Text, take.Act = questionnaire.Bracketed(p.Proposal.Base, p.Text), questionnaire.Replace
		}
		return r.take(&take, questionnaire.Open)
	case NoConsensus:
		if i >= 0 {
			r.Text.Questions = slices.Clone(r.Text.Questions)
			r.Text.Questions[i].Status = questionnaire.NoConsensus
		}
	case Withdrawn:
	default:
		return fault.Invalid("outcome", "Choose one of the answers.")
	}
	return nil
}

// take lets a proposal into the text. Where the reading stands at a question that goes, it goes on with the next.
func (r *Reading) take(p *questionnaire.Proposal, s questionnaire.Status) error {
	at := r.Text.Find(r.Text.Resume)
	if err := r.Text.Accept(p); err != nil {
		return err
	}
	if i := r.Text.Find(p.Key); i >= 0 {
		r.Text.Questions[i].Status = s
	}
	if r.Text.Find(r.Text.Resume) < 0 {
		r.Text.Resume = ""
		if n := len(r.Text.Questions); n > 0 {
			r.Text.Resume = r.Text.Questions[min(max(at, 0), n-1)].Key
		}
	}
	return nil
}

// orphaned sees to the proposals at a question that was deleted: those on its
// words lapse, those for a new question after it stand after the first one.
func (k *Room) orphaned(tx *record.Tx, r *Reading, key string) error {
	for _, id := range slices.Clone(r.Open[key]) {
		p, err := record.Open(tx, k.Proposals, id)
		if err != nil {
			return err
		}
		r.closed(key, id)
		if p.Act == questionnaire.Insert && len(r.Text.Questions) > 0 {
			p.After = r.Text.Questions[0].Key
			r.opened(p.After, id)
			p.Note(happened{What: "proposal_moved", Key: key})
			continue
		}
		p.Outcome, p.Decided = Lapsed, tx.Now()
		p.Note(happened{What: "proposal_lapsed", Key: key})
	}
	return nil
}

// Settling is what the Chair says of a question itself.
type Settling struct {
	Status questionnaire.Status `label:"How the question stands"`
}

// Settle says how a question stands. What has open proposals is not agreed. Faults: invalid, denied, conflict, not found.
func (k *Room) Settle(ctx context.Context, d *record.Door, id ID, key string, s questionnaire.Status, turn int) error {
	return k.change(ctx, d, id, ActChair, func(_ *record.Tx, r *Reading) error {
		x, err := r.now(key, turn)
		if err != nil {
			return err
		}
		agreed := s == questionnaire.Agreed || s == questionnaire.AdReferendum
		switch {
		case !slices.Contains([]questionnaire.Status{questionnaire.Open, questionnaire.Agreed, questionnaire.AdReferendum, questionnaire.NoConsensus}, s):
			return fault.Invalid("status", "Choose one of the answers.")
		case agreed && len(r.Open[key]) > 0:
			return fault.Invalid("status", "There are proposals to decide on first.")
		case agreed && strings.ContainsAny(x.Text, "[]"):
			return fault.Invalid("status", "There are words in square brackets.")
		}
		r.Text.Questions = slices.Clone(r.Text.Questions)
		r.Text.Questions[r.Text.Find(key)].Status = s
		r.turned(key)
		r.Note(happened{What: "question_settled", Key: key})
		return nil
	})
}

// TakeUp goes on with the reading at a question, where it also resumes. Faults: denied, not found.
func (k *Room) TakeUp(ctx context.Context, d *record.Door, id ID, key string) error {
	return k.change(ctx, d, id, ActChair, func(_ *record.Tx, r *Reading) error {
		if _, err := r.Question(key); err != nil {
			return err
		}
		r.Text.Resume = key
		r.Note(happened{What: "question_taken_up", Key: key})
		return nil
	})
}

// Again begins the next reading at the first question. Faults: denied, conflict, not found.
func (k *Room) Again(ctx context.Context, d *record.Door, id ID) error {
	return k.change(ctx, d, id, ActChair, func(_ *record.Tx, r *Reading) error {
		if len(r.Text.Questions) == 0 {
			return fault.Conflict("It has no question.")
		}
		r.Number, r.Text.Resume = r.Number+1, r.Text.Questions[0].Key
		r.Note(happened{What: "reading_begun_again"})
		return nil
	})
}
