package store_test

import (
	"context"
	"crypto/rand"
	"errors"
	"path/filepath"
	"testing"
	"time"

	"palermo/ident"
	"palermo/record"
	"palermo/store"
)

func open(t *testing.T) *store.Store {
	t.Helper()
	s, err := store.OpenSQLite(context.Background(), filepath.Join(t.TempDir(), "node.db"), [32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

func TestWhatIsPutIsLoaded(t *testing.T) {
	s, ctx := open(t), context.Background()
	now := time.Now().UTC().Truncate(time.Microsecond)
	id, err := ident.New(now, rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	put := record.Put{Row: record.Row{Kind: "k", ID: id, Version: 1, Schema: 1, Sealed: []byte("sealed"), Sort: now}, State: "open"}
	if err := s.Commit(ctx, record.Batch{Now: now, Puts: []record.Put{put}}); err != nil {
		t.Fatal(err)
	}
	row, err := s.Load(ctx, "k", id)
	if err != nil || string(row.Sealed) != "sealed" || row.Version != 1 {
		t.Fatalf("%+v, %v", row, err)
	}
	put.Was, put.Version = 5, 6
	if err := s.Commit(ctx, record.Batch{Now: now, Puts: []record.Put{put}}); !errors.Is(err, record.ErrStale) {
		t.Errorf("an old version was accepted: %v", err)
	}
}
