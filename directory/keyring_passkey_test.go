package directory

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"testing"

	"palermo/fault"
	"palermo/record"
)

// withNotesKey is a case worker with a passkey, whose organisation's notes are open in the session.
func withNotesKey(t *testing.T) (*rig, *Ceremony, *authenticator, *record.Door, string) {
	t.Helper()
	r, c, a := ceremony(t)
	token, err := r.passkey(c, a)
	r.must(err)
	s, err := r.AtWork(r.ctx, token)
	r.must(err)
	d := r.node.For(s.Viewer)
	_, err = r.BeginNotes(r.ctx, d, token, notesPassword)
	r.must(err)
	return r, c, a, d, token
}

// notes answers BeginNotes as a device with PRF does, its secret made from key; without one, as a device that has none.
func (a *authenticator) notes(c Challenge, key []byte) []byte {
	a.t.Helper()
	var asked struct {
		PublicKey struct {
			Extensions struct {
				PRF struct{ Eval struct{ First string } }
			}
		} `json:"publicKey"`
	}
	var answer map[string]any
	if err := json.Unmarshal(c.Options, &asked); err != nil {
		a.t.Fatal(err)
	}
	if err := json.Unmarshal(a.get(c), &answer); err != nil {
		a.t.Fatal(err)
	}
	if key != nil {
		input, err := base64.RawURLEncoding.DecodeString(asked.PublicKey.Extensions.PRF.Eval.First)
		if err != nil || len(input) != 32 {
			a.t.Fatalf("the input is %d bytes, %v", len(input), err)
		}
		mac := hmac.New(sha256.New, key)
		mac.Write(input)
		answer["clientExtensionResults"] = map[string]any{"prf": map[string]any{"results": map[string]any{"first": b64(mac.Sum(nil))}}}
	}
	out, err := json.Marshal(answer)
	if err != nil {
		a.t.Fatal(err)
	}
	return out
}

func (r *rig) addToNotes(c *Ceremony, a *authenticator, d *record.Door, token string, key []byte) error {
	r.t.Helper()
	begun, err := c.BeginNotes(r.ctx, d, true)
	r.must(err)
	return c.AddToNotes(r.ctx, d, token, begun.State, a.notes(begun, key))
}

func (r *rig) openNotes(c *Ceremony, a *authenticator, d *record.Door, token string, key []byte) error {
	r.t.Helper()
	begun, err := c.BeginNotes(r.ctx, d, false)
	r.must(err)
	return c.OpenNotes(r.ctx, d, token, begun.State, a.notes(begun, key))
}

func TestAPasskeyOpensTheNotesOnceItWasAddedWhileTheyWereOpen(t *testing.T) {
	r, c, a, d, token := withNotesKey(t)
	key := []byte("inside the device")
	if _, err := c.BeginNotes(r.ctx, d, false); !fault.Is(err, fault.CodeConflict) {
		t.Errorf("a passkey is asked that opens nothing: %v", err)
	}
	r.Lock(token)
	r.refused(fault.CodeDenied, r.addToNotes(c, a, d, token, key)) // nobody adds a way in while they are locked
	r.must(r.Unlock(r.ctx, d, token, notesPassword))
	r.must(r.addToNotes(c, a, d, token, key))
	r.Lock(token)
	if _, err := r.NotesKey(r.ctx, d, token); !fault.Is(err, fault.CodeDenied) {
		t.Fatalf("they are not locked: %v", err)
	}
	r.must(r.openNotes(c, a, d, token, key))
	if _, err := r.NotesKey(r.ctx, d, token); err != nil {
		t.Error(err)
	}
	r.Lock(token)
	r.must(r.Unlock(r.ctx, d, token, notesPassword)) // the password stays
}

func TestASecretThatIsNotThePasskeysOpensNothing(t *testing.T) {
	r, c, a, d, token := withNotesKey(t)
	key := []byte("inside the device")
	r.must(r.addToNotes(c, a, d, token, key))
	r.Lock(token)
	r.refused(fault.CodeConflict, r.openNotes(c, a, d, token, []byte("inside another device")))
	r.refused(fault.CodeConflict, r.openNotes(c, a, d, token, nil)) // a device without PRF
	if _, err := r.NotesKey(r.ctx, d, token); !fault.Is(err, fault.CodeDenied) {
		t.Errorf("they are open: %v", err)
	}
	begun, err := c.BeginNotes(r.ctx, d, false)
	r.must(err)
	answer := a.notes(begun, key)
	r.must(c.OpenNotes(r.ctx, d, token, begun.State, answer))
	r.Lock(token)
	r.refused(fault.CodeInvalid, c.OpenNotes(r.ctx, d, token, begun.State, answer)) // the same answer again
	a.counter -= 5
	if err := r.openNotes(c, a, d, token, key); err == nil { // a copy of the passkey, whose counter is behind
		t.Error("a copied passkey opens the notes")
	}
	a.counter += 9
	a.flags = 0x01 // the device did not recognise its person
	r.refused(fault.CodeInvalid, r.openNotes(c, a, d, token, key))
}

func TestASignInDoesNotAskForTheSecretOfTheNotes(t *testing.T) {
	r, c, _ := ceremony(t)
	begun, err := c.BeginSignIn()
	r.must(err)
	var asked struct {
		PublicKey map[string]any `json:"publicKey"`
	}
	r.must(json.Unmarshal(begun.Options, &asked))
	if asked.PublicKey["challenge"] == nil || asked.PublicKey["extensions"] != nil {
		t.Errorf("%s", begun.Options)
	}
}

func TestARemovedPasskeyOpensNoNotes(t *testing.T) {
	r, c, a, d, token := withNotesKey(t)
	key := []byte("inside the device")
	r.must(r.addToNotes(c, a, d, token, key))
	begun, err := c.BeginNotes(r.ctx, d, false)
	r.must(err)
	r.must(r.RemovePasskey(r.ctx, d, goodPassword, a.id))
	k, err := r.Keyring(r.ctx, d)
	r.must(err)
	if left := k.Passkeys(d.Viewer().Member); len(left) != 0 {
		t.Errorf("%d passkeys open them still", len(left))
	}
	r.Lock(token)
	r.refused(fault.CodeInvalid, c.OpenNotes(r.ctx, d, token, begun.State, a.notes(begun, key)))
	r.must(r.Unlock(r.ctx, d, token, notesPassword))
}
