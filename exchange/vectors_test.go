package exchange

import (
	"bytes"
	"crypto/ed25519"
	"encoding/hex"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"testing/cryptotest"
)

var update = flag.Bool("update", false, "write testdata/vectors.json anew")

// vectors are what docs/protocol.md promises to another implementation: every
// statement in bytes, made from secrets that all can compute, and what must be refused.
type vectors struct {
	About      string
	Now        Instant // when everything is opened
	Sender     vectorKeys
	Receiver   vectorKeys
	Signers    []vectorKeys
	List       hexBytes // with its signatures
	ListDigest hexBytes // the fingerprint of the list
	Card       hexBytes
	Revocation hexBytes // of the receiver, by the second signer
	Object     hexBytes // the payload that is signed
	Signed     hexBytes
	Digest     hexBytes
	Plain      hexBytes // padded
	Sealed     hexBytes
	Receipt    hexBytes
	Refused    []vectorRefusal
}

// vectorKeys are 32-byte secrets: of Ed25519 the seed, of HPKE the private key.
type vectorKeys struct {
	Name string
	Sign hexBytes
	Seal hexBytes `json:",omitempty"`
}

type vectorRefusal struct {
	What   string
	Sealed hexBytes
	Reason string
}

type hexBytes []byte

func (b hexBytes) MarshalJSON() ([]byte, error) { return json.Marshal(hex.EncodeToString(b)) }

func (b *hexBytes) UnmarshalJSON(data []byte) error {
	var s string
	if err := json.Unmarshal(data, &s); err != nil {
		return err
	}
	raw, err := hex.DecodeString(s)
	*b = raw
	return err
}

// TestTheVectorsStand holds the published bytes against what the program makes
// today: a difference is another protocol, and needs another version.
func TestTheVectorsStand(t *testing.T) {
	cryptotest.SetGlobalRandom(t, 9421)
	made, err := json.MarshalIndent(makeVectors(t), "", " ")
	if err != nil {
		t.Fatal(err)
	}
	made = append(made, '\n')
	file := filepath.Join("testdata", "vectors.json")
	if *update {
		if err := os.WriteFile(file, made, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	published, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(made, published) {
		t.Error("the program makes other bytes than are published; if that is meant: go test ./exchange -run Vectors -update, and read what changed")
	}
}

func makeVectors(t *testing.T) vectors {
	w := newWorld(t)
	key := func(name string, sign, seal byte) vectorKeys {
		k := vectorKeys{Name: name}
		s := secret(sign)
		k.Sign = s[:]
		if seal != 0 {
			s := secret(seal)
			k.Seal = s[:]
		}
		return k
	}
	v := vectors{About: "Test vectors of the exchange between nodes, version 1: see docs/protocol.md. Numbers are microseconds since 1970, everything else is hexadecimal.",
		Now: At(noon), Sender: key("it-focal", 1, 17), Receiver: key("ng-focal", 2, 18),
		Signers: []vectorKeys{key("austria", 101, 0), key("ghana", 102, 0), key("unodc", 103, 0)}}
	must := func(b []byte, err error) hexBytes {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return b
	}
	o := message(t, 1)
	m, s := w.sealed(t, o)
	opened, err := Open(s, w.nigeria, w.trust, noon)
	if err != nil {
		t.Fatal(err)
	}
	v.List = must(Encode(w.trust.Signed()))
	print, digest := w.trust.Signed().Fingerprint(), m.Digest()
	v.ListDigest, v.Digest = print[:], digest[:]
	v.Card = must(NewCard(entryOf(w.nigeria, "NG", 2), w.nigeria))
	v.Revocation = must(NewRevocation(Revocation{Node: "ng-focal", Key: w.nigeria.Public(Node{}).Sign.Public, At: At(noon), By: "ghana"}, w.signers[1].key))
	v.Object, v.Signed, v.Sealed = must(Encode(o)), hexBytes(m), hexBytes(s)
	v.Plain = must(pad(m))
	v.Receipt = must(NewReceipt(opened, w.nigeria, noon))
	v.Refused = refusals(t, w, o)
	return v
}

// refusals are a few of the ways in which a sealed object can be wrong, with the name of each.
func refusals(t *testing.T, w *world, o Object) []vectorRefusal {
	_, good := w.sealed(t, o)
	_, late := w.sealed(t, changed(o, func(o *Object) { o.Sent, o.Deadline = At(noon)-2, At(noon)-1 }))
	_, ended := w.sealed(t, changed(o, func(o *Object) { o.Consent.Until = At(noon) - 1 }))
	list := []struct {
		what   string
		sealed Sealed
	}{
		{"altered on its way", flipped(good, len(good)-1)},
		{"sealed to an epoch that the receiver has not", flipped(good, 4)},
		{"of another version", append(Sealed{2}, good[1:]...)},
		{"of no size class", good[:len(good)-1]},
		{"to another node", w.forged(t, changed(o, func(o *Object) { o.To = "gh-focal" }), w.italy.sign, contextObject)},
		{"from a node that is not listed", w.forged(t, changed(o, func(o *Object) { o.From = "xx-focal" }), w.italy.sign, contextObject)},
		{"signed by another", w.forged(t, o, w.nigeria.sign, contextObject)},
		{"signed as a receipt", w.forged(t, o, w.italy.sign, contextReceipt)},
		{"categories out of order", w.forged(t, changed(o, func(o *Object) { o.Consent.Categories = []string{"needs", "identity"} }), w.italy.sign, contextObject)},
		{"its deadline has passed", late},
		{"its consent has ended", ended},
	}
	var refused []vectorRefusal
	for _, r := range list {
		_, err := Open(r.sealed, w.nigeria, w.trust, noon)
		if err == nil {
			t.Errorf("%s: opened", r.what)
		}
		refused = append(refused, vectorRefusal{What: r.what, Sealed: hexBytes(r.sealed), Reason: Reason(err)})
	}
	return refused
}

func readVectors(t *testing.T) vectors {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("testdata", "vectors.json"))
	if err != nil {
		t.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		t.Fatal(err)
	}
	return v
}

// As a node that has only the published file.
func TestThePublishedVectorsAreTakenAndRefusedAsTheySay(t *testing.T) {
	v := readVectors(t)
	list, err := ParseList(v.List)
	if err != nil {
		t.Fatal(err)
	}
	trust, err := Install(list, v.Now.Time())
	if err != nil {
		t.Fatal(err)
	}
	keys, err := NewKeys(v.Receiver.Name, Seed{1, [32]byte(v.Receiver.Sign)}, Seed{1, [32]byte(v.Receiver.Seal)})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(Sealed(v.Sealed), keys, trust, v.Now.Time()); err != nil {
		t.Error(err)
	}
	for _, r := range v.Refused {
		_, err := Open(Sealed(r.Sealed), keys, trust, v.Now.Time())
		if err == nil || Reason(err) != r.Reason || !errors.Is(err, FromReason(r.Reason)) {
			t.Errorf("%s: %v, published as %q", r.What, err, r.Reason)
		}
	}
	if revoked, err := trust.Revoke(SignedRevocation(v.Revocation), v.Now.Time()); err != nil {
		t.Error(err)
	} else if _, err := revoked.Node(v.Receiver.Name, v.Now.Time()); !errors.Is(err, ErrRevokedNode) {
		t.Error(err)
	}
	if key := ed25519.NewKeyFromSeed(v.Signers[0].Sign); !bytes.Equal(key.Public().(ed25519.PublicKey), trust.List().Signers[0].Public) {
		t.Error("the first signer has another key")
	}
}
