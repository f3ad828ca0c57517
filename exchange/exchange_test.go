package exchange

import (
	"errors"
	"strings"
	"testing"
	"testing/cryptotest"
	"time"
)

// noon is when the tests happen.
var noon = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

func secret(b byte) (s [32]byte) {
	for i := range s {
		s[i] = b
	}
	return s
}

// keysOf makes a node's keys from a small number, for tests only.
func keysOf(t testing.TB, name string, n byte, epochs ...uint32) Keys {
	t.Helper()
	var seals []Seed
	for _, e := range append([]uint32{1}, epochs...) {
		seals = append(seals, Seed{Epoch: e, Secret: secret(n + byte(e)*16)})
	}
	k, err := NewKeys(name, Seed{Epoch: 1, Secret: secret(n)}, seals...)
	if err != nil {
		t.Fatal(err)
	}
	return k
}

func entryOf(k Keys, state string, n byte) Node {
	pin := secret(n + 200)
	return k.Public(Node{State: state, Kind: FocalPoint, Title: "Focal point of " + state, URL: "https://" + k.Name() + ".example:8443", Pins: [][]byte{pin[:]}})
}

// world is two States and a list that two of three signers accepted.
type world struct {
	italy, nigeria Keys
	signers        []Signing
	list           TrustList
	trust          *Trust
}

func newWorld(t testing.TB) *world {
	t.Helper()
	w := &world{italy: keysOf(t, "it-focal", 1), nigeria: keysOf(t, "ng-focal", 2)}
	w.signers = []Signing{signing("austria", 101), signing("ghana", 102), signing("unodc", 103)}
	w.list = TrustList{Version: 1, Threshold: 2, Issued: At(noon.Add(-time.Hour)), Expires: At(noon.AddDate(1, 0, 0))}
	for _, s := range w.signers {
		w.list.Signers = append(w.list.Signers, s.Signer)
	}
	w.list = w.list.With(entryOf(w.nigeria, "NG", 2)).With(entryOf(w.italy, "IT", 1))
	trust, err := Install(w.signed(t, w.list, 0, 1), noon)
	if err != nil {
		t.Fatal(err)
	}
	w.trust = trust
	return w
}

func message(t testing.TB, rand byte) Object {
	t.Helper()
	id, err := NewID(strings.NewReader(strings.Repeat(string('a'+rune(rand%26)), 16)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := Encode(map[int]string{1: "enquiry"})
	if err != nil {
		t.Fatal(err)
	}
	return Object{ID: id, From: "it-focal", To: "ng-focal", Procedure: id, Kind: "return.asked", Purpose: "safe return",
		Consent:  Consent{Categories: []string{"identity", "needs"}, Until: At(noon.AddDate(0, 0, 30))},
		Handling: Handling{NeverTo: []string{"LY"}}, Deadline: At(noon.AddDate(0, 0, 7)), Sent: At(noon), List: 1, Body: body}
}

func (w *world) sealed(t testing.TB, o Object) (Signed, Sealed) {
	t.Helper()
	m, err := Sign(o, w.italy)
	if err != nil {
		t.Fatal(err)
	}
	to, err := w.trust.Node(o.To, noon)
	if err != nil {
		t.Fatal(err)
	}
	s, err := m.Seal(to)
	if err != nil {
		t.Fatal(err)
	}
	return m, s
}

func is(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestWhatIsSealedOpensForItsReceiver(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 1)
	w := newWorld(t)
	m, s := w.sealed(t, message(t, 1))
	opened, err := Open(s, w.nigeria, w.trust, noon)
	if err != nil {
		t.Fatal(err)
	}
	if opened.Kind != "return.asked" || opened.Digest != m.Digest() || string(opened.Signed) != string(m) {
		t.Errorf("opened %+v", opened)
	}
	receipt, err := NewReceipt(opened, w.nigeria, noon)
	if err != nil {
		t.Fatal(err)
	}
	awaited, err := m.Awaited()
	if err != nil {
		t.Fatal(err)
	}
	r, err := receipt.Verify(awaited, w.trust)
	if err != nil || r.StoredAt != At(noon) {
		t.Errorf("receipt %+v: %v", r, err)
	}
}
