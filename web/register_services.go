package web

import (
	"net/http"
	"net/url"

	"palermo/directory"
	"palermo/input"
	"palermo/register"
	"palermo/web/ui"
)

// looking is what is looked for across States, as a form asks for it.
type looking struct {
	Kind     directory.ServiceKind `label:"Kind of help" optional:"true"`
	For      directory.PersonKind  `label:"For whom" optional:"true"`
	Language string                `label:"Language spoken there" kind:"language" optional:"true"`
	Near     string                `label:"Near which town" kind:"service" hint:"Distance is shown where a service has published its town." optional:"true"`
	Node     string                `label:"In which State" kind:"service" optional:"true"`
}

type servicesPage struct {
	ui.Page
	Filter ui.Filter
	Cards  []ui.Card
	Empty  ui.Empty
}

// services looks for services across States, by need, language and distance (row 8f).
func (s *Server) services(v *visit) error {
	var asked looking
	if err := input.Decode(v.r.URL.Query(), nil, &asked, s.Zone); err != nil {
		return err
	}
	cards, err := s.Register.Cards(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := servicesPage{Page: v.frame("Services in other States")}
	page.Back = &ui.Link{Text: v.loc.T("Contacts and services abroad"), Href: "/states"}
	if id := v.r.PathValue("id"); id != "" {
		page.Back = &ui.Link{Text: v.loc.T("Back"), Href: "/cases/" + id + "/abroad"}
	}
	page.Filter = v.lookingFilter(&asked, cards)
	found := register.Find(cards, register.Wanted{Kind: asked.Kind, For: asked.For, Language: asked.Language, Near: asked.Near, Node: asked.Node})
	for _, f := range found {
		page.Cards = append(page.Cards, v.foundCard(f))
	}
	page.Empty = ui.Empty{Title: v.loc.T("No service is published that fits"), Text: v.loc.T("Ask for less, or ask the focal point of the State in an enquiry without personal data.")}
	return v.show(http.StatusOK, "services", page)
}

func (v *visit) lookingFilter(asked *looking, cards []register.View) ui.Filter {
	fields := input.Describe(asked)
	for i := range fields {
		switch fields[i].Name {
		case "near":
			for _, t := range register.Towns(cards) {
				fields[i].Options = append(fields[i].Options, input.Option{Value: t, Label: t})
			}
		case "node":
			for j := range cards {
				if !cards[j].Own {
					fields[i].Options = append(fields[i].Options, input.Option{Value: cards[j].Node, Label: cards[j].Title})
				}
			}
		}
	}
	f := ui.Filter{Action: v.r.URL.Path, Clear: v.r.URL.Path, Active: len(v.r.URL.Query())}
	for _, field := range fields {
		f.Fields = append(f.Fields, v.field(field))
	}
	return f
}

func (v *visit) foundCard(f register.Found) ui.Card {
	card := v.serviceCard(f.Service)
	of := v.asOf(f.Card)
	card.Facts = append([]ui.Row{{Key: v.loc.T("State or organisation"), Link: &ui.Link{Text: f.Card.Title, Href: "/states/" + f.Card.Node}}}, card.Facts...)
	if f.Known {
		card.Facts = append(card.Facts, ui.Row{Key: v.loc.T("Distance"), Value: v.loc.T("%s km as the crow flies", v.loc.Number(f.Kilometres))})
	}
	card.Facts = append(card.Facts, ui.Row{Key: v.loc.T("As of"), Value: of.Text, Tag: of.Tag})
	card.Actions = v.fromService(v.r.PathValue("id"), f.Card.Node, f.Service)
	return card
}

// fromService is what can begin from a service: an enquiry without personal
// data, or from a case a referral, with the service filled in.
func (v *visit) fromService(person, node string, s *register.Service) []ui.Link {
	query := "?" + url.Values{"state": {node}, "service": {s.ID.String()}}.Encode()
	links := []ui.Link{{Text: v.loc.T("Ask about it, without personal data"), Href: "/abroad/new/enquiry" + query}}
	if person != "" {
		links = append([]ui.Link{{Text: v.loc.T("Refer the person there"), Href: "/cases/" + person + "/abroad/referral" + query}}, links...)
	}
	return links
}
