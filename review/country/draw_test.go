package country_test

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"palermo/review/country"
)

// world is 190 made-up States in five regions of unlike size, where some are not parties to every instrument.
func world() []country.State {
	regions := []struct {
		name string
		size int
	}{{"african", 53}, {"asia-pacific", 53}, {"eastern european", 23}, {"latin american and caribbean", 33}, {"western european and others", 28}}
	var list []country.State
	for _, r := range regions {
		for range r.size {
			n := len(list)
			s := country.State{Code: fmt.Sprintf("S%03d", n), Name: fmt.Sprint("State ", n), Region: r.name, Party: []string{"UNTOC"}}
			if n%15 != 0 {
				s.Party = append(s.Party, "TIP")
			}
			if n%5 != 0 {
				s.Party = append(s.Party, "SOM")
			}
			if n%3 == 0 {
				s.Party = append(s.Party, "FIREARMS")
			}
			list = append(list, s)
		}
	}
	return list
}

// broken names the first rule that a draw does not keep.
func broken(states []country.State, d *country.Draw) string {
	by := map[string]country.State{}
	for _, s := range states {
		by[s.Code] = s
	}
	reviews, load := map[string][]string{}, map[string]int{}
	for _, r := range d.Reviews {
		for _, v := range r.Reviewers {
			reviews[r.State] = append(reviews[r.State], v.State)
			load[v.State]++
		}
	}
	for _, r := range d.Reviews {
		covered := map[country.Place][]string{}
		for _, v := range r.Reviewers {
			same := by[v.State].Region == by[r.State].Region
			switch {
			case v.State == r.State:
				return r.State + " reviews itself"
			case slices.Contains(reviews[v.State], r.State):
				return r.State + " and " + v.State + " review each other"
			case same != (v.Place == country.SameRegion):
				return v.State + " is of the wrong region for " + r.State
			}
			for _, i := range v.Instruments {
				if !slices.Contains(by[v.State].Party, i) {
					return v.State + " is no party to " + i
				}
			}
			covered[v.Place] = append(covered[v.Place], v.Instruments...)
		}
		for _, o := range d.Open {
			if o.State == r.State {
				covered[o.Place] = append(covered[o.Place], o.Instruments...)
			}
		}
		for _, p := range []country.Place{country.SameRegion, country.OtherRegion} {
			if !reflect.DeepEqual(slices.Sorted(slices.Values(covered[p])), slices.Sorted(slices.Values(by[r.State].Party))) {
				return fmt.Sprint(r.State, " is reviewed at ", p, " for ", covered[p])
			}
		}
		unique := slices.Compact(slices.Sorted(slices.Values(reviews[r.State])))
		if len(unique) != len(r.Reviewers) || len(unique) > 4 {
			return fmt.Sprint(r.State, " is reviewed by ", reviews[r.State])
		}
	}
	for s, n := range load {
		if n > 4 {
			return fmt.Sprint(s, " reviews ", n)
		}
	}
	return ""
}

func TestEveryRuleIsKeptWhateverTheSeed(t *testing.T) {
	states := world()
	seeds := uint64(1000)
	if testing.Short() {
		seeds = 100
	}
	for seed := range seeds {
		d, err := country.Make(states, seed)
		if err != nil {
			t.Fatal(err)
		}
		if why := broken(states, d); why != "" || len(d.Open) > 0 || len(d.Reviews) != 190 {
			t.Fatalf("seed %d: %s; open: %v", seed, why, d.Open)
		}
	}
}

func TestEveryRuleIsKeptInAnyWorld(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var states []country.State
		for i := range rapid.IntRange(2, 40).Draw(t, "states") {
			s := country.State{Code: fmt.Sprintf("S%02d", i), Region: rapid.SampledFrom([]string{"a", "b", "c"}).Draw(t, "region"),
				Party: rapid.SliceOfNDistinct(rapid.SampledFrom([]string{"UNTOC", "TIP", "SOM", "FIREARMS"}), 1, 4, rapid.ID[string]).Draw(t, "party")}
			states = append(states, s)
		}
		d, err := country.Make(states, rapid.Uint64().Draw(t, "seed"))
		if err != nil {
			t.Fatal(err)
		}
		if why := broken(states, d); why != "" {
			t.Fatal(why)
		}
	})
}

func TestTheSameSeedGivesTheSameDrawWhateverTheOrderOfTheList(t *testing.T) {
	states := world()
	one, err := country.Make(states, 7)
	if err != nil {
		t.Fatal(err)
	}
	slices.Reverse(states)
	two, err := country.Make(states, 7)
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(one, two) {
		t.Error("the order of the list changed the draw")
	}
	other, err := country.Make(states, 8)
	if err != nil {
		t.Fatal(err)
	}
	if reflect.DeepEqual(one.Reviews, other.Reviews) {
		t.Error("another seed gave the same draw")
	}
}

func TestAPlaceThatNobodyMayTakeStaysOpenAndSaysWhy(t *testing.T) {
	// Two of a region would have to review each other.
	states := []country.State{{Code: "A", Region: "x", Party: []string{"TIP"}}, {Code: "B", Region: "x", Party: []string{"TIP"}},
		{Code: "C", Region: "y", Party: []string{"TIP"}}}
	d, err := country.Make(states, 1)
	if err != nil {
		t.Fatal(err)
	}
	if why := broken(states, d); why != "" || len(d.Open) < 2 {
		t.Errorf("%s; open: %+v", why, d.Open)
	}
	for _, o := range d.Open {
		if o.Why == "" {
			t.Errorf("%+v", o)
		}
	}
	if _, err := country.Make(states[:1], 1); err == nil {
		t.Error("one State alone was drawn for")
	}
}

func TestAListOfStatesIsReadAndItsMistakesAreNamed(t *testing.T) {
	read, err := country.ReadStates(strings.NewReader("state,name,region,TIP,SOM\nIT,Italy,WEOG,2006-08-02,yes\nNG,Nigeria,African,yes,no\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []country.State{{Code: "IT", Name: "Italy", Region: "WEOG", Party: []string{"SOM", "TIP"}}, {Code: "NG", Name: "Nigeria", Region: "African", Party: []string{"TIP"}}}
	if !reflect.DeepEqual(read, want) {
		t.Errorf("%+v", read)
	}
	read, err = country.ReadStates(strings.NewReader("country,region,instruments\nItaly,WEOG,TIP;UNTOC\n"))
	if err != nil || read[0].Code != "Italy" || len(read[0].Party) != 2 {
		t.Errorf("%+v %v", read, err)
	}
	for _, bad := range []string{"", "name\nItaly\n", "state,region\nIT,\n", "state,region\nIT,a\nIT,b\n", "state,region\n\"IT,a\n"} {
		if _, err := country.ReadStates(strings.NewReader(bad)); err == nil {
			t.Errorf("%q was read", bad)
		}
	}
}

func BenchmarkDraw(b *testing.B) {
	states := world()
	for seed := range uint64(b.N) {
		if _, err := country.Make(states, seed); err != nil {
			b.Fatal(err)
		}
	}
}
