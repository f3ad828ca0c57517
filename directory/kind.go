package directory

import (
	"encoding/base64"
	"slices"
	"strings"
	"time"

	"palermo/access"
	"palermo/ident"
	"palermo/names"
	"palermo/record"
)

// What one may do in the directory; policies.cedar says who.
const (
	ActKeep        access.Action = "do:keep"        // facts, members, accounts, closing
	ActGrant       access.Action = "do:grant"       // roles
	ActTrain       access.Action = "do:train"       // courses and completions
	ActAgree       access.Action = "do:agree"       // agreements
	ActServices    access.Action = "do:services"    // services and free places
	ActOwnAccount  access.Action = "do:own_account" // one's own sign-in, deputy, duty
	ActInterpreter access.Action = "do:interpreter" // who an interpreter is
	ActSignIn      access.Action = "do:sign_in"     // the node, noting that somebody signed in or did not
	ActKeyring     access.Action = "do:keyring"     // the key to one's organisation's confidential notes
	actCreate      access.Action = "create"
)

// Organisations says how organisations are kept.
func Organisations() *record.Kind[Organisation, OrganisationView] {
	return &record.Kind[Organisation, OrganisationView]{Name: "organisation", Schema: 1,
		Index: func(o *Organisation) record.Index {
			x := record.Index{State: state(o.Closed), Sort: o.Added, Relations: access.ForEveryone(access.Member, access.SignIn, access.Auditor, access.Exchange)}
			for _, r := range []access.Role{access.ShelterManager, access.ServiceProvider, access.CaseWorker} {
				x.Relations = append(x.Relations, access.Relation{Party: o.RecordID(), Role: r})
			}
			x.Words = append(nameWords("", o.Name), "kind:"+string(o.Kind), "country:"+o.Country)
			if o.Node != "" {
				x.Words = append(x.Words, nodeWord(o.Node))
			}
			for _, n := range o.OtherNames {
				x.Words = append(x.Words, nameWords("", n.Name)...)
			}
			for _, s := range o.Services {
				if !s.Closed {
					x.Words = append(x.Words, "service:"+string(s.Kind))
				}
			}
			return flagged(x, o)
		},
		Redact: redactOrganisation,
	}
}

func flagged(x record.Index, o *Organisation) record.Index {
	if o.FirstResponder {
		x.Words = append(x.Words, "first_responder")
	}
	if o.FocalPoint {
		x.Words = append(x.Words, "focal_point")
	}
	return x
}

// Members says how members are kept. Colleagues come to a member's record; to
// an interpreter's only the booking desk and whoever keeps the account (rule 8).
func Members() *record.Kind[Member, MemberView] {
	return &record.Kind[Member, MemberView]{Name: "member", Schema: 1, Index: indexMember, Redact: redactMember}
}

func indexMember(m *Member) record.Index {
	x := record.Index{State: state(m.Left), Sort: m.Added}
	if m.Stranger {
		return record.Index{State: "stranger", Sort: m.Added, Words: []string{strangerWord}, Relations: access.ForEveryone(access.SignIn, access.Auditor)}
	}
	own := access.Relation{Party: m.RecordID(), Role: access.Member}
	x.Relations = append(access.ForEveryone(access.SignIn, access.Administrator, access.Auditor), own)
	if m.Interpreting != nil {
		x.Relations = append(x.Relations, access.ForEveryone(access.BookingDesk)...)
		x.Words = append(nameWords("", m.Known()), nameWords(deskPrefix, m.Name)...)
	} else {
		x.Relations = append(x.Relations, access.ForEveryone(access.Member)...)
		x.Words = nameWords("", m.Name)
	}
	x.Words = append(x.Words, loginWord(m.Login), orgWord(m.Organisation))
	for _, g := range m.Grants {
		x.Words = append(x.Words, roleWord(g.Role))
	}
	for _, c := range m.Completions {
		x.Words = append(x.Words, passedWord(c.Course))
	}
	for _, l := range m.Languages {
		x.Words = append(x.Words, "language:"+l)
	}
	for _, p := range m.Credentials.Passkeys {
		x.Words = append(x.Words, passkeyWord(p.ID))
	}
	for _, f := range m.Credentials.Federated {
		x.Words = append(x.Words, oidcWord(f.Issuer, f.Subject))
	}
	for _, p := range m.Credentials.Programs {
		x.Words = append(x.Words, programWord(p.ID))
	}
	return x
}

// Courses says how courses are kept.
func Courses() *record.Kind[Course, CourseView] {
	return &record.Kind[Course, CourseView]{Name: "course", Schema: 1,
		Index: func(c *Course) record.Index {
			return record.Index{State: state(c.Retired), Sort: c.Added,
				Relations: access.ForEveryone(access.Member, access.SignIn, access.Auditor), Words: []string{"code:" + c.Code}}
		},
		Redact: func(c *Course, _ access.Decision) CourseView { return CourseView{ID: c.RecordID(), Course: *c} },
	}
}

func state(ended time.Time) string {
	if ended.IsZero() {
		return "open"
	}
	return "closed"
}

const (
	strangerWord = "stranger"
	deskPrefix   = "desk:" // before the words of an interpreter's name, asked for by the booking desk alone
)

func loginWord(login string) string        { return "login:" + strings.ToLower(strings.TrimSpace(login)) }
func oidcWord(issuer, sub string) string   { return "oidc:" + issuer + "|" + sub }
func passkeyWord(id []byte) string         { return "passkey:" + base64.RawURLEncoding.EncodeToString(id) }
func programWord(key ident.ID) string      { return "program:" + key.String() }
func orgWord(organisation ident.ID) string { return "org:" + organisation.String() }
func nodeWord(node string) string          { return "node:" + node }
func passedWord(course string) string      { return "passed:" + course }
func roleWord(r access.Role) string        { return "role:" + string(r) }

// nameWords are the terms of a name in every form in which it may be looked for.
func nameWords(prefix, name string) []string {
	var words []string
	for _, t := range names.Terms(name) {
		words = append(words, termWord(prefix, t))
	}
	return words
}

// nameQuery asks for a name: each word of it in one of its forms.
func nameQuery(prefix, name string) [][]string {
	var groups [][]string
	for _, alternatives := range names.Query(name) {
		var group []string
		for _, t := range alternatives {
			group = append(group, termWord(prefix, t))
		}
		groups = append(groups, slices.Clip(group))
	}
	return groups
}

func termWord(prefix string, t names.Term) string {
	return prefix + "name:" + t.Weight.String() + ":" + t.Text
}
