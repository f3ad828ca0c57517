package directory

import (
	"time"

	"palermo/access"
	"palermo/ident"
)

// OrganisationView is what may be shown of an organisation: all of it, since a
// secret has no place in the directory.
type OrganisationView struct {
	ID ident.ID
	Organisation
}

func redactOrganisation(o *Organisation, d access.Decision) OrganisationView {
	if !d.Sees(access.Summary) {
		return OrganisationView{ID: o.RecordID()}
	}
	return OrganisationView{ID: o.RecordID(), Organisation: *o}
}

// CourseView is what may be shown of a course.
type CourseView struct {
	ID ident.ID
	Course
}

// MemberView is what may be shown of a member.
type MemberView struct {
	ID           ident.ID
	Name         string // an interpreter's pseudonym
	Organisation ident.ID
	Roles        []access.Role // granted; whether in force, RolesOf says
	Languages    []string
	Deputy       ident.ID
	OnDuty       bool
	Active       bool
	Interpreter  bool
	Districts    []string
	Hours        string
	Reference    bool
	Posting      *Posting      // for administrators, and the member
	Interpreting *Interpreting // for the booking desk, and the interpreter
	RealName     string        // of an interpreter, for the booking desk and the interpreter
	Account      *AccountView  // for administrators, and the member
	Completions  []Completion  // for administrators, the focal point, and the member

	whole *Member // for the node at sign-in; never leaves this package
}

// AccountView is how a member signs in, without any secret.
type AccountView struct {
	Login       string
	MustSetUp   bool
	Initial     bool // the password is still the one that was handed over
	Codes       bool // one-time codes are set up
	Recovery    int  // recovery codes left
	Passkeys    []PasskeyView
	Providers   []string  // of single sign-on
	Programs    []Program // without their keys
	Grants      []Grant
	Completions []Completion
	LockedUntil time.Time
	LastSignIn  time.Time
	Left        time.Time
}

// PasskeyView is a passkey without its key.
type PasskeyView struct {
	ID    []byte
	Name  string
	Added time.Time
	Used  time.Time
}

func redactMember(m *Member, d access.Decision) MemberView {
	v := MemberView{ID: m.RecordID()}
	if !d.Sees(access.Summary) {
		return v
	}
	self := d.Viewer.Member == m.RecordID() && !d.Viewer.Member.IsZero()
	v.Name, v.Organisation, v.Languages, v.Deputy = m.Known(), m.Organisation, m.Languages, m.Deputy
	v.OnDuty, v.Active, v.Interpreter = m.OnDuty, m.Active(), m.Interpreting != nil
	v.Districts, v.Hours, v.Reference = m.Districts, m.Hours, m.Reference
	for _, g := range m.Grants {
		v.Roles = append(v.Roles, g.Role)
	}
	if v.Interpreter && (self || d.Sees(access.Interpreters)) {
		booking := *m.Interpreting
		v.Interpreting, v.RealName = &booking, m.Name
	}
	if self || d.May(ActSeeTraining) {
		v.Completions = m.Completions
	}
	if self || d.Sees(access.Contact) {
		v.Account, v.Posting = viewAccount(m), m.Posting
	}
	for _, r := range d.Standing {
		if r == access.SignIn {
			v.whole = m
		}
	}
	return v
}

func viewAccount(m *Member) *AccountView {
	c := &m.Credentials
	a := &AccountView{Login: m.Login, MustSetUp: m.MustSetUp(), Initial: c.Initial, Codes: c.TOTP.Confirmed, Recovery: len(c.Recovery),
		Grants: m.Grants, Completions: m.Completions, LockedUntil: m.Attempts.LockedUntil, LastSignIn: m.Attempts.LastSignIn, Left: m.Left}
	for _, p := range c.Passkeys {
		a.Passkeys = append(a.Passkeys, PasskeyView{ID: p.ID, Name: p.Name, Added: p.Added, Used: p.Used})
	}
	for _, p := range c.Programs {
		p.Hash = nil
		a.Programs = append(a.Programs, p)
	}
	for _, f := range c.Federated {
		a.Providers = append(a.Providers, f.Issuer)
	}
	return a
}
