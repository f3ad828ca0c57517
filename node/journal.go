package node

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"time"
)

const (
	sequenceEvery = 500 * time.Millisecond
	sequenceAgain = 5 * time.Second // after it failed
	// publishWithin is how long the journal may go unpublished before nothing more is sent to other nodes.
	publishWithin = time.Minute
)

// Sequence numbers the journal's entries and publishes its checkpoints until
// ctx ends. What cannot be done now, as on a full disk, is tried again.
func (n *Node) Sequence(ctx context.Context) error {
	published := func() {
		now := time.Now() // with the monotonic clock, which nobody sets
		n.published.Store(&now)
	}
	published()
	for {
		err := n.Store.Sequence(ctx, n.Signer, sequenceEvery, time.Now, n.Witness, published)
		if err == nil {
			return nil
		}
		if n.Record.Log != nil {
			n.Record.Log.ErrorContext(ctx, "the journal cannot be published", "cause", err)
		}
		select {
		case <-time.After(sequenceAgain):
		case <-ctx.Done():
			return nil
		}
	}
}

// Unpublished says since when the journal could not be published, once that is
// too long: then nothing but emergencies goes to other nodes, and every page
// says so. What is done here goes on, and is published when that is possible again.
func (n *Node) Unpublished() (since time.Time, held bool) {
	last := n.published.Load()
	if last == nil || time.Since(*last) < publishWithin {
		return time.Time{}, false
	}
	return *last, true
}

// Witness appends a checkpoint to a file outside the database: who rewrites
// the database cannot rewrite what was already copied from here. Half a
// checkpoint, which a full disk or a power cut leaves, is taken off first.
func (n *Node) Witness(checkpoint []byte) error {
	f, err := os.OpenFile(filepath.Join(n.Config.Data, "checkpoints"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return err
	}
	end, err := lastWhole(f)
	if err == nil {
		err = f.Truncate(end)
	}
	if err == nil {
		_, err = f.WriteAt(append(bytes.Clone(checkpoint), '\n'), end)
	}
	return errors.Join(err, f.Close())
}

// lastWhole is where the last whole checkpoint in a file ends: after the empty
// line that follows a line with a signature.
func lastWhole(f *os.File) (int64, error) {
	size, err := f.Seek(0, io.SeekEnd)
	if err != nil {
		return 0, err
	}
	const most = 4 << 10 // of one checkpoint
	from := max(size-most, 0)
	tail := make([]byte, size-from)
	if _, err := f.ReadAt(tail, from); err != nil && !errors.Is(err, io.EOF) {
		return 0, err
	}
	for end := len(tail); end > 0; {
		i := bytes.LastIndex(tail[:end], []byte("\n\n"))
		if i < 0 {
			break
		}
		if line := tail[bytes.LastIndexByte(tail[:i], '\n')+1 : i]; bytes.HasPrefix(line, []byte("\u2014 ")) {
			return from + int64(i) + 2, nil
		}
		end = i + 1
	}
	if from > 0 {
		return 0, errors.New("the file of checkpoints does not end in checkpoints")
	}
	return 0, nil
}
