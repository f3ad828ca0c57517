package web

import (
	"net/http"
	"slices"
	"strings"

	"palermo/access"
	"palermo/casework"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
	"palermo/web/ui"
)

type refugePage struct {
	ui.Page
	Search ui.Form
	Places []placeCard
	Empty  ui.Empty
}

// refuges lists places that would suit the person of a case, as far as the
// viewer may know the person; each begins the move in one press. What is asked
// for is sent, not written into the address: it would tell of the person there.
func (s *Server) refuges(v *visit) error {
	seen, err := v.placedCase()
	if err != nil {
		return err
	}
	c := seen.Value()
	w := wantedOn(&c, s)
	asked := seeking{Access: w.Access}
	if len(w.For) > 0 {
		asked.For = w.For[0]
	}
	return v.showRefuges(&asked, w)
}

// findRefuges looks for what the viewer asks instead.
func (s *Server) findRefuges(v *visit) error {
	if _, err := v.placedCase(); err != nil {
		return err
	}
	var asked seeking
	if err := v.decode(&asked); err != nil {
		return err
	}
	return v.showRefuges(&asked, asked.wanted())
}

// wantedOn is what suits the person, from what the viewer sees of the case.
func wantedOn(c *casework.View, s *Server) directory.Wanted {
	children := slices.ContainsFunc(c.Family, func(f casework.FamilyMember) bool { return f.Fields.With && f.Fields.Tie == "child" })
	danger := len(c.Risks) > 0 && c.Risks[len(c.Risks)-1].Fields.Level == "high"
	stepFree := c.Access != nil && c.Access.Fields.Mobility
	child := c.Sees.Has(access.Identity) && c.Person.ProtectedAsChild(s.Node.Now())
	return directory.WantedFor(child, string(c.Person.Gender), children, danger, stepFree)
}

// placedCase is the case of the address, to those who may say where the person sleeps.
func (v *visit) placedCase() (record.Redacted[casework.View], error) {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return record.Redacted[casework.View]{}, err
	}
	seen, err := record.View(v.r.Context(), v.door, v.s.Desk.Kind, id, record.Reason{Action: access.Look, Code: "relocate"})
	if err == nil && !seen.May("do:placement") {
		err = fault.Denied("Your role on this record does not allow this step.")
	}
	return seen, err
}

func (v *visit) showRefuges(asked *seeking, w directory.Wanted) error {
	found, err := v.s.Directory.FreePlaces(v.r.Context(), v.door, w)
	if err != nil {
		return err
	}
	base := "/cases/" + v.r.PathValue("id")
	page := refugePage{Page: v.frame("Another place")}
	page.Path = base + "/places"
	page.Back = &ui.Link{Text: v.loc.T("Back"), Href: base}
	page.Search = ui.Form{Action: base + "/places", Submit: v.loc.T("Search"), Fields: v.asked(asked)}
	for _, p := range found {
		move := &ui.Button{Text: v.loc.T("Begin the move there"), Action: base + "/places/move", Name: "place", Value: p.Organisation.String() + " " + string(refuge(p.Service.Kind))}
		page.Places = append(page.Places, placeCard{Card: v.placeCard(p), Move: move})
	}
	page.Empty = ui.Empty{Title: v.loc.T("No free place is known"), Text: v.loc.T("Ask for less, or ring those who keep places: a number may be old.")}
	return v.show(http.StatusOK, "refuges", page)
}

// refuge is the kind of place on a case for a kind of service.
func refuge(k directory.ServiceKind) casework.Refuge {
	if k == directory.EmergencyBeds {
		return "emergency"
	}
	return casework.Refuge(k)
}

// beginMove is the step of moving, filled in as far as the place tells.
func (s *Server) beginMove(v *visit) error {
	seen, err := v.placedCase()
	if err != nil {
		return err
	}
	provider, kind, _ := strings.Cut(v.r.PostFormValue("place"), " ")
	id, err := ident.Parse(provider)
	if err != nil {
		return fault.Invalid("place", "Choose one of the answers.")
	}
	info, _ := casework.Find("relocate")
	c, base := seen.Value(), "/cases/"+v.r.PathValue("id")
	fields := input.Describe(&casework.Relocate{Provider: id, Kind: casework.Refuge(kind)})
	return v.showStep(http.StatusOK, c.Reference, info.Label, base+"/do/relocate", base+"/places", v.choices(&c, fields), seen.Version(), nil, preface{})
}
