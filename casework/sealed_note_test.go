package casework

import (
	"crypto/rand"
	"strings"
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/vault"
)

// ring is the opened key of an organisation's notes.
func ring(t *testing.T) vault.Keyring {
	t.Helper()
	c, err := vault.Password("four grey herons waiting")
	if err != nil {
		t.Fatal(err)
	}
	m, err := vault.NewMember(rand.Reader, ident.ID{1}, c)
	if err != nil {
		t.Fatal(err)
	}
	key, err := m.Unlock(c)
	if err != nil {
		t.Fatal(err)
	}
	notes, _, err := vault.NewConfidential(rand.Reader, ident.ID{2}, m)
	if err != nil {
		t.Fatal(err)
	}
	r, err := notes.Open(key)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAConfidentialNoteIsReadOnItsOwnCaseAlone(t *testing.T) {
	r, here, elsewhere := ring(t), CaseID{1}, CaseID{2}
	for _, text := range []string{"a", strings.Repeat("ö", 511), strings.Repeat("x", 512), "ends in \x80"} {
		s, err := SealFor(rand.Reader, r, here, ident.ID{9}, text)
		if err != nil {
			t.Fatal(err)
		}
		n := SealedNote{ID: s.ID, Sealed: s.Sealed}
		if got, err := n.Read(r, here); err != nil || got != text {
			t.Errorf("%q: got %q, %v", text, got, err)
		}
		if got, err := n.Read(r, elsewhere); err == nil {
			t.Errorf("moved to another case it reads %q", got)
		}
		n.ID = ident.ID{8}
		if got, err := n.Read(r, here); err == nil {
			t.Errorf("in another's place it reads %q", got)
		}
	}
	short, err := SealFor(rand.Reader, r, here, ident.ID{9}, "no")
	if err != nil {
		t.Fatal(err)
	}
	longer, err := SealFor(rand.Reader, r, here, ident.ID{9}, strings.Repeat("x", 400))
	if err != nil {
		t.Fatal(err)
	}
	if len(short.Sealed) != len(longer.Sealed) {
		t.Error("the length tells a short note from a longer one")
	}
	if _, err := SealFor(rand.Reader, r, here, ident.ID{9}, strings.Repeat("x", longestNote+1)); !fault.Is(err, fault.CodeInvalid) {
		t.Errorf("too long: %v", err)
	}
}

func TestAConfidentialNoteComesSealedAndStaysWithItsOrganisation(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.refused(fault.CodeConflict, "ngo", "seal-note", &SealNote{})
	b.does("ngo", "seal-note", &SealNote{ID: ident.ID{9}, Sealed: []byte("sealed")})
	b.does("lawyer", "seal-note", &SealNote{ID: ident.ID{8}, Sealed: []byte("theirs")})
	if v := redactedFor(t, b, access.CaseWorker); len(v.SealedNotes) != 1 || string(v.SealedNotes[0].Sealed) != "sealed" {
		t.Errorf("the owner sees %v", v.SealedNotes)
	}
	if v := redactedFor(t, b, access.Auditor); len(v.SealedNotes) != 0 {
		t.Errorf("the auditor sees %v", v.SealedNotes)
	}
}
