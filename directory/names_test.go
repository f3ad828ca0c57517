package directory

import (
	"slices"
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

// looks is how many entries wait in the journal.
func (r *rig) looks() int {
	r.t.Helper()
	waiting, err := r.store.Waiting(r.ctx, 1000)
	r.must(err)
	return len(waiting)
}

func (r *rig) names() []string {
	r.t.Helper()
	list, err := r.OrganisationNames(r.ctx, r.as(access.Member))
	r.must(err)
	var names []string
	for _, o := range list {
		names = append(names, o.Name)
	}
	return names
}

func TestNamesOfOrganisationsAreReadOnceForAll(t *testing.T) {
	r := open(t)
	r.member("rosa", "Rosa Ferlito")
	rosa := r.door("rosa")
	r.names()
	before := r.looks()
	list, err := r.OrganisationNames(r.ctx, rosa)
	r.must(err)
	if len(list) != 1 || r.looks() != before {
		t.Errorf("%d names, %d entries more", len(list), r.looks()-before)
	}
	list[0].Name = "altered by a caller"
	if got := r.names(); got[0] != "Focal Point" {
		t.Errorf("a caller's change is seen by others: %v", got)
	}
	r.now = r.now.Add(freshFor)
	if r.names(); r.looks() == before {
		t.Error("names are never read again: a change by another process stays unseen")
	}
}

func TestAChangedNameIsSeenAtOnce(t *testing.T) {
	r := open(t)
	admin := r.as(access.Administrator)
	r.names()
	var id ident.ID
	for _, step := range []struct {
		what string
		do   func() error
		want []string
	}{
		{"added", func() (err error) {
			id, err = r.Add(r.ctx, admin, AddOrganisation{Name: "Porto Aperto", Kind: "ngo"})
			return err
		}, []string{"Focal Point", "Porto Aperto"}},
		{"renamed", func() error {
			return r.ChangeOrganisation(r.ctx, admin, id, AddOrganisation{Name: "Porto", Kind: "ngo"})
		}, []string{"Focal Point", "Porto"}},
		{"closed", func() error { return r.CloseOrganisation(r.ctx, admin, id) }, []string{"Focal Point"}},
		{"reopened", func() error { return r.ReopenOrganisation(r.ctx, admin, id) }, []string{"Focal Point", "Porto"}},
	} {
		r.must(step.do())
		if got := r.names(); !slices.Equal(got, step.want) {
			t.Errorf("%s: %v", step.what, got)
		}
	}
}

func TestNamesOfOrganisationsAreForMembers(t *testing.T) {
	r := open(t)
	r.names()
	_, err := r.OrganisationNames(r.ctx, r.node.For(access.Viewer{Roles: []access.Role{access.CaseWorker}}))
	r.refused(fault.CodeDenied, err)
}
