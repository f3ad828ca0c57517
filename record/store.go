package record

import (
	"context"
	"errors"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/journal"
)

// Store keeps rows. SQLite and PostgreSQL implement it; only this package calls it.
type Store interface {
	// Load gives a row, or ErrNoRow.
	Load(ctx context.Context, kind string, id ident.ID) (Row, error)
	// Find gives rows in order of Sort and ID, newest first.
	Find(ctx context.Context, f Find) ([]Row, error)
	Count(ctx context.Context, f Find) (int, error)
	// Commit does all of the batch or nothing and returns when it is durable. ErrStale: a version was not as expected.
	Commit(ctx context.Context, b Batch) error
	// Day gives the duties that the scope sees at now, the most pressing first.
	Day(ctx context.Context, s access.Scope, now time.Time, limit int) ([]duty.Item, error)
	// History gives the entries about a record, newest first, older than before (zero: from the newest).
	History(ctx context.Context, record ident.ID, before ident.ID, limit int) ([]journal.Entry, error)
	// Erased gives the records that were erased, oldest first.
	Erased(ctx context.Context) ([]ident.ID, error)
	// Forget takes old values of what was erased out of the log beside the database.
	Forget(ctx context.Context) error
	// Blob gives an attachment's sealed chunks in order.
	Blob(ctx context.Context, record, id ident.ID) ([][]byte, error)
}

// What a Store answers when there is nothing, or no longer what was expected.
var (
	ErrNoRow = errors.New("no such row")
	ErrStale = errors.New("a version is not as expected")
)

// Row is a record as it is stored.
type Row struct {
	Kind      string
	ID        ident.ID
	Version   int64
	Schema    int
	Sort      time.Time
	Sealed    []byte
	Relations []access.Relation
}

// Token is a blind search token.
type Token [16]byte

// Find asks for a page of rows.
type Find struct {
	Kind   string
	Scope  *access.Scope // nil: the node's own maintenance, never a person's question
	Now    time.Time
	States []string  // any of these; empty for all
	Tokens [][]Token // of each group at least one
	Before Cursor    // rows after this one in the order; zero for the first page
	Limit  int
}

// Cursor is a place in a list.
type Cursor struct {
	Sort time.Time
	ID   ident.ID
}

// Batch is everything that commits together.
type Batch struct {
	Now     time.Time
	Checks  []Check
	Puts    []Put
	Entries []journal.Entry
	Blobs   []Blob
	Files   []File     // attachments that go, each with its key
	Gone    []Gone     // particulars of earlier entries that go
	Erase   []ident.ID // records whose rows, tokens, relations, duties and blobs go, for good
}

// empty reports that there is nothing to write.
func (b Batch) empty() bool {
	return len(b.Puts)+len(b.Entries)+len(b.Blobs)+len(b.Erase) == 0
}

// File names an attachment.
type File struct{ Record, ID ident.ID }

// Gone says which entry loses its particulars, and their digest, which stays in the entry's leaf.
type Gone struct {
	Entry  ident.ID
	Digest [32]byte
}

// Check demands that a record is still at a version.
type Check struct {
	Kind    string
	ID      ident.ID
	Version int64
}

// Put writes a record with its index. Was is the version before, 0 for a new one.
type Put struct {
	Row
	Was    int64
	Digest [32]byte
	State  string
	Tokens []Token
	Duties []duty.Duty
	Anew   bool // write the index even where it is as it was: columns may have been lost
}

// Blob is an attachment, sealed in chunks.
type Blob struct {
	Record ident.ID
	ID     ident.ID
	Chunks [][]byte
}
