package questionnaire

import "palermo/document/docx"

// Proposals are the tracked changes that a delegation made in a document of
// this questionnaire, each as a proposal on the words that the delegation had
// before it. What stands on lines other than questions is counted as left.
func (q *Questionnaire) Proposals(d *docx.Document, by string, newKey func() (string, error)) (list []Proposal, left int, err error) {
	keys := map[string]string{}
	for i := range q.Questions {
		keys[anchor(q.Questions[i].Key)] = q.Questions[i].Key
	}
	last := ""
	for _, b := range d.Blocks {
		p, ok := b.(*docx.Paragraph)
		if !ok {
			continue
		}
		before, after, change := sides(p)
		key := keys[p.Anchor]
		proposal := Proposal{Key: key, Base: before, Text: after, By: by}
		switch {
		case change == nil:
		case key == "" && p.Mark != nil && !p.Mark.Deleted && before == "" && p.Style == docx.Plain && last != "":
			if proposal.Key, err = newKey(); err != nil {
				return nil, 0, err
			}
			proposal.Act, proposal.After, proposal.At = Insert, last, change.At
			list = append(list, proposal)
		case key == "":
			left++
		case after == "":
			proposal.Act, proposal.At = Delete, change.At
			list = append(list, proposal)
		default:
			proposal.Act, proposal.At = Replace, change.At
			list = append(list, proposal)
		}
		if key != "" {
			last = key
		} else if proposal.Act == Insert {
			last = proposal.Key
		}
	}
	return list, left, nil
}

// sides are the words of a paragraph before and after its changes, with the latest of them.
func sides(p *docx.Paragraph) (before, after string, latest *docx.Change) {
	for i := range p.Runs {
		r := &p.Runs[i]
		if r.Change == nil || r.Change.Deleted {
			before += r.Text
		}
		if r.Change == nil || !r.Change.Deleted {
			after += r.Text
		}
		if r.Change != nil && (latest == nil || r.Change.At.After(latest.At)) {
			latest = r.Change
		}
	}
	return before, after, latest
}
