package record

import (
	"context"
	"crypto/sha256"
	"fmt"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
	"palermo/vault"
)

// Part is a part of a record that goes while the record stays.
type Part struct {
	Files []ident.ID // attachments
	// In reports that an earlier entry of the journal tells of the part in its particulars.
	In func(event string, at time.Time, particulars []byte) bool
}

// ErasePart makes the change take what stands of a part beside the document out of the database: its files, each with
// its key, and the particulars of the journal's entries that tell of it. The caller takes it out of the document. The
// journal keeps that each entry was there and who made it, and says that a part was erased, not which; the digest of
// what went stays in the entry, so that its leaf is still proved.
func ErasePart[T, R any](tx *Tx, k *Kind[T, R], id ID[T], p Part) error {
	for _, w := range tx.work {
		o, ok := w.(*opened[T, R])
		if !ok || o.row.ID != ident.ID(id) || o.row.Version == 0 {
			continue
		}
		for _, file := range p.Files {
			tx.files = append(tx.files, File{Record: o.row.ID, ID: file})
		}
		any(o.value).(based).base().Note(partErased{})
		return tx.door.entriesOf(tx.ctx, o.row.ID, func(e *journal.Entry) error {
			in, err := tx.door.tells(e, o.key, p)
			if in {
				tx.gone = append(tx.gone, Gone{Entry: e.ID, Digest: sha256.Sum256(e.Particulars)})
			}
			return err
		})
	}
	return fault.Internal(fmt.Errorf("a part of a %s is to be erased that is not open", k.Name))
}

type partErased struct{}

func (partErased) Event() string { return journal.PartErased }

// tells opens an entry's particulars and asks whether the part is in them.
func (d *Door) tells(e *journal.Entry, key vault.Key, p Part) (bool, error) {
	if len(e.Particulars) == 0 {
		return false, nil
	}
	header, err := e.Open(d.node.JournalKey(e.At))
	if err != nil {
		return false, fault.Internal(err)
	}
	particulars, err := vault.Unseal(key, e.ParticularsAD(), e.Particulars)
	if err != nil {
		return false, fault.Internal(err)
	}
	return p.In(header.Action, e.At, particulars), nil
}

// entriesOf gives each entry about a record to do.
func (d *Door) entriesOf(ctx context.Context, id ident.ID, do func(*journal.Entry) error) error {
	const page = 500
	for before := (ident.ID{}); ; {
		entries, err := d.node.Store.History(ctx, id, before, page)
		if err != nil {
			return fault.Unavailable(err, "The history cannot be read now. Try again.")
		}
		for i := range entries {
			if err := do(&entries[i]); err != nil {
				return err
			}
		}
		if len(entries) < page {
			return nil
		}
		before = entries[page-1].ID
	}
}
