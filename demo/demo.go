// Package demo is made-up people in a made-up story, so that a node can be
// tried. Nobody in it exists; places are named as anybody might name them.
package demo

import (
	"context"
	"fmt"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/directory"
	"palermo/ident"
	"palermo/record"
)

// Account is somebody to sign in as.
type Account struct {
	Login, Name, Password, Secret, Does string
	Organisation                        ident.ID
	Viewer                              access.Viewer
}

// Password of all demonstration accounts.
const Password = "seven quiet olive trees"

type organisation struct {
	key    string
	fields directory.AddOrganisation
}

type person struct {
	login, name, organisation, does string
	role                            access.Role
	onDuty                          bool
}

func italian() []organisation {
	return []organisation{
		{"focal", directory.AddOrganisation{Name: "Office of the National Focal Point", Kind: "focal_point_office", FocalPoint: true, Country: "IT"}},
		{"ngo", directory.AddOrganisation{Name: "Porto Aperto", Kind: "ngo", Country: "IT", FirstResponder: true, Contact: "Mondays to Saturdays, 8 to 20"}},
		{"authority", directory.AddOrganisation{Name: "Competent Authority on Identification", Kind: "competent_authority", Country: "IT"}},
		{"shelter", directory.AddOrganisation{Name: "Casa Ginestra", Kind: "shelter", Country: "IT", Telephone: "+39 095 000 0001"}},
		{"minors", directory.AddOrganisation{Name: "Casa Oleandro", Kind: "shelter", Country: "IT", Telephone: "+39 095 000 0002"}},
		{"clinic", directory.AddOrganisation{Name: "Harbour Street Clinic", Kind: "clinic", Country: "IT"}},
		{"legal", directory.AddOrganisation{Name: "Legal Aid, Catania", Kind: "legal_aid", Country: "IT"}},
		{"police", directory.AddOrganisation{Name: "Police, Anti-Trafficking Section", Kind: "police", Country: "IT", FirstResponder: true}},
		{"guardians", directory.AddOrganisation{Name: "Guardians' Office", Kind: "child_protection", Country: "IT"}},
		{"booking", directory.AddOrganisation{Name: "Interpreters' Booking Desk", Kind: "booking_desk", Country: "IT"}},
		{"complaints", directory.AddOrganisation{Name: "Independent Complaints Body", Kind: "complaints_body", Country: "IT"}},
		{"removal", directory.AddOrganisation{Name: "Immigration Office", Kind: "immigration", Country: "IT"}},
		{"auditor", directory.AddOrganisation{Name: "Audit Office", Kind: "other", Country: "IT"}},
		{"nigeria", directory.AddOrganisation{Name: "National Focal Point, Nigeria", Kind: "focal_point_office", Country: "NG", Node: "ng"}},
		{"secretariat", directory.AddOrganisation{Name: "Secretariat of the Conference", Kind: "international", Node: "secretariat"}},
	}
}

func italians() []person {
	return []person{
		{"rosa", "Rosa Ferlito", "ngo", "meets people at the harbour and leads their cases", access.CaseWorker, true},
		{"dario", "Dario Conti", "ngo", "meets people first", access.FirstResponder, true},
		{"ines", "Ines Marchetti", "focal", "is the national focal point", access.FocalPoint, true},
		{"bruno", "Bruno Salerno", "authority", "decides on identification", access.DecisionMaker, false},
		{"lea", "Lea Monti", "authority", "decides on identification, reviews a colleague's decisions", access.DecisionMaker, false},
		{"teresa", "Teresa Amato", "shelter", "runs a safe house", access.ShelterManager, true},
		{"paolo", "Paolo Rizzo", "clinic", "gives medical care and counselling", access.ServiceProvider, false},
		{"giulia", "Giulia Bellini", "legal", "is a lawyer", access.Lawyer, false},
		{"carlo", "Carlo Neri", "police", "investigates", access.Police, false},
		{"anna", "Anna Vitale", "guardians", "is a guardian", access.Guardian, false},
		{"omar", "Omar Saidi", "booking", "books interpreters", access.BookingDesk, false},
		{"clara", "Clara Fonti", "complaints", "hears complaints", access.ComplaintsBody, false},
		{"ugo", "Ugo Serra", "removal", "could order a removal; learns only who must wait", access.RemovalAuthority, false},
		{"viola", "Viola Greco", "auditor", "sees who looked, and why", access.Auditor, false},
		{"admin", "Sandro Lupo", "focal", "keeps the accounts and sees no case", access.Administrator, false},
	}
}

// Story is a node being filled.
type Story struct {
	Node *record.Node
	Book *directory.Book
	Cast Cast

	desk *casework.Desk
	orgs map[string]ident.ID
	who  map[string]*Account
	list []*Account
	now  time.Time
}

// People adds organisations and accounts, and gives the focal point's organisation.
func (s *Story) People(ctx context.Context) (focal ident.ID, accounts []*Account, err error) {
	s.orgs, s.who = map[string]ident.ID{}, map[string]*Account{}
	d := s.Node.For(access.Node(access.Administrator))
	for _, o := range s.Cast.organisations {
		id, err := s.Book.Add(ctx, d, o.fields)
		if err != nil {
			return focal, nil, fmt.Errorf("%s: %w", o.fields.Name, err)
		}
		s.orgs[o.key] = id
	}
	for _, p := range s.Cast.people {
		org := s.orgs[p.organisation]
		fields := directory.AddMember{Name: p.name, Login: p.login, Organisation: org, Roles: []access.Role{p.role}, OnDuty: p.onDuty, Password: Password}
		id, secret, err := s.Book.AddMember(ctx, d, fields)
		if err != nil {
			return focal, nil, fmt.Errorf("%s: %w", p.login, err)
		}
		a := &Account{Login: p.login, Name: p.name, Password: Password, Secret: secret, Does: p.does, Organisation: org,
			Viewer: access.Viewer{Member: id, Name: p.name, Organisation: org, Roles: []access.Role{p.role}, OnDuty: p.onDuty}}
		s.who[p.login] = a
		s.list = append(s.list, a)
	}
	if s.Cast.services {
		err = s.services(ctx)
	}
	return s.orgs["focal"], s.list, err
}
