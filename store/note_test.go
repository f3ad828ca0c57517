package store_test

import (
	"encoding/json"
	"strings"
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
	"palermo/vault/vaulttest"
)

// A change without a note is refused; what is opened and left as it was is none, also where an older program wrote it.
func TestAChangeWithoutANoteIsRefused(t *testing.T) {
	w := newWorld(t, onSQLite(t), vaulttest.NewMemory())
	id := w.create(t, w.own(1))
	change := func(fn func(*file)) error {
		return record.Update(t.Context(), w.node.For(w.worker), files, id, record.Reason{Action: access.Look}, func(f *file) error {
			fn(f)
			return nil
		})
	}
	must(t, change(func(*file) {}))
	if err := change(func(f *file) { f.Text = "another" }); !fault.Is(err, fault.CodeInternal) {
		t.Errorf("a change without a note: %v", err)
	}
	older(t, w, id)
	must(t, change(func(*file) {}))
	if err := change(func(f *file) { f.Text = "another" }); !fault.Is(err, fault.CodeInternal) {
		t.Errorf("a change without a note of what an older program wrote: %v", err)
	}
}

// older writes the document as a program did that knew one field more.
func older(t *testing.T, w *world, id record.ID[file]) {
	t.Helper()
	row, err := w.db.Load(t.Context(), files.Name, ident.ID(id))
	must(t, err)
	key, err := w.node.Vault.Key(t.Context(), row.ID, vault.Recovery)
	must(t, err)
	ad := vault.AD{Kind: row.Kind, ID: row.ID, Version: row.Version, Schema: row.Schema}
	document, err := vault.Unseal(key, ad, row.Sealed)
	must(t, err)
	if !json.Valid(document) {
		t.Fatal("the document is no JSON")
	}
	was := strings.Replace(string(document), "{", `{"Gone":1,`, 1)
	row.Sealed, err = vault.Seal(vaulttest.Rand(3), key, ad, []byte(was))
	must(t, err)
	_, err = w.db.Exec(t.Context(), "UPDATE record SET sealed = ?1 WHERE id = ?2", row.Sealed, row.ID[:])
	must(t, err)
}
