package store_test

import (
	"os"
	"strings"
	"testing"

	"palermo/record"
)

// The log beside the file ends up in the file while the node goes on, and what was in it is read as before.
func TestAFullLogIsMovedIntoTheFile(t *testing.T) {
	db := onSQLite(t)
	size := func() int64 {
		info, err := os.Stat(db.path)
		must(t, err)
		return info.Size()
	}
	before, text := size(), strings.Repeat("x", 1<<16)
	var puts []record.Put
	for size() < before+(1<<23) { // half of the 16 MB from which a log is full
		if len(puts) == 2500 { // 160 MB: past the size at which the writer moves it by itself
			t.Fatal("the log was not moved")
		}
		puts = append(puts, row(t, text))
		must(t, db.Commit(t.Context(), record.Batch{Puts: puts[len(puts)-1:]}))
	}
	for _, p := range puts {
		if !db.holds(t, p) {
			t.Fatal("a record that was moved is not as it was")
		}
	}
}
