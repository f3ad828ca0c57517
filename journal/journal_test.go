package journal

import (
	"context"
	"errors"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"palermo/ident"
	"palermo/vault"
	"palermo/vault/vaulttest"
)

var (
	begun = time.Date(2026, 3, 1, 9, 30, 0, 0, time.UTC)
	key   = vault.Key{1}
)

func dayKey(time.Time) vault.Key { return key }

// memory is a Log and its Evidence.
type memory struct {
	entries     []Entry
	waiting     []Entry
	hashes      []tlog.Hash
	checkpoints [][]byte
}

func (m *memory) Size(context.Context) (int64, error) { return int64(len(m.entries)), nil }

func (m *memory) Waiting(_ context.Context, limit int) ([]Entry, error) {
	return m.waiting[:min(limit, len(m.waiting))], nil
}

func (m *memory) Append(_ context.Context, size int64, entries []Entry, hashes []tlog.Hash, checkpoint []byte, _ time.Time) error {
	if size != int64(len(m.entries)) {
		return errors.New("another size")
	}
	for i, e := range entries {
		e.Seq = size + int64(i)
		m.entries = append(m.entries, e)
	}
	m.waiting = m.waiting[len(entries):]
	m.hashes, m.checkpoints = append(m.hashes, hashes...), append(m.checkpoints, checkpoint)
	return nil
}

func (m *memory) ReadHashes(indexes []int64) ([]tlog.Hash, error) {
	out := make([]tlog.Hash, len(indexes))
	for i, index := range indexes {
		if index >= int64(len(m.hashes)) {
			return nil, errors.New("no such hash")
		}
		out[i] = m.hashes[index]
	}
	return out, nil
}

func (m *memory) Entries(context.Context) iter.Seq2[Entry, error] {
	return func(yield func(Entry, error) bool) {
		for _, e := range slices.Concat(m.entries, m.waiting) {
			if !yield(e, nil) {
				return
			}
		}
	}
}

func (m *memory) Checkpoints(context.Context) iter.Seq2[[]byte, error] {
	return func(yield func([]byte, error) bool) {
		for _, c := range m.checkpoints {
			if !yield(c, nil) {
				return
			}
		}
	}
}

func (m *memory) Stands(context.Context) iter.Seq2[Stand, error] {
	return func(func(Stand, error) bool) {}
}

func (m *memory) Shredded(context.Context) (map[ident.ID]bool, error) { return nil, nil }

func signer(t *testing.T, name string) *Signer {
	t.Helper()
	s, err := NewSigner(name, vault.Key{2})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// sealed is the n-th entry of a history.
func sealed(t *testing.T, n int) Entry {
	t.Helper()
	e := Entry{ID: ident.ID{0: 1, 15: byte(n)}, Seq: -1, At: begun.Add(time.Duration(n) * time.Second), Kind: "case",
		Subjects: []ident.ID{{3}, {4}}, Particulars: []byte("particulars")}
	if err := e.Seal(vaulttest.Rand(byte(n)), key, Header{Name: "Ana", Action: "look"}); err != nil {
		t.Fatal(err)
	}
	return e
}

// grown is a log of n entries, with a checkpoint after every limit of them.
func grown(t *testing.T, n, limit int) *memory {
	t.Helper()
	m := &memory{}
	for i := range n {
		m.waiting = append(m.waiting, sealed(t, i))
	}
	for {
		checkpoint, err := Sequence(t.Context(), m, signer(t, "node"), limit, begun)
		if err != nil {
			t.Fatal(err)
		}
		if checkpoint == nil {
			return m
		}
	}
}

func verify(t *testing.T, m *memory, witnessed ...[]byte) []Problem {
	t.Helper()
	problems, err := Verify(t.Context(), m, signer(t, "node"), dayKey, witnessed, nil)
	if err != nil {
		t.Fatal(err)
	}
	return problems
}

func TestAHistoryOfAnySizeVerifies(t *testing.T) {
	for n := range 35 {
		for _, limit := range []int{1, 3, 8, 100} {
			m := grown(t, n, limit)
			if p := verify(t, m, m.checkpoints...); len(p) != 0 {
				t.Fatalf("%d entries, %d at once: %v", n, limit, p)
			}
		}
	}
}

func TestNoStoredHashCanBeAlteredUnnoticed(t *testing.T) {
	m := grown(t, 21, 5)
	for i := range m.hashes {
		m.hashes[i][0] ^= 1
		if len(verify(t, m)) == 0 {
			t.Errorf("hash %d was altered unnoticed", i)
		}
		m.hashes[i][0] ^= 1
	}
}

func TestNoEntryCanBeDroppedOrMovedUnnoticed(t *testing.T) {
	whole := grown(t, 12, 4)
	for i := range whole.entries {
		m := *whole
		m.entries = slices.Delete(slices.Clone(whole.entries), i, i+1)
		if p := verify(t, &m); !slices.ContainsFunc(p, func(p Problem) bool { return p.Seq == int64(i) }) {
			t.Errorf("entry %d was dropped: %v", i, p)
		}
		if i == 0 {
			continue
		}
		m.entries = slices.Clone(whole.entries)
		m.entries[i], m.entries[i-1] = m.entries[i-1], m.entries[i]
		m.entries[i].Seq, m.entries[i-1].Seq = int64(i), int64(i-1)
		if p := verify(t, &m); !slices.ContainsFunc(p, func(p Problem) bool { return p.Seq == int64(i) }) {
			t.Errorf("entries %d and %d were swapped: %v", i-1, i, p)
		}
	}
}

func TestARewrittenHistoryContradictsItsWitness(t *testing.T) {
	m, other := grown(t, 6, 6), grown(t, 7, 7)
	other.waiting, other.entries, other.hashes, other.checkpoints = slices.Clone(other.entries[1:]), nil, nil, nil
	if _, err := Sequence(t.Context(), other, signer(t, "node"), 6, begun); err != nil {
		t.Fatal(err)
	}
	if p := verify(t, other); len(p) != 0 {
		t.Fatalf("the forgery is not even whole: %v", p)
	}
	if p := verify(t, other, m.checkpoints...); !slices.ContainsFunc(p, func(p Problem) bool { return strings.Contains(p.Reason, "rewritten") }) {
		t.Errorf("got %v", p)
	}
}

func TestTheHeaderIsBoundToWhatTheEntrySays(t *testing.T) {
	whole := sealed(t, 1)
	if h, err := whole.Open(key); err != nil || h.Name != "Ana" {
		t.Fatalf("%v, %v", h, err)
	}
	for name, alter := range map[string]func(*Entry){
		"id": func(e *Entry) { e.ID[3]++ }, "instant": func(e *Entry) { e.At = e.At.Add(time.Microsecond) },
		"kind": func(e *Entry) { e.Kind = "cas" }, "version": func(e *Entry) { e.Version++ }, "digest": func(e *Entry) { e.Digest[0]++ },
		"subject": func(e *Entry) { e.Subjects = []ident.ID{{3}, {5}} }, "a subject less": func(e *Entry) { e.Subjects = e.Subjects[:1] },
		"order of subjects": func(e *Entry) { e.Subjects = []ident.ID{{4}, {3}} },
		"header":            func(e *Entry) { e.Header = slices.Clone(e.Header); e.Header[0] ^= 1 },
	} {
		e := whole
		alter(&e)
		if _, err := e.Open(key); err == nil {
			t.Errorf("%s can be altered", name)
		}
		if e.Leaf() == whole.Leaf() {
			t.Errorf("the leaf does not hold the %s", name)
		}
	}
	e := whole
	e.Particulars = []byte("other")
	if e.Leaf() == whole.Leaf() {
		t.Error("the leaf does not hold the particulars")
	}
}

func TestACheckpointOfAnotherNodeIsRefused(t *testing.T) {
	tree := tlog.Tree{N: 3, Hash: tlog.Hash{7}}
	ours := signer(t, "node")
	checkpoint, err := ours.Checkpoint(tree)
	if err != nil {
		t.Fatal(err)
	}
	if got, err := ours.Tree(checkpoint); err != nil || got != tree {
		t.Errorf("%v, %v", got, err)
	}
	altered := slices.Clone(checkpoint)
	altered[len("node\n")] = '4'
	foreign, err := signer(t, "other").Checkpoint(tree)
	if err != nil {
		t.Fatal(err)
	}
	for name, c := range map[string][]byte{"altered": altered, "of another node": foreign, "empty": nil, "cut": checkpoint[:10]} {
		if _, err := ours.Tree(c); err == nil {
			t.Errorf("a checkpoint that is %s was taken", name)
		}
	}
}
