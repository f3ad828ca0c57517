package casework

import (
	"bytes"
	"io"
	"strconv"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/vault"
)

// SealedNote is a confidential note of one organisation: sealed to its members'
// own keys before it comes to the case, so that this package, the search, the
// duties, an export and the operator have bytes and no words (row 25).
type SealedNote struct {
	ID           ident.ID
	At           time.Time
	By           ident.ID
	Organisation ident.ID
	Sealed       []byte
}

// SealNote adds one. Its words are asked for on a page of its own, which seals
// them; neither the step nor the journal ever has them.
type SealNote struct {
	ID     ident.ID `json:"-"`
	Sealed []byte   `json:"-"`
}

const (
	longestNote = 20_000 // characters
	notePadding = 512    // bytes: the length of what is sealed tells little of the note
)

func (s *SealNote) Possible(_ *Case, _ Work) error { return nil }

func (s *SealNote) Apply(c *Case, w Work) error {
	if len(s.Sealed) == 0 || s.ID.IsZero() {
		return fault.Conflict("Confidential notes are written on a page of their own.")
	}
	c.SealedNotes = append(c.SealedNotes, SealedNote{ID: s.ID, At: w.Now, By: w.By.Member, Organisation: w.By.Organisation, Sealed: s.Sealed})
	return nil
}

// SealFor seals a text for a case under an organisation's key.
func SealFor(random io.Reader, ring vault.Keyring, id CaseID, note ident.ID, text string) (*SealNote, error) {
	if text == "" {
		return nil, fault.Invalid("text", "This is needed.")
	}
	if len([]rune(text)) > longestNote {
		return nil, fault.Invalid("text", "This is too long: keep it under 20,000 characters.")
	}
	plain := append([]byte(text), 0x80)
	plain = append(plain, make([]byte, (notePadding-len(plain)%notePadding)%notePadding)...)
	sealed, err := ring.Seal(random, noteAD(id, note), plain)
	if err != nil {
		return nil, fault.Internal(err)
	}
	return &SealNote{ID: note, Sealed: sealed}, nil
}

// Read opens a note. It fails when the note is not of this case, was changed, or is of an epoch that the key does not have.
func (n SealedNote) Read(ring vault.Keyring, id CaseID) (string, error) {
	plain, err := ring.Unseal(noteAD(id, n.ID), n.Sealed)
	if err != nil {
		return "", err
	}
	end := bytes.LastIndexByte(plain, 0x80)
	if end < 0 {
		return "", fault.Internal(vault.ErrTampered)
	}
	return string(plain[:end]), nil
}

// noteAD binds a note to its case: nobody with the database moves it to another.
func noteAD(id CaseID, note ident.ID) vault.AD {
	return vault.AD{Kind: "confidential-note:" + id.String(), ID: note}
}

// sealedEntries says how many there are; what is in them is read on a page of its own.
func (v *View) sealedEntries() []Entry {
	if len(v.SealedNotes) == 0 {
		return nil
	}
	return []Entry{{Title: "Confidential notes of my organisation", Fields: []input.Field{fact("How many", "text", strconv.Itoa(len(v.SealedNotes)))}}}
}
