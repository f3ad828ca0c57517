package demo

import (
	"context"
	"fmt"

	"palermo/access"
	"palermo/directory"
)

// services are what the organisations offer: free places by kind of person, and how to refer somebody.
func (s *Story) services(ctx context.Context) error {
	d := s.Node.For(access.Node(access.Administrator))
	for _, o := range []struct {
		org     string
		service directory.Service
	}{
		{"shelter", directory.Service{Kind: directory.SafeHouseService, Name: "Ginestra", Languages: []string{"it", "en", "bin"}, HowTo: "Ring at any hour; ask for the person on duty.",
			Access: []directory.AccessFeature{"day_and_night", "no_papers", "children_welcome"},
			Places: []directory.Places{{For: "women", Total: 6, Free: 2}, {For: "women_children", Total: 3, Free: 1}}}},
		{"minors", directory.Service{Kind: directory.ChildHome, Name: "Oleandro", Languages: []string{"it", "en", "ti"}, HowTo: "Ring first. A child can come the same night.",
			Access: []directory.AccessFeature{"day_and_night", "no_papers"}, Places: []directory.Places{{For: "boys", Total: 4, Free: 1}, {For: "girls", Total: 4, Free: 2}}}},
	} {
		if _, err := s.Book.Offer(ctx, d, s.orgs[o.org], o.service); err != nil {
			return fmt.Errorf("%s: %w", o.service.Name, err)
		}
	}
	return s.interpreter(ctx)
}

// interpreter adds one, whose name the booking desk alone writes and knows.
func (s *Story) interpreter(ctx context.Context) error {
	org := s.orgs["booking"]
	id, secret, err := s.Book.AddMember(ctx, s.Node.For(access.Node(access.Administrator)), directory.AddMember{Login: "ip17", Pseudonym: "Interpreter 17",
		Organisation: org, Roles: []access.Role{access.Interpreter}, Password: Password})
	if err != nil {
		return fmt.Errorf("ip17: %w", err)
	}
	a := &Account{Login: "ip17", Name: "Interpreter 17", Password: Password, Secret: secret, Does: "interprets under a pseudonym", Organisation: org,
		Viewer: access.Viewer{Member: id, Name: "Interpreter 17", Organisation: org, Roles: []access.Role{access.Interpreter}}}
	s.who["ip17"], s.list = a, append(s.list, a)
	return s.Book.Describe(ctx, s.Node.For(s.who["omar"].Viewer), id, directory.DescribeInterpreter{Name: "Selam Haile", Pseudonym: "Interpreter 17",
		Languages: []string{"ti", "am", "en"}, Dialects: "Hamasien", Gender: "woman", Communities: "Asmara", VettedUntil: s.Node.Now().AddDate(1, 0, 0), Available: true})
}
