package store_test

import (
	"fmt"
	"testing"
	"time"

	"palermo/access"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
	"palermo/vault"
	"palermo/vault/vaulttest"
)

// file is a record whose index is what it says.
type file struct {
	record.Base
	Text      string
	State     string
	Sort      time.Time
	Relations []access.Relation
	Words     []string
}

type fileView struct{ Text string }

type written struct{ Text string }

func (written) Event() string { return "written" }

// files are cases to the policy.
var files = &record.Kind[file, fileView]{
	Name: "case", Schema: 1,
	Index: func(f *file) record.Index {
		return record.Index{State: f.State, Sort: f.Sort, Relations: f.Relations, Words: f.Words}
	},
	Redact: func(f *file, _ access.Decision) fileView { return fileView{f.Text} },
}

// world is a node on a database.
type world struct {
	db     database
	node   *record.Node
	signer *journal.Signer
	org    ident.ID
	worker access.Viewer
	now    time.Time

	unwitnessed bool // no checkpoint was kept outside the database
}

func newWorld(t testing.TB, db database, ks vault.Keystore) *world {
	t.Helper()
	v, err := vault.Open(t.Context(), vaulttest.Root(t), ks, vaulttest.Rand(1))
	must(t, err)
	policy, err := access.NewPolicy()
	must(t, err)
	signer, err := journal.NewSigner("node", v.Named("checkpoint"))
	must(t, err)
	w := &world{db: db, signer: signer, org: newID(t), now: begun}
	w.node = &record.Node{Store: db.Store, Vault: v, Policy: policy, Random: vaulttest.Rand(2), Now: func() time.Time {
		w.now = w.now.Add(time.Millisecond)
		return w.now
	}}
	w.worker = access.Viewer{Member: newID(t), Name: "worker", Organisation: w.org, Roles: []access.Role{access.CaseWorker, access.FirstResponder}}
	return w
}

func (w *world) create(t testing.TB, f *file) record.ID[file] {
	t.Helper()
	var id record.ID[file]
	must(t, record.Do(t.Context(), w.node.For(w.worker), record.Reason{Action: "create"}, func(tx *record.Tx) error {
		f.Note(written{f.Text})
		var err error
		id, err = record.Create(tx, files, f)
		return err
	}))
	return id
}

// rewrite gives the record another text; any action that the policy allows will do.
func (w *world) rewrite(t testing.TB, id record.ID[file], text string) {
	t.Helper()
	must(t, record.Update(t.Context(), w.node.For(w.worker), files, id, record.Reason{Action: access.Look}, func(f *file) error {
		f.Text = text
		f.Note(written{text})
		return nil
	}))
}

// own is a file that the worker's organisation stands on.
func (w *world) own(i int) *file {
	return &file{Text: fmt.Sprintf("text %d", i), State: "open", Sort: w.now, Words: []string{fmt.Sprint("word", i)},
		Relations: []access.Relation{{Party: w.org, Role: access.CaseWorker}}}
}

func (w *world) sequence(t testing.TB) []byte {
	t.Helper()
	checkpoint, err := journal.Sequence(t.Context(), w.db, w.signer, 1000, w.node.Now())
	must(t, err)
	return checkpoint
}

func (w *world) verify(t testing.TB, witnessed ...[]byte) []journal.Problem {
	t.Helper()
	problems, err := journal.Verify(t.Context(), w.db.Evidence(w.db.keys), w.signer, w.node.JournalKey, witnessed, nil)
	must(t, err)
	return problems
}
