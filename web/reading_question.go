package web

import (
	"net/http"
	"strconv"
	"strings"

	"palermo/access"
	"palermo/record"
	"palermo/review/questionnaire"
	"palermo/review/reading"
	"palermo/web/ui"
)

// proposalCard is a proposal as the page of a question has it.
type proposalCard struct {
	Title   string
	Tag     *ui.Tag
	Facts   ui.SummaryList
	Pieces  []piece
	Stale   bool
	Now     []piece // against the words that stand now
	Buttons ui.ButtonGroup
}

// together is a stretch of all proposals put together.
type together struct {
	Text     string
	Versions []questionnaire.Alternative
}

type questionReadPage struct {
	ui.Page
	Words     []piece
	Facts     ui.SummaryList
	Steps     ui.Steps
	Together  []together
	Proposals []proposalCard
	Decided   []proposalCard
	Around    ui.Pages
}

// readQuestion is one question with what is proposed at it.
func (s *Server) readQuestion(v *visit) error {
	seen, err := v.readingAt()
	if err != nil {
		return err
	}
	r, key := seen.Value(), v.r.PathValue("key")
	x, err := r.Question(key)
	if err != nil {
		return err
	}
	list, err := s.Readings.At(v.r.Context(), v.door, reading.ID(seen.ID()), key)
	if err != nil {
		return err
	}
	page := questionReadPage{Page: v.frame("Question"), Words: []piece{{Text: x.Text}}}
	page.Back = &ui.Link{Text: v.loc.T("Questionnaire"), Href: "/readings/" + seen.ID().String()}
	page.Facts = v.questionFacts(&r.Reading, x)
	page.Steps = v.questionSteps(seen, key)
	page.Together = putTogether(x.Text, list)
	for i, p := range list {
		card := v.proposalCard(&r.Reading, p, i+1)
		if p.Value().Outcome == "" {
			page.Proposals = append(page.Proposals, card)
		} else {
			page.Decided = append(page.Decided, card)
		}
	}
	page.Around = v.around(&r.Reading, key)
	return v.show(http.StatusOK, "reading-question", page)
}

func (v *visit) questionFacts(r *reading.Reading, x *questionnaire.Question) ui.SummaryList {
	f := facts{v: v}
	f.add("Number", r.Text.Number(x.Key))
	f.rows = append(f.rows, ui.Row{Key: v.loc.T("State"), Tag: v.questionTag(x.Status)})
	f.add("Obligation", v.loc.T(x.Obligation.Label()))
	if x.Article != "" {
		f.rows = append(f.rows, ui.Row{Key: v.loc.T("Article"), Value: x.Article, Lang: "en"})
	}
	if x.Group != "" {
		f.rows = append(f.rows, ui.Row{Key: v.loc.T("Group"), Value: x.Group, Lang: "en"})
	}
	if x.Origin != nil {
		f.add("Moved from", v.loc.T("%s, question %s", x.Origin.Instrument, x.Origin.Number))
	}
	if x.Key == r.Text.Resume {
		f.rows = append(f.rows, ui.Row{Key: v.loc.T("Reading"), Tag: &ui.Tag{Text: v.loc.T("The reading stands here"), Colour: ui.Blue}})
	}
	return ui.SummaryList{Rows: f.rows}
}

func (v *visit) questionSteps(seen record.Redacted[reading.View], key string) ui.Steps {
	var steps ui.Steps
	r, base := seen.Value(), v.questionHref()
	if seen.May(reading.ActPropose) {
		steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Propose"), Href: base + "/propose", Main: !seen.May(reading.ActChair)})
	}
	if seen.May(reading.ActChair) {
		if r.Text.Resume != key {
			steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Take it up"), Action: base + "/take-up", Main: true})
		}
		steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Say how it stands"), Href: base + "/settle"})
	}
	if seen.May(reading.ActKeep) {
		steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Article, group, annex"), Href: base + "/tag"},
			ui.Step{Text: v.loc.T("Move it to another questionnaire"), Href: base + "/move"})
	}
	return steps
}

// around are the questions before and after.
func (v *visit) around(r *reading.Reading, key string) ui.Pages {
	at, base := r.Text.Find(key), "/readings/"+v.r.PathValue("id")+"/questions/"
	p := ui.Pages{Label: v.loc.T("Question %s", r.Text.Number(key))}
	if at > 0 {
		p.Previous = base + r.Text.Questions[at-1].Key
	}
	if at+1 < len(r.Text.Questions) {
		p.Next = base + r.Text.Questions[at+1].Key
	}
	return p
}

// putTogether merges the open proposals on words that stand now; nothing where there are fewer than two.
func putTogether(text string, list []record.Redacted[reading.ProposalView]) []together {
	var all []questionnaire.Amendment
	for _, seen := range list {
		if p := seen.Value(); p.Outcome == "" && p.Act == questionnaire.Replace && p.Proposal.Proposal.Base == text {
			all = append(all, questionnaire.Amendment{By: p.By, Text: p.Text})
		}
	}
	if len(all) < 2 {
		return nil
	}
	var out []together
	for _, s := range questionnaire.Merge(text, all) {
		out = append(out, together{Text: s.Base, Versions: s.Versions})
	}
	return out
}

func outcomeTag(v *visit, o reading.Outcome) *ui.Tag {
	colour := map[reading.Outcome]ui.Colour{reading.Agreed: ui.Green, reading.AdReferendum: ui.Teal, reading.Bracketed: ui.Yellow, reading.NoConsensus: ui.Red, "": ui.Blue}[o]
	if colour == "" {
		colour = ui.Grey
	}
	return &ui.Tag{Text: v.loc.T(o.Label()), Colour: colour}
}

// wordsOf is a change on words; where hardly any of them stay, as one text for another, for that can be read.
func wordsOf(from, to string) []piece {
	pieces, kept := questionnaire.Compare(from, to), 0
	for _, p := range pieces {
		if !p.Deleted && !p.Added {
			kept += len(p.Text)
		}
	}
	if 2*kept < min(len(from), len(to)) {
		return []piece{{Text: from, Deleted: true}, {Text: " "}, {Text: to, Added: true}}
	}
	return pieces
}

// proposalCard shows the proposal of a number on the words that it was made on, and against those that stand now where they differ.
func (v *visit) proposalCard(r *reading.Reading, seen record.Redacted[reading.ProposalView], number int) proposalCard {
	p := seen.Value().Proposal
	card := proposalCard{Title: v.loc.Number(number) + ". " + p.By + ": " + v.loc.T(p.Act.Label()), Tag: outcomeTag(v, p.Outcome)}
	switch p.Act {
	case questionnaire.Insert:
		card.Pieces = []piece{{Text: p.Text, Added: true}}
	case questionnaire.Move:
		where := v.loc.T("To the beginning")
		if p.After != "" {
			where = v.loc.T("After question %s", r.Text.Number(p.After))
		}
		card.Facts.Rows = append(card.Facts.Rows, ui.Row{Key: v.loc.T("Where to"), Value: where})
	default:
		card.Pieces = wordsOf(p.Proposal.Base, p.Text)
		if card.Stale = p.Outcome == "" && r.Text.Stale(&p.Proposal); card.Stale {
			x, _ := r.Question(p.Key)
			card.Now = wordsOf(x.Text, p.Text)
		}
	}
	f := facts{v: v}
	f.add("Sponsors", strings.Join(p.Sponsors, ", "))
	f.add("Reason", p.Reason)
	if p.Oral {
		f.add("How", v.loc.T("Made orally"))
	} else {
		f.add("How", v.loc.T("Made in writing"))
	}
	f.add("When", v.loc.Time(p.At, v.s.Zone))
	if p.Outcome != "" {
		f.add("Decided", v.loc.Time(p.Decided, v.s.Zone))
	}
	f.add("Remark", p.Remark)
	card.Facts.Rows = append(card.Facts.Rows, f.rows...)
	card.Buttons = v.proposalButtons(r, seen, number)
	return card
}

func (v *visit) proposalButtons(r *reading.Reading, seen record.Redacted[reading.ProposalView], number int) ui.ButtonGroup {
	p, viewer := seen.Value(), v.viewer()
	base := "/readings/" + v.r.PathValue("id") + "/proposals/" + seen.ID().String()
	var g ui.ButtonGroup
	if p.Outcome != "" {
		return g
	}
	if seen.May(reading.ActChair) {
		g.Buttons = append(g.Buttons, ui.Button{Text: v.loc.T("Decide on proposal %d", number), Href: base + "/decide?turn=" + strconv.Itoa(r.Turns[p.Shown()])})
	}
	if viewer.Has(access.Delegate) && !p.Wants(viewer.Organisation) {
		g.Buttons = append(g.Buttons, ui.Button{Text: v.loc.T("Sponsor proposal %d", number), Action: base + "/sponsor", Kind: ui.ButtonSecondary})
	}
	if seen.May(reading.ActPropose) && p.Delegation == viewer.Organisation {
		g.Buttons = append(g.Buttons, ui.Button{Text: v.loc.T("Withdraw proposal %d", number), Action: base + "/withdraw", Kind: ui.ButtonSecondary})
	}
	return g
}
