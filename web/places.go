package web

import (
	"net/http"
	"slices"
	"strings"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/web/ui"
)

// seeking is what a place to sleep must be, as a form asks for it.
type seeking struct {
	For      directory.PersonKind      `label:"For whom" optional:"true"`
	Language string                    `label:"Language spoken there" kind:"language" optional:"true"`
	Access   []directory.AccessFeature `label:"What makes it easier to use" optional:"true"`
}

func (s seeking) wanted() directory.Wanted {
	w := directory.Wanted{Language: s.Language, Access: s.Access}
	if s.For != "" {
		w.For = []directory.PersonKind{s.For}
		w.Child = s.For == "girls" || s.For == "boys"
	}
	return w
}

type placesPage struct {
	ui.Page
	Filter ui.Filter
	Places []placeCard
	Own    ui.Table
	Empty  ui.Empty
}

// placeCard is one place to sleep; Move begins the move there, on a case.
type placeCard struct {
	ui.Card
	Move *ui.Button
}

// places lists free places to sleep (row 17), and the viewer's own to be kept up to date.
func (s *Server) places(v *visit) error {
	var asked seeking
	if err := input.Decode(v.r.URL.Query(), nil, &asked, s.Zone); err != nil {
		return err
	}
	found, err := s.Directory.FreePlaces(v.r.Context(), v.door, asked.wanted())
	if err != nil {
		return err
	}
	page := placesPage{Page: v.frame("Free places")}
	page.Filter = ui.Filter{Action: "/places", Fields: v.asked(&asked), Clear: "/places", Active: len(v.r.URL.Query())}
	for _, p := range found {
		page.Places = append(page.Places, placeCard{Card: v.placeCard(p)})
	}
	page.Empty = ui.Empty{Title: v.loc.T("No free place is known"), Text: v.loc.T("Ask for less, or ring those who keep places: a number may be old.")}
	if v.keepsPlaces() {
		own, err := s.Directory.PlacesOf(v.r.Context(), v.door, v.viewer().Organisation)
		if err != nil {
			return err
		}
		page.Own = v.ownPlaces(own)
	}
	return v.show(http.StatusOK, "places", page)
}

// placeCard says who keeps a place, for whom it is and how to refer somebody; never where it is.
func (v *visit) placeCard(p directory.Place) ui.Card {
	card := ui.Card{Title: p.Name, Href: "/organisations/" + p.Organisation.String(), Tag: &ui.Tag{Text: v.loc.N("%d place is free", "%d places are free", p.Free), Colour: ui.Green}}
	card.Facts = []ui.Row{{Key: v.loc.T("Kind of help"), Value: v.loc.T(p.Service.Kind.Label())}, {Key: v.loc.T("For whom"), Value: v.loc.T(p.For.Label())},
		{Key: v.loc.T("Told"), Value: v.loc.Time(p.AsOf, v.s.Zone), Tag: v.staleTag(p)}}
	add := func(key, value string) {
		if value != "" {
			card.Facts = append(card.Facts, ui.Row{Key: v.loc.T(key), Value: value})
		}
	}
	add("Telephone", p.Telephone)
	add("How to refer somebody", p.Service.HowTo)
	add("Languages spoken there", v.languageNames(p.Service.Languages))
	var features []string
	for _, f := range p.Service.Access {
		features = append(features, v.loc.T(f.Label()))
	}
	add("What makes it easier to use", strings.Join(features, " · "))
	return card
}

// staleTag warns of a number that is older than a day.
func (v *visit) staleTag(p directory.Place) *ui.Tag {
	if !p.Stale(v.s.Node.Now()) {
		return nil
	}
	return &ui.Tag{Text: v.loc.T("Older than a day: ring first"), Colour: ui.Yellow}
}

// languageNames are the names of languages in themselves, or their codes.
func (v *visit) languageNames(tags []string) string {
	var names []string
	for _, tag := range tags {
		name := tag
		if i := slices.IndexFunc(languages(), func(o input.Option) bool { return o.Value == tag }); i >= 0 {
			name = languages()[i].Label
		}
		names = append(names, name)
	}
	return strings.Join(names, " · ")
}

// keepsPlaces reports whether the viewer may say how many places their organisation has; the directory decides again.
func (v *visit) keepsPlaces() bool {
	return v.viewer().Has(access.ShelterManager) || v.viewer().Has(access.ServiceProvider) || v.viewer().Has(access.CaseWorker)
}

func (v *visit) ownPlaces(own []directory.Place) ui.Table {
	table := ui.Table{Caption: v.loc.T("Your organisation's places"), Columns: []ui.Column{{Text: v.loc.T("Name")}, {Text: v.loc.T("For whom")}, {Text: v.loc.T("Free places")},
		{Text: v.loc.T("Told")}, {Text: v.loc.T("Change")}}, Empty: ui.Empty{Text: v.loc.T("Your organisation keeps no places to sleep.")}}
	for _, p := range own {
		change := "/organisations/" + p.Organisation.String() + "/services/" + p.Service.ID.String() + "/places/" + string(p.For)
		told := ui.Cell{Text: v.loc.Time(p.AsOf, v.s.Zone), Tag: v.staleTag(p)}
		table.Rows = append(table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: p.Service.Name}, {Text: v.loc.T(p.For.Label())},
			{Text: v.loc.T("%s of %s places are free", v.loc.Number(p.Free), v.loc.Number(p.Total))}, told, {Text: v.loc.T("Bring up to date: %s", v.loc.T(p.For.Label())), Href: change}}})
	}
	return table
}

// addingPlaces is places of a service for one more kind of person.
type addingPlaces struct {
	For   directory.PersonKind `label:"For whom"`
	Total int                  `label:"Places in all"`
	Free  int                  `label:"Free places now" optional:"true"`
}

func (v *visit) addingPlacesQuestion(p *addingPlaces) question {
	return question{title: "Add places", action: v.r.URL.Path, back: "/organisations/" + v.r.PathValue("id"), fields: v.asked(p),
		text: "Never write where the places are: every member reads this."}
}

func (s *Server) newPlacesForm(v *visit) error {
	return v.ask(v.addingPlacesQuestion(&addingPlaces{}), nil)
}

func (s *Server) newPlaces(v *visit) error {
	var p addingPlaces
	return v.changed(&p, func() question { return v.addingPlacesQuestion(&p) }, func(id ident.ID) error {
		service, err := ident.Parse(v.r.PathValue("service"))
		if err != nil {
			return fault.NotFound("There is no such page.")
		}
		return s.Directory.SetPlaces(v.r.Context(), v.door, id, service, directory.Places{For: p.For, Total: p.Total, Free: p.Free})
	}, "/organisations/")
}

// routePlaces gives the addresses of places to sleep, also those that begin on a case.
func (s *Server) routePlaces(mux *http.ServeMux) {
	mux.HandleFunc("GET /places", s.signedIn(s.places))
	mux.HandleFunc("GET /cases/{id}/places", s.signedIn(s.refuges))
	mux.HandleFunc("POST /cases/{id}/places", s.signedIn(s.findRefuges))
	mux.HandleFunc("POST /cases/{id}/places/move", s.signedIn(s.beginMove))
	mux.HandleFunc("GET /organisations/{id}/services/{service}/places/new", s.signedIn(s.newPlacesForm))
	mux.HandleFunc("POST /organisations/{id}/services/{service}/places/new", s.signedIn(s.newPlaces))
}
