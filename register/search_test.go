package register_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"palermo/directory"
	"palermo/fault"
	"palermo/ident"
	"palermo/register"
)

func TestDistanceIsShownOnlyWhereBothPlacesAreKnown(t *testing.T) {
	benin, nowhere := *service(), *service()
	benin.By, benin.Town, benin.Latitude, benin.Longitude, benin.Languages = "Workshop", "Benin City", "6.34", "5.63", "en, bin"
	nowhere.By, nowhere.Town, nowhere.Latitude, nowhere.Longitude = "Helpline", "", "", ""
	cards := []register.View{{Card: register.Card{Node: "ng", Title: "Nigeria", Content: register.Content{Services: []register.Service{nowhere, benin}}}},
		{Card: register.Card{Node: "it", Title: "Italy", Own: true, Content: register.Content{Services: []register.Service{*service()}}}}}
	found := register.Find(cards, register.Wanted{Near: "Catania"})
	if len(found) != 2 || found[0].Service.By != "Workshop" || !found[0].Known || found[1].Known {
		t.Fatalf("%+v", found)
	}
	if km := found[0].Kilometres; km < 3400 || km > 3650 { // Catania to Benin City, by the map
		t.Errorf("%d km", km)
	}
	if found := register.Find(cards, register.Wanted{}); found[0].Known {
		t.Error("a distance from nowhere is known")
	}
	if found := register.Find(cards, register.Wanted{Language: "bin"}); len(found) != 1 || found[0].Service.By != "Workshop" {
		t.Errorf("by language: %+v", found)
	}
	if found := register.Find(cards, register.Wanted{For: "men"}); len(found) != 0 {
		t.Errorf("for men: %+v", found)
	}
}

func TestAShelterIsPublishedWithoutItsPlaceAndNumber(t *testing.T) {
	shelter := func(change func(*register.Service)) error {
		s := service()
		s.Kind, s.Town, s.Latitude, s.Longitude = directory.SafeHouseService, "", "", ""
		change(s)
		return s.Check()
	}
	must(t, shelter(func(*register.Service) {}))
	for name, change := range map[string]func(*register.Service){
		"town":      func(s *register.Service) { s.Town = "Catania" },
		"degrees":   func(s *register.Service) { s.Latitude, s.Longitude = "37.5", "15.1" },
		"telephone": func(s *register.Service) { s.HowTo = "Ring +39 095 123 4567" },
		"e-mail":    func(s *register.Service) { s.HowTo = "Write to house@ginestra.example" },
		"street":    func(s *register.Service) { s.HowTo = "Via Roma 12, second floor" },
		"english":   func(s *register.Service) { s.By = "The house, 14 Mission Road" },
		"german":    func(s *register.Service) { s.Region = "Lindenstraße 4" },
	} {
		if !fault.Is(shelter(change), fault.CodeInvalid) {
			t.Errorf("%s of a shelter is taken", name)
		}
	}
}

func TestWhoAnswersNowGoesByTheClockOnTheOfficesWall(t *testing.T) {
	p := point() // Mondays and Fridays, 8 to 17 in Rome, which is two hours ahead in June
	for at, want := range map[string]string{"2026-06-01T06:00:00Z": "Duty officer", "2026-06-01T05:59:00Z": "Helpline", "2026-06-01T14:59:00Z": "Duty officer",
		"2026-06-01T15:00:00Z": "Helpline", "2026-06-02T09:00:00Z": "Helpline"} {
		now, err := time.Parse(time.RFC3339, at)
		must(t, err)
		on := p.OnDuty(now)
		if on[0].Function != want || (len(on) == 2) != (want == "Duty officer") {
			t.Errorf("%s: %v", at, on)
		}
	}
	p.Night = ""
	if on := p.OnDuty(time.Date(2026, 6, 2, 9, 0, 0, 0, time.UTC)); len(on) != 0 {
		t.Errorf("nobody answers on Tuesdays: %v", on)
	}
}

func TestAMeasureHasNobodyInIt(t *testing.T) {
	m := register.Measure{Kind: "routes", Title: "Night buses", Done: "Drivers are told what to look for.", By: "Border authority", Nobody: true}
	must(t, m.Check())
	for _, change := range []func(*register.Measure){func(m *register.Measure) { m.Nobody = false }, func(m *register.Measure) { m.Done = "Call 0803 555 1234" },
		func(m *register.Measure) { m.Joint = "Write to joy@mail.example" }} {
		bad := m
		if change(&bad); !fault.Is(bad.Check(), fault.CodeInvalid) {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func TestAnAgreementAllowsAChannelOnlyWhileItIsInForceAndWithThatState(t *testing.T) {
	a := register.Agreement{ID: ident.ID{1}, With: "NG", Parties: "Focal points", Form: "memorandum", Title: "Memorandum", Channels: []register.Channel{register.Formal}, From: "2026-01-01", Until: "2026-12-31"}
	must(t, a.Check())
	c := register.Content{Agreements: []register.Agreement{a}}
	during := time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)
	for _, x := range []struct {
		channel register.Channel
		state   string
		at      time.Time
		want    int
	}{{register.Formal, "NG", during, 1}, {register.Central, "NG", during, 0}, {register.Formal, "GH", during, 0}, {register.Formal, "NG", during.AddDate(1, 0, 0), 0},
		{register.Formal, "NG", during.AddDate(-1, 0, 0), 0}} {
		if got := len(c.Allowing(x.channel, x.state, x.at)); got != x.want {
			t.Errorf("%+v: %d", x, got)
		}
	}
}

func TestAnEmptyCardIsNotPublished(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		p := w.places["it"]
		refused(t, p.room.Publish(context.Background(), p.keeper()), fault.CodeInvalid)
		long := point()
		long.Duty = strings.Repeat("x", 300)
		_, err := p.room.Set(context.Background(), p.keeper(), long)
		refused(t, err, fault.CodeInvalid)
	})
}
