package exchange

import (
	"crypto/ed25519"
	"errors"
	"fmt"
	"testing"
	"time"
)

func sprintf(format string, v any) string { return fmt.Sprintf(format, v) }

func next(l TrustList, change func(*TrustList)) TrustList {
	l.Version++
	change(&l)
	return l
}

func TestAListNeedsEnoughSignersOfTheOneInForce(t *testing.T) {
	w := newWorld(t)
	strangers := []Signing{signing("austria", 1), signing("ghana", 2)}
	second := next(w.list, func(*TrustList) {})
	expired := next(w.list, func(l *TrustList) { l.Expires = At(noon) })
	fork := w.list
	fork.Expires++
	older := w.list
	older.Version, older.Expires = 1, older.Expires+5
	byStrangers, err := second.Draft()
	for _, s := range strangers {
		if err == nil {
			byStrangers, err = byStrangers.Sign([]Signer{s.Signer}, s.key)
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	at2, err := w.trust.Accept(w.signed(t, second, 0, 2), noon)
	if err != nil {
		t.Fatal(err)
	}
	twice := w.signed(t, second, 0)
	twice.Signatures = append(twice.Signatures, twice.Signatures[0])
	altered := w.signed(t, second, 0, 1)
	altered.List = w.signed(t, next(w.list, func(l *TrustList) { l.Threshold = 1 })).List
	for name, test := range map[string]struct {
		in   *Trust
		list SignedList
		want error
	}{
		"two of three":                      {w.trust, w.signed(t, second, 1, 2), nil},
		"the same again":                    {w.trust, w.trust.signed, nil},
		"one of three":                      {w.trust, w.signed(t, second, 1), ErrTooFewSignatures},
		"one of three, twice":               {w.trust, twice, ErrTooFewSignatures},
		"of other keys under the names":     {w.trust, byStrangers, ErrTooFewSignatures},
		"of another list":                   {w.trust, altered, ErrTooFewSignatures},
		"expired":                           {w.trust, w.signed(t, expired, 0, 1), ErrExpiredTrustList},
		"another of the same version":       {w.trust, w.signed(t, fork, 0, 1), ErrForkedTrustList},
		"the same version, forged":          {w.trust, w.signed(t, fork, 0), ErrTooFewSignatures},
		"the one before":                    {at2, w.signed(t, w.list, 0, 1, 2), ErrOldTrustList},
		"two versions on, the same signers": {w.trust, w.signed(t, next(second, func(*TrustList) {}), 0, 1), nil},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := test.in.Accept(test.list, noon)
			is(t, err, test.want)
			if err != nil && got != test.in {
				t.Error("the trust changed all the same")
			}
		})
	}
}

func TestNewSignersNeedTheOldOnesAndTheirOwnKeys(t *testing.T) {
	w := newWorld(t)
	fresh := []Signing{signing("brazil", 111), signing("canada", 112)}
	list := next(w.list, func(l *TrustList) { l.Signers = []Signer{fresh[0].Signer, fresh[1].Signer} })
	add := func(s SignedList, who ...Signing) SignedList {
		for _, f := range who {
			var err error
			s, err = s.Sign([]Signer{f.Signer}, f.key)
			if err != nil {
				t.Fatal(err)
			}
		}
		return s
	}
	_, err := w.trust.Accept(add(w.signed(t, list), fresh...), noon)
	is(t, err, ErrTooFewSignatures)
	_, err = w.trust.Accept(add(w.signed(t, list, 0, 1), fresh[0]), noon)
	is(t, err, ErrTooFewSignatures)
	trust, err := w.trust.Accept(add(w.signed(t, list, 0, 1), fresh...), noon)
	if err != nil {
		t.Fatal(err)
	}
	_, err = trust.Accept(w.signed(t, next(list, func(*TrustList) {}), 0, 1, 2), noon) // the old ones have no say any more
	is(t, err, ErrTooFewSignatures)
}

func TestAFirstListNeedsItsOwnSigners(t *testing.T) {
	w := newWorld(t)
	_, err := Install(w.signed(t, w.list, 0), noon)
	is(t, err, ErrTooFewSignatures)
	_, err = Install(w.signed(t, w.list, 0, 1), noon.AddDate(2, 0, 0))
	is(t, err, ErrExpiredTrustList)
}

func TestAListInWhichTwoCouldSpeakForEachOtherIsRefused(t *testing.T) {
	w := newWorld(t)
	for name, change := range map[string]func(*TrustList){
		"one name twice":        func(l *TrustList) { l.Nodes = append(l.Nodes, l.Nodes[1]) },
		"one key to sign":       func(l *TrustList) { l.Nodes[1].Sign.Public = l.Nodes[0].Sign.Public },
		"one key to seal":       func(l *TrustList) { l.Nodes[1].Seal.Public = l.Nodes[0].Seal.Public },
		"one pin":               func(l *TrustList) { l.Nodes[1].Pins = l.Nodes[0].Pins },
		"a signer's key":        func(l *TrustList) { l.Nodes[1].Sign.Public = l.Signers[0].Public },
		"another's earlier key": func(l *TrustList) { l.Nodes[1].Earlier = []EarlierKey{{l.Nodes[0].Sign, At(noon)}} },
		"one signer twice":      func(l *TrustList) { l.Signers[1].Public = l.Signers[0].Public },
		"out of order":          func(l *TrustList) { l.Nodes[0], l.Nodes[1] = l.Nodes[1], l.Nodes[0] },
		"more asked than are":   func(l *TrustList) { l.Threshold = 4 },
		"none asked":            func(l *TrustList) { l.Threshold = 0 },
		"a focal point of none": func(l *TrustList) { l.Nodes[0].State = "" },
		"not https":             func(l *TrustList) { l.Nodes[0].URL = "http://it-focal.example" },
		"a path":                func(l *TrustList) { l.Nodes[0].URL += "/somewhere" },
	} {
		list := w.list
		list.Nodes = append([]Node(nil), list.Nodes...)
		list.Signers = append([]Signer(nil), list.Signers...)
		change(&list)
		if _, err := list.Draft(); !errors.Is(err, ErrMalformed) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAnExpiredListVouchesForNobody(t *testing.T) {
	w := newWorld(t)
	_, s := w.sealed(t, message(t, 1))
	late := w.list.Expires.Time()
	_, err := w.trust.Node("ng-focal", late)
	is(t, err, ErrExpiredTrustList)
	_, err = Open(s, w.nigeria, w.trust, late)
	is(t, err, ErrExpiredTrustList)
}

func TestARevokedKeyIsClosedAtOnceAndForGood(t *testing.T) {
	w := newWorld(t)
	_, s := w.sealed(t, message(t, 1))
	italy := w.italy.Public(Node{})
	revoke := func(by string, key ed25519.PrivateKey, of ed25519.PublicKey) SignedRevocation {
		r, err := NewRevocation(Revocation{Node: "it-focal", Key: of, At: At(noon), By: by}, key)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	for name, test := range map[string]struct {
		revocation SignedRevocation
		want       error
	}{
		"by one signer":            {revoke("ghana", w.signers[1].key, italy.Sign.Public), nil},
		"by the node":              {revoke("it-focal", w.italy.sign, italy.Sign.Public), nil},
		"by another node":          {revoke("ng-focal", w.nigeria.sign, italy.Sign.Public), ErrWrongSignature},
		"under a signer's name":    {revoke("ghana", w.nigeria.sign, italy.Sign.Public), ErrWrongSignature},
		"of a key that it has not": {revoke("ghana", w.signers[1].key, w.signers[0].Public), ErrUnknownNode},
		"endless":                  {make(SignedRevocation, MaxRevocation+1), ErrOversize},
	} {
		t.Run(name, func(t *testing.T) {
			trust, err := w.trust.Revoke(test.revocation, noon)
			is(t, err, test.want)
			_, err = Open(s, w.nigeria, trust, noon)
			if test.want == nil {
				is(t, err, ErrRevokedNode)
				_, err = trust.Node("it-focal", noon)
				is(t, err, ErrRevokedNode)
			} else if err != nil {
				t.Errorf("it was closed all the same: %v", err)
			}
		})
	}
	trust, err := w.trust.Revoke(revoke("ghana", w.signers[1].key, italy.Sign.Public), noon)
	if err != nil {
		t.Fatal(err)
	}
	// A later list that does not know of it does not open the key again,
	unaware, err := trust.Accept(w.signed(t, next(w.list, func(*TrustList) {}), 0, 1), noon)
	if err != nil {
		t.Fatal(err)
	}
	_, err = unaware.Node("it-focal", noon)
	is(t, err, ErrRevokedNode)
	// nor one that counts it among the earlier keys of a node that has come back.
	back, err := NewKeys("it-focal", Seed{2, secret(77)}, Seed{2, secret(78)})
	if err != nil {
		t.Fatal(err)
	}
	entry := back.Public(entryOf(w.italy, "IT", 1))
	entry.Earlier = []EarlierKey{{italy.Sign, At(noon.Add(time.Hour))}}
	again, err := unaware.Accept(w.signed(t, next(unaware.list, func(l *TrustList) { *l = l.With(entry) }), 0, 1), noon)
	if err != nil {
		t.Fatal(err)
	}
	if _, err = again.Node("it-focal", noon); err != nil {
		t.Error("a node with a new key does not come back:", err)
	}
	_, err = Open(s, w.nigeria, again, noon)
	is(t, err, ErrWrongSignature)
}

func TestAnEarlierKeyCountsForWhatWasSignedInItsTime(t *testing.T) {
	w := newWorld(t)
	_, s := w.sealed(t, message(t, 1))
	rotate := func(until time.Time) *Trust {
		fresh, err := NewKeys("it-focal", Seed{2, secret(77)}, Seed{1, secret(17)})
		if err != nil {
			t.Fatal(err)
		}
		entry := fresh.Public(entryOf(w.italy, "IT", 1))
		entry.Earlier = []EarlierKey{{w.italy.Public(Node{}).Sign, At(until)}}
		trust, err := w.trust.Accept(w.signed(t, next(w.list, func(l *TrustList) { *l = l.With(entry) }), 0, 1), noon)
		if err != nil {
			t.Fatal(err)
		}
		return trust
	}
	if _, err := Open(s, w.nigeria, rotate(noon), noon); err != nil {
		t.Error(err)
	}
	_, err := Open(s, w.nigeria, rotate(noon.Add(-time.Second)), noon)
	is(t, err, ErrWrongSignature)
}

func TestABundleKeepsTheTrustAndHandsItOn(t *testing.T) {
	w := newWorld(t)
	revocation, err := NewRevocation(Revocation{Node: "it-focal", Key: w.italy.Public(Node{}).Sign.Public, At: At(noon), By: "unodc"}, w.signers[2].key)
	if err != nil {
		t.Fatal(err)
	}
	newer, err := w.trust.Accept(w.signed(t, next(w.list, func(*TrustList) {}), 0, 1), noon)
	if err != nil {
		t.Fatal(err)
	}
	newer, err = newer.Revoke(revocation, noon)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Encode(newer.Bundle())
	if err != nil {
		t.Fatal(err)
	}
	bundle, err := ParseBundle(b)
	if err != nil {
		t.Fatal(err)
	}
	restored, err := Restore(bundle)
	if err != nil {
		t.Fatal(err)
	}
	learnt, err := w.trust.Learn(bundle, noon)
	if err != nil {
		t.Fatal(err)
	}
	for name, trust := range map[string]*Trust{"restored": restored, "learnt": learnt} {
		if trust.List().Version != 2 {
			t.Errorf("%s: version %d", name, trust.List().Version)
		}
		_, err := trust.Node("it-focal", noon)
		is(t, err, ErrRevokedNode)
	}
	// From a node that is behind we take its revocations, and keep our list.
	ahead, err := newer.Learn(w.trust.Bundle(), noon)
	if err != nil || ahead.List().Version != 2 {
		t.Errorf("version %d, %v", ahead.List().Version, err)
	}
}

func TestACardProvesThatTheNodeHasTheKey(t *testing.T) {
	w := newWorld(t)
	card, err := NewCard(entryOf(w.italy, "IT", 1), w.italy)
	if err != nil {
		t.Fatal(err)
	}
	n, err := card.Read()
	if err != nil || n.Name != "it-focal" || n.Title != "Focal point of IT" {
		t.Errorf("%+v %v", n, err)
	}
	claims := entryOf(w.italy, "IT", 1) // a node does not say itself which other keys count for it
	claims.Earlier = []EarlierKey{{SignKey{1, w.signers[0].Public}, At(noon)}}
	card, err = NewCard(claims, w.italy)
	if err != nil {
		t.Fatal(err)
	}
	_, err = card.Read()
	is(t, err, ErrMalformed)
	payload, err := Encode(entryOf(w.italy, "IT", 1))
	if err != nil {
		t.Fatal(err)
	}
	e := envelope{payload, w.nigeria.signs(contextCard, payload)}
	forged, err := Encode(e)
	if err != nil {
		t.Fatal(err)
	}
	_, err = Card(forged).Read()
	is(t, err, ErrWrongSignature)
}
