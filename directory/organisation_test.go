package directory

import (
	"testing"

	"palermo/access"
	"palermo/fault"
)

func TestTheAddressOfAShelterIsNeverWritten(t *testing.T) {
	r := open(t)
	keep := r.as(access.Administrator)
	_, err := r.Add(r.ctx, keep, AddOrganisation{Name: "Casa Ginestra", Kind: ShelterProvider, Address: "Via Nascosta 1"})
	r.refused(fault.CodeInvalid, err)
	org, err := r.Add(r.ctx, keep, AddOrganisation{Name: "Porto Aperto", Kind: "ngo", Address: "Harbour 1"})
	r.must(err)
	for _, kind := range []ServiceKind{SafeHouseService, ShelterService, EmergencyBeds, ChildHome} {
		_, err = r.Offer(r.ctx, keep, org, Service{Kind: kind, Name: "Beds"})
		r.refused(fault.CodeInvalid, err)
	}
	_, err = r.Offer(r.ctx, keep, org, Service{Kind: "counselling", Name: "Talking", Languages: []string{"ar"}})
	r.must(err)
}

func TestFreePlacesAreKeptByThoseWhoCare(t *testing.T) {
	r := open(t)
	keep := r.as(access.Administrator)
	org, err := r.Add(r.ctx, keep, AddOrganisation{Name: "Casa Ginestra", Kind: ShelterProvider})
	r.must(err)
	service, err := r.Offer(r.ctx, keep, org, Service{Kind: SafeHouseService, Name: "Rooms", Places: []Places{{For: "women", Total: 6, Free: 2}, {For: "anyone", Total: 1, Free: 1}}})
	r.must(err)
	own := r.node.For(access.Viewer{Member: [16]byte{7}, Organisation: org, Roles: []access.Role{access.ShelterManager}})
	other := r.node.For(access.Viewer{Member: [16]byte{8}, Organisation: r.org, Roles: []access.Role{access.ShelterManager}})
	r.refused(fault.CodeDenied, r.SetFree(r.ctx, other, org, service, "women", 1))
	r.refused(fault.CodeInvalid, r.SetFree(r.ctx, own, org, service, "women", 7))
	r.must(r.SetFree(r.ctx, own, org, service, "women", 1))
	found, err := r.Providers(r.ctx, other, SafeHouseService)
	r.must(err)
	if len(found) != 1 || found[0].Services[0].Free("women") != 2 || found[0].Services[0].Free("men") != 1 {
		t.Errorf("%+v", found)
	}
}

func TestEveryListedValueHasALabel(t *testing.T) {
	for _, o := range OrganisationKind("").Options() {
		if OrganisationKind(o.Value).Label() == o.Value || o.Label == "" {
			t.Errorf("%q", o.Value)
		}
	}
	for _, o := range ServiceKind("").Options() {
		if ServiceKind(o.Value).Label() == "" {
			t.Errorf("%q", o.Value)
		}
	}
}
