package web

import (
	"net/http"
	"strings"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/review/floor"
	"palermo/review/meeting"
)

func (s *Server) routeSessionWritten(mux *http.ServeMux) {
	mux.HandleFunc("GET /sessions/{id}/attend", s.signedIn(s.attendForm))
	mux.HandleFunc("POST /sessions/{id}/attend", s.signedIn(s.attend))
	mux.HandleFunc("GET /sessions/{id}/ask-for", s.signedIn(s.askForForm))
	mux.HandleFunc("POST /sessions/{id}/ask-for", s.signedIn(s.askFor))
	mux.HandleFunc("GET /sessions/{id}/tell", s.signedIn(s.tellForm))
	mux.HandleFunc("POST /sessions/{id}/tell", s.signedIn(s.tell))
	mux.HandleFunc("GET /sessions/{id}/report.docx", s.signedIn(s.sessionReport))
}

// sessionBegun is what is asked when a session begins.
type sessionBegun struct {
	Body    string     `label:"Body" hint:"Such as: Working Group on Trafficking in Persons." optional:"true"`
	City    string     `label:"City" optional:"true"`
	From    string     `label:"From" kind:"date" optional:"true"`
	To      string     `label:"To" kind:"date" optional:"true"`
	Agenda  string     `label:"Agenda" kind:"textarea" hint:"An item a line." optional:"true"`
	Minutes int        `label:"Minutes for a statement" optional:"true"`
	File    input.File `label:"Session as a file (YAML)" hint:"In place of the fields above, with officers, documents and whatever else is known." optional:"true"`
}

func (v *visit) askSession(b *sessionBegun) question {
	return question{title: "Begin a session", action: "/sessions/new", back: "/sessions", submit: "Begin it", fields: v.asked(b)}
}

func (s *Server) beginSessionForm(v *visit) error { return v.ask(v.askSession(&sessionBegun{}), nil) }

func (s *Server) beginSession(v *visit) error {
	var b sessionBegun
	var id floor.ID
	err := v.decode(&b)
	if err == nil {
		facts := &meeting.Session{Body: b.Body, City: b.City, From: meeting.Date(b.From), To: meeting.Date(b.To), Instrument: "TIP", Language: "English"}
		for _, title := range strings.Split(oneLine(b.Agenda), "\n") {
			if title = strings.TrimSpace(title); title != "" {
				facts.Agenda = append(facts.Agenda, meeting.Item{Number: len(facts.Agenda) + 1, Title: title})
			}
		}
		if len(b.File.Bytes) > 0 {
			facts, err = meeting.Read(b.File.Bytes)
		}
		if err == nil {
			id, err = s.Sessions.Begin(v.r.Context(), v.door, *facts, b.Minutes)
		}
	}
	return v.answer(v.askSession(&b), err, "/sessions/"+id.String())
}

// attending is a delegation on the list of participants.
type attending struct {
	Delegation ident.ID    `label:"Delegation" kind:"organisation"`
	Group      floor.Group `label:"Represented as"`
}

func (v *visit) askInSession(title string, x any) question {
	return question{title: title, action: v.r.URL.Path, back: "/sessions/" + v.r.PathValue("id"), fields: v.asked(x)}
}

// writtenInSession reads a form and does something with it in the session that the address names.
func (v *visit) writtenInSession(title string, x any, do func(floor.ID) error) error {
	seen, err := v.sessionAt()
	if err != nil {
		return err
	}
	if err = v.decode(x); err == nil {
		err = do(floor.ID(seen.ID()))
	}
	return v.answer(v.askInSession(title, x), err, "/sessions/"+v.r.PathValue("id"))
}

// keepsSession shows a form to the secretariat alone.
func (v *visit) keepsSession(title string, x any) error {
	seen, err := v.sessionAt()
	if err != nil {
		return err
	}
	if !seen.May(floor.ActKeep) {
		return fault.Denied("Your role on this record does not allow this step.")
	}
	return v.ask(v.askInSession(title, x), nil)
}

func (s *Server) attendForm(v *visit) error {
	return v.keepsSession("Note who is present", &attending{})
}

func (s *Server) attend(v *visit) error {
	var x attending
	return v.writtenInSession("Note who is present", &x, func(id floor.ID) error {
		return s.Sessions.Attend(v.r.Context(), v.door, id, x.Delegation, v.organisation(x.Delegation), x.Group)
	})
}

// askingFor is a delegation that asks by hand, with its name plate.
type askingFor struct {
	Delegation ident.ID `label:"Delegation" kind:"organisation"`
	Order      bool     `label:"Point of order"`
}

func (s *Server) askForForm(v *visit) error {
	return v.keepsSession("Put a delegation on the list", &askingFor{})
}

func (s *Server) askFor(v *visit) error {
	var x askingFor
	return v.writtenInSession("Put a delegation on the list", &x, func(id floor.ID) error {
		return s.Sessions.Ask(v.r.Context(), v.door, id, x.Delegation, x.Order)
	})
}

// telling is a paragraph of the report.
type telling struct {
	Item int    `label:"Item of the agenda"`
	Text string `label:"What was said" kind:"textarea" hint:"In your own words: a paragraph of the report. No person who was a victim."`
}

func (s *Server) tellForm(v *visit) error {
	seen, err := v.sessionAt()
	if err != nil {
		return err
	}
	return v.keepsSession("Write down what was said", &telling{Item: seen.Value().Item})
}

func (s *Server) tell(v *visit) error {
	var x telling
	return v.writtenInSession("Write down what was said", &x, func(id floor.ID) error { return s.Sessions.Tell(v.r.Context(), v.door, id, x.Item, x.Text) })
}
