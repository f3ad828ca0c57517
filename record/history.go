package record

import (
	"context"
	"fmt"
	"slices"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
	"palermo/vault"
)

// Line is a line of a record's history.
type Line struct {
	ID      ident.ID
	At      time.Time
	Header  journal.Header
	Version int64
	Reason  string // what was written as the reason, where the kind tells it (Kind.Reason)
}

// History gives who changed or looked at a record, newest first, to those who
// may see history, with what they may see of the record; reading it is a look like any other.
func History[T, R any](ctx context.Context, d *Door, k *Kind[T, R], id ID[T], before ident.ID, limit int) (Redacted[R], []Line, error) {
	s, err := view(ctx, d, k, id, Reason{Action: access.See(access.History)})
	if err != nil {
		return s.seen, nil, err
	}
	if !s.seen.decision.Sees(access.History) {
		return s.seen, nil, fault.Denied("Who looked at a case is shown to those responsible for it and to the auditor.")
	}
	entries, err := d.node.Store.History(ctx, ident.ID(id), before, limit)
	if err != nil {
		return s.seen, nil, fault.Unavailable(err, "The history cannot be read now. Try again.")
	}
	lines := make([]Line, 0, len(entries))
	for i := range entries {
		line, err := d.line(&entries[i], ident.ID(id), k.Reason, s.key)
		if err != nil {
			return s.seen, nil, fault.Internal(fmt.Errorf("history of %s: %w", k.Name, err))
		}
		lines = append(lines, line)
	}
	return s.seen, lines, nil
}

// line opens an entry as it concerns one record.
func (d *Door) line(e *journal.Entry, about ident.ID, reason func(event string, particulars []byte) string, key vault.Key) (Line, error) {
	header, err := e.Open(d.node.JournalKey(e.At))
	if err != nil {
		return Line{}, err
	}
	l := Line{ID: e.ID, At: e.At, Header: header.Of(slices.Index(e.Subjects, about)), Version: e.Version}
	if reason == nil || len(e.Particulars) == 0 {
		return l, nil
	}
	particulars, err := vault.Unseal(key, e.ParticularsAD(), e.Particulars)
	if err != nil {
		return Line{}, err
	}
	l.Reason = reason(header.Action, particulars)
	return l, nil
}
