package country

import (
	"cmp"
	"slices"
	"strings"

	"palermo/fault"
)

// table is what a draw looks up: everything that does not change from lot to lot.
type table struct {
	states      []State
	instruments []string
	party       []set             // of each State
	places      map[Place][]place // by State
}

// place says who could take it.
type place struct {
	needs  set   // instruments of the State under review that somebody can review
	nobody set   // those that nobody can
	all    []int // the States of the right region
	first  []int // those a first lot may fall on
}

func newTable(states []State) (*table, error) {
	t := &table{places: map[Place][]place{}}
	for _, s := range states {
		if len(s.Party) > 0 {
			s.Party = slices.Sorted(slices.Values(s.Party))
			t.states, t.instruments = append(t.states, s), append(t.instruments, s.Party...)
		}
	}
	slices.SortFunc(t.states, func(a, b State) int { return cmp.Compare(a.Code, b.Code) })
	slices.Sort(t.instruments)
	t.instruments = slices.Compact(t.instruments)
	if len(t.instruments) > mostInstruments {
		return nil, fault.Invalid("states", "The list names more than %d instruments.", mostInstruments)
	}
	for _, s := range t.states {
		t.party = append(t.party, t.set(s.Party))
	}
	for _, p := range []Place{SameRegion, OtherRegion} {
		for x := range t.states {
			t.places[p] = append(t.places[p], t.place(x, p))
		}
	}
	return t, nil
}

func (t *table) place(x int, which Place) place {
	var p place
	for c := range t.states {
		same := strings.EqualFold(t.states[c].Region, t.states[x].Region)
		if c != x && same == (which == SameRegion) {
			p.all = append(p.all, c)
		}
	}
	for i := range t.instruments {
		switch one := set(1) << i; {
		case t.party[x]&one == 0:
		case t.anyParty(p.all, one):
			p.needs |= one
		default:
			p.nobody |= one
		}
	}
	for _, c := range p.all {
		if t.opens(c, p) {
			p.first = append(p.first, c)
		}
	}
	return p
}

// opens reports whether a first lot may fall on c: it is a party to one of the
// instruments, and a single additional reviewer could see to all others, so
// that a State never needs more than four.
func (t *table) opens(c int, p place) bool {
	missing := p.needs &^ t.party[c]
	return missing < p.needs && (missing == 0 || t.anyParty(p.all, missing))
}

// parties gives those of the candidates that are parties to all the instruments.
func (t *table) parties(candidates []int, instruments set) []int {
	var list []int
	for _, c := range candidates {
		if instruments&^t.party[c] == 0 {
			list = append(list, c)
		}
	}
	return list
}

func (t *table) anyParty(candidates []int, instruments set) bool {
	return slices.ContainsFunc(candidates, func(c int) bool { return instruments&^t.party[c] == 0 })
}

// set of instruments: a bit each, in the order of their names.
type set uint32

// mostInstruments is how many a draw can tell apart: there are four.
const mostInstruments = 32

func (t *table) set(names []string) set {
	var s set
	for _, n := range names {
		s |= 1 << slices.Index(t.instruments, n)
	}
	return s
}

func (t *table) names(s set) []string {
	list := []string{}
	for i, n := range t.instruments {
		if s&(1<<i) != 0 {
			list = append(list, n)
		}
	}
	return list
}
