package directory

import (
	"regexp"
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// Member is a person who works with the node.
type Member struct {
	record.Base
	Name         string // of an interpreter: written by the booking desk, seen by it alone (rule 8)
	Login        string
	Organisation ident.ID
	Grants       []Grant
	Languages    []string // BCP 47
	Deputy       ident.ID // who is called on in the member's place
	OnDuty       bool
	Interpreting *Interpreting // of interpreters only
	Posting      *Posting      // of those whom another State sent
	Districts    []string      // that the member works for; empty for the whole country
	Hours        string        // when the member can be reached
	Reference    bool          // a reference judge or prosecutor of the districts
	Completions  []Completion
	Credentials  Credentials
	Attempts     Attempts
	Added        time.Time
	Left         time.Time // zero while the member works here
	Stranger     bool      // not a person: stands for every user name that nobody has
}

// Interpreting is what the booking desk keeps of an interpreter (row 17).
type Interpreting struct {
	Pseudonym   string // by which everybody but the booking desk knows the interpreter
	Dialects    string
	Gender      InterpreterGender // as the interpreter gave it; a person may ask for one
	Communities string            // the interpreter's own, for conflicts of interest
	VettedUntil time.Time
	VettedBy    ident.ID
	Available   bool
}

// Vetted reports whether the interpreter may be booked at the instant.
func (i *Interpreting) Vetted(now time.Time) bool { return i != nil && now.Before(i.VettedUntil) }

// ID of the member.
func (m *Member) ID() record.ID[Member] { return record.ID[Member](m.RecordID()) }

// Active reports whether the member works here.
func (m *Member) Active() bool { return m.Left.IsZero() && !m.Stranger }

// Known is the name by which others know the member: for an interpreter the pseudonym.
func (m *Member) Known() string {
	if m.Interpreting != nil {
		return m.Interpreting.Pseudonym
	}
	return m.Name
}

// Granted gives the grant of a role, or nil.
func (m *Member) Granted(r access.Role) *Grant {
	for i := range m.Grants {
		if m.Grants[i].Role == r {
			return &m.Grants[i]
		}
	}
	return nil
}

// MustSetUp reports whether the member still has to choose a password and a
// second factor, or a passkey, before any role is in force.
func (m *Member) MustSetUp() bool {
	c := &m.Credentials
	if len(c.Passkeys) > 0 || len(c.Federated) > 0 {
		return false
	}
	return c.Password == "" || c.Initial || !c.TOTP.Confirmed
}

// Grant is a role that was given, with the conditions under which it is in force.
type Grant struct {
	Role      access.Role
	Courses   []string  // codes of courses that must have been passed
	Agreement Cover     // what an agreement of the organisation must cover; empty for none
	Until     time.Time // zero: until taken back
	By        ident.ID
	At        time.Time
}

// AddMember is what an administrator writes of a new member.
type AddMember struct {
	Login        string   `label:"User name" hint:"Small letters and digits. An interpreter's must not be their name."`
	Name         string   `label:"Name" hint:"Leave it empty for an interpreter: the booking desk writes it." optional:"true"`
	Pseudonym    string   `label:"Pseudonym of an interpreter" optional:"true"`
	Organisation ident.ID `label:"Organisation" kind:"organisation"`
	Languages    []string
	Roles        []access.Role // without conditions
	Grants       []Grant       // with conditions
	OnDuty       bool
	Password     string // from the command line alone; in the pages a person chooses their own
}

// grants gives every role that is asked for.
func (n AddMember) grants() []Grant {
	list := slices.Clone(n.Grants)
	for _, r := range n.Roles {
		list = append(list, Grant{Role: r})
	}
	return list
}

var loginForm = regexp.MustCompile(`^[a-z0-9][a-z0-9._@-]{2,63}$`)

// member makes the record, without credentials.
func (n AddMember) member(by ident.ID, now time.Time) (*Member, error) {
	m := &Member{Login: strings.ToLower(strings.TrimSpace(n.Login)), Organisation: n.Organisation, OnDuty: n.OnDuty, Added: now}
	var errs []error
	if !loginForm.MatchString(m.Login) {
		errs = append(errs, fault.Invalid("login", "A user name has 3 to 64 small letters, digits, dots or hyphens, and begins with a letter or digit."))
	}
	if n.Organisation.IsZero() {
		errs = append(errs, fault.Invalid("organisation", "Choose the organisation."))
	}
	var languageErr error
	m.Languages, languageErr = languages("languages", n.Languages)
	errs = append(errs, languageErr, m.named(n))
	for _, g := range n.grants() {
		g.By, g.At = by, now
		errs = append(errs, m.grant(g))
	}
	return m, fault.All(errs...)
}

// named takes over the name, or for an interpreter the pseudonym.
func (m *Member) named(n AddMember) error {
	for _, g := range n.grants() {
		if g.Role == access.Interpreter {
			pseudonym, err := text("pseudonym", n.Pseudonym)
			if err != nil {
				return err
			}
			if strings.TrimSpace(n.Name) != "" {
				return fault.Invalid("name", "Only the booking desk knows who an interpreter is. Leave the name empty; the booking desk writes it.")
			}
			m.Interpreting = &Interpreting{Pseudonym: pseudonym, Available: true}
			return nil
		}
	}
	name, err := text("name", n.Name)
	m.Name = name
	return err
}

// grant gives a role in place of an earlier grant of it.
func (m *Member) grant(g Grant) error {
	if !g.Role.Known() {
		return fault.Invalid("roles", "Choose one of the answers.")
	}
	if g.Agreement != "" {
		if err := input.Listed("agreement", g.Agreement); err != nil {
			return err
		}
	}
	if (g.Role == access.Interpreter) != (m.Interpreting != nil) {
		return fault.Invalid("roles", "An interpreter has an account for interpreting alone, so that nobody learns from other work who it is. Add a second account.")
	}
	for i, c := range g.Courses {
		g.Courses[i] = strings.ToUpper(strings.TrimSpace(c))
	}
	if old := m.Granted(g.Role); old != nil {
		*old = g
		return nil
	}
	m.Grants = append(m.Grants, g)
	return nil
}
