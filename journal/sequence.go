package journal

import (
	"context"
	"fmt"
	"time"

	"golang.org/x/mod/sumdb/tlog"
)

// Log is where the store keeps the tree. Only the sequencer writes to it.
type Log interface {
	tlog.HashReader
	// Size is the number of entries in the tree.
	Size(ctx context.Context) (int64, error)
	// Waiting gives entries that have no number yet, oldest first.
	Waiting(ctx context.Context, limit int) ([]Entry, error)
	// Append numbers the entries from size on, stores the tree's new hashes and
	// the checkpoint, in one transaction; it fails when the size is no longer that.
	Append(ctx context.Context, size int64, entries []Entry, hashes []tlog.Hash, checkpoint []byte, at time.Time) error
}

// Sequence numbers what is waiting, up to limit entries, and signs a
// checkpoint. It returns the checkpoint, or nil when nothing waited.
func Sequence(ctx context.Context, log Log, s *Signer, limit int, now time.Time) ([]byte, error) {
	entries, err := log.Waiting(ctx, limit)
	if err != nil || len(entries) == 0 {
		return nil, err
	}
	size, err := log.Size(ctx)
	if err != nil {
		return nil, err
	}
	first := tlog.StoredHashCount(size)
	var fresh []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		return readBoth(log, first, fresh, indexes)
	})
	for i := range entries {
		hashes, err := tlog.StoredHashesForRecordHash(size+int64(i), entries[i].Leaf(), reader)
		if err != nil {
			return nil, fmt.Errorf("journal tree: %w", err)
		}
		fresh = append(fresh, hashes...)
	}
	n := size + int64(len(entries))
	root, err := tlog.TreeHash(n, reader)
	if err != nil {
		return nil, fmt.Errorf("journal tree: %w", err)
	}
	checkpoint, err := s.Checkpoint(tlog.Tree{N: n, Hash: root})
	if err != nil {
		return nil, err
	}
	return checkpoint, log.Append(ctx, size, entries, fresh, checkpoint, now)
}

// readBoth reads stored hashes from the log and, from first on, those not stored yet.
func readBoth(log Log, first int64, fresh []tlog.Hash, indexes []int64) ([]tlog.Hash, error) {
	var old []int64
	for _, i := range indexes {
		if i < first {
			old = append(old, i)
		}
	}
	var stored []tlog.Hash
	if len(old) > 0 {
		var err error
		if stored, err = log.ReadHashes(old); err != nil {
			return nil, err
		}
	}
	all := make([]tlog.Hash, 0, len(indexes))
	for _, i := range indexes {
		if i < first {
			all, stored = append(all, stored[0]), stored[1:]
			continue
		}
		if int(i-first) >= len(fresh) {
			return nil, fmt.Errorf("hash %d does not exist yet", i)
		}
		all = append(all, fresh[i-first])
	}
	return all, nil
}
