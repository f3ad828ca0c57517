package node

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"palermo/journal"
)

// What a full disk or a power cut left of a checkpoint is taken off, wherever it broke off, and no whole one is touched.
func TestHalfACheckpointIsTakenOffBeforeTheNext(t *testing.T) {
	signer, err := journal.NewSigner("it", [32]byte{1})
	if err != nil {
		t.Fatal(err)
	}
	var notes [3][]byte
	for i := range notes {
		if notes[i], err = signer.Checkpoint(tlog.Tree{N: int64(i + 1)}); err != nil {
			t.Fatal(err)
		}
	}
	n := &Node{Config: Config{Data: t.TempDir()}}
	file := filepath.Join(n.Config.Data, "checkpoints")
	whole := func(notes ...[]byte) []byte { return append(bytes.Join(notes, []byte("\n")), '\n') }
	for broken := range whole(notes[1]) {
		before := append(whole(notes[0]), whole(notes[1])[:broken]...)
		if err := os.WriteFile(file, before, 0o600); err != nil {
			t.Fatal(err)
		}
		if err := n.Witness(notes[2]); err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(got, whole(notes[0], notes[2])) {
			t.Fatalf("broken off after %d bytes it is\n%s", broken, got)
		}
	}
	if err := os.WriteFile(file, bytes.Repeat([]byte("no checkpoint\n"), 1000), 0o600); err != nil {
		t.Fatal(err)
	}
	if err := n.Witness(notes[2]); err == nil {
		t.Error("another file was written over")
	}
}

func TestAJournalThatIsNotPublishedForAMinuteHoldsMessagesBack(t *testing.T) {
	n := &Node{}
	held := func(ago time.Duration) bool {
		last := time.Now().Add(-ago)
		n.published.Store(&last)
		_, held := n.Unpublished()
		return held
	}
	if _, held := n.Unpublished(); held {
		t.Error("a process that publishes nothing holds messages back")
	}
	if held(publishWithin/2) || !held(publishWithin+time.Second) {
		t.Error("not after a minute")
	}
}
