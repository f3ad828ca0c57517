package node_test

import (
	"bytes"
	"errors"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/journal"
	"palermo/node"
	"palermo/record"
	"palermo/vault"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// onBoth runs a test on a node with either database.
func onBoth(t *testing.T, test func(t *testing.T, n *node.Node)) {
	open := func(t *testing.T, c node.Config) *node.Node {
		c.Data, c.Jurisdiction = t.TempDir(), "coe"
		c = c.Filled()
		must(t, node.CreateKeys(c))
		n, err := node.Open(t.Context(), c)
		must(t, err)
		t.Cleanup(func() { must(t, n.Close()) })
		return n
	}
	t.Run("SQLite", func(t *testing.T) { test(t, open(t, node.Config{})) })
	t.Run("PostgreSQL", func(t *testing.T) {
		test(t, open(t, node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}))
	})
}

// people of an NGO: two case workers, and somebody of another organisation who is on duty.
func people() (ana, ben, outsider access.Viewer) {
	ngo := ident.ID{1}
	worker := func(b byte, org ident.ID) access.Viewer {
		return access.Viewer{Member: ident.ID{2, b}, Name: "Colleague", Organisation: org, Roles: []access.Role{access.CaseWorker, access.FirstResponder}, OnDuty: true}
	}
	return worker(1, ngo), worker(2, ngo), worker(3, ident.ID{3})
}

const written = "MARKERwrittenBySomebody"

// full is a closed case with a hold, a document, and an emergency opening that was reviewed.
func full(t *testing.T, n *node.Node) (casework.CaseID, *casework.View) {
	t.Helper()
	ana, ben, outsider := people()
	ctx, door := t.Context(), n.Record.For(ana)
	id, err := n.Desk.OpenCase(ctx, door, casework.DescribePerson{Name: written, Age: casework.Adult, Nationality: "NG"})
	must(t, err)
	take := func(name string, s casework.Step) { t.Helper(); must(t, n.Desk.Take(ctx, door, id, name, s, 0)) }
	take("screen", &casework.Screen{Reasons: written})
	take("presume", &casework.Presume{Reasons: written})
	until := n.Record.Now().AddDate(0, 1, 0)
	take("give-consent", casework.Consenting("referral", ident.ID{4}, []string{"identity", "screening"}, until))
	take("give-consent", casework.Consenting("proceedings", ident.ID{5}, []string{"identity"}, until))
	attach, _ := casework.Find("attach")
	s := attach.New()
	must(t, input.Decode(url.Values{"title": {written}, "category": {"notes"}}, map[string]input.File{"file": {Name: "n.txt", Bytes: []byte(written)}}, s, time.UTC))
	take("attach", s)
	must(t, casework.BreakGlass(ctx, n.Record.For(outsider), n.Desk.Kind, id, written))
	must(t, n.Desk.Take(ctx, n.Record.For(ben), id, "review-emergency", &casework.ReviewEmergency{Right: casework.Yes, Finding: written}, 0))
	take("close", &casework.Close{Reason: "wish", Note: written, Informed: true})
	seen, err := record.View(ctx, door, n.Desk.Kind, id, record.Reason{Action: access.Look})
	must(t, err)
	v := seen.Value()
	return id, &v
}

func TestAnErasedCaseLeavesTheJournalsLeavesAndNothingElse(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, ben, _ := people()
		ctx := t.Context()
		id, v := full(t, n)
		wraps, err := n.Keys.Wraps(ctx, [16]byte(id))
		must(t, err)
		if len(wraps) < 2 {
			t.Fatalf("%d wraps", len(wraps))
		}
		must(t, n.Desk.Take(ctx, n.Record.For(ana), id, "propose-erasure", &casework.ProposeErasure{Ground: "asked", Reason: "r"}, 0))
		yes := &casework.AnswerErasure{Erase: casework.Yes, Reason: "r"}
		if err := n.Desk.Take(ctx, n.Record.For(ana), id, "answer-erasure", yes, 0); !fault.Is(err, fault.CodeConflict) {
			t.Fatalf("the same person: %v", err)
		}
		must(t, n.Desk.Take(ctx, n.Record.For(ben), id, "answer-erasure", yes, 0))

		if _, err := n.Store.Load(ctx, "case", ident.ID(id)); !errors.Is(err, record.ErrNoRow) {
			t.Errorf("the case: %v", err)
		}
		if _, err := n.Store.Blob(ctx, ident.ID(id), v.Documents[0].ID); !errors.Is(err, record.ErrNoRow) {
			t.Errorf("the document: %v", err)
		}
		found, err := n.Desk.SearchCases(ctx, n.Record.For(ana), written)
		must(t, err)
		due, err := record.Day(ctx, n.Record.For(ana), 99)
		must(t, err)
		if len(found)+len(due) > 0 {
			t.Errorf("found %d, due %v", len(found), due)
		}
		gone(t, n, ident.ID(id), wraps)
		_, err = journal.Sequence(ctx, n.Store, n.Signer, 1000, n.Record.Now())
		must(t, err)
		problems, err := journal.Verify(ctx, n.Store.Evidence(n.Keys), n.Signer, n.Record.JournalKey, nil, nil)
		must(t, err)
		if len(problems) > 0 {
			t.Errorf("the history is not whole: %v", problems)
		}
		reasons(t, n, ident.ID(id))
	})
}

// gone holds that no key opens the record any more, and that no byte of its wraps is left in an SQLite file.
func gone(t *testing.T, n *node.Node, id ident.ID, wraps []vault.Wrap) {
	t.Helper()
	if _, err := n.Record.Vault.Key(t.Context(), id, vault.Recovery); !errors.Is(err, vault.ErrShredded) {
		t.Errorf("the key: %v", err)
	}
	left, err := n.Keys.Wraps(t.Context(), [16]byte(id))
	must(t, err)
	if len(left) > 0 {
		t.Errorf("%d wraps are left", len(left))
	}
	if n.Config.Keys != "" {
		return
	}
	for _, name := range []string{"keys.db", "keys.db-wal"} {
		content, err := os.ReadFile(filepath.Join(n.Config.Data, name))
		must(t, err)
		for _, w := range wraps {
			if bytes.Contains(content, w.Sealed) {
				t.Errorf("%s still has a wrap", name)
			}
		}
	}
}

// reasons holds that what stays readable, the headers, has no word that somebody
// wrote, and that the last entry says who erased the case and why, by a code.
func reasons(t *testing.T, n *node.Node, id ident.ID) {
	t.Helper()
	entries, err := n.Store.History(t.Context(), id, ident.ID{}, 1000)
	must(t, err)
	emergency := false
	for _, e := range entries {
		h, err := e.Open(n.Record.JournalKey(e.At))
		must(t, err)
		if h.Why == written {
			t.Errorf("%s: a written reason outlives the case", h.Action)
		}
		emergency = emergency || h.Action == "break_glass"
	}
	if !emergency {
		t.Error("the emergency is not in the journal: this test proves nothing")
	}
	last, err := entries[0].Open(n.Record.JournalKey(entries[0].At))
	must(t, err)
	if last.Action != journal.Erased || last.Why != "asked" || last.Member.IsZero() || entries[0].Particulars != nil {
		t.Errorf("the last entry: %+v", last)
	}
}

func TestAHoldIsErasedWithItsCase(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, ben, _ := people()
		ctx := t.Context()
		id, v := full(t, n)
		// The steps of a hold take months: its record and the notice are written as they leave them.
		var hold record.ID[casework.Hold]
		must(t, record.Do(ctx, n.Record.For(ana), record.Reason{Action: "create"}, func(tx *record.Tx) (err error) {
			h := &casework.Hold{At: tx.Now(), Owner: v.Owner, Authority: ident.ID{5}, Case: id, Name: written, Lifted: tx.Now()}
			h.Note(noted{})
			hold, err = record.Create(tx, n.Desk.Holds, h)
			return err
		}))
		must(t, record.Update(ctx, n.Record.For(ana), n.Desk.Kind, id, record.Reason{Action: "do:refer"}, func(c *casework.Case) error {
			c.Hold = &casework.HoldNotice{Hold: hold, Authority: ident.ID{5}, At: n.Record.Now(), Lifted: n.Record.Now()}
			c.Note(noted{})
			return nil
		}))
		must(t, n.Desk.Take(ctx, n.Record.For(ana), id, "propose-erasure", &casework.ProposeErasure{Ground: "period_over", Reason: "r"}, 0))
		must(t, n.Desk.Take(ctx, n.Record.For(ben), id, "answer-erasure", &casework.AnswerErasure{Erase: casework.Yes, Reason: "r"}, 0))
		if _, err := n.Store.Load(ctx, "hold", ident.ID(hold)); !errors.Is(err, record.ErrNoRow) {
			t.Errorf("the hold: %v", err)
		}
		gone(t, n, ident.ID(hold), nil)
		erased, err := n.Store.Erased(ctx)
		must(t, err)
		if len(erased) != 2 {
			t.Errorf("erased: %v", erased)
		}
	})
}

type noted struct{}

func (noted) Event() string { return "noted" }
