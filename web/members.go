package web

import (
	"net/http"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/web/ui"
)

const membersOnPage = 50

type membersPage struct {
	ui.Page
	Search ui.Form
	Table  ui.Table
	Pages  ui.Pages
	Steps  ui.Steps
}

// keeping lets in administrators only: the directory refuses changes by others, and lists of accounts are not shown to them.
func (s *Server) keeping(h handler) http.HandlerFunc {
	return s.signedIn(func(v *visit) error {
		if !v.viewer().Has(access.Administrator) {
			return fault.Denied("Only administrators keep accounts.")
		}
		return h(v)
	})
}

// members lists the accounts, newest first.
func (s *Server) members(v *visit) error {
	before, err := cursor(v.r.URL.Query().Get("before"))
	if err != nil {
		return err
	}
	list, err := s.Directory.Roll(v.r.Context(), v.door, before, membersOnPage)
	if err != nil {
		return err
	}
	views := make([]directory.MemberView, len(list))
	for i, m := range list {
		views[i] = m.Value()
	}
	page := v.membersPage(views)
	if len(list) == membersOnPage {
		page.Pages.Next = "/members?before=" + cursorText(list[len(list)-1].Cursor())
	}
	return v.show(http.StatusOK, "members", page)
}

// searchMembers finds by name; the words stay out of the address.
func (s *Server) searchMembers(v *visit) error {
	found, err := s.Directory.FindMembers(v.r.Context(), v.door, v.r.PostFormValue("words"))
	if err != nil {
		return err
	}
	return v.show(http.StatusOK, "members", v.membersPage(found))
}

func (v *visit) membersPage(list []directory.MemberView) membersPage {
	page := membersPage{Page: v.frame("Members")}
	page.Path = "/members"
	page.Wide = true
	page.Search = ui.Form{Action: "/members/search", Submit: v.loc.T("Search"), Fields: []ui.Field{
		{Name: "words", Label: v.loc.T("Name"), Hint: v.loc.T("In any script or spelling."), Required: true}}}
	page.Table = ui.Table{Caption: v.loc.T("Members"), Columns: []ui.Column{{Text: v.loc.T("Name")}, {Text: v.loc.T("Organisation")},
		{Text: v.loc.T("Roles")}, {Text: v.loc.T("Status")}}, Empty: ui.Empty{Title: v.loc.T("Nobody"), Text: v.loc.T("Nobody has this name.")}}
	for _, m := range list {
		roles := ""
		for i, r := range m.Roles {
			if i > 0 {
				roles += " · "
			}
			roles += v.loc.T(roleLabel(r))
		}
		tag := v.accountTag(m)
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: m.Name, Href: "/members/" + m.ID.String()},
			{Text: v.organisation(m.Organisation)}, {Text: roles}, {Tag: &tag}}})
	}
	page.Steps = ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Invite a member"), Href: "/members/new", Main: true}}}
	return page
}

func (v *visit) accountTag(m directory.MemberView) ui.Tag {
	switch {
	case !m.Active:
		return ui.Tag{Text: v.loc.T("Closed"), Colour: ui.Grey}
	case m.Account != nil && m.Account.MustSetUp:
		return ui.Tag{Text: v.loc.T("Invited"), Colour: ui.Yellow}
	case m.Account != nil && v.s.Node.Now().Before(m.Account.LockedUntil):
		return ui.Tag{Text: v.loc.T("Locked for a while"), Colour: ui.Red}
	}
	return ui.Tag{Text: v.loc.T("Active"), Colour: ui.Teal}
}

type memberPage struct {
	ui.Page
	Heading     string
	Facts       ui.SummaryList
	Roles       ui.SummaryList
	Completions ui.SummaryList
	Steps       ui.Steps
}

func (v *visit) memberSeen() (record.Redacted[directory.MemberView], error) {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return record.Redacted[directory.MemberView]{}, fault.NotFound("There is no such member.")
	}
	return v.s.Directory.Member(v.r.Context(), v.door, id)
}

// showMember is one account, with its roles and the conditions that they hang on.
func (s *Server) showMember(v *visit) error {
	seen, err := v.memberSeen()
	if err != nil {
		return err
	}
	m := seen.Value()
	standings, err := s.Directory.Conditions(v.r.Context(), v.door, m.ID)
	if err != nil {
		return err
	}
	base := "/members/" + m.ID.String()
	page := memberPage{Page: v.frame("Member"), Heading: m.Name}
	page.Back = &ui.Link{Text: v.loc.T("Members"), Href: "/members"}
	tag := v.accountTag(m)
	page.Facts = ui.SummaryList{Rows: []ui.Row{{Key: v.loc.T("User name"), Value: m.Account.Login}, {Key: v.loc.T("Status"), Tag: &tag},
		{Key: v.loc.T("Organisation"), Value: v.organisation(m.Organisation)}, {Key: v.loc.T("Last sign-in"), Value: v.loc.Time(m.Account.LastSignIn, s.Zone)}}}
	page.Facts.Rows = append(page.Facts.Rows, v.postingRows(m)...)
	page.Roles = v.roleList(standings)
	for i, g := range m.Account.Grants {
		row := &page.Roles.Rows[i]
		if !g.Until.IsZero() {
			row.Note = v.loc.T("Until %s", v.loc.Time(g.Until, s.Zone))
		}
		row.Actions = []ui.Link{{Text: v.loc.T("Take back"), Href: base + "/roles/" + string(g.Role) + "/revoke"}}
	}
	page.Completions = ui.SummaryList{Title: v.loc.T("Courses passed")}
	for _, c := range m.Account.Completions {
		page.Completions.Rows = append(page.Completions.Rows, ui.Row{Key: c.Course, Value: v.loc.Date(c.On.In(s.Zone).Format("2006-01-02")), Note: v.attested(c)})
	}
	page.Steps.Steps = []ui.Step{{Text: v.loc.T("Give a role"), Href: base + "/roles/new"}, {Text: v.loc.T("Record a course passed"), Href: base + "/courses/new"},
		{Text: v.loc.T("Invite again"), Href: base + "/invite", Hint: v.loc.T("When a telephone or a password is lost, or the account was closed.")}}
	page.Steps.Steps = append(page.Steps.Steps, v.memberSteps(m, base)...)
	if m.Active {
		page.Steps.Steps = append(page.Steps.Steps, ui.Step{Text: v.loc.T("Close the account"), Href: base + "/close"})
	}
	return v.show(http.StatusOK, "member", page)
}
