package api

import (
	"time"

	"palermo/casework"
	"palermo/record"
)

// due is what is due from the viewer on a case that was just seen.
func (s *Server) due(v *visit, seen record.Redacted[casework.View]) ([]Duty, error) {
	items, err := record.DueOn(v.r.Context(), v.door, seen, 200)
	list := []Duty{}
	for _, i := range items {
		list = append(list, s.duty(i.Name, i.Since, i.Due))
	}
	return list, err
}

func (s *Server) duty(name string, since, due time.Time) Duty {
	return Duty{Name: name, Title: s.Desk.DutyTitle(name), Since: since.UTC(), Due: due.UTC(), Late: s.Node.Now().After(due)}
}
