package exchange

import (
	"bytes"
	"encoding/json"
	"os"
	"testing"
)

// What strangers send is read by five parsers. Each may refuse, by a name; none
// may fall over, and what it takes it must write again as it was.

func published(f *testing.F) vectors {
	f.Helper()
	b, err := os.ReadFile("testdata/vectors.json")
	if err != nil {
		f.Fatal(err)
	}
	var v vectors
	if err := json.Unmarshal(b, &v); err != nil {
		f.Fatal(err)
	}
	return v
}

func named(t *testing.T, err error) {
	t.Helper()
	if err != nil && Reason(err) == "unavailable" {
		t.Errorf("a refusal without a name: %v", err)
	}
}

func FuzzSealed(f *testing.F) {
	w := newWorld(f)
	v := published(f)
	f.Add([]byte(v.Sealed))
	for _, r := range v.Refused {
		f.Add([]byte(r.Sealed))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		o, err := Open(b, w.nigeria, w.trust, noon)
		named(t, err)
		if err == nil && o.From != "it-focal" {
			t.Errorf("opened from %q", o.From)
		}
	})
}

// Behind the sealing: what only a listed node can send, and all the more must be read with care.
func FuzzPlain(f *testing.F) {
	v := published(f)
	f.Add([]byte(v.Plain))
	f.Add([]byte{0, 0, 0, 0})
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) < lengthSize {
			return // Epoch lets only size classes through
		}
		signed, err := unpad(b)
		if err != nil {
			named(t, err)
			return
		}
		o, e, err := signed.parts()
		named(t, err)
		if err != nil {
			return
		}
		again, err := Encode(o)
		if err != nil || !bytes.Equal(again, e.Payload) {
			t.Errorf("written again it is another: %v", err)
		}
	})
}

func FuzzReceipt(f *testing.F) {
	w := newWorld(f)
	f.Add([]byte(published(f).Receipt))
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := SignedReceipt(b).Read()
		named(t, err)
		if err == nil {
			_, err = SignedReceipt(b).Verify(r, w.trust)
			named(t, err)
		}
	})
}

func FuzzTrust(f *testing.F) {
	w := newWorld(f)
	v := published(f)
	bundle, err := Encode(w.trust.Bundle())
	if err != nil {
		f.Fatal(err)
	}
	for _, b := range [][]byte{v.List, v.Revocation, v.Card, bundle} {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if list, err := ParseList(b); err == nil {
			got, err := w.trust.Accept(list, noon)
			named(t, err)
			if got.list.Version != 1 {
				t.Error("a list was accepted that nobody signed")
			}
		}
		if theirs, err := ParseBundle(b); err == nil {
			_, err := w.trust.Learn(theirs, noon)
			named(t, err)
		}
		_, err := w.trust.Revoke(b, noon)
		named(t, err)
		_, err = Card(b).Read()
		named(t, err)
	})
}

func FuzzArmour(f *testing.F) {
	var file bytes.Buffer
	if err := ArmourReceipt.Write(&file, published(f).Receipt); err != nil {
		f.Fatal(err)
	}
	f.Add(file.Bytes())
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := ArmourReceipt.Read(bytes.NewReader(b))
		named(t, err)
		if err != nil {
			return
		}
		var again bytes.Buffer
		if err := ArmourReceipt.Write(&again, got); err != nil {
			t.Error(err)
		}
	})
}
