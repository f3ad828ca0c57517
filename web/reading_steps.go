package web

import (
	"net/http"
	"strconv"
	"strings"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/review/questionnaire"
	"palermo/review/reading"
	"palermo/web/ui"
)

func (s *Server) routeReadingSteps(mux *http.ServeMux) {
	mux.HandleFunc("GET /readings/{id}/questions/{key}/propose", s.signedIn(s.proposeWordsForm))
	mux.HandleFunc("POST /readings/{id}/questions/{key}/propose", s.signedIn(s.proposeWords))
	mux.HandleFunc("GET /readings/{id}/questions/{key}/settle", s.signedIn(s.settleForm))
	mux.HandleFunc("POST /readings/{id}/questions/{key}/settle", s.signedIn(s.settle))
	mux.HandleFunc("GET /readings/{id}/questions/{key}/tag", s.signedIn(s.tagForm))
	mux.HandleFunc("POST /readings/{id}/questions/{key}/tag", s.signedIn(s.tagQuestion))
	mux.HandleFunc("GET /readings/{id}/questions/{key}/move", s.signedIn(s.moveForm))
	mux.HandleFunc("POST /readings/{id}/questions/{key}/move", s.signedIn(s.moveQuestion))
	mux.HandleFunc("POST /readings/{id}/proposals/{proposal}/sponsor", s.signedIn(s.sponsor))
	mux.HandleFunc("POST /readings/{id}/proposals/{proposal}/withdraw", s.signedIn(s.withdrawProposal))
	mux.HandleFunc("GET /readings/{id}/proposals/{proposal}/decide", s.signedIn(s.decideForm))
	mux.HandleFunc("POST /readings/{id}/proposals/{proposal}/decide", s.signedIn(s.decideProposal))
}

// proposing is what is asked of a delegation.
type proposing struct {
	Act    questionnaire.Act `label:"What you propose"`
	Text   string            `label:"The words as you would have them" kind:"textarea" hint:"Change the words in the box: what you change is shown as tracked changes. A new question is written here as a whole." optional:"true"`
	After  string            `label:"For a move: after which question" optional:"true" hint:"Its number. Empty for the beginning."`
	Reason string            `label:"Reason" kind:"textarea" optional:"true"`
}

// saidBy is asked as well of who writes down what a delegation said.
type saidBy struct {
	Delegation ident.ID `label:"Whose proposal it is" kind:"organisation" optional:"true"`
	Oral       bool     `label:"It was made orally"`
}

// writesDown reports that the viewer writes down what delegations say.
func (v *visit) writesDown() bool {
	return v.viewer().Has(access.Secretariat) || v.viewer().Has(access.Chair)
}

// readQuestionAt is the question that the address names.
func (v *visit) readQuestionAt() (record.Redacted[reading.View], questionnaire.Question, error) {
	seen, err := v.readingAt()
	if err != nil {
		return seen, questionnaire.Question{}, err
	}
	r := seen.Value()
	x, err := r.Question(v.r.PathValue("key"))
	if err != nil {
		return seen, questionnaire.Question{}, err
	}
	return seen, *x, nil
}

func (v *visit) askProposing(number, base string, p *proposing, said *saidBy) question {
	q := question{title: "Propose", action: v.r.URL.Path, back: v.questionHref(), submit: "Propose it", fields: v.asked(p),
		text: "Every delegation reads it at once, with your delegation's name."}
	if v.writesDown() {
		q.fields = append(q.fields, v.asked(said)...)
	}
	q.fields = append([]ui.Field{{Kind: ui.KindNote, Label: v.loc.T("Question %s", number), Hint: base, Lang: "en"}}, q.fields...)
	q.fields = append(q.fields, ui.Field{Kind: ui.KindHidden, Name: "base", Value: base})
	return q
}

func (s *Server) proposeWordsForm(v *visit) error {
	seen, x, err := v.readQuestionAt()
	if err != nil {
		return err
	}
	if !seen.May(reading.ActPropose) {
		return fault.Denied("Your role on this record does not allow this step.")
	}
	r := seen.Value()
	return v.ask(v.askProposing(r.Text.Number(x.Key), x.Text, &proposing{Act: questionnaire.Replace, Text: x.Text}, &saidBy{}), nil)
}

func (s *Server) proposeWords(v *visit) error {
	var p proposing
	var said saidBy
	seen, x, err := v.readQuestionAt()
	if err != nil {
		return err
	}
	r := seen.Value()
	if err = v.decode(&p); err == nil && v.writesDown() {
		err = v.decode(&said)
	}
	base := oneLine(v.r.PostFormValue("base"))
	if err == nil {
		draft := reading.Draft{Act: p.Act, Key: x.Key, Base: base, Text: oneLine(p.Text), Reason: p.Reason, Oral: said.Oral}
		if p.After != "" && p.Act == questionnaire.Move {
			draft.After, err = numbered(&r.Text, p.After)
		}
		by := v.viewer().Organisation
		if v.writesDown() && !said.Delegation.IsZero() {
			by = said.Delegation
		}
		if err == nil {
			_, err = s.Readings.Propose(v.r.Context(), v.door, reading.ID(seen.ID()), reading.Delegation{ID: by, Name: v.organisation(by)}, draft)
		}
	}
	return v.answer(v.askProposing(r.Text.Number(x.Key), base, &p, &said), err, v.questionHref())
}

// oneLine is a text as a browser sent it, with the line ends that it came with.
func oneLine(text string) string { return strings.ReplaceAll(text, "\r\n", "\n") }

// numbered finds a question by the number that people see.
func numbered(q *questionnaire.Questionnaire, number string) (string, error) {
	for i := range q.Questions {
		if q.Number(q.Questions[i].Key) == strings.TrimSpace(number) {
			return q.Questions[i].Key, nil
		}
	}
	return "", fault.Invalid("after", "There is no question with this number.")
}

func (v *visit) proposalID() (reading.ProposalID, error) {
	return record.ParseID[reading.Proposal](v.r.PathValue("proposal"))
}

// onProposal does something to the proposal that the address names, and goes back to its question.
func (v *visit) onProposal(do func(reading.ProposalID) error) error {
	id, err := v.proposalID()
	if err == nil {
		err = do(id)
	}
	if err != nil {
		return err
	}
	seen, err := v.s.Readings.Proposal(v.r.Context(), v.door, id)
	if err != nil {
		return err
	}
	p := seen.Value()
	return v.redirect("/readings/" + p.Reading.String() + "/questions/" + p.Shown())
}

func (s *Server) sponsor(v *visit) error {
	return v.onProposal(func(id reading.ProposalID) error {
		return s.Readings.Sponsor(v.r.Context(), v.door, id, v.organisation(v.viewer().Organisation))
	})
}

func (s *Server) withdrawProposal(v *visit) error {
	return v.onProposal(func(id reading.ProposalID) error { return s.Readings.Withdraw(v.r.Context(), v.door, id) })
}

// seenTurn is how often the question had been decided on when the person saw it.
func (v *visit) seenTurn() int {
	n, err := strconv.Atoi(v.r.FormValue("turn"))
	if err != nil {
		return -1 // nobody saw it: it is refused
	}
	return n
}

func (v *visit) turnField(n int) ui.Field {
	return ui.Field{Kind: ui.KindHidden, Name: "turn", Value: strconv.Itoa(n)}
}

func (v *visit) askDecision(p *reading.Proposal, x *reading.Decision) question {
	words := p.Text
	if words == "" {
		words = p.Proposal.Base
	}
	q := question{title: "Decide", action: v.r.URL.Path, back: "/readings/" + p.Reading.String() + "/questions/" + p.Shown(), submit: "Decide", fields: v.asked(x)}
	note := ui.Field{Kind: ui.KindNote, Label: p.By + ": " + v.loc.T(p.Act.Label()), Hint: words}
	q.fields = append([]ui.Field{note}, append(q.fields, v.turnField(v.seenTurn()))...)
	return q
}

func (v *visit) proposalAt() (*reading.Proposal, reading.ProposalID, error) {
	id, err := v.proposalID()
	if err != nil {
		return nil, id, err
	}
	seen, err := v.s.Readings.Proposal(v.r.Context(), v.door, id)
	if err != nil {
		return nil, id, err
	}
	if !seen.May(reading.ActChair) {
		return nil, id, fault.Denied("The Chair says what became of a proposal.")
	}
	p := seen.Value().Proposal
	return &p, id, nil
}

func (s *Server) decideForm(v *visit) error {
	p, _, err := v.proposalAt()
	if err != nil {
		return err
	}
	return v.ask(v.askDecision(p, &reading.Decision{}), nil)
}

func (s *Server) decideProposal(v *visit) error {
	p, id, err := v.proposalAt()
	if err != nil {
		return err
	}
	var x reading.Decision
	if err = v.decode(&x); err == nil {
		x.Text = oneLine(x.Text)
		err = s.Readings.Decide(v.r.Context(), v.door, id, x, v.seenTurn())
	}
	to := "/readings/" + p.Reading.String() + "/questions/" + p.Shown()
	if err == nil && p.Act == questionnaire.Delete && (x.Outcome == reading.Agreed || x.Outcome == reading.AdReferendum) {
		to = "/readings/" + p.Reading.String() // the question is gone
	}
	return v.answer(v.askDecision(p, &x), err, to)
}

func (v *visit) askSettling(x *reading.Settling, turn int) question {
	q := question{title: "Say how it stands", action: v.r.URL.Path, back: v.questionHref(), fields: v.asked(x)}
	q.fields = append(q.fields, v.turnField(turn))
	return q
}

func (s *Server) settleForm(v *visit) error {
	seen, x, err := v.readQuestionAt()
	if err != nil {
		return err
	}
	return v.ask(v.askSettling(&reading.Settling{Status: x.Status}, seen.Value().Turns[x.Key]), nil)
}

func (s *Server) settle(v *visit) error {
	seen, x, err := v.readQuestionAt()
	if err != nil {
		return err
	}
	var y reading.Settling
	if err = v.decode(&y); err == nil {
		err = s.Readings.Settle(v.r.Context(), v.door, reading.ID(seen.ID()), x.Key, y.Status, v.seenTurn())
	}
	return v.answer(v.askSettling(&y, v.seenTurn()), err, v.questionHref())
}

func (v *visit) askTag(x *reading.Place) question {
	return question{title: "Article, group, annex", action: v.r.URL.Path, back: v.questionHref(), fields: v.asked(x)}
}

func (s *Server) tagForm(v *visit) error {
	_, x, err := v.readQuestionAt()
	if err != nil {
		return err
	}
	return v.ask(v.askTag(&reading.Place{Obligation: x.Obligation, Article: x.Article, Group: x.Group, Annex: x.Annex}), nil)
}

func (s *Server) tagQuestion(v *visit) error {
	seen, x, err := v.readQuestionAt()
	if err != nil {
		return err
	}
	var y reading.Place
	if err = v.decode(&y); err == nil {
		err = s.Readings.Tag(v.r.Context(), v.door, reading.ID(seen.ID()), x.Key, y)
	}
	return v.answer(v.askTag(&y), err, v.questionHref())
}

// askMove asks for the questionnaire to move a question to.
func (v *visit) askMove(here ident.ID, chosen string) (question, error) {
	list, err := v.s.Readings.List(v.r.Context(), v.door)
	f := ui.Field{Name: "to", Label: v.loc.T("To which questionnaire"), Kind: ui.KindSelect, Value: chosen, Required: true, Options: []ui.Option{{}}}
	for _, seen := range list {
		if seen.ID() != here {
			f.Options = append(f.Options, ui.Option{Value: seen.ID().String(), Label: seen.Value().Text.Title})
		}
	}
	return question{title: "Move it to another questionnaire", action: v.r.URL.Path, back: v.questionHref(), submit: "Move it", fields: []ui.Field{f},
		text: "It goes to the end of that one and keeps where it came from. Proposals at it go along, and both texts are numbered anew."}, err
}

func (s *Server) moveForm(v *visit) error {
	seen, _, err := v.readQuestionAt()
	if err != nil {
		return err
	}
	q, err := v.askMove(seen.ID(), "")
	if err != nil {
		return err
	}
	return v.ask(q, nil)
}

func (s *Server) moveQuestion(v *visit) error {
	seen, x, err := v.readQuestionAt()
	if err != nil {
		return err
	}
	chosen := v.r.PostFormValue("to")
	q, err := v.askMove(seen.ID(), chosen)
	if err != nil {
		return err
	}
	to, err := record.ParseID[reading.Reading](chosen)
	if err != nil {
		err = fault.Invalid("to", "Choose one of the answers.")
	} else {
		err = s.Readings.MoveTo(v.r.Context(), v.door, reading.ID(seen.ID()), to, x.Key)
	}
	return v.answer(q, err, "/readings/"+to.String()+"/questions/"+x.Key)
}
