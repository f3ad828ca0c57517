package web

import (
	"net/http"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/web/ui"
)

type auditPage struct {
	ui.Page
	Case   ui.Form
	Member ui.Form
	Found  *ui.Table
}

// auditing lets in the auditor only.
func (s *Server) auditing(h handler) http.HandlerFunc {
	return s.signedIn(func(v *visit) error {
		if !v.viewer().Has(access.Auditor) {
			return fault.Denied("Only the auditor sees this.")
		}
		return h(v)
	})
}

// audit asks which case or which member.
func (s *Server) audit(v *visit) error { return v.show(http.StatusOK, "audit", v.auditPage()) }

func (v *visit) auditPage() auditPage {
	page := auditPage{Page: v.frame("Audit")}
	page.Path = "/audit"
	page.Case = ui.Form{Action: "/audit/case", Submit: v.loc.T("Find the case"), Fields: []ui.Field{
		{Name: "reference", Label: v.loc.T("Reference of the case"), Required: true, Value: v.r.PostFormValue("reference")}}}
	page.Member = ui.Form{Action: "/audit/member", Submit: v.loc.T("Find the member"), Fields: []ui.Field{
		{Name: "name", Label: v.loc.T("Name of the member"), Hint: v.loc.T("In any script or spelling."), Required: true, Value: v.r.PostFormValue("name")}}}
	return page
}

// auditCase finds a case by its reference; its history answers who looked, and why.
func (s *Server) auditCase(v *visit) error {
	found, err := s.Desk.SearchCases(v.r.Context(), v.door, v.r.PostFormValue("reference"))
	if err != nil {
		return err
	}
	page := v.auditPage()
	page.Found = &ui.Table{Caption: v.loc.T("Who looked, and why"), Columns: []ui.Column{{Text: v.loc.T("Reference")}, {Text: v.loc.T("Opened")}},
		Empty: ui.Empty{Title: v.loc.T("No case"), Text: v.loc.T("There is no case with this reference.")}}
	for _, r := range found {
		c := r.Value()
		page.Found.Rows = append(page.Found.Rows, ui.TableRow{Cells: []ui.Cell{{Text: c.Reference, Href: "/cases/" + r.ID().String() + "/history"},
			{Text: v.loc.Time(c.Opened, s.Zone)}}})
	}
	return v.show(http.StatusOK, "audit", page)
}

// auditMember finds members by name.
func (s *Server) auditMember(v *visit) error {
	found, err := s.Directory.FindMembers(v.r.Context(), v.door, v.r.PostFormValue("name"))
	if err != nil {
		return err
	}
	page := v.auditPage()
	page.Found = &ui.Table{Caption: v.loc.T("Sign-ins and changes of the account"), Columns: []ui.Column{{Text: v.loc.T("Name")}, {Text: v.loc.T("Organisation")}},
		Empty: ui.Empty{Title: v.loc.T("Nobody"), Text: v.loc.T("Nobody has this name.")}}
	for _, m := range found {
		page.Found.Rows = append(page.Found.Rows, ui.TableRow{Cells: []ui.Cell{{Text: m.Name, Href: "/audit/members/" + m.ID.String()}, {Text: v.organisation(m.Organisation)}}})
	}
	return v.show(http.StatusOK, "audit", page)
}

// memberHistory is what happened to one account: sign-ins, refusals, roles.
func (s *Server) memberHistory(v *visit) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return fault.NotFound("There is no such member.")
	}
	before, err := ident.Parse(v.r.URL.Query().Get("before"))
	if err != nil {
		before = ident.ID{} // the first page
	}
	lines, err := s.Directory.MemberHistory(v.r.Context(), v.door, id, before, 100)
	if err != nil {
		return err
	}
	page := historyPage{Page: v.frame("Sign-ins and changes of the account")}
	page.Wide = true
	page.Back = &ui.Link{Text: v.loc.T("Audit"), Href: "/audit"}
	page.Table = ui.Table{Caption: v.member(id), Columns: []ui.Column{{Text: v.loc.T("When")}, {Text: v.loc.T("What")}, {Text: v.loc.T("Who")},
		{Text: v.loc.T("Organisation")}}}
	for _, l := range lines {
		who := l.Header.Name
		if l.Header.Member.IsZero() { // the node at a sign-in: its own reading is no news, what came of it is
			if l.Header.Action == string(directory.ActSignIn) {
				continue
			}
			who = ""
		}
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: v.loc.Time(l.At, s.Zone)}, {Text: v.accountEvent(l.Header.Action)},
			{Text: who}, {Text: v.organisationOrNone(l.Header.Organisation)}}})
	}
	if len(lines) == 100 {
		page.Pages.Next = "/audit/members/" + id.String() + "?before=" + lines[99].ID.String()
	}
	return v.show(http.StatusOK, "history", page)
}

func (v *visit) organisationOrNone(id ident.ID) string {
	if id.IsZero() {
		return ""
	}
	return v.organisation(id)
}

// accountEvent names what an entry of the journal says of an account.
func (v *visit) accountEvent(name string) string {
	if text, ok := accountEvents[name]; ok {
		return v.loc.T(text)
	}
	return v.action(name)
}

var accountEvents = map[string]string{
	"signed_in": "Signed in", "sign_in_refused": "A sign-in was refused",
	"look": "The account was looked at", "see:history": "Read this list",
	"member_added": "The account was opened", "member_left": "The account was closed", "sign_in_reset": "Invited again",
	"role_granted": "A role was given", "role_revoked": "A role was taken back", "course_completed": "A course was passed",
	"password_set": "A password was chosen", "codes_enrolled": "An authenticator was begun", "codes_confirmed": "An authenticator was confirmed",
	"recovery_codes_made": "Recovery codes were made", "passkey_added": "A passkey was added", "passkey_removed": "A passkey was removed",
	"passkey_used": "A passkey was used for confidential notes",
	"on_duty":      "Went on duty", "off_duty": "Went off duty", "sessions_ended": "Ended all sessions", "deputy_set": "A deputy was named",
	"languages_set": "Languages were changed", "sign_on_linked": "An account elsewhere was linked", "sign_on_unlinked": "An account elsewhere was unlinked",
	"reach_set": "Districts and hours were changed", "reference_set": "Made a reference for colleagues, or no longer",
	"posted": "A posting was written down", "posting_ended": "A posting ended",
	"interpreter_described": "The booking desk wrote down the interpreter",
}
