package web

import "palermo/cooperation"

// linkForm asks which case of this State a procedure is about.
func (s *Server) linkForm(v *visit) error { return v.ask(v.linking(cooperation.LinkCase{}), nil) }

func (v *visit) linking(l cooperation.LinkCase) question {
	return question{title: "Link a case of this State", text: "The other State learns nothing of it. From then on the case decides what may be answered.",
		action: v.r.URL.Path, back: "/abroad/" + v.r.PathValue("id"), submit: "Link", fields: v.asked(&l)}
}

// linkCase links it.
func (s *Server) linkCase(v *visit) error {
	id, err := v.procedureOf()
	if err != nil {
		return err
	}
	var l cooperation.LinkCase
	err = v.decode(&l)
	if err == nil {
		err = s.Abroad.Link(v.r.Context(), v.door, id, l)
	}
	return v.answer(v.linking(l), err, "/abroad/"+id.String())
}
