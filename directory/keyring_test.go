package directory

import (
	"encoding/json"
	"strings"
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
)

const notesPassword = "four grey herons waiting"

// noters are two members of one organisation and one of another, each signed in.
type noters struct {
	*rig
	token map[string]string
	id    map[string]ident.ID
}

func withNoters(t *testing.T) *noters {
	t.Helper()
	n := &noters{rig: open(t), token: map[string]string{}, id: map[string]ident.ID{}}
	other, err := n.Add(n.ctx, n.as(access.Administrator), AddOrganisation{Name: "Other house", Kind: "ngo", Country: "IT"})
	n.must(err)
	for login, org := range map[string]ident.ID{"rosa": n.org, "dario": n.org, "eva": other} {
		id, secret, err := n.AddMember(n.ctx, n.as(access.Administrator), AddMember{Login: login, Name: "Colleague " + strings.ToUpper(login[:1]), Organisation: org,
			Grants: []Grant{{Role: access.CaseWorker}}, Password: goodPassword})
		n.must(err)
		n.secret[login], n.id[login] = secret, id
		n.token[login], err = n.signIn(login)
		n.must(err)
	}
	return n
}

func (n *noters) at(login string) *record.Door {
	n.t.Helper()
	s, err := n.AtWork(n.ctx, n.token[login])
	n.must(err)
	return n.node.For(s.Viewer)
}

func (n *noters) begin() string {
	n.t.Helper()
	paper, err := n.BeginNotes(n.ctx, n.at("rosa"), n.token["rosa"], notesPassword)
	n.must(err)
	return paper
}

// letDarioIn has him ask, and Rosa compare and let him in.
func (n *noters) letDarioIn() {
	n.t.Helper()
	n.must(n.AskForNotes(n.ctx, n.at("dario"), notesPassword+" too"))
	k, err := n.Keyring(n.ctx, n.at("rosa"))
	n.must(err)
	asked, waits := k.Asks(n.id["dario"])
	if !waits {
		n.t.Fatal("nobody waits")
	}
	n.must(n.LetIn(n.ctx, n.at("rosa"), n.token["rosa"], n.id["dario"], asked.Fingerprint))
	n.must(n.Unlock(n.ctx, n.at("dario"), n.token["dario"], notesPassword+" too"))
}

func (n *noters) key(login string) (vault.Keyring, error) {
	return n.NotesKey(n.ctx, n.at(login), n.token[login])
}

var noteAD = vault.AD{Kind: "note", ID: [16]byte{1}}

func (n *noters) seal(login, text string) []byte {
	n.t.Helper()
	ring, err := n.key(login)
	n.must(err)
	sealed, err := ring.Seal(n.node.Random, noteAD, []byte(text))
	n.must(err)
	return sealed
}

func TestOnlyWhoIsLetInOpensTheNotes(t *testing.T) {
	n := withNoters(t)
	n.begin()
	sealed := n.seal("rosa", "hers")
	for _, login := range []string{"dario", "eva"} {
		_, err := n.key(login)
		n.refused(map[string]fault.Code{"dario": fault.CodeDenied, "eva": fault.CodeNotFound}[login], err)
		if err := n.Unlock(n.ctx, n.at(login), n.token[login], notesPassword); err == nil {
			t.Errorf("%s opened them with a colleague's password", login)
		}
	}
	if _, err := n.Keyring(n.ctx, n.at("eva")); !fault.Is(err, fault.CodeNotFound) {
		t.Errorf("another organisation sees the keyring: %v", err)
	}
	n.refused(fault.CodeConflict, func() error {
		_, err := n.BeginNotes(n.ctx, n.at("dario"), n.token["dario"], notesPassword)
		return err
	}())
	n.letDarioIn()
	ring, err := n.key("dario")
	n.must(err)
	if plain, err := ring.Unseal(noteAD, sealed); err != nil || string(plain) != "hers" {
		t.Errorf("%q, %v", plain, err)
	}
}

func TestWhoIsTakenOutReadsNothingNew(t *testing.T) {
	n := withNoters(t)
	n.begin()
	n.letDarioIn()
	before, err := n.key("dario")
	n.must(err)
	n.must(n.TakeOut(n.ctx, n.at("rosa"), n.token["rosa"], n.id["dario"]))
	if _, err := n.key("dario"); !fault.Is(err, fault.CodeDenied) {
		t.Errorf("his session still opens them: %v", err)
	}
	if err := n.Unlock(n.ctx, n.at("dario"), n.token["dario"], notesPassword+" too"); !fault.Is(err, fault.CodeDenied) {
		t.Errorf("he opens them again: %v", err)
	}
	if plain, err := before.Unseal(noteAD, n.seal("rosa", "new")); err == nil {
		t.Errorf("what he kept reads %q", plain)
	}
	n.refused(fault.CodeConflict, n.TakeOut(n.ctx, n.at("rosa"), n.token["rosa"], n.id["rosa"])) // the last one
}

func TestAKeyIsComparedAsItStands(t *testing.T) {
	n := withNoters(t)
	n.begin()
	n.must(n.AskForNotes(n.ctx, n.at("dario"), notesPassword+" too"))
	k, err := n.Keyring(n.ctx, n.at("rosa"))
	n.must(err)
	first, _ := k.Asks(n.id["dario"])
	n.must(n.AskForNotes(n.ctx, n.at("dario"), notesPassword+" three")) // another key came in its place
	n.refused(fault.CodeConflict, n.LetIn(n.ctx, n.at("rosa"), n.token["rosa"], n.id["dario"], first.Fingerprint))
	n.refused(fault.CodeDenied, n.LetIn(n.ctx, n.at("dario"), n.token["dario"], n.id["dario"], first.Fingerprint)) // himself
}

func TestTheNotesAreOpenInOneSessionAndEndWithIt(t *testing.T) {
	n := withNoters(t)
	n.begin()
	second, err := n.signIn("rosa")
	n.must(err)
	if _, err := n.NotesKey(n.ctx, n.at("rosa"), second); !fault.Is(err, fault.CodeDenied) {
		t.Errorf("another session of hers: %v", err)
	}
	n.must(n.SignOut(n.ctx, n.token["rosa"]))
	if len(n.Book.open) != 0 {
		t.Error("the key is still in memory after signing out")
	}
	n.token["rosa"] = second
	n.must(n.Unlock(n.ctx, n.at("rosa"), second, notesPassword))
	n.now = n.now.Add(idleLimit)
	if _, err := n.NotesKey(n.ctx, n.node.For(access.Viewer{Member: n.id["rosa"], Organisation: n.org}), second); !fault.Is(err, fault.CodeDenied) {
		t.Errorf("after half an hour without a page: %v", err)
	}
}

func TestGuessingAtTheNotesPasswordWaits(t *testing.T) {
	n := withNoters(t)
	n.begin()
	n.Lock(n.token["rosa"])
	for range wrongAllowed {
		n.refused(fault.CodeInvalid, n.Unlock(n.ctx, n.at("rosa"), n.token["rosa"], "not this one at all"))
	}
	n.refused(fault.CodeInvalid, n.Unlock(n.ctx, n.at("rosa"), n.token["rosa"], notesPassword)) // right, too soon
	n.now = n.now.Add(wrongWait)
	n.must(n.Unlock(n.ctx, n.at("rosa"), n.token["rosa"], notesPassword))
}

func TestThePaperOpensTheNotesWhenEveryPasswordIsLost(t *testing.T) {
	n := withNoters(t)
	paper := n.begin()
	sealed := n.seal("rosa", "before")
	n.Lock(n.token["rosa"])
	n.refused(fault.CodeInvalid, n.Recover(n.ctx, n.at("rosa"), n.token["rosa"], strings.Repeat("A", len(paper)), "six brown hens asleep"))
	n.must(n.Recover(n.ctx, n.at("rosa"), n.token["rosa"], strings.ToLower(paper), "six brown hens asleep")) // the last one in, in place of her own old key
	ring, err := n.key("rosa")
	n.must(err)
	if plain, err := ring.Unseal(noteAD, sealed); err != nil || string(plain) != "before" {
		t.Errorf("%q, %v", plain, err)
	}
	n.Lock(n.token["rosa"])
	n.refused(fault.CodeInvalid, n.Unlock(n.ctx, n.at("rosa"), n.token["rosa"], notesPassword)) // the old password opens nothing
	n.must(n.Recover(n.ctx, n.at("dario"), n.token["dario"], paper, "nine white swans at sea"))
	n.must(n.Unlock(n.ctx, n.at("rosa"), n.token["rosa"], "six brown hens asleep"))
	renewed, err := n.NewRecovery(n.ctx, n.at("rosa"), n.token["rosa"])
	n.must(err)
	n.refused(fault.CodeInvalid, n.Recover(n.ctx, n.at("dario"), n.token["dario"], paper, "nine white swans at sea"))
	if renewed == paper {
		t.Error("the new paper is the old one")
	}
}

func TestAClosedAccountHasNoNotesInMemory(t *testing.T) {
	n := withNoters(t)
	n.begin()
	n.letDarioIn()
	n.must(n.Deactivate(n.ctx, n.as(access.Administrator), n.id["dario"]))
	for _, u := range n.Book.open {
		if u.member == n.id["dario"] {
			t.Error("his key is still in memory")
		}
	}
}

func TestTheRecordOfAKeyringHasNeitherPasswordNorPaper(t *testing.T) {
	n := withNoters(t)
	paper := n.begin()
	k, err := n.Keyring(n.ctx, n.at("rosa"))
	n.must(err)
	text, err := json.Marshal(k.whole)
	n.must(err)
	for name, secret := range map[string]string{"paper": paper, "password": notesPassword} {
		if strings.Contains(strings.ToLower(string(text)), strings.ToLower(secret)) {
			t.Errorf("the record has the %s", name)
		}
	}
}
