package directory

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"slices"
	"testing"

	"github.com/fxamacker/cbor/v2"

	"palermo/access"
	"palermo/fault"
)

const origin = "https://palermo.example"

// authenticator is a passkey in software.
type authenticator struct {
	t       *testing.T
	key     *ecdsa.PrivateKey
	id      []byte
	handle  []byte
	counter uint32
	flags   byte // user present, user verified
}

func newAuthenticator(t *testing.T) *authenticator {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	return &authenticator{t: t, key: key, id: []byte("software credential"), counter: 1, flags: 0x01 | 0x04}
}

func b64(b []byte) string { return base64.RawURLEncoding.EncodeToString(b) }

// data is the authenticator data: hash of the domain, flags, counter.
func (a *authenticator) data(flags byte, rest ...byte) []byte {
	hash := sha256.Sum256([]byte("palermo.example"))
	out := append(slices.Clone(hash[:]), flags)
	return append(binary.BigEndian.AppendUint32(out, a.counter), rest...)
}

func (a *authenticator) client(ceremony, challenge string) []byte {
	out, err := json.Marshal(map[string]any{"type": ceremony, "challenge": challenge, "origin": origin, "crossOrigin": false})
	if err != nil {
		a.t.Fatal(err)
	}
	return out
}

type options struct {
	PublicKey struct {
		Challenge        string
		User             struct{ ID string }
		UserVerification string
	} `json:"publicKey"`
}

func (a *authenticator) read(c Challenge) options {
	a.t.Helper()
	var o options
	if err := json.Unmarshal(c.Options, &o); err != nil {
		a.t.Fatalf("%s: %v", c.Options, err)
	}
	return o
}

// create answers BeginAdd.
func (a *authenticator) create(c Challenge) []byte {
	a.t.Helper()
	o := a.read(c)
	a.handle, _ = base64.RawURLEncoding.DecodeString(o.PublicKey.User.ID)
	point, err := a.key.PublicKey.Bytes()
	if err != nil {
		a.t.Fatal(err)
	}
	cose, err := cbor.Marshal(map[int]any{1: 2, 3: -7, -1: 1, -2: point[1:33], -3: point[33:]})
	if err != nil {
		a.t.Fatal(err)
	}
	rest := make([]byte, 16) // no model
	rest = binary.BigEndian.AppendUint16(rest, uint16(len(a.id)))
	rest = append(append(rest, a.id...), cose...)
	object, err := cbor.Marshal(map[string]any{"fmt": "none", "attStmt": map[string]any{}, "authData": a.data(a.flags|0x40, rest...)})
	if err != nil {
		a.t.Fatal(err)
	}
	return a.answer(map[string]any{"clientDataJSON": b64(a.client("webauthn.create", o.PublicKey.Challenge)), "attestationObject": b64(object)})
}

// get answers BeginSignIn.
func (a *authenticator) get(c Challenge) []byte {
	a.t.Helper()
	a.counter++
	client := a.client("webauthn.get", a.read(c).PublicKey.Challenge)
	data, hash := a.data(a.flags), sha256.Sum256(client)
	digest := sha256.Sum256(append(slices.Clone(data), hash[:]...))
	signature, err := ecdsa.SignASN1(rand.Reader, a.key, digest[:])
	if err != nil {
		a.t.Fatal(err)
	}
	return a.answer(map[string]any{"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature), "userHandle": b64(a.handle)})
}

func (a *authenticator) answer(response map[string]any) []byte {
	out, err := json.Marshal(map[string]any{"id": b64(a.id), "rawId": b64(a.id), "type": "public-key", "response": response})
	if err != nil {
		a.t.Fatal(err)
	}
	return out
}

func ceremony(t *testing.T) (*rig, *Ceremony, *authenticator) {
	r := open(t)
	c, err := NewCeremony(r.Book, "palermo.example", "Palermo", origin)
	r.must(err)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	a, d := newAuthenticator(t), r.door("rosa")
	begun, err := c.BeginAdd(r.ctx, d)
	r.must(err)
	if got := a.read(begun); got.PublicKey.User.ID != b64(func() []byte { id := d.Viewer().Member; return id[:] }()) {
		t.Errorf("the handle is %q", got.PublicKey.User.ID)
	}
	r.must(c.FinishAdd(r.ctx, d, begun.State, a.create(begun), goodPassword, "Blue key"))
	return r, c, a
}

func (r *rig) passkey(c *Ceremony, a *authenticator) (string, error) {
	r.t.Helper()
	begun, err := c.BeginSignIn()
	r.must(err)
	if a.read(begun).PublicKey.UserVerification != "required" {
		r.t.Error("user verification is not asked for")
	}
	return c.FinishSignIn(r.ctx, begun.State, a.get(begun))
}

func TestAPasskeySignsInByItself(t *testing.T) {
	r, c, a := ceremony(t)
	for range 2 {
		token, err := r.passkey(c, a)
		r.must(err)
		if s, err := r.AtWork(r.ctx, token); err != nil || !s.Viewer.Has(access.CaseWorker) {
			t.Errorf("%+v, %v", s, err)
		}
	}
}

func TestAPasskeyWithoutTheUserIsRefused(t *testing.T) {
	r, c, a := ceremony(t)
	a.flags = 0x01
	_, err := r.passkey(c, a)
	r.refused(fault.CodeDenied, err)
}

func TestACopiedPasskeyIsRefused(t *testing.T) {
	r, c, a := ceremony(t)
	_, err := r.passkey(c, a)
	r.must(err)
	a.counter = 1 // the copy is behind
	_, err = r.passkey(c, a)
	r.refused(fault.CodeDenied, err)
}

func TestAnotherKeyUnderTheSameNameIsRefused(t *testing.T) {
	r, c, a := ceremony(t)
	forged := newAuthenticator(t)
	forged.handle, forged.counter = a.handle, 100
	_, err := r.passkey(c, forged)
	r.refused(fault.CodeDenied, err)
}

func TestAnAnswerCountsOnce(t *testing.T) {
	r, c, a := ceremony(t)
	begun, err := c.BeginSignIn()
	r.must(err)
	answer := a.get(begun)
	_, err = c.FinishSignIn(r.ctx, begun.State, answer)
	r.must(err)
	_, err = c.FinishSignIn(r.ctx, begun.State, answer)
	r.refused(fault.CodeInvalid, err)
}

func TestTheLastWayToSignInIsNotTakenAway(t *testing.T) {
	r, c, a := ceremony(t)
	token, err := r.passkey(c, a)
	r.must(err)
	s, err := r.AtWork(r.ctx, token)
	r.must(err)
	r.must(r.RemovePasskey(r.ctx, r.node.For(s.Viewer), goodPassword, a.id)) // password and codes are left
	_, err = r.passkey(c, a)
	r.refused(fault.CodeDenied, err)
}

// FuzzPasskeyAnswer holds that whatever a browser sends is refused and never panics.
func FuzzPasskeyAnswer(f *testing.F) {
	f.Add([]byte(`{"publicKey":{}}`), []byte(`{"id":"x","rawId":"x","type":"public-key","response":{}}`))
	f.Fuzz(func(t *testing.T, state, answer []byte) {
		r := open(t)
		c, err := NewCeremony(r.Book, "palermo.example", "Palermo", origin)
		r.must(err)
		if _, err := c.FinishSignIn(r.ctx, state, answer); err == nil {
			t.Error("signed in")
		}
	})
}
