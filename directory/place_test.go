package directory

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"palermo/access"
)

func withPlaces(t *testing.T) *rig {
	r := open(t)
	admin := r.as(access.Administrator)
	offer := func(name, telephone string, s Service) {
		org, err := r.Add(r.ctx, admin, AddOrganisation{Name: name, Kind: ShelterProvider, Telephone: telephone})
		r.must(err)
		_, err = r.Offer(r.ctx, admin, org, s)
		r.must(err)
	}
	offer("Ginestra", "+39 095 1", Service{Kind: SafeHouseService, Name: "House", Languages: []string{"en", "ar"}, Access: []AccessFeature{"step_free"},
		Places: []Places{{For: "women", Total: 4, Free: 2}, {For: "men", Total: 2, Free: 0}}})
	offer("Oleandro", "+39 095 2", Service{Kind: ChildHome, Name: "Home", Languages: []string{"ti"}, Places: []Places{{For: "boys", Total: 3, Free: 1}, {For: "anyone", Total: 1, Free: 1}}})
	offer("Riva", "+39 095 3", Service{Kind: EmergencyBeds, Name: "Beds", Languages: []string{"pt-BR"}, Places: []Places{{For: "anyone", Total: 9, Free: 5}}})
	offer("Clinic", "", Service{Kind: "medical", Name: "Care", Places: []Places{{For: "women", Total: 9, Free: 9}}})
	return r
}

func TestAPlaceIsFoundByKindOfPersonLanguageAndAccess(t *testing.T) {
	r := withPlaces(t)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	d := r.door("rosa")
	for name, c := range map[string]struct {
		want  Wanted
		found string
	}{
		"a woman":                       {WantedFor(false, "woman", false, false, false), "Ginestra women, Oleandro anyone, Riva anyone"},
		"a man: what is taken is not":   {WantedFor(false, "man", false, false, false), "Oleandro anyone, Riva anyone"},
		"a boy: no beds among adults":   {WantedFor(true, "man", false, false, false), "Oleandro anyone, Oleandro boys"},
		"a child of whom no more known": {WantedFor(true, "", false, false, false), "Oleandro anyone, Oleandro boys"},
		"without steps":                 {WantedFor(false, "woman", false, false, true), "Ginestra women"},
		"in Portuguese":                 {Wanted{Language: "pt"}, "Riva anyone"},
		"nothing asked":                 {Wanted{}, "Ginestra women, Oleandro anyone, Oleandro boys, Riva anyone"},
	} {
		list, err := r.FreePlaces(r.ctx, d, c.want)
		r.must(err)
		var got []string
		for _, p := range list {
			got = append(got, p.Name+" "+string(p.For))
		}
		if sorted(got) != c.found {
			t.Errorf("%s: %s, want %s", name, sorted(got), c.found)
		}
	}
}

func TestANumberOfFreePlacesIsNotBelievedAfterADay(t *testing.T) {
	r := withPlaces(t)
	list, err := r.FreePlaces(r.ctx, r.as(access.Member), Wanted{})
	r.must(err)
	if list[0].Stale(r.now.Add(24*time.Hour)) || !list[0].Stale(r.now.Add(24*time.Hour+time.Second)) {
		t.Error("a number is believed for a day, and not longer")
	}
}

// Where a shelter is stands nowhere in what a search of places gives, whoever tries to write it there.
func TestASearchOfPlacesNeverTellsWhere(t *testing.T) {
	r := withPlaces(t)
	admin := r.as(access.Administrator)
	list, err := r.FreePlaces(r.ctx, admin, Wanted{})
	r.must(err)
	for _, p := range list {
		err := r.ChangeOrganisation(r.ctx, admin, p.Organisation, AddOrganisation{Name: p.Name, Kind: "ngo", Address: "SECRET STREET 1"})
		if err == nil {
			t.Errorf("%s has an address in the directory", p.Name)
		}
	}
	list, err = r.FreePlaces(r.ctx, admin, Wanted{})
	r.must(err)
	if strings.Contains(fmt.Sprintf("%+v", list), "SECRET") {
		t.Error(list)
	}
}

func TestAnOrganisationKeepsItsOwnPlacesAndNoOther(t *testing.T) {
	r := withPlaces(t)
	r.member("teresa", "Teresa Amato", Grant{Role: access.ShelterManager})
	d := r.door("teresa")
	own, err := r.Offer(r.ctx, d, r.org, Service{Kind: SafeHouseService, Name: "House", Places: []Places{{For: "women", Total: 2, Free: 2}}})
	r.must(err)
	r.must(r.SetPlaces(r.ctx, d, r.org, own, Places{For: "men", Total: 1, Free: 1}))
	r.must(r.SetPlaces(r.ctx, d, r.org, own, Places{For: "women", Total: 3, Free: 0}))
	r.refused("invalid", r.SetPlaces(r.ctx, d, r.org, own, Places{For: "women", Total: 1, Free: 2}))
	list, err := r.PlacesOf(r.ctx, d, r.org)
	r.must(err)
	if len(list) != 2 || list[0].Total != 3 || list[1].For != "men" {
		t.Errorf("%+v", list)
	}
	others, err := r.FreePlaces(r.ctx, d, Wanted{For: []PersonKind{"boys"}})
	r.must(err)
	for _, p := range others {
		if p.Organisation == r.org {
			continue
		}
		if err := r.SetFree(r.ctx, d, p.Organisation, p.Service.ID, p.For, 0); err == nil {
			t.Errorf("wrote the places of %s", p.Name)
		}
	}
}
