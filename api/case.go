package api

import (
	"net/http"
	"strconv"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/record"
)

const pageOf = 50 // lines of a list, unless fewer or more are asked for; 200 at most

// cases is the worklist, newest first, page by page.
func (s *Server) cases(v *visit) error {
	q := v.r.URL.Query()
	after, err := record.ParseCursor(q.Get("cursor"))
	if err != nil {
		return err
	}
	limit := pageOf
	if text := q.Get("limit"); text != "" {
		if limit, err = strconv.Atoi(text); err != nil || limit < 1 || limit > 200 {
			return fault.Invalid("limit", "A page has 1 to 200 lines.")
		}
	}
	state := q.Get("state")
	if state != "" && state != "open" && state != "closed" && state != "historical" {
		return fault.Invalid("state", "Choose one of the answers.")
	}
	found, err := s.Desk.Cases(v.r.Context(), v.door, state, after, limit)
	if err != nil {
		return err
	}
	page := lines(found)
	if len(found) == limit {
		page.Next = found[limit-1].Cursor().Text()
	}
	return v.answer(http.StatusOK, page)
}

func lines(found []record.Redacted[casework.View]) Lines {
	page := Lines{Items: []Line{}}
	for _, r := range found {
		page.Items = append(page.Items, line(r))
	}
	return page
}

// Search is what a case is looked for by: sent in the body, so that no name is in an address.
type Search struct {
	Words string `json:"words" label:"Name or reference" hint:"In any script or spelling."`
}

func (s *Server) searchCases(v *visit) error {
	var q Search
	if err := v.decode(&q); err != nil {
		return err
	}
	found, err := s.Desk.SearchCases(v.r.Context(), v.door, q.Words)
	if err != nil {
		return err
	}
	return v.answer(http.StatusOK, lines(found))
}

// openCase begins a case at first contact.
func (s *Server) openCase(v *visit) error {
	var first casework.DescribePerson
	if err := v.decode(&first); err != nil {
		return err
	}
	id, err := s.Desk.OpenCase(v.r.Context(), v.door, first)
	if err != nil {
		return err
	}
	v.w.Header().Set("Location", "/api/v1/cases/"+id.String())
	return v.answer(http.StatusCreated, Line{ID: id.String(), Reference: id.Reference(), State: "open", Version: 1})
}

// view is the case that the address names, as the viewer may see it.
func (s *Server) view(v *visit, code string) (record.Redacted[casework.View], error) {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return record.Redacted[casework.View]{}, err
	}
	return record.View(v.r.Context(), v.door, s.Desk.Kind, id, record.Reason{Action: access.Look, Code: code})
}

// showCase is all that the pages of a case show.
func (s *Server) showCase(v *visit) error {
	seen, err := s.view(v, "")
	if err != nil {
		return err
	}
	c := seen.Value()
	out := Case{Line: line(seen), Owner: named(c.Owner), Team: []Place{}, Parts: []Part{}, Timeline: []Moment{}, Alarms: []Duty{}}
	for _, a := range c.Team {
		out.Team = append(out.Team, Place{named(a.Organisation), string(a.Role)})
	}
	for _, section := range c.Sections() {
		out.Parts = append(out.Parts, Part{Name: casework.Part(section.Name), Title: section.Name, Entries: entries(section.Entries...)})
	}
	for _, m := range c.Timeline {
		out.Timeline = append(out.Timeline, Moment{m.At.UTC(), m.Step, named(m.Organisation)})
	}
	for _, a := range c.Alarms {
		out.Alarms = append(out.Alarms, s.duty(a.Name, a.Since, a.Due))
	}
	if c.Became != nil {
		out.Referral = &Referral{entries(c.Became.Entry())[0].Fields}
	}
	if out.Due, err = s.due(v, seen); err != nil {
		return err
	}
	v.w.Header().Set("ETag", etag(seen.Version()))
	return v.answer(http.StatusOK, out)
}
