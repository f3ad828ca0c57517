package web

import (
	"net/http"
	"slices"

	"palermo/access"
	"palermo/document/docx"
	"palermo/input"
	"palermo/record"
	"palermo/review/instrument"
	"palermo/review/questionnaire"
	"palermo/review/reading"
	"palermo/web/ui"
)

func (s *Server) routeReadings(mux *http.ServeMux) {
	mux.HandleFunc("GET /readings", s.signedIn(s.readings))
	mux.HandleFunc("GET /readings/new", s.signedIn(s.beginReadingForm))
	mux.HandleFunc("POST /readings/new", s.signedIn(s.beginReading))
	mux.HandleFunc("GET /readings/{id}", s.signedIn(s.reading))
	mux.HandleFunc("POST /readings/{id}/again", s.signedIn(s.readAgain))
	mux.HandleFunc("GET /readings/{id}/questions/{key}", s.signedIn(s.readQuestion))
	mux.HandleFunc("POST /readings/{id}/questions/{key}/take-up", s.signedIn(s.takeUp))
	s.routeReadingSteps(mux)
	s.routeReadingTexts(mux)
	mux.HandleFunc("GET /readings/{id}/screen", s.signedIn(s.screen))
	mux.HandleFunc("GET /readings/{id}/follow", s.follow)
}

var ofTheReview = []access.Role{access.Secretariat, access.Chair, access.Delegate, access.Observer}

// reviewing reports that the viewer takes part in the review.
func (v *visit) reviewing() bool { return slices.ContainsFunc(ofTheReview, v.viewer().Has) }

// reviewingAlone reports that the viewer does nothing else here.
func (v *visit) reviewingAlone() bool {
	roles := v.viewer().Roles
	return len(roles) > 0 && !slices.ContainsFunc(roles, func(r access.Role) bool { return !slices.Contains(ofTheReview, r) })
}

type readingsPage struct {
	ui.Page
	Steps ui.Steps
	Table ui.Table
}

// readings lists the questionnaires that are read at this node (paras. 29 to 34).
func (s *Server) readings(v *visit) error {
	list, err := s.Readings.List(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := readingsPage{Page: v.frame("Questionnaires")}
	page.Table = ui.Table{Caption: v.loc.T("Questionnaires"), Columns: []ui.Column{{Text: v.loc.T("Title")}, {Text: v.loc.T("Session")}, {Text: v.loc.T("Questions"), Numeric: true},
		{Text: v.loc.T("Agreed"), Numeric: true}, {Text: v.loc.T("Open proposals"), Numeric: true}},
		Empty: ui.Empty{Title: v.loc.T("Nothing yet"), Text: v.loc.T("No questionnaire is read here.")}}
	for _, seen := range list {
		r := seen.Value()
		agreed, open := counts(&r.Reading)
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: r.Text.Title, Href: "/readings/" + seen.ID().String(), Lang: "en"}, {Text: r.Session, Lang: "en"},
			{Text: v.loc.Number(len(r.Text.Questions))}, {Text: v.loc.Number(agreed)}, {Text: v.loc.Number(open)}}})
	}
	if v.viewer().Has(access.Secretariat) {
		page.Steps = ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Begin a reading"), Href: "/readings/new"}}}
	}
	return v.show(http.StatusOK, "readings", page)
}

func counts(r *reading.Reading) (agreed, open int) {
	for _, x := range r.Text.Questions {
		if x.Status == questionnaire.Agreed || x.Status == questionnaire.AdReferendum {
			agreed++
		}
		open += len(r.Open[x.Key])
	}
	return agreed, open
}

// beginning is what is asked when a reading begins.
type beginning struct {
	Session string     `label:"Session"`
	Symbol  string     `label:"Symbol of the document"`
	File    input.File `label:"Questionnaire as JSON" hint:"Without one, the project's own draft on the Protocol is read." optional:"true"`
}

func (v *visit) askBeginning(b *beginning) question {
	return question{title: "Begin a reading", action: "/readings/new", back: "/readings", submit: "Begin it", fields: v.asked(b),
		text: "Delegations then propose words, and the Chair leads through the text."}
}

func (s *Server) beginReadingForm(v *visit) error { return v.ask(v.askBeginning(&beginning{}), nil) }

func (s *Server) beginReading(v *visit) error {
	var b beginning
	var id reading.ID
	err := v.decode(&b)
	if err == nil {
		var q questionnaire.Questionnaire
		if q, err = b.text(); err == nil {
			id, err = s.Readings.Begin(v.r.Context(), v.door, q, b.Session, b.Symbol)
		}
	}
	return v.answer(v.askBeginning(&b), err, "/readings/"+id.String())
}

// text is the questionnaire that was sent, or the project's own draft.
func (b *beginning) text() (questionnaire.Questionnaire, error) {
	if len(b.File.Bytes) > 0 {
		read, err := questionnaire.ReadVersion(b.File.Bytes)
		if err != nil {
			return questionnaire.Questionnaire{}, err
		}
		return read.Questionnaire, nil
	}
	l, err := instrument.Open()
	if err != nil {
		return questionnaire.Questionnaire{}, err
	}
	return questionnaire.Draft(l), nil
}

// readingAt is the reading that the address names.
func (v *visit) readingAt() (record.Redacted[reading.View], error) {
	id, err := record.ParseID[reading.Reading](v.r.PathValue("id"))
	if err != nil {
		return record.Redacted[reading.View]{}, err
	}
	return v.s.Readings.Of(v.r.Context(), v.door, id)
}

// piece is a stretch of words that is kept, was taken out or was put in.
type piece = questionnaire.Piece

// rollingLine is a line of a rolling text.
type rollingLine struct {
	Style  docx.Style
	Number string
	Href   string
	Pieces []piece
	Tag    *ui.Tag
	Open   string // how many proposals wait for a decision
	Here   bool   // the reading stands here
}

// rolling lays a text out over an older one.
func rolling(from, to *questionnaire.Version) []rollingLine {
	var lines []rollingLine
	for _, b := range questionnaire.Tracked(from, to, "", to.Status).Blocks {
		p, ok := b.(*docx.Paragraph)
		if !ok {
			continue
		}
		l := rollingLine{Style: p.Style, Number: p.Number, Href: p.Anchor}
		for _, r := range p.Runs {
			l.Pieces = append(l.Pieces, piece{Text: r.Text, Deleted: r.Change != nil && r.Change.Deleted, Added: r.Change != nil && !r.Change.Deleted})
		}
		lines = append(lines, l)
	}
	return lines
}

type readingPage struct {
	ui.Page
	Heading string
	Facts   ui.SummaryList
	Steps   ui.Steps
	Since   string
	Lines   []rollingLine
	Files   []ui.Link
}

// reading is the rolling text, with what changed since it was frozen last.
func (s *Server) reading(v *visit) error {
	seen, err := v.readingAt()
	if err != nil {
		return err
	}
	r := seen.Value()
	last := r.Frozen[len(r.Frozen)-1]
	paper, err := s.Readings.NonPaper(v.r.Context(), v.door, last.ID)
	if err != nil {
		return err
	}
	base := "/readings/" + seen.ID().String()
	frozen, now := paper.Value().Version, r.Text.Freeze("", r.Session, v.s.Node.Now())
	frozen.Symbol = "" // what the frozen text was called is no change of the text
	page := readingPage{Page: v.frame("Questionnaire"), Heading: r.Text.Title, Since: v.loc.T("Tracked changes since %s, %s", last.Symbol, v.loc.Time(last.At, s.Zone))}
	page.Back = &ui.Link{Text: v.loc.T("Questionnaires"), Href: "/readings"}
	agreed, open := counts(&r.Reading)
	page.Facts = ui.SummaryList{Rows: []ui.Row{{Key: v.loc.T("Session"), Value: r.Session, Lang: "en"}, {Key: v.loc.T("Reading"), Value: v.loc.Number(r.Number)},
		{Key: v.loc.T("The reading stands at"), Link: &ui.Link{Text: v.loc.T("Question %s", r.Text.Number(r.Text.Resume)), Href: base + "/questions/" + r.Text.Resume}},
		{Key: v.loc.T("Agreed"), Value: v.loc.T("%d of %d questions", agreed, len(r.Text.Questions))}, {Key: v.loc.T("Open proposals"), Value: v.loc.Number(open)}}}
	page.Steps = v.readingSteps(seen, base)
	page.Lines = v.questionLines(&r.Reading, base, rolling(&frozen, &now))
	page.Files = []ui.Link{{Text: v.loc.T("Text (DOCX)"), Href: base + "/text.docx?at=now"}, {Text: v.loc.T("Tracked changes (DOCX)"), Href: base + "/text.docx"}, {Text: v.loc.T("Text (JSON)"), Href: base + "/text.json"}}
	return v.show(http.StatusOK, "reading", page)
}

// questionLines makes of the lines that are questions ways to their pages. Who else came into being says nothing of it.
func (v *visit) questionLines(r *reading.Reading, base string, lines []rollingLine) []rollingLine {
	at := map[string]*questionnaire.Question{}
	for i := range r.Text.Questions {
		at[r.Text.Questions[i].Anchor()] = &r.Text.Questions[i]
	}
	out := lines[:0]
	for _, l := range lines {
		x := at[l.Href]
		if l.Style == docx.Title || x == nil && l.Href != "" {
			continue
		}
		if x != nil {
			l.Href, l.Tag, l.Here = base+"/questions/"+x.Key, v.questionTag(x.Status), x.Key == r.Text.Resume
			if n := len(r.Open[x.Key]); n > 0 {
				l.Open = v.loc.T("Proposals: %d", n)
			}
		}
		out = append(out, l)
	}
	return out
}

func (v *visit) questionTag(s questionnaire.Status) *ui.Tag {
	colour := map[questionnaire.Status]ui.Colour{questionnaire.Agreed: ui.Green, questionnaire.AdReferendum: ui.Teal, questionnaire.NoConsensus: ui.Red}[s]
	if colour == "" {
		colour = ui.Grey
	}
	return &ui.Tag{Text: v.loc.T(s.Label()), Colour: colour}
}

func (v *visit) readingSteps(seen record.Redacted[reading.View], base string) ui.Steps {
	steps := ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Screen for the room"), Href: base + "/screen"}, {Text: v.loc.T("Frozen texts"), Href: base + "/texts"}}}
	if seen.May(reading.ActPropose) {
		steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Hand in tracked changes"), Href: base + "/hand-in"})
	}
	if seen.May(reading.ActKeep) {
		steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Freeze the text"), Href: base + "/freeze"})
	}
	if seen.May(reading.ActChair) {
		steps.Steps = append(steps.Steps, ui.Step{Text: v.loc.T("Begin the next reading"), Action: base + "/again"})
	}
	return steps
}

func (s *Server) readAgain(v *visit) error {
	seen, err := v.readingAt()
	if err == nil {
		err = s.Readings.Again(v.r.Context(), v.door, reading.ID(seen.ID()))
	}
	if err != nil {
		return err
	}
	return v.redirect("/readings/" + seen.ID().String())
}

func (s *Server) takeUp(v *visit) error {
	seen, err := v.readingAt()
	if err == nil {
		err = s.Readings.TakeUp(v.r.Context(), v.door, reading.ID(seen.ID()), v.r.PathValue("key"))
	}
	if err != nil {
		return err
	}
	return v.redirect(v.questionHref())
}

// questionHref is the page of the question that the address names.
func (v *visit) questionHref() string {
	return "/readings/" + v.r.PathValue("id") + "/questions/" + v.r.PathValue("key")
}
