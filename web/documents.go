package web

import (
	"palermo/casework"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// document gives a file of a case. Whatever it is, the browser may only save
// it: nothing in it runs beside the node's pages.
func (s *Server) document(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	file, err := ident.Parse(v.r.PathValue("document"))
	if err != nil {
		return fault.NotFound("There is no such file, or you may not see it.")
	}
	found, data, err := s.Desk.File(v.r.Context(), v.door, id, file)
	if err != nil {
		return err
	}
	return v.save(found.FileName(), found.Type, data)
}
