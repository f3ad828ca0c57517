package exchange

import (
	"bytes"
	"errors"
	"testing"
)

// withMatching is the list with three nodes that hold the key of matching.
func withMatching(t *testing.T, w *world) TrustList {
	t.Helper()
	third := entryOf(keysOf(t, "secretariat", 3), "", 3)
	third.Kind, third.Title = Secretariat, "Secretariat"
	l := w.list.With(third)
	l.Matching = &Matching{Epoch: 1, Until: l.Expires, Questions: 50, Elements: 1000}
	for i, name := range []string{"it-focal", "ng-focal", "secretariat"} {
		l.Matching.Operators = append(l.Matching.Operators, Operator{Node: name, Share: bytes.Repeat([]byte{byte(i + 1)}, 32)})
	}
	return l
}

func TestAListWithoutMatchingHasTheBytesThatItHad(t *testing.T) {
	w := newWorld(t)
	with, err := Encode(withMatching(t, w))
	if err != nil {
		t.Fatal(err)
	}
	without, err := Encode(w.list)
	if err != nil {
		t.Fatal(err)
	}
	if without[0] != 0xa6 || with[0] != 0xa7 {
		t.Errorf("six fields and seven begin with %x and %x", without[0], with[0])
	}
	read, err := SignedList{List: with}.Read()
	if err != nil || read.Matching.Number("secretariat") != 3 || read.Matching.Number("somebody") != 0 {
		t.Errorf("read again: %+v, %v", read.Matching, err)
	}
}

func TestTheKeyOfMatchingIsHeldByThreeNodesOfDifferentStates(t *testing.T) {
	w := newWorld(t)
	if err := withMatching(t, w).Check(); err != nil {
		t.Fatal(err)
	}
	second := entryOf(keysOf(t, "it-ngo", 4), "IT", 4)
	for name, spoil := range map[string]func(*TrustList){
		"no epoch":              func(l *TrustList) { l.Matching.Epoch = 0 },
		"no end":                func(l *TrustList) { l.Matching.Until = 0 },
		"two operators":         func(l *TrustList) { l.Matching.Operators = l.Matching.Operators[:2] },
		"no allowance":          func(l *TrustList) { l.Matching.Questions = 0 },
		"no point":              func(l *TrustList) { l.Matching.Operators[1].Share = nil },
		"somebody else's share": func(l *TrustList) { l.Matching.Operators[1].Node = "nobody" },
		"one node twice":        func(l *TrustList) { l.Matching.Operators[1].Node = "secretariat" },
		"two of one State":      func(l *TrustList) { *l = l.With(second); l.Matching.Operators[1].Node = "it-ngo" },
	} {
		l := withMatching(t, w)
		spoil(&l)
		if err := l.Check(); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
