package web

import (
	"bytes"
	"net/http"
	"slices"
	"strings"

	"palermo/document/docx"
	"palermo/fault"
	"palermo/input"
	"palermo/record"
	"palermo/review/questionnaire"
	"palermo/review/reading"
	"palermo/web/ui"
)

func (s *Server) routeReadingTexts(mux *http.ServeMux) {
	mux.HandleFunc("GET /readings/{id}/texts", s.signedIn(s.frozenTexts))
	mux.HandleFunc("GET /readings/{id}/compare", s.signedIn(s.compareTexts))
	mux.HandleFunc("GET /readings/{id}/freeze", s.signedIn(s.freezeForm))
	mux.HandleFunc("POST /readings/{id}/freeze", s.signedIn(s.freezeText))
	mux.HandleFunc("GET /readings/{id}/text.docx", s.signedIn(s.textDOCX))
	mux.HandleFunc("GET /readings/{id}/text.json", s.signedIn(s.textJSON))
	mux.HandleFunc("GET /readings/{id}/hand-in", s.signedIn(s.handInForm))
	mux.HandleFunc("POST /readings/{id}/hand-in", s.signedIn(s.handIn))
}

type textsPage struct {
	ui.Page
	Steps   ui.Steps
	Table   ui.Table
	Compare ui.Form
}

// frozenTexts lists the non-papers, newest first, and compares any two.
func (s *Server) frozenTexts(v *visit) error {
	seen, err := v.readingAt()
	if err != nil {
		return err
	}
	r, base := seen.Value(), "/readings/"+seen.ID().String()
	page := textsPage{Page: v.frame("Frozen texts")}
	page.Back = &ui.Link{Text: v.loc.T("Questionnaire"), Href: base}
	page.Table = ui.Table{Caption: v.loc.T("Frozen texts"), Columns: []ui.Column{{Text: v.loc.T("Symbol")}, {Text: v.loc.T("Date and hour")}, {Text: v.loc.T("Files")}, {Text: v.loc.T("Data")}}}
	from, to := v.textField("from", "Older text", &r.Reading), v.textField("to", "Newer text", &r.Reading)
	for _, f := range slices.Backward(r.Frozen) {
		at := base + "/text.docx?at=" + f.ID.String()
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: f.Symbol}, {Text: v.loc.Time(f.At, s.Zone)}, {Text: "DOCX", Href: at},
			{Text: "JSON", Href: base + "/text.json?at=" + f.ID.String()}}})
	}
	from.Value = r.Frozen[0].ID.String()
	page.Compare = ui.Form{Action: base + "/compare", Method: "get", Submit: v.loc.T("Compare"), Legend: v.loc.T("Compare two texts"), Fields: []ui.Field{from, to}}
	if seen.May(reading.ActKeep) {
		page.Steps = ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Freeze the text"), Href: base + "/freeze"}}}
	}
	return v.show(http.StatusOK, "reading-texts", page)
}

func (v *visit) textField(name, label string, r *reading.Reading) ui.Field {
	f := ui.Field{Name: name, Label: v.loc.T(label), Kind: ui.KindSelect, Value: "now", Options: []ui.Option{{Value: "now", Label: v.loc.T("As it stands now")}}}
	for _, x := range slices.Backward(r.Frozen) {
		f.Options = append(f.Options, ui.Option{Value: x.ID.String(), Label: x.Symbol + ", " + v.loc.Time(x.At, v.s.Zone)})
	}
	return f
}

// version is a text of a reading: one that was frozen, or as it stands now.
func (v *visit) version(seen record.Redacted[reading.View], which string) (questionnaire.Version, error) {
	r := seen.Value()
	if which == "" || which == "now" {
		return r.Text.Freeze("", r.Session, v.s.Node.Now()), nil
	}
	for _, f := range r.Frozen {
		if f.ID.String() == which {
			paper, err := v.s.Readings.NonPaper(v.r.Context(), v.door, f.ID)
			return paper.Value().Version, err
		}
	}
	return questionnaire.Version{}, fault.NotFound("There is no such text.")
}

type comparePage struct {
	ui.Page
	Between string
	Lines   []rollingLine
	File    string
}

// compareTexts shows the newer of two texts with what changed since the older.
func (s *Server) compareTexts(v *visit) error {
	seen, from, to, err := v.twoTexts()
	if err != nil {
		return err
	}
	base := "/readings/" + seen.ID().String()
	page := comparePage{Page: v.frame("Compare two texts"), Between: v.loc.T("From %s to %s", v.textName(from), v.textName(to)),
		Lines: rolling(&from, &to), File: base + "/text.docx?" + v.r.URL.RawQuery}
	for i := range page.Lines {
		page.Lines[i].Href = ""
	}
	page.Back = &ui.Link{Text: v.loc.T("Frozen texts"), Href: base + "/texts"}
	return v.show(http.StatusOK, "reading-compare", page)
}

func (v *visit) twoTexts() (seen record.Redacted[reading.View], from, to questionnaire.Version, err error) {
	if seen, err = v.readingAt(); err == nil {
		from, err = v.version(seen, v.r.URL.Query().Get("from"))
	}
	if err == nil {
		to, err = v.version(seen, v.r.URL.Query().Get("to"))
	}
	return seen, from, to, err
}

func (v *visit) textName(x questionnaire.Version) string {
	if x.Symbol == "" {
		return v.loc.T("As it stands now")
	}
	return x.Symbol + ", " + v.loc.Time(x.Status, v.s.Zone)
}

func (s *Server) freezeForm(v *visit) error { return v.ask(v.askFreezing(&reading.Freezing{}), nil) }

func (v *visit) askFreezing(x *reading.Freezing) question {
	return question{title: "Freeze the text", action: v.r.URL.Path, back: "/readings/" + v.r.PathValue("id") + "/texts", submit: "Freeze the text", fields: v.asked(x),
		text: "The text as it stands now is kept as a non-paper with its date and hour, circulated at the request of the Chair."}
}

func (s *Server) freezeText(v *visit) error {
	seen, err := v.readingAt()
	if err != nil {
		return err
	}
	var x reading.Freezing
	if err = v.decode(&x); err == nil {
		err = s.Readings.Freeze(v.r.Context(), v.door, reading.ID(seen.ID()), x)
	}
	return v.answer(v.askFreezing(&x), err, "/readings/"+seen.ID().String()+"/texts")
}

// textDOCX is a text as a document: with from and to as tracked changes
// between the two, with at as it was frozen, and else since it was frozen last.
func (s *Server) textDOCX(v *visit) error {
	seen, err := v.readingAt()
	if err != nil {
		return err
	}
	q := v.r.URL.Query()
	var d *docx.Document
	name := "text"
	if at := q.Get("at"); at != "" {
		x, err := v.version(seen, at)
		if err != nil {
			return err
		}
		d, name = x.Document(), fileName("text"+x.Symbol)
	} else {
		r := seen.Value()
		older := q.Get("from")
		if older == "" {
			older = r.Frozen[len(r.Frozen)-1].ID.String()
		}
		from, err := v.version(seen, older)
		if err != nil {
			return err
		}
		to, err := v.version(seen, q.Get("to"))
		if err != nil {
			return err
		}
		d = questionnaire.Tracked(&from, &to, s.Name, to.Status)
	}
	file, err := docx.Bytes(d)
	if err != nil {
		return fault.Internal(err)
	}
	return v.save(name+".docx", docxType, file)
}

// fileName is a symbol as a name of a file may have it.
func fileName(symbol string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' || r == '.' || r == '-' {
			return r
		}
		return '_'
	}, symbol)
}

func (s *Server) textJSON(v *visit) error {
	seen, err := v.readingAt()
	if err != nil {
		return err
	}
	x, err := v.version(seen, v.r.URL.Query().Get("at"))
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := x.WriteJSON(&b); err != nil {
		return fault.Internal(err)
	}
	return v.save(fileName("text"+x.Symbol)+".json", "application/json", b.Bytes())
}

// handingIn is a document with tracked changes.
type handingIn struct {
	File   input.File `label:"Document with tracked changes (DOCX)"`
	Reason string     `label:"Reason" kind:"textarea" optional:"true"`
}

func (v *visit) askHandIn(x *handingIn) question {
	q := question{title: "Hand in tracked changes", action: v.r.URL.Path, back: "/readings/" + v.r.PathValue("id"), submit: "Hand it in", fields: v.asked(x),
		text: "Take the text as a document from the page of the questionnaire, change it with tracked changes, and hand it in. Each change of a question becomes a proposal of your delegation."}
	for i := range q.fields {
		if q.fields[i].Kind == ui.KindFile {
			q.fields[i].Accept = ".docx"
		}
	}
	return q
}

func (s *Server) handInForm(v *visit) error { return v.ask(v.askHandIn(&handingIn{}), nil) }

type handedInPage struct {
	ui.Page
	Made    string
	Left    string
	Cleaned []string
}

// handIn takes a delegation's tracked changes as proposals, all or none, and says what was left out.
func (s *Server) handIn(v *visit) error {
	seen, err := v.readingAt()
	if err != nil {
		return err
	}
	var x handingIn
	err = v.decode(&x)
	var got reading.HandedIn
	if err == nil {
		by := v.viewer().Organisation
		got, err = s.Readings.HandIn(v.r.Context(), v.door, reading.ID(seen.ID()), reading.Delegation{ID: by, Name: v.organisation(by)}, x.File.Bytes, x.Reason)
	}
	if err != nil {
		return v.answer(v.askHandIn(&x), err, "")
	}
	page := handedInPage{Page: v.frame("Handed in"), Made: v.loc.T("Proposals made: %d", got.Made)}
	page.Back = &ui.Link{Text: v.loc.T("Questionnaire"), Href: "/readings/" + seen.ID().String()}
	if got.Left > 0 {
		page.Left = v.loc.T("Changes left out, for they are not on the words of a question: %d", got.Left)
	}
	for _, c := range got.Cleaned {
		page.Cleaned = append(page.Cleaned, v.loc.T(c.What)+" "+c.Part)
	}
	return v.show(http.StatusOK, "handed-in", page)
}
