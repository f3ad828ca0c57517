package web

import (
	"net/http"
	"slices"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/matching"
	"palermo/record"
	"palermo/web/ui"
)

type casePage struct {
	ui.Page
	Reference string
	Tabs      ui.Tabs
	Alarms    []ui.Card       // on the overview
	Facts     ui.SummaryList  // of the overview
	Due       ui.TaskList     // in the part that is shown; on the overview, all
	Became    *ui.SummaryList // of the referral
	Section   *caseSection    // of the part that is shown; nil on the overview
	Timeline  ui.Timeline
	Abroad    string // where what goes on with other States is; empty to those who do not work on it
	History   string // where who looked is told; empty to those who may not see it
	File      string // where it is made as a document, without the ending
	NoFile    string // or why it is not
	Held      string // where it is gone through with the person; empty to those who do not
}

type caseSection struct {
	Name  string
	Lists []ui.SummaryList
	Steps ui.Steps
}

// showCase is a case as this viewer may see it.
func (s *Server) showCase(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	seen, err := record.View(v.r.Context(), v.door, s.Desk.Kind, id, record.Reason{Action: access.Look})
	if err != nil {
		return v.orBreakGlass(err)
	}
	c := seen.Value()
	page := casePage{Page: v.frame("Case"), Reference: c.Reference}
	page.Back = &ui.Link{Text: v.loc.T("Cases"), Href: "/cases"}
	if c.Historical && page.Notice == nil {
		page.Notice = &ui.Notice{Title: v.loc.T("Historical case"), Text: v.loc.T("A record without names of what was. Nothing is due on it, and it can only be looked at.")}
	}
	page.Facts = v.facts(&c)
	base, at := "/cases/"+id.String(), ""
	page.Tabs = ui.Tabs{Label: v.loc.T("Parts of the case"), Items: []ui.NavItem{{Text: v.loc.T("Overview"), Href: base, Current: v.r.URL.Path == base}}}
	for _, section := range c.Sections() {
		part := ui.NavItem{Text: v.loc.T(section.Name), Href: base + "/part/" + casework.Part(section.Name)}
		if part.Current = v.r.URL.Path == part.Href; part.Current {
			shown := v.caseSection(section, base)
			page.Section, at = &shown, section.Name
		}
		page.Tabs.Items = append(page.Tabs.Items, part)
	}
	if page.Section == nil && v.r.URL.Path != base {
		return v.redirect(base) // a part of which the viewer sees nothing, from a line of their day
	}
	if page.Due, err = v.due(seen, base, at); err != nil {
		return err
	}
	if page.Section != nil {
		return v.show(http.StatusOK, "case", page)
	}
	page.Alarms = v.alarms(&c, base)
	if c.Became != nil {
		became := v.entry(c.Became.Entry())
		became.Sub = false
		page.Became = &became
	}
	page.Timeline = v.timeline(&c)
	if why := c.MayLeave(); why != nil {
		page.NoFile = v.loc.T(fault.Of(why).Message)
	} else {
		page.File = base + "/file"
	}
	if c.Sees.Has(access.History) {
		page.History = base + "/history"
	}
	if s.Abroad != nil && (seen.May(cooperation.DoCooperate) || seen.May(matching.ActMatch)) {
		page.Abroad = base + "/abroad"
	}
	if seen.May(casework.ActHeld) {
		page.Held = base + "/held"
	}
	return v.show(http.StatusOK, "case", page)
}

// facts are what the case is, in short, and who is on it.
func (v *visit) facts(c *casework.View) ui.SummaryList {
	state := v.state(c)
	facts := ui.SummaryList{Rows: []ui.Row{{Key: v.loc.T("Reference"), Value: c.Reference}}}
	if c.Sees.Has(access.Summary) {
		facts.Rows[0].Tag = &state
		facts.Rows = append(facts.Rows, ui.Row{Key: v.loc.T("Opened"), Value: v.loc.Time(c.Opened, v.s.Zone)},
			ui.Row{Key: v.loc.T("Responsible"), Value: v.organisation(c.Owner)})
	}
	for _, a := range c.Team {
		facts.Rows = append(facts.Rows, ui.Row{Key: v.loc.T(roleLabel(a.Role)), Value: v.organisation(a.Organisation)})
	}
	return facts
}

// timeline is what happened, newest first.
func (v *visit) timeline(c *casework.View) (all ui.Timeline) {
	for i := len(c.Timeline) - 1; i >= 0; i-- {
		m := c.Timeline[i]
		item := ui.TimelineItem{Title: v.loc.T("Case opened"), When: v.loc.Time(m.At, v.s.Zone),
			Stamp: m.At.UTC().Format(time.RFC3339), By: v.organisation(m.Organisation)}
		if info, ok := casework.Find(m.Step); ok {
			item.Title = v.loc.T(info.Past)
		}
		if title, ok := abroadMoments[m.Step]; ok {
			item.Title = v.loc.T(title)
		}
		all.Items = append(all.Items, item)
	}
	return all
}

// state is whether a case is open, as a tag.
func (v *visit) state(c *casework.View) ui.Tag {
	if c.Historical {
		return ui.Tag{Text: v.loc.T("Historical"), Colour: ui.Grey}
	}
	if c.Closed != nil {
		return ui.Tag{Text: v.loc.T("Closed"), Colour: ui.Grey}
	}
	return ui.Tag{Text: v.loc.T("Open"), Colour: ui.Teal}
}

func (v *visit) caseSection(section casework.Section, base string) caseSection {
	out := caseSection{Name: v.loc.T(section.Name)}
	for _, e := range section.Entries {
		out.Lists = append(out.Lists, v.entry(e))
	}
	for _, o := range section.Offers {
		step := ui.Step{Text: v.loc.T(o.Label)}
		if o.WhyNot != nil {
			step.Why = v.loc.Err(o.WhyNot)
		} else {
			step.Href = stepAddress(base, o.Name)
		}
		out.Steps.Steps = append(out.Steps.Steps, step)
	}
	out.Steps.Title, out.Steps.Sub = v.loc.T("What you can do now"), true
	return out
}

// entry is one thing recorded.
func (v *visit) entry(e casework.Entry) ui.SummaryList {
	list := ui.SummaryList{Title: v.loc.T(e.Title), Sub: true}
	if !e.At.IsZero() {
		list.Rows = append(list.Rows, ui.Row{Key: v.loc.T("When"), Value: v.loc.Time(e.At, v.s.Zone), Note: v.member(e.By)})
	}
	for _, f := range e.Fields {
		list.Rows = append(list.Rows, v.row(f, e.Hidden))
	}
	return list
}

// ownPages are steps that are asked on pages of their own.
var ownPages = map[string]string{"fill-form": "/forms", "seal-note": "/confidential"}

func stepAddress(base, name string) string {
	if page, own := ownPages[name]; own {
		return base + page
	}
	return base + "/do/" + name
}

// row shows a field as it was answered.
func (v *visit) row(f input.Field, hidden bool) ui.Row {
	r := ui.Row{Key: v.loc.T(f.Label), Hidden: hidden && f.Kind == "textarea", Value: f.Value}
	switch f.Kind {
	case "choice", "choices":
		r.Value = ""
		for _, o := range f.Options {
			if o.Value == f.Value || slices.Contains(f.Values, o.Value) {
				r.Values = append(r.Values, v.loc.T(o.Label))
			}
		}
	case "yes":
		r.Value = v.loc.T(map[string]string{"true": "Yes", "false": "No"}[f.Value])
	case "date":
		r.Value = v.loc.Date(f.Value)
	case "instant", "datetime":
		at, err := time.Parse(time.RFC3339, f.Value)
		if err != nil { // as a form has it: what is kept is in UTC
			at, err = time.Parse("2006-01-02T15:04", f.Value)
		}
		if err == nil {
			r.Value = v.loc.Time(at, v.s.Zone)
		}
	case "team":
		r.Value = ""
		for _, value := range f.Values {
			if id, err := ident.Parse(value); err == nil {
				r.Values = append(r.Values, v.organisation(id))
			}
		}
	case "organisation", "member":
		if id, err := ident.Parse(f.Value); err == nil {
			if f.Kind == "organisation" {
				r.Value = v.organisation(id)
			} else {
				r.Value = v.member(id)
			}
		}
	case "interpreter":
		if id, err := ident.Parse(f.Value); err == nil {
			r.Value = v.interpreter(id)
		}
	case "phrase":
		r.Value = v.loc.T(f.Value)
	case "english":
		r.Lang = "en"
	case "language":
		for _, o := range languages() {
			if o.Value == f.Value {
				r.Value, r.Lang = o.Label, o.Value
			}
		}
	case "cell":
		r.Key, r.Hidden = f.Label, hidden
	case "htcds":
		r.Key, r.Hidden = f.Label, hidden
		if label, value, known := v.s.Files.Meaning(casework.Cell{Column: f.Label, Value: f.Value}); known {
			r.Key, r.Value, r.Note, r.Lang = label, value, f.Label, "en"
		}
	case "letter":
		r.Value, r.Link = "", &ui.Link{Text: v.loc.T("Print the letter"), Href: "/cases/" + v.r.PathValue("id") + "/letters/" + f.Value}
	case "document":
		r.Value, r.Link = "", &ui.Link{Text: v.loc.T("Save the file"), Href: "/cases/" + v.r.PathValue("id") + "/documents/" + f.Value}
	}
	return r
}

// organisations are asked for once a visit.
func (v *visit) organisations() []Named {
	if v.listed == nil {
		list, err := v.s.Accounts.Organisations(v.r.Context(), v.door)
		if err != nil {
			v.s.Log.Error("organisations cannot be read", "cause", err)
		}
		v.listed = append([]Named{}, list...) // never nil: read is read, also when there are none
	}
	return v.listed
}

// organisation is the name of an organisation.
func (v *visit) organisation(id ident.ID) string {
	for _, o := range v.organisations() {
		if o.ID == id {
			return o.Name
		}
	}
	return id.Reference()
}

// member is the name by which colleagues know somebody, or nothing; each is read once a visit.
func (v *visit) member(id ident.ID) string {
	if id.IsZero() {
		return ""
	}
	if name, known := v.names[id]; known {
		return name
	}
	name, err := v.s.Accounts.MemberName(v.r.Context(), v.door, id)
	if err != nil {
		name = ""
	}
	if v.names == nil {
		v.names = map[ident.ID]string{}
	}
	v.names[id] = name
	return name
}
