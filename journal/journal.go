// Package journal is the append-only history of a node: every change and every
// look, with who, when and why, as leaves of a Merkle tree (RFC 6962, through
// golang.org/x/mod/sumdb/tlog) whose signed checkpoints let an outsider prove
// that nothing was altered, dropped or put in another order.
//
// An entry's header (who, action, reason) is sealed under the journal's key,
// its particulars under the key of the record that they are about: destroying
// a record's key makes them unreadable while the tree still proves. A leaf is
// a commitment to the sealed bytes and says nothing to an outsider. It also
// holds the version and digest of the record's document, so that a document
// cannot be rolled back unnoticed.
//
// The window: an entry commits with its change; the sequencer numbers it and
// signs a checkpoint within a second. Until then somebody with the database
// and the power to write to it can remove the change and its entry together.
package journal

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"palermo/ident"
	"palermo/vault"
)

// Erased is the action of the entry that takes a record out of the database. Its
// key is destroyed; this entry, without particulars, is the last about it.
const Erased = "erased"

// PartErased is the action of the entry that says that a part of a record was erased: particulars of earlier entries
// about the record may have gone with it.
const PartErased = "part_erased"

// Header says who did what to which records, and why.
type Header struct {
	Member       ident.ID `json:"member"`
	Name         string   `json:"name"` // as it was then; erased with the journal's key only
	Organisation ident.ID `json:"organisation"`
	Program      ident.ID `json:"program,omitzero"` // the key of a program that acted for the member
	Standing     []string `json:"standing"`
	Action       string   `json:"action"`
	Why          string   `json:"why,omitempty"`  // a short code; what people write is in the particulars, which go with the record
	Seen         []string `json:"seen,omitempty"` // categories, for a look
	Ways         []Way    `json:"ways,omitempty"` // of a list whose rows were seen in several ways; Standing and Seen are then empty
	Rows         []int    `json:"rows,omitempty"` // which of Ways, for each of the entry's subjects
}

// Way is through which roles a record was seen, and what of it.
type Way struct {
	Standing []string `json:"standing"`
	Seen     []string `json:"seen,omitempty"`
}

// Look writes down in which way each subject of the entry was seen, each way once.
func (h *Header) Look(ways []Way) {
	for _, w := range ways {
		at := slices.IndexFunc(h.Ways, func(known Way) bool {
			return slices.Equal(known.Standing, w.Standing) && slices.Equal(known.Seen, w.Seen)
		})
		if at < 0 {
			at, h.Ways = len(h.Ways), append(h.Ways, w)
		}
		h.Rows = append(h.Rows, at)
	}
	if len(h.Ways) == 1 {
		h.Standing, h.Seen, h.Ways, h.Rows = h.Ways[0].Standing, h.Ways[0].Seen, nil, nil
	}
}

// Of is the header as it concerns one of the entry's subjects, by its place.
func (h Header) Of(subject int) Header {
	if subject >= 0 && subject < len(h.Rows) && h.Rows[subject] >= 0 && h.Rows[subject] < len(h.Ways) {
		way := h.Ways[h.Rows[subject]]
		h.Standing, h.Seen = way.Standing, way.Seen
	}
	h.Ways, h.Rows = nil, nil
	return h
}

// Entry is a line of the journal as it is stored.
type Entry struct {
	ID          ident.ID
	Seq         int64 // its number in the tree; -1 until the sequencer has given one
	At          time.Time
	Kind        string
	Subjects    []ident.ID // the records it is about
	Version     int64      // of the first subject after the change; 0 for a look
	Digest      [32]byte   // of its sealed document
	Header      []byte     // sealed under the journal key
	Particulars []byte     // sealed under the record's key; nil for a look
	Gone        []byte     // SHA-256 of particulars that were destroyed with an erased part of the record; else nil
}

// Seal makes the header's sealed form; what else the entry says is bound to it.
func (e *Entry) Seal(random io.Reader, key vault.Key, h Header) error {
	plain, err := json.Marshal(h)
	if err != nil {
		return fmt.Errorf("journal header: %w", err)
	}
	e.Header, err = vault.Seal(random, key, e.headerAD(), plain)
	return err
}

// Open reads the header. It fails when anything that the entry says was altered.
func (e *Entry) Open(key vault.Key) (Header, error) {
	var h Header
	plain, err := vault.Unseal(key, e.headerAD(), e.Header)
	if err != nil {
		return h, fmt.Errorf("journal entry %s: %w", e.ID, err)
	}
	return h, json.Unmarshal(plain, &h)
}

func (e *Entry) headerAD() vault.AD {
	return vault.AD{Kind: "journal:" + string(e.facts()), ID: e.ID, Version: e.Version}
}

// ParticularsAD binds the particulars to their entry.
func (e *Entry) ParticularsAD() vault.AD {
	return vault.AD{Kind: "journal-particulars", ID: e.ID, Version: e.Version}
}

// facts encodes what the entry says in clear, each part with its length.
func (e *Entry) facts() []byte {
	b := binary.BigEndian.AppendUint64(nil, uint64(e.At.UnixMicro()))
	b = binary.BigEndian.AppendUint64(b, uint64(e.Version))
	b = append(b, e.ID[:]...)
	b = append(b, e.Digest[:]...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(e.Kind)))
	b = append(b, e.Kind...)
	b = binary.BigEndian.AppendUint32(b, uint32(len(e.Subjects)))
	for _, s := range e.Subjects {
		b = append(b, s[:]...)
	}
	return b
}

// Leaf is the entry's hash in the tree (RFC 6962, section 2.1).
func (e *Entry) Leaf() tlog.Hash {
	header, particulars := sha256.Sum256(e.Header), sha256.Sum256(e.Particulars)
	if len(e.Gone) == len(particulars) && len(e.Particulars) == 0 {
		particulars = [sha256.Size]byte(e.Gone)
	}
	b := append([]byte("palermo-journal-1\n"), e.facts()...)
	b = append(b, header[:]...)
	b = append(b, particulars[:]...)
	return tlog.RecordHash(b)
}
