package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/base32"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
	"unicode/utf8"

	"palermo/fault"
)

// Member is a person's key pair for their organisation's confidential notes,
// as it is stored: HPKE's X25519 with ML-KEM-768. The private part lies in it
// once for each credential, sealed.
//
// Who steals a Member can guess its password, at the price of Argon2id for
// each guess, without being seen and without end; a lock by passkey gives no
// such hold. Who can change the running program gets the key when the member
// next signs in, password or passkey.
type Member struct {
	ID     [16]byte `json:"id"`
	Public []byte   `json:"public"`
	Locks  []Lock   `json:"locks"`
}

// Lock is the private part sealed under one credential.
type Lock struct {
	Kind    LockKind `json:"kind"`
	Passkey []byte   `json:"passkey,omitempty"` // the passkey's credential id
	Salt    []byte   `json:"salt"`
	Argon   Params   `json:"argon"` // for a password
	Sealed  []byte   `json:"sealed"`
}

// LockKind says what opens a Lock.
type LockKind string

// The kinds of lock.
const (
	LockPassword LockKind = "password"
	LockPasskey  LockKind = "passkey"
)

// Credential is what a member opens with. Nothing prints its secret.
type Credential struct {
	kind    LockKind
	passkey []byte
	secret  string
}

// Format hides the secret.
func (c Credential) Format(f fmt.State, _ rune) {
	_, _ = io.WriteString(f, "vault.Credential("+string(c.kind)+")")
}

// MarshalJSON hides the secret.
func (c Credential) MarshalJSON() ([]byte, error) { return []byte(`"` + string(c.kind) + `"`), nil }

// Password is a credential of words. It refuses an empty one.
func Password(text string) (Credential, error) {
	prepared, err := preparePassword(text)
	if err != nil {
		return Credential{}, err
	}
	return Credential{kind: LockPassword, secret: prepared}, nil
}

// Passkey is the secret that a passkey computes by WebAuthn's PRF extension.
func Passkey(credentialID []byte, prf [32]byte) Credential {
	return Credential{kind: LockPasskey, passkey: bytes.Clone(credentialID), secret: string(prf[:])}
}

// MemberKey is an opened private key. It stays in memory, for as long as the
// member is signed in.
type MemberKey struct {
	id   [16]byte
	seed Key
	pair hpke.PrivateKey
}

// Format hides the key.
func (MemberKey) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "vault.MemberKey(…)") }

// NewMember makes a member's key pair, locked by c.
func NewMember(rand io.Reader, id [16]byte, c Credential) (Member, error) {
	seed, err := NewKey(rand)
	if err != nil {
		return Member{}, err
	}
	key, err := memberKey(id, seed)
	if err != nil {
		return Member{}, err
	}
	m := Member{ID: id, Public: key.pair.PublicKey().Bytes()}
	return m.WithLock(rand, key, c)
}

func memberKey(id [16]byte, seed Key) (MemberKey, error) {
	pair, err := hpke.MLKEM768X25519().NewPrivateKey(seed[:])
	if err != nil {
		return MemberKey{}, fmt.Errorf("vault: make key pair: %w", err)
	}
	return MemberKey{id: id, seed: seed, pair: pair}, nil
}

// WithLock returns m with a lock by c, in place of an older password or of an
// older lock by the same passkey. A password has at least 12 characters.
func (m Member) WithLock(rand io.Reader, key MemberKey, c Credential) (Member, error) {
	if key.id != m.ID || key.pair == nil || !bytes.Equal(key.pair.PublicKey().Bytes(), m.Public) {
		return Member{}, ErrCredential
	}
	if c.kind == LockPassword && utf8.RuneCountInString(c.secret) < minPassword {
		return Member{}, fault.Invalid("password", "The password must have at least %d characters.", minPassword)
	}
	l := Lock{Kind: c.kind, Passkey: c.passkey, Salt: make([]byte, saltSize)}
	if c.kind == LockPassword {
		l.Argon = MemberParams()
	}
	_, err := io.ReadFull(rand, l.Salt)
	if err != nil {
		return Member{}, fmt.Errorf("vault: draw a salt: %w", err)
	}
	k, err := l.key(c)
	if err != nil {
		return Member{}, err
	}
	l.Sealed, err = WrapKey(rand, k, m.lockAD(l), key.seed)
	if err != nil {
		return Member{}, err
	}
	m.Locks = slices.DeleteFunc(slices.Clone(m.Locks), l.replaces)
	m.Locks = append(m.Locks, l)
	return m, nil
}

// WithoutPasskey returns m without the lock of a lost passkey. The last lock
// cannot be taken away. Who copied the lock before and has the passkey still
// opens it: then the organisation removes the member and adds them anew.
func (m Member) WithoutPasskey(credentialID []byte) (Member, error) {
	lost := Lock{Kind: LockPasskey, Passkey: credentialID}
	m.Locks = slices.DeleteFunc(slices.Clone(m.Locks), lost.replaces)
	if len(m.Locks) == 0 {
		return Member{}, fault.Conflict("This is the only way left to open these notes. Add another passkey or a password first.")
	}
	return m, nil
}

// Unlock opens the private key: ErrCredential when c does not open it,
// ErrTampered when it is not the key of m.Public.
func (m Member) Unlock(c Credential) (MemberKey, error) {
	for _, l := range m.Locks {
		if !l.replaces(Lock{Kind: c.kind, Passkey: c.passkey}) {
			continue
		}
		k, err := l.key(c)
		if err != nil {
			return MemberKey{}, err
		}
		seed, err := UnwrapKey(k, m.lockAD(l), l.Sealed)
		if errors.Is(err, ErrTampered) {
			return MemberKey{}, ErrCredential
		}
		if err != nil {
			return MemberKey{}, err
		}
		key, err := memberKey(m.ID, seed)
		if err != nil {
			return MemberKey{}, err
		}
		if !bytes.Equal(key.pair.PublicKey().Bytes(), m.Public) {
			return MemberKey{}, tampered("the public key of a member is not that of the private one")
		}
		return key, nil
	}
	return MemberKey{}, ErrCredential
}

// Fingerprint is a short form of the public key for two people to compare
// before one adds the other: who can write to the database could otherwise put
// a public key of their own in a new member's place.
func (m Member) Fingerprint() string {
	sum := sha256.Sum256(append([]byte("palermo member 1: "), m.Public...))
	text := base32.StdEncoding.EncodeToString(sum[:15]) // 120 bits
	var groups []string
	for part := range slices.Chunk([]byte(text), 4) {
		groups = append(groups, string(part))
	}
	return strings.Join(groups, " ")
}

func (l Lock) replaces(other Lock) bool {
	return l.Kind == other.Kind && bytes.Equal(l.Passkey, other.Passkey)
}

// key derives the lock's key from a credential of its kind.
func (l Lock) key(c Credential) (Key, error) {
	switch l.Kind {
	case LockPassword:
		err := l.Argon.check()
		if err != nil {
			return Key{}, tampered("the parameters of a password are out of range")
		}
		return l.Argon.derive(c.secret, l.Salt), nil
	case LockPasskey:
		b, err := hkdf.Key(sha256.New, []byte(c.secret), l.Salt, "palermo passkey 1: "+string(l.Passkey), len(Key{}))
		if err != nil {
			return Key{}, fmt.Errorf("vault: derive lock key: %w", err)
		}
		return Key(b), nil
	}
	return Key{}, ErrCredential
}

func (m Member) lockAD(l Lock) AD { return AD{Kind: "vault/member/" + string(l.Kind), ID: m.ID} }
