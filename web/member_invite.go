package web

import (
	"net/http"
	"time"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/web/ui"
)

// invitation is a new member as a form asks for one.
type invitation struct {
	Name         string          `label:"Name" hint:"Leave it empty for an interpreter: the booking desk writes it." optional:"true"`
	Login        string          `label:"User name" hint:"Small letters and digits. An interpreter's must not be their name."`
	Pseudonym    string          `label:"Pseudonym of an interpreter" optional:"true"`
	Organisation ident.ID        `label:"Organisation" kind:"organisation"`
	Role         roleChoice      `label:"Role"`
	Course       string          `label:"Course that must have been passed" kind:"course" optional:"true"`
	Agreement    directory.Cover `label:"What an agreement of the organisation must cover" optional:"true"`
}

func grant(role roleChoice, course string, agreement directory.Cover, until time.Time) directory.Grant {
	g := directory.Grant{Role: access.Role(role), Agreement: agreement, Until: until}
	if course != "" {
		g.Courses = []string{course}
	}
	return g
}

func (v *visit) inviting(i *invitation) question {
	return question{title: "Invite a member", action: "/members/new", back: "/members", submit: "Invite", fields: v.asked(i)}
}

func (s *Server) inviteForm(v *visit) error { return v.ask(v.inviting(&invitation{}), nil) }

// invite makes the account and shows the password to hand over, once.
func (s *Server) invite(v *visit) error {
	var i invitation
	err := v.decode(&i)
	var id ident.ID
	var handOver string
	if err == nil {
		id, handOver, err = s.Directory.Invite(v.r.Context(), v.door, directory.AddMember{Name: i.Name, Login: i.Login, Pseudonym: i.Pseudonym,
			Organisation: i.Organisation, Grants: []directory.Grant{grant(i.Role, i.Course, i.Agreement, time.Time{})}})
	}
	if err != nil {
		return v.answer(v.inviting(&i), err, "")
	}
	return v.handOver(id, handOver)
}

func (v *visit) handOver(id ident.ID, password string) error {
	page := recoveryPage{Page: v.frame("Password to hand over"), Next: ui.Button{Text: v.loc.T("I have noted it: go on"), Href: "/members/" + id.String()}}
	page.Path = "/members/" + id.String()
	page.Codes = ui.Codes{Codes: []string{password},
		Text: v.loc.T("Hand it over in person or by post, not by e-mail. For three days it opens the set-up of sign-in, and nothing else. It is not shown again.")}
	return v.show(http.StatusOK, "recovery-codes", page)
}

func (v *visit) invitingAgain() question {
	return question{title: "Invite again", action: v.r.URL.Path, back: "/members/" + v.r.PathValue("id"), submit: "Invite again", danger: true,
		text: "The member's password, codes and passkeys stop working, and their sessions end. You get a new password to hand over."}
}

func (s *Server) inviteAgainForm(v *visit) error { return v.ask(v.invitingAgain(), nil) }

func (s *Server) inviteAgain(v *visit) error {
	id, err := ident.Parse(v.r.PathValue("id"))
	if err != nil {
		return fault.NotFound("There is no such member.")
	}
	handOver, err := s.Directory.Reinvite(v.r.Context(), v.door, id)
	if err != nil {
		return v.answer(v.invitingAgain(), err, "")
	}
	return v.handOver(id, handOver)
}

func (v *visit) closingAccount() question {
	return question{title: "Close the account", action: v.r.URL.Path, back: "/members/" + v.r.PathValue("id"), submit: "Close the account", danger: true,
		text: "The member is signed out and cannot sign in again. What they did stays in the history."}
}

func (s *Server) closeAccountForm(v *visit) error { return v.ask(v.closingAccount(), nil) }

func (s *Server) closeAccount(v *visit) error {
	return v.changed(&struct{}{}, v.closingAccount, func(id ident.ID) error {
		return s.Directory.Deactivate(v.r.Context(), v.door, id)
	}, "/members/")
}
