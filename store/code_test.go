package store

import (
	"bytes"
	"errors"
	"testing"

	"pgregory.net/rapid"

	"palermo/access"
	"palermo/ident"
)

func TestACodeOpensInItsOwnPlaceAlone(t *testing.T) {
	mine, err := newCoder([32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := newCoder([32]byte{2})
	if err != nil {
		t.Fatal(err)
	}
	place := rapid.Custom(func(r *rapid.T) ident.ID { return ident.ID(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(r, "id")) })
	rapid.Check(t, func(r *rapid.T) {
		word, a, b := rapid.String().Draw(r, "word"), place.Draw(r, "a"), place.Draw(r, "b")
		code := mine.duty(a, word)
		if got, err := mine.openDuty(a, code); err != nil || got != word {
			r.Fatalf("%q came back as %q, %v", word, got, err)
		}
		if !bytes.Equal(code, mine.duty(a, word)) {
			r.Fatal("a word is not always alike in one place: no scope can be compared with it")
		}
		altered := bytes.Clone(code)
		altered[rapid.IntRange(0, len(code)-1).Draw(r, "at")] ^= 1
		_, alteredErr := mine.openDuty(a, altered)
		_, theirErr := theirs.openDuty(a, code)
		_, otherErr := mine.openRole(a, code)
		_, shortErr := mine.openDuty(a, code[:rapid.IntRange(0, len(code)-1).Draw(r, "to")])
		for what, err := range map[string]error{"altered": alteredErr, "under another key": theirErr, "in another column": otherErr, "cut": shortErr} {
			if !errors.Is(err, errCode) {
				r.Fatalf("%s: %v", what, err)
			}
		}
		if _, err := mine.openDuty(b, code); a != b && !errors.Is(err, errCode) {
			r.Fatalf("of another record: %v", err)
		}
	})
}

// Neither the bytes nor their length tell which role it is, nor that two organisations have the same one.
func TestCodesOfRolesLookAlike(t *testing.T) {
	c, err := newCoder([32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, role := range append(access.Roles(), access.Member, access.BreakGlass, access.SignIn, access.Clock, access.Counting) {
		for _, party := range []ident.ID{{}, {1}, {2}} {
			code := c.role(party, role)
			if len(code) != len(c.role(party, "")) || bytes.Contains(code, []byte(role)) || seen[string(code)] {
				t.Errorf("the code of %s tells it: %d bytes", role, len(code))
			}
			seen[string(code)] = true
		}
	}
}
