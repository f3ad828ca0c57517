package vault

import (
	"context"
	"time"
)

// Holder is an organisation's id, or Recovery.
type Holder string

const (
	// Recovery is the node itself: every subject is wrapped for it, so that a
	// record is not lost when its last organisation leaves.
	Recovery Holder = "recovery"

	holderNode Holder = "node" // the node secret, among the holder keys
	holderRoot Holder = "root" // the ring, as the only wrap of subject zero
)

// maxHolder bounds a holder's name, in bytes.
const maxHolder = 200

// Wrap is one data key sealed for one holder.
type Wrap struct {
	Subject [16]byte
	Holder  Holder
	Epoch   int // which of the holder's keys it is sealed under, from 1
	Sealed  []byte
}

// HolderKey is one holder's key of one epoch, sealed.
type HolderKey struct {
	Holder Holder
	Epoch  int
	Sealed []byte
}

// Keystore keeps sealed keys, apart from the documents: backups of it are few
// and short-lived. Whoever can write to it can destroy records but not read
// them. Only Vault should call it; any of its rules broken loses or revives
// records, so an implementation runs vaulttest.TestKeystore.
//
// A subject has at most one wrap per holder. Subject zero is the vault's own.
// All methods may be called at once from several goroutines.
type Keystore interface {
	// HolderKeys returns all of them, in any order.
	HolderKeys(ctx context.Context) ([]HolderKey, error)

	// PutHolderKey adds a key, durable when it returns. It refuses with
	// ErrExists, changing nothing, when that holder has that epoch already.
	PutHolderKey(ctx context.Context, key HolderKey) error

	// Wraps returns the wraps of a subject, none if it has none or was shredded.
	Wraps(ctx context.Context, subject [16]byte) ([]Wrap, error)

	// PutWraps adds wraps, all or none, durable when it returns. It refuses
	// with ErrExists when a subject has a wrap for a holder already, and with
	// ErrShredded when a subject was shredded.
	PutWraps(ctx context.Context, wraps []Wrap) error

	// DropWraps removes the wrap of one holder; nothing happens if there is none.
	DropWraps(ctx context.Context, subject [16]byte, holder Holder) error

	// Shred destroys every wrap of subject and puts it in the erasure list, in
	// one transaction, durable when it returns. A subject without wraps goes
	// into the list too; one that is there already stays, with its first date.
	Shred(ctx context.Context, subject [16]byte, at time.Time) error

	// Shredded returns the erasure list, oldest first.
	Shredded(ctx context.Context) ([][16]byte, error)

	// ReplaceWraps puts these wraps in place of all that subject has, in one
	// transaction. The holders must be exactly those that it has now, else
	// ErrStale; a shredded subject gives ErrShredded. So a rotation that read
	// before a grant, a revocation or an erasure cannot undo it.
	ReplaceWraps(ctx context.Context, subject [16]byte, wraps []Wrap) error

	// Subjects returns up to limit subjects that have wraps, greater than after
	// in byte order, ascending. Zero starts from the beginning, and leaves out
	// subject zero.
	Subjects(ctx context.Context, after [16]byte, limit int) ([][16]byte, error)
}
