package web

import (
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/web/ui"
)

// changed reads a form into x, does something to the organisation or member
// that the address names, and goes back to its page.
func (v *visit) changed(x any, ask func() question, do func(id ident.ID) error, to string) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return fault.NotFound("There is no such page.")
	}
	if err = v.decode(x); err == nil {
		err = do(id)
	}
	return v.answer(ask(), err, to+id.String())
}

func (s *Server) newOrganisationForm(v *visit) error {
	return v.ask(v.addingOrganisation(&directory.AddOrganisation{}), nil)
}

func (v *visit) addingOrganisation(o *directory.AddOrganisation) question {
	return question{title: "Add an organisation", action: "/organisations/new", back: "/organisations", fields: v.asked(o)}
}

func (s *Server) addOrganisation(v *visit) error {
	var o directory.AddOrganisation
	err := v.decode(&o)
	var id ident.ID
	if err == nil {
		id, err = s.Directory.Add(v.r.Context(), v.door, o)
	}
	return v.answer(v.addingOrganisation(&o), err, "/organisations/"+id.String())
}

func (v *visit) changingOrganisation(o *directory.AddOrganisation) question {
	return question{title: "Change the facts", action: v.r.URL.Path, back: "/organisations/" + v.r.PathValue("id"), fields: v.asked(o)}
}

func (s *Server) changeOrganisationForm(v *visit) error {
	seen, err := v.organisationSeen()
	if err != nil {
		return err
	}
	o := seen.Value()
	return v.ask(v.changingOrganisation(&directory.AddOrganisation{Name: o.Name, Kind: o.Kind, Country: o.Country, Telephone: o.Contact.Telephone,
		Email: o.Contact.Email, Website: o.Contact.Website, Address: o.Contact.Address, Contact: o.Contact.Text,
		ForState: o.ForState, FirstResponder: o.FirstResponder, FocalPoint: o.FocalPoint, Node: o.Node}), nil)
}

func (s *Server) changeOrganisation(v *visit) error {
	seen, err := v.organisationSeen()
	if err != nil {
		return err
	}
	o := directory.AddOrganisation{OtherNames: seen.Value().OtherNames} // names in other languages are kept as they are
	return v.changed(&o, func() question { return v.changingOrganisation(&o) }, func(id ident.ID) error {
		return s.Directory.ChangeOrganisation(v.r.Context(), v.door, id, o)
	}, "/organisations/")
}

func (v *visit) closingOrganisation() question {
	return question{title: "Close the organisation", action: v.r.URL.Path, back: "/organisations/" + v.r.PathValue("id"), danger: true,
		submit: "Close the organisation", text: "None of its members can sign in afterwards. It can be opened again."}
}

func (s *Server) closeOrganisationForm(v *visit) error { return v.ask(v.closingOrganisation(), nil) }

func (s *Server) closeOrganisation(v *visit) error {
	return v.changed(&struct{}{}, v.closingOrganisation, func(id ident.ID) error {
		return s.Directory.CloseOrganisation(v.r.Context(), v.door, id)
	}, "/organisations/")
}

func (s *Server) reopenOrganisation(v *visit) error {
	return v.changed(&struct{}{}, v.closingOrganisation, func(id ident.ID) error {
		return s.Directory.ReopenOrganisation(v.r.Context(), v.door, id)
	}, "/organisations/")
}

func (v *visit) signing(a *directory.SignAgreement) question {
	return question{title: "Write down an agreement", action: v.r.URL.Path, back: "/organisations/" + v.r.PathValue("id"), fields: v.asked(a)}
}

func (s *Server) agreementForm(v *visit) error {
	return v.ask(v.signing(&directory.SignAgreement{}), nil)
}

func (s *Server) signAgreement(v *visit) error {
	var a directory.SignAgreement
	return v.changed(&a, func() question { return v.signing(&a) }, func(id ident.ID) error {
		_, err := s.Directory.Sign(v.r.Context(), v.door, id, a)
		return err
	}, "/organisations/")
}

func (v *visit) endingAgreement() question {
	return question{title: "End an agreement", action: v.r.URL.Path, back: "/organisations/" + v.r.PathValue("id"), danger: true, submit: "End an agreement",
		text: "Roles that hang on it are in force no longer, from now on.", fields: []ui.Field{}}
}

func (s *Server) endAgreementForm(v *visit) error { return v.ask(v.endingAgreement(), nil) }

func (s *Server) endAgreement(v *visit) error {
	return v.changed(&struct{}{}, v.endingAgreement, func(id ident.ID) error {
		agreement, err := ident.Parse(v.r.PathValue("agreement"))
		if err != nil {
			return fault.NotFound("There is no such agreement.")
		}
		return s.Directory.EndAgreement(v.r.Context(), v.door, id, agreement)
	}, "/organisations/")
}
