package node_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/access"
	"palermo/casework"
	"palermo/directory"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
	"palermo/vault"
)

const (
	secretWords = "MARKERonlyForUs"
	notesWord   = "four grey herons waiting"
)

// browser is somebody at the node's pages.
type browser struct {
	t       *testing.T
	handler http.Handler
	cookies []*http.Cookie
}

func (b *browser) ask(method, path string, form url.Values) (int, string) {
	b.t.Helper()
	r := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	for _, c := range b.cookies {
		r.AddCookie(c)
	}
	w := httptest.NewRecorder()
	b.handler.ServeHTTP(w, r)
	b.cookies = append(b.cookies, w.Result().Cookies()...)
	return w.Code, w.Body.String()
}

// does sends a form and demands that it was taken.
func (b *browser) does(path string, form url.Values) string {
	b.t.Helper()
	code, body := b.ask(http.MethodPost, path, form)
	if code != http.StatusSeeOther && code != http.StatusOK {
		b.t.Fatalf("%s: %d\n%s", path, code, body)
	}
	return body
}

func (b *browser) reads(path string) string {
	b.t.Helper()
	_, body := b.ask(http.MethodGet, path, nil)
	return body
}

// staff are two case workers of an organisation and one of another, signed in, with a case of the first.
func staff(t *testing.T, n *node.Node) (ana, ben, eva *browser, org ident.ID, anaID, benID ident.ID) {
	t.Helper()
	n.Directory = directory.New(n.Record, n.Store, directory.WithCost(vault.Params{Memory: 19 << 10, Time: 2, Threads: 1}))
	door := n.Record.For(access.Node(access.Administrator))
	house := func(name string) ident.ID {
		id, err := n.Directory.Add(t.Context(), door, directory.AddOrganisation{Name: name, Kind: "ngo", Country: "IT"})
		must(t, err)
		return id
	}
	org = house("Porto Aperto")
	other := house("Other house")
	handler, err := n.Handler(slog.New(slog.NewTextHandler(io.Discard, nil)))
	must(t, err)
	enter := func(login string, at ident.ID) (*browser, ident.ID) {
		id, secret, err := n.Directory.AddMember(t.Context(), door, directory.AddMember{Login: login, Name: "Colleague " + login, Organisation: at,
			Roles: []access.Role{access.CaseWorker}, Password: password})
		must(t, err)
		code, err := totp.GenerateCode(secret, time.Now())
		must(t, err)
		b := &browser{t: t, handler: handler}
		b.does("/sign-in", url.Values{"login": {login}, "password": {password}, "code": {code}})
		return b, id
	}
	ana, anaID = enter("ana", org)
	ben, benID = enter("ben", org)
	eva, _ = enter("eva", other)
	return ana, ben, eva, org, anaID, benID
}

func TestConfidentialNotesAreForThoseWhomTheirOrganisationLetIn(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, ben, eva, org, anaID, benID := staff(t, n)
		id, err := n.Desk.OpenCase(t.Context(), n.Record.For(access.Viewer{Member: anaID, Organisation: org, Roles: []access.Role{access.CaseWorker}}),
			casework.DescribePerson{Age: casework.Adult})
		must(t, err)
		page := "/cases/" + id.String() + "/confidential"
		paper := ana.does("/confidential/begin", url.Values{"password": {notesWord}, "again": {notesWord}})
		if !regexp.MustCompile(`[A-Z2-7]{5}-[A-Z2-7]{5}-`).MatchString(paper) {
			t.Fatalf("no recovery key is shown:\n%s", paper)
		}
		ana.does(page, url.Values{"text": {secretWords}})
		if !strings.Contains(ana.reads(page), secretWords) {
			t.Fatal("she does not read her own note")
		}
		locked := ben.reads(page)
		if strings.Contains(locked, secretWords) || !strings.Contains(locked, "1 confidential note on this case") || !strings.Contains(locked, "locked") {
			t.Errorf("a colleague who was not let in reads:\n%s", locked)
		}
		if code, body := eva.ask(http.MethodGet, page, nil); code != http.StatusNotFound && code != http.StatusSeeOther || strings.Contains(body, secretWords) {
			t.Errorf("another organisation: %d", code)
		}

		ben.does("/confidential/ask", url.Values{"password": {notesWord + " too"}, "again": {notesWord + " too"}})
		letIn := "/confidential/members/" + benID.String() + "/let-in"
		print := regexp.MustCompile(`name="fingerprint" value="([^"]+)"`).FindStringSubmatch(ana.reads(letIn))
		if print == nil || !strings.Contains(ben.reads("/confidential"), print[1]) {
			t.Fatal("the two do not see the same letters")
		}
		if code, _ := ana.ask(http.MethodPost, letIn, url.Values{"fingerprint": {print[1]}}); code != http.StatusUnprocessableEntity {
			t.Errorf("let in without comparing: %d", code)
		}
		ana.does(letIn, url.Values{"fingerprint": {print[1]}, "compared": {"1"}})
		ben.does(page+"/open", url.Values{"password": {notesWord + " too"}})
		if !strings.Contains(ben.reads(page), secretWords) {
			t.Error("let in, he does not read it")
		}
		ana.does("/confidential/members/"+benID.String()+"/take-out", nil)
		if strings.Contains(ben.reads(page), secretWords) {
			t.Error("taken out, he reads it still")
		}
		ana.does("/confidential/lock", nil)
		if strings.Contains(ana.reads(page), secretWords) {
			t.Error("locked, it is shown")
		}
		nowhere(t, n, ana, id)
		operator(t, n, id, org)
	})
}

// nowhere looks for the words in every other page of whoever wrote them.
func nowhere(t *testing.T, n *node.Node, b *browser, id casework.CaseID) {
	t.Helper()
	base := "/cases/" + id.String()
	_, found := b.ask(http.MethodPost, "/cases/search", url.Values{"words": {secretWords}})
	for path, body := range map[string]string{"search": found, base: b.reads(base), "notes": b.reads(base + "/part/notes-and-documents"), "history": b.reads(base + "/history"),
		"held": b.reads(base + "/held"), "day": b.reads("/"), "cases": b.reads("/cases")} {
		if strings.Contains(body, secretWords) {
			t.Errorf("%s shows the note", path)
		}
	}
	if !strings.Contains(b.reads(base+"/part/notes-and-documents"), base+"/confidential") {
		t.Error("the case does not say where its confidential notes are")
	}
	must(t, n.Reindex(t.Context(), func(string, int) {}))
}

// operator tries to read the note with everything that the operator has: the
// root key, both databases, and the program's own keys.
func operator(t *testing.T, n *node.Node, id casework.CaseID, org ident.ID) {
	t.Helper()
	ctx := t.Context()
	root, err := vault.ReadRootFile(n.Config.RootFile)
	must(t, err)
	v, err := vault.Open(ctx, root, n.Keys, n.Record.Random)
	must(t, err)
	document := func(kind string, id ident.ID, into any) []byte {
		row, err := n.Store.Load(ctx, kind, id)
		must(t, err)
		key, err := v.Key(ctx, id, vault.Recovery)
		must(t, err)
		plain, err := vault.Unseal(key, vault.AD{Kind: kind, ID: id, Version: row.Version, Schema: row.Schema}, row.Sealed)
		must(t, err)
		must(t, json.Unmarshal(plain, into))
		return plain
	}
	var c casework.Case
	var k directory.Keyring
	plain := string(document("case", ident.ID(id), &c))
	if len(c.SealedNotes) != 1 || strings.Contains(plain, secretWords) {
		t.Fatalf("%d notes; the case shows the words: %t", len(c.SealedNotes), strings.Contains(plain, secretWords))
	}
	rows, err := n.Store.Find(ctx, record.Find{Kind: "keyring", Now: time.Now(), Limit: 9})
	must(t, err)
	if len(rows) != 1 {
		t.Fatalf("%d keyrings", len(rows))
	}
	document("keyring", rows[0].ID, &k)
	note := c.SealedNotes[0]
	ad := vault.AD{Kind: "confidential-note:" + id.String(), ID: note.ID}
	keys := map[string]vault.Key{"drafts": v.Named("drafts:" + org.String()), "cookies": v.Named("cookies"), "database": v.Named("database"), "journal": n.Record.JournalKey(note.At)}
	for name, subject := range map[string]ident.ID{"case": ident.ID(id), "keyring": rows[0].ID} {
		key, err := v.Key(ctx, subject, vault.Recovery)
		must(t, err)
		keys[name] = key
	}
	for name, key := range keys {
		if _, err := vault.Unseal(key, ad, note.Sealed[4:]); err == nil {
			t.Errorf("the key of the %s opens the note", name)
		}
		for _, sealed := range [][]byte{k.Notes.Members[0].Sealed, k.Notes.ToRecovery, k.Keys[0].Locks[0].Sealed} {
			if _, err := vault.UnwrapKey(key, ad, sealed); err == nil {
				t.Errorf("the key of the %s opens the keyring", name)
			}
		}
	}
	for _, guess := range []string{password, "password of an administrator", "palermo palermo palermo"} {
		c, err := vault.Password(guess)
		must(t, err)
		if _, err := k.Keys[0].Unlock(c); err == nil {
			t.Errorf("%q opens a member's key", guess)
		}
	}
	right, err := vault.Password(notesWord) // only what she has in her head does
	must(t, err)
	key, err := k.Keys[0].Unlock(right)
	must(t, err)
	ring, err := k.Notes.Open(key)
	must(t, err)
	if text, err := note.Read(ring, id); err != nil || text != secretWords {
		t.Errorf("with her password: %q, %v: this test tries the wrong things", text, err)
	}
}
