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
	return nil
}
