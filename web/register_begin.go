package web

import (
	"slices"
	"strings"

	"palermo/cooperation"
	"palermo/ident"
	"palermo/register"
	"palermo/web/ui"
)

// chosenService fills in what the reader chose in the register: the State, and
// the service as it is published. It gives the organisation that stands for the State here.
func (v *visit) chosenService(act cooperation.Act) (ident.ID, error) {
	query := v.r.URL.Query()
	node := query.Get("state")
	if v.s.Register == nil || node == "" {
		return ident.ID{}, nil
	}
	c, err := v.s.Register.Of(v.r.Context(), v.door, node)
	if err != nil {
		return ident.ID{}, err
	}
	if id, err := ident.Parse(query.Get("service")); err == nil {
		if s, ok := c.Content.Find(register.Services, id).(*register.Service); ok {
			named := v.loc.T(s.Kind.Label()) + ", " + s.By
			switch a := act.(type) {
			case *cooperation.Enquire:
				a.Topic, a.Question = "services", named+"\n"
			case *cooperation.ProposeReferral:
				a.Services = named
			}
		}
	}
	return v.s.Abroad.Directory.OrganisationAt(v.r.Context(), node)
}

// channelOf is the way that a procedure goes: what an agreement must allow.
func channelOf(t cooperation.Type) register.Channel {
	switch t {
	case "enquiry":
		return register.Informal
	case "legal_assistance":
		return register.Central
	case "consular":
		return register.Consular
	}
	return register.Formal
}

// sayChannels says beside the choice of a recipient which channel the procedure
// takes, and for each whether it works by it and an agreement allows it (row 8e).
func (v *visit) sayChannels(f *ui.Form, t cooperation.Type) error {
	i := slices.IndexFunc(f.Fields, func(f ui.Field) bool { return f.Name == "recipient" })
	if v.s.Register == nil || i < 0 {
		return nil
	}
	cards, err := v.s.Register.Cards(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	own := slices.IndexFunc(cards, func(c register.View) bool { return c.Own })
	channel := channelOf(t)
	said := []string{v.loc.T("Channel: %s.", v.loc.T(channel.Label()))}
	for _, o := range v.organisations() {
		at := slices.IndexFunc(cards, func(c register.View) bool { return c.Node == o.Node })
		if o.Node == "" || at < 0 {
			continue
		}
		var ours register.View
		if own >= 0 {
			ours = cards[own]
		}
		said = append(said, o.Name+": "+v.allowance(&ours, &cards[at], channel))
	}
	f.Fields[i].Hint = strings.Join(said, " ")
	return nil
}

// allowance says whether a State works by a channel, and which agreement allows it, by its card or by ours.
func (v *visit) allowance(ours, theirs *register.View, channel register.Channel) string {
	now := v.s.Node.Now()
	allowing := ours.Content.Allowing(channel, theirs.State, now)
	if len(allowing) == 0 && ours.State != "" {
		allowing = theirs.Content.Allowing(channel, ours.State, now)
	}
	works := slices.ContainsFunc(theirs.Content.Points, func(p register.Point) bool { return slices.Contains(p.Channels, channel) })
	switch {
	case len(allowing) > 0:
		return v.loc.T("allowed by: %s.", allowing[0].Title)
	case works:
		return v.loc.T("it works by this channel; no agreement is named.")
	}
	return v.loc.T("its card does not name this channel.")
}
