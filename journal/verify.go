package journal

import (
	"context"
	"fmt"
	"iter"
	"slices"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"palermo/ident"
	"palermo/vault"
)

// Problem names what is wrong with the history.
type Problem struct {
	Seq    int64    `json:"seq"`    // the entry's number, or -1
	Entry  ident.ID `json:"entry"`  // the entry, where there is one
	Record ident.ID `json:"record"` // the record, where it is about one
	Reason string   `json:"reason"`
}

func (p Problem) String() string {
	switch {
	case p.Seq >= 0 && !p.Entry.IsZero():
		return fmt.Sprintf("entry %d (%s): %s", p.Seq, p.Entry, p.Reason)
	case p.Seq >= 0:
		return fmt.Sprintf("entry %d: %s", p.Seq, p.Reason)
	case !p.Record.IsZero():
		return fmt.Sprintf("record %s: %s", p.Record, p.Reason)
	}
	return p.Reason
}

// Stand is a record as it is stored now.
type Stand struct {
	Kind    string
	ID      ident.ID
	Version int64
	Digest  [32]byte
}

// Evidence is what verification reads.
type Evidence interface {
	tlog.HashReader
	Size(ctx context.Context) (int64, error)
	Entries(ctx context.Context) iter.Seq2[Entry, error] // numbered ones by number, then those that wait
	Checkpoints(ctx context.Context) iter.Seq2[[]byte, error]
	Stands(ctx context.Context) iter.Seq2[Stand, error]
	Shredded(ctx context.Context) (map[ident.ID]bool, error)
}

// Verify reads the whole history and names every entry that was altered,
// dropped or put elsewhere, and every record that is not as its last entry
// says. witnessed are checkpoints kept outside the database. progress may be nil.
func Verify(ctx context.Context, ev Evidence, s *Signer, key func(time.Time) vault.Key, witnessed [][]byte, progress func(int64)) ([]Problem, error) {
	v := verifier{ev: ev, signer: s, key: key, last: map[ident.ID]Stand{}, gone: map[ident.ID]Problem{}, erased: map[ident.ID]bool{}, roots: map[int64]tlog.Hash{}}
	if err := v.checkpoints(ctx, witnessed); err != nil {
		return nil, err
	}
	for e, err := range ev.Entries(ctx) {
		if err != nil {
			return nil, err
		}
		if err := v.entry(&e); err != nil {
			return nil, err
		}
		if progress != nil && v.next%1000 == 0 {
			progress(v.next)
		}
	}
	v.end()
	for _, p := range v.gone {
		v.find(p)
	}
	return v.problems, v.stands(ctx)
}

type verifier struct {
	ev       Evidence
	signer   *Signer
	key      func(time.Time) vault.Key // of the day
	next     int64                     // the number that the next entry must have
	hashes   []tlog.Hash               // of the tree as its entries really are
	bad      bool                      // an entry since the last matching checkpoint was already named
	since    int64                     // size of the last matching checkpoint
	roots    map[int64]tlog.Hash       // by size, from signed checkpoints
	largest  int64
	last     map[ident.ID]Stand
	erased   map[ident.ID]bool    // of which an entry says that they were
	gone     map[ident.ID]Problem // entries without particulars, for which no erasure answers yet, by record
	problems []Problem
}

func (v *verifier) find(p Problem) { v.problems = append(v.problems, p) }

func (v *verifier) checkpoints(ctx context.Context, witnessed [][]byte) error {
	take := func(c []byte, where string) {
		tree, err := v.signer.Tree(c)
		if err != nil {
			v.find(Problem{Seq: -1, Reason: where + ": " + err.Error()})
			return
		}
		if known, ok := v.roots[tree.N]; ok && known != tree.Hash {
			v.find(Problem{Seq: -1, Reason: fmt.Sprintf("two signed checkpoints of size %d differ: the history was rewritten", tree.N)})
		}
		v.roots[tree.N] = tree.Hash
		v.largest = max(v.largest, tree.N)
	}
	for c, err := range v.ev.Checkpoints(ctx) {
		if err != nil {
			return err
		}
		take(c, "stored checkpoint")
	}
	for _, c := range witnessed {
		take(c, "witnessed checkpoint")
	}
	return nil
}

func (v *verifier) entry(e *Entry) error {
	header, err := e.Open(v.key(e.At))
	if err != nil {
		v.find(Problem{Seq: e.Seq, Entry: e.ID, Reason: "was altered: its seal does not fit"})
		v.bad = true
	}
	if len(e.Subjects) > 0 && len(e.Gone) > 0 {
		v.gone[e.Subjects[0]] = Problem{Seq: e.Seq, Entry: e.ID, Reason: "has lost its particulars, and no later entry says that a part was erased"}
	}
	if len(e.Subjects) > 0 && header.Action == PartErased {
		delete(v.gone, e.Subjects[0])
	}
	for _, s := range e.Subjects {
		v.erased[s] = v.erased[s] || header.Action == Erased
	}
	if e.Version > 0 && len(e.Subjects) > 0 && v.last[e.Subjects[0]].Version < e.Version {
		v.last[e.Subjects[0]] = Stand{Kind: e.Kind, ID: e.Subjects[0], Version: e.Version, Digest: e.Digest}
	}
	if e.Seq < 0 {
		return nil // waits for its number
	}
	for v.next < e.Seq {
		v.find(Problem{Seq: v.next, Reason: "is missing"})
		v.bad = true
		stored, err := v.stored(v.next)
		if err != nil {
			return err
		}
		if err := v.grow(stored); err != nil {
			return err
		}
	}
	leaf := e.Leaf()
	stored, err := v.stored(e.Seq)
	if err != nil {
		return err
	}
	if stored != leaf {
		v.find(Problem{Seq: e.Seq, Entry: e.ID, Reason: "is not the entry that was numbered here: altered, or put in another order"})
		v.bad = true
	}
	return v.grow(leaf)
}

func (v *verifier) stored(seq int64) (tlog.Hash, error) {
	hashes, err := v.ev.ReadHashes([]int64{tlog.StoredHashIndex(0, seq)})
	if err != nil {
		return tlog.Hash{}, fmt.Errorf("stored hash of entry %d: %w", seq, err)
	}
	return hashes[0], nil
}

// grow adds a leaf to the tree as it really is and compares with the checkpoint of that size.
func (v *verifier) grow(leaf tlog.Hash) error {
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		out := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			out[i] = v.hashes[index]
		}
		return out, nil
	})
	hashes, err := tlog.StoredHashesForRecordHash(v.next, leaf, reader)
	if err != nil {
		return fmt.Errorf("journal tree: %w", err)
	}
	if err := v.inner(hashes[1:]); err != nil {
		return err
	}
	v.hashes = append(v.hashes, hashes...)
	v.next++
	want, ok := v.roots[v.next]
	if !ok {
		return nil
	}
	root, err := tlog.TreeHash(v.next, reader)
	if err != nil {
		return fmt.Errorf("journal tree: %w", err)
	}
	if root != want && !v.bad {
		v.find(Problem{Seq: -1, Reason: fmt.Sprintf(
			"entries %d to %d are not those that the checkpoint of size %d signed: altered, dropped or reordered together with their hashes", v.since, v.next-1, v.next)})
		v.bad = true
	}
	if root == want {
		v.since, v.bad = v.next, false
	}
	return nil
}

// inner compares the hashes that the next entry completes above its own: the
// sequencer builds on them, so that a wrong one would spoil checkpoints to come.
func (v *verifier) inner(hashes []tlog.Hash) error {
	if len(hashes) == 0 || v.bad {
		return nil
	}
	indexes := make([]int64, len(hashes))
	for i := range indexes {
		indexes[i] = tlog.StoredHashIndex(0, v.next) + 1 + int64(i)
	}
	stored, err := v.ev.ReadHashes(indexes)
	if err != nil {
		return fmt.Errorf("stored hashes above entry %d: %w", v.next, err)
	}
	if !slices.Equal(stored, hashes) {
		v.find(Problem{Seq: v.next, Reason: "the tree's hashes above it are not those of its entries"})
	}
	return nil
}

func (v *verifier) end() {
	for seq := v.next; seq < v.largest; seq++ {
		v.find(Problem{Seq: seq, Reason: "is missing: a signed checkpoint counts it"})
	}
	if v.next > v.largest { // numbers and checkpoint commit together
		v.find(Problem{Seq: -1, Reason: fmt.Sprintf(
			"entries %d to %d are numbered and no signed checkpoint counts them: the checkpoint was dropped", v.largest, v.next-1)})
	}
}

// stands compares the records with the last thing that the journal says of each.
func (v *verifier) stands(ctx context.Context) error {
	shredded, err := v.ev.Shredded(ctx)
	if err != nil {
		return err
	}
	for s, err := range v.ev.Stands(ctx) {
		if err != nil {
			return err
		}
		want, ok := v.last[s.ID]
		switch {
		case shredded[s.ID] || v.erased[s.ID]:
			v.find(Problem{Seq: -1, Record: s.ID, Reason: "was erased, and its rows are still in the database"})
		case !ok:
			v.find(Problem{Seq: -1, Record: s.ID, Reason: "stands in the database and the journal has no word of it"})
		case want.Version != s.Version:
			v.find(Problem{Seq: -1, Record: s.ID, Reason: fmt.Sprintf("is at version %d, the journal says %d", s.Version, want.Version)})
		case want.Digest != s.Digest:
			v.find(Problem{Seq: -1, Record: s.ID, Reason: fmt.Sprintf("its document is not the one that the journal says of version %d", s.Version)})
		}
		delete(v.last, s.ID)
	}
	for id := range v.last {
		switch {
		case !shredded[id] && v.erased[id]:
			v.find(Problem{Seq: -1, Record: id, Reason: "was erased, and its key is not destroyed"})
		case !shredded[id]:
			v.find(Problem{Seq: -1, Record: id, Reason: "is missing from the database"})
		case !v.erased[id]:
			v.find(Problem{Seq: -1, Record: id, Reason: "was destroyed, and the journal has no word of who erased it"})
		}
	}
	return nil
}
