package store_test

import (
	cryptorand "crypto/rand"
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"sync"
	"testing"
	"time"

	"palermo/ident"
	"palermo/store"
)

// untilPowerFails commits from several hands, empties the log at times, and gives what was acknowledged.
func untilPowerFails(t *testing.T, db *store.Store) []ident.ID {
	var mu sync.Mutex
	var acknowledged []ident.ID
	var all sync.WaitGroup
	for hand := range 4 {
		all.Go(func() {
			for i := 1; ; i++ {
				id, err := ident.New(time.Now(), cryptorand.Reader)
				if err != nil {
					t.Error(err)
					return
				}
				if db.Commit(t.Context(), pair(id)) != nil {
					return // the power failed
				}
				if _, err := db.Load(t.Context(), "k", id); err != nil {
					t.Errorf("acknowledged %s is not there: %v", id, err)
				}
				mu.Lock()
				acknowledged = append(acknowledged, id)
				mu.Unlock()
				if hand == 0 && i%8 == 0 && db.Forget(t.Context()) != nil {
					return
				}
			}
		})
	}
	all.Wait()
	return acknowledged
}

// powerCut runs a database until the power of its disk fails and gives what was
// acknowledged, and the disk.
func powerCut(t *testing.T, path string, random *rand.Rand, lies bool) []ident.ID {
	t.Helper()
	disk := newForgetful()
	disk.lies = lies
	db, err := store.OpenSQLiteOver(t.Context(), path, fileKey, disk)
	must(t, err)
	disk.mu.Lock()
	disk.work = 20 + random.IntN(400)
	disk.mu.Unlock()
	acknowledged := untilPowerFails(t, db)
	disk.mu.Lock()
	disk.fail(t, random)
	disk.mu.Unlock()
	_ = db.Close() // its disk is gone
	return acknowledged
}

func TestWhatIsAcknowledgedOutlivesADiskThatForgetsWhatWasNotSynced(t *testing.T) {
	acknowledged := 0
	for seed := range uint64(12) {
		t.Run(fmt.Sprint(seed), func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "node.db")
			random := rand.New(rand.NewPCG(seed, 0))
			var ids []ident.ID
			for range 3 { // the next time on what the last one left
				ids = append(ids, powerCut(t, path, random, false)...)
			}
			db, err := store.OpenSQLite(t.Context(), path, fileKey)
			must(t, err)
			defer func() { must(t, db.Close()) }()
			for _, id := range ids {
				if _, err := db.Load(t.Context(), "k", id); err != nil {
					t.Fatalf("acknowledged %s is lost: %v", id, err)
				}
			}
			var records, entries, pairs int
			must(t, db.Query(t.Context(), []any{&records, &entries, &pairs}, `SELECT (SELECT count(*) FROM record),
				(SELECT count(*) FROM entry), (SELECT count(*) FROM record r JOIN entry e ON e.id = r.id)`))
			if records != entries || records != pairs {
				t.Errorf("half batches: %d records, %d entries, %d in common", records, entries, pairs)
			}
			var health string
			must(t, db.Query(t.Context(), []any{&health}, "PRAGMA integrity_check"))
			if health != "ok" {
				t.Error(health)
			}
			acknowledged += len(ids)
		})
	}
	if acknowledged < 500 {
		t.Errorf("only %d batches were acknowledged: this test proves little", acknowledged)
	}
	t.Logf("%d acknowledged", acknowledged)
}

// What the test above finds when the store would not wait for the disk.
func TestADiskThatLiesLosesWhatWasAcknowledged(t *testing.T) {
	for seed := range uint64(20) {
		path := filepath.Join(t.TempDir(), "node.db")
		ids := powerCut(t, path, rand.New(rand.NewPCG(seed, 1)), true)
		db, err := store.OpenSQLite(t.Context(), path, fileKey)
		if err != nil {
			return // not even a database
		}
		lost := false
		for _, id := range ids {
			_, err := db.Load(t.Context(), "k", id)
			lost = lost || err != nil
		}
		_ = db.Close() // it may be damaged
		if lost {
			return
		}
	}
	t.Error("nothing was ever lost: the disk forgets nothing")
}

func TestReadersSeeEveryPageOfTheLogRightAfterACommit(t *testing.T) {
	db, err := store.OpenSQLite(t.Context(), filepath.Join(t.TempDir(), "node.db"), fileKey)
	must(t, err)
	defer func() { must(t, db.Close()) }()
	for range 40 {
		id, err := ident.New(time.Now(), cryptorand.Reader)
		must(t, err)
		must(t, db.Commit(t.Context(), pair(id)))
		var health string
		must(t, db.Query(t.Context(), []any{&health}, "PRAGMA integrity_check"))
		if health != "ok" {
			t.Fatal(health)
		}
	}
}
