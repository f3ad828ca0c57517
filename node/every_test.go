package node_test

import (
	"context"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
)

// erasing is a database in which a record is erased after a page of rows was found, and before it is read.
type erasing struct {
	record.Store
	between func(rows []record.Row)
}

func (s *erasing) Find(ctx context.Context, f record.Find) ([]record.Row, error) {
	rows, err := s.Store.Find(ctx, f)
	if s.between != nil {
		s.between(rows)
	}
	return rows, err
}

func TestAListGoesOnPastARecordThatIsErasedMeanwhile(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		door := n.Record.For(access.Viewer{Member: ident.ID{1}, Organisation: ident.ID{2}, Roles: []access.Role{access.CaseWorker}})
		const cases = 203 // a page and three
		must(t, record.Do(t.Context(), door, record.Reason{Action: "create"}, func(tx *record.Tx) error {
			for range cases {
				c := &casework.Case{Opened: tx.Now(), Owner: ident.ID{2}, Jurisdiction: "coe"}
				c.Note(opened{})
				if _, err := record.Create(tx, n.Desk.Kind, c); err != nil {
					return err
				}
			}
			return nil
		}))
		store := &erasing{Store: n.Record.Store}
		store.between = func(rows []record.Row) {
			store.between = nil
			must(t, n.Record.Vault.Shred(t.Context(), rows[len(rows)/2].ID))
		}
		n.Record.Store = store
		found, err := record.Collect(record.Every(t.Context(), door, n.Desk.Kind, record.Query[casework.Case]{Why: record.Reason{Action: access.Look}}))
		must(t, err)
		if len(found) != cases-1 {
			t.Errorf("%d cases, want all but the one that was erased", len(found))
		}
	})
}

type opened struct{}

func (opened) Event() string { return "open" }
