package reading

import (
	"palermo/access"
	"palermo/record"
)

// What one may do; policies.cedar says who.
const (
	ActKeep    access.Action = "do:keep_text" // begin a reading, freeze, group, move
	ActPropose access.Action = "do:propose"   // also sponsor, and withdraw one's own
	ActChair   access.Action = "do:chair"     // say what became of a proposal, lead the reading
	actCreate  access.Action = "create"       //
)

// View, ProposalView and NonPaperView are what may be shown.
type (
	View         struct{ Reading }
	ProposalView struct{ Proposal }
	NonPaperView struct{ NonPaper }
)

// everyone is all members of the node: a rolling text is before all delegations.
func everyone() []access.Relation {
	return access.ForEveryone(access.Member, access.Secretariat, access.Chair, access.Delegate, access.Observer, access.Auditor)
}

func readings() *record.Kind[Reading, View] {
	return &record.Kind[Reading, View]{Name: "reading", Schema: 1,
		Index: func(r *Reading) record.Index {
			return record.Index{State: "open", Sort: r.Began, Relations: everyone()}
		},
		Redact: func(r *Reading, d access.Decision) View {
			if !d.Sees(access.Summary) {
				return View{}
			}
			return View{*r}
		},
	}
}

func proposals() *record.Kind[Proposal, ProposalView] {
	return &record.Kind[Proposal, ProposalView]{Name: "proposal", Schema: 1,
		Index: func(p *Proposal) record.Index {
			x := record.Index{State: "open", Sort: p.At, Relations: everyone(), Words: []string{of(p.Reading, p.Shown())}}
			if p.Outcome != "" {
				x.State = "decided"
			}
			return x
		},
		Redact: func(p *Proposal, d access.Decision) ProposalView {
			if !d.Sees(access.Summary) {
				return ProposalView{}
			}
			return ProposalView{*p}
		},
	}
}

func nonPapers() *record.Kind[NonPaper, NonPaperView] {
	return &record.Kind[NonPaper, NonPaperView]{Name: "non_paper", Schema: 1,
		Index: func(p *NonPaper) record.Index {
			return record.Index{State: "frozen", Sort: p.Status, Relations: everyone(), Words: []string{"reading:" + p.Reading.String()}}
		},
		Redact: func(p *NonPaper, d access.Decision) NonPaperView {
			if !d.Sees(access.Summary) {
				return NonPaperView{}
			}
			return NonPaperView{*p}
		},
	}
}

// of is the term by which the proposals at a question are found.
func of(r ID, key string) string { return "question:" + r.String() + ":" + key }

// happened is a note for the journal; what was written stays in the record.
type happened struct {
	What string
	Key  string
}

// Event names it.
func (n happened) Event() string { return n.What }
