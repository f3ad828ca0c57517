package vault

import (
	"bytes"
	"crypto/hkdf"
	"crypto/hmac"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"io"
	"slices"

	"palermo/fault"
)

// Confidential is the key of one organisation's confidential notes, as it is
// stored: sealed to each member's public key and to the organisation's own
// recovery key, whose private part the organisation has on paper. The node has
// neither: no search, duty or job reads these notes, and what the members and
// the paper lose is lost.
//
// It closes the notes to who steals database, backups and root, and to an
// operator who looks; not to one who changes the running program and waits for
// a member. For that, an organisation runs its own node.
//
// Each change of members that takes someone out starts a new epoch with a new
// key; the keys before lie in it, each sealed under the next, so that those
// who remain read the older notes. Someone taken out keeps what they could
// have copied before. The roster is authenticated under the key: who writes to
// the database can make the notes unreadable, but not add a reader. They could
// put a whole older Confidential back, with someone since removed in it; the
// caller keeps it in a record, whose version the journal vouches for.
type Confidential struct {
	Organisation [16]byte   `json:"organisation"`
	Epoch        int        `json:"epoch"` // from 1
	Recovery     []byte     `json:"recovery"`
	ToRecovery   []byte     `json:"to_recovery"`
	Members      []SealedTo `json:"members"`
	Earlier      [][]byte   `json:"earlier"` // the key of epoch i+1 under that of i+2
	Roster       []byte     `json:"roster"`  // HMAC of everyone above
}

// SealedTo is the confidential key sealed to one member.
type SealedTo struct {
	Member [16]byte `json:"member"`
	Public []byte   `json:"public"`
	Sealed []byte   `json:"sealed"`
}

// Keyring is the opened confidential key in all its epochs. It stays in memory.
type Keyring struct {
	keys []Key // by epoch, from 1
}

// Format hides the keys.
func (Keyring) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, "vault.Keyring(…)") }

// NewConfidential makes an organisation's confidential key for its first
// members, and the recovery key to print once and to keep on paper.
func NewConfidential(rand io.Reader, organisation [16]byte, members ...Member) (Confidential, RecoveryKey, error) {
	if len(members) == 0 {
		return Confidential{}, RecoveryKey{}, fault.Invalid("members", "Name at least one member who may read the notes.")
	}
	recovery, public, err := newRecovery(rand)
	if err != nil {
		return Confidential{}, RecoveryKey{}, err
	}
	roster := make([]SealedTo, len(members))
	for i, m := range members {
		roster[i] = SealedTo{Member: m.ID, Public: bytes.Clone(m.Public)}
	}
	c, err := nextConfidential(rand, organisation, nil, public, roster)
	if err != nil {
		return Confidential{}, RecoveryKey{}, err
	}
	return c, recovery, nil
}

// Open opens the notes for a member: ErrNoWrap when they are not on the
// roster, ErrTampered when something was changed.
func (c Confidential) Open(m MemberKey) (Keyring, error) {
	for _, s := range c.Members {
		if s.Member == m.id && m.pair != nil {
			return c.open(m.pair, s.Member, s.Sealed)
		}
	}
	return Keyring{}, ErrNoWrap
}

// Recover opens the notes with the organisation's recovery key: ErrCredential
// when it is another one.
func (c Confidential) Recover(r RecoveryKey) (Keyring, error) {
	pair, err := hpke.MLKEM768X25519().NewPrivateKey(r.seed[:])
	if err != nil {
		return Keyring{}, fmt.Errorf("vault: recovery key: %w", err)
	}
	if !bytes.Equal(pair.PublicKey().Bytes(), c.Recovery) {
		return Keyring{}, ErrCredential
	}
	return c.open(pair, [16]byte{}, c.ToRecovery)
}

// Add seals the key to one more member. The person who adds should have
// compared Fingerprint with the new member. Adding one again changes nothing;
// a member with a new key pair must be removed first (fault of code conflict).
func (c Confidential) Add(ring Keyring, m Member) (Confidential, error) {
	err := c.verify(ring)
	if err != nil {
		return Confidential{}, err
	}
	for _, s := range c.Members {
		if s.Member != m.ID {
			continue
		}
		if !bytes.Equal(s.Public, m.Public) {
			return Confidential{}, fault.Conflict("This member is there with another key. Remove them first, then add them.")
		}
		return c, nil
	}
	c.Members = append(slices.Clone(c.Members), SealedTo{Member: m.ID, Public: bytes.Clone(m.Public)})
	newest := ring.keys[c.Epoch-1]
	s := &c.Members[len(c.Members)-1]
	s.Sealed, err = c.sealTo(s.Public, s.Member, newest)
	if err != nil {
		return Confidential{}, err
	}
	c.Roster, err = c.mac(newest)
	return c, err
}

// Remove starts a new epoch without a member. The last member cannot be
// removed (fault of code conflict); someone not there is ErrNoWrap.
func (c Confidential) Remove(rand io.Reader, ring Keyring, member [16]byte) (Confidential, error) {
	err := c.verify(ring)
	if err != nil {
		return Confidential{}, err
	}
	rest := slices.DeleteFunc(slices.Clone(c.Members), func(s SealedTo) bool { return s.Member == member })
	if len(rest) == len(c.Members) {
		return Confidential{}, ErrNoWrap
	}
	if len(rest) == 0 {
		return Confidential{}, fault.Conflict("The last member cannot be removed. Add another one first.")
	}
	return nextConfidential(rand, c.Organisation, ring.keys, c.Recovery, rest)
}

// Replace starts a new epoch in which a member has another key pair, after a
// lost password; someone not there is ErrNoWrap.
func (c Confidential) Replace(rand io.Reader, ring Keyring, m Member) (Confidential, error) {
	err := c.verify(ring)
	if err != nil {
		return Confidential{}, err
	}
	roster := slices.Clone(c.Members)
	i := slices.IndexFunc(roster, func(s SealedTo) bool { return s.Member == m.ID })
	if i < 0 {
		return Confidential{}, ErrNoWrap
	}
	roster[i].Public = bytes.Clone(m.Public)
	return nextConfidential(rand, c.Organisation, ring.keys, c.Recovery, roster)
}

// RenewRecovery starts a new epoch with a new recovery key to print, when the
// old paper was lost or seen.
func (c Confidential) RenewRecovery(rand io.Reader, ring Keyring) (Confidential, RecoveryKey, error) {
	err := c.verify(ring)
	if err != nil {
		return Confidential{}, RecoveryKey{}, err
	}
	recovery, public, err := newRecovery(rand)
	if err != nil {
		return Confidential{}, RecoveryKey{}, err
	}
	next, err := nextConfidential(rand, c.Organisation, ring.keys, public, slices.Clone(c.Members))
	if err != nil {
		return Confidential{}, RecoveryKey{}, err
	}
	return next, recovery, nil
}

// Seal seals a note under the newest key, with the epoch before it.
func (r Keyring) Seal(rand io.Reader, ad AD, plain []byte) ([]byte, error) {
	if len(r.keys) == 0 {
		return nil, ErrNoWrap
	}
	sealed, err := Seal(rand, r.keys[len(r.keys)-1], ad, plain)
	if err != nil {
		return nil, err
	}
	return append(binary.BigEndian.AppendUint32(nil, uint32(len(r.keys))), sealed...), nil
}

// Unseal opens a note of any epoch that the ring has; otherwise ErrTampered.
func (r Keyring) Unseal(ad AD, sealed []byte) ([]byte, error) {
	if len(sealed) < 4 {
		return nil, tampered("%d bytes are too few", len(sealed))
	}
	epoch := binary.BigEndian.Uint32(sealed)
	if epoch < 1 || uint64(epoch) > uint64(len(r.keys)) {
		return nil, tampered("a note of epoch %d", epoch)
	}
	return Unseal(r.keys[epoch-1], ad, sealed[4:])
}

// nextConfidential draws the key of a new epoch and seals it to everyone.
func nextConfidential(rand io.Reader, organisation [16]byte, earlier []Key, recovery []byte, roster []SealedTo) (Confidential, error) {
	k, err := NewKey(rand)
	if err != nil {
		return Confidential{}, err
	}
	keys := append(slices.Clone(earlier), k)
	c := Confidential{Organisation: organisation, Epoch: len(keys), Recovery: recovery, Members: roster}
	c.ToRecovery, err = c.sealTo(recovery, [16]byte{}, k)
	if err != nil {
		return Confidential{}, err
	}
	for i := range c.Members {
		c.Members[i].Sealed, err = c.sealTo(c.Members[i].Public, c.Members[i].Member, k)
		if err != nil {
			return Confidential{}, err
		}
	}
	for i := range earlier {
		under, err := WrapKey(rand, keys[i+1], c.earlierAD(i+1), keys[i])
		if err != nil {
			return Confidential{}, err
		}
		c.Earlier = append(c.Earlier, under)
	}
	c.Roster, err = c.mac(k)
	return c, err
}

// sealTo seals the key to a public key; the info binds it to this
// organisation, epoch and member.
func (c Confidential) sealTo(public []byte, member [16]byte, k Key) ([]byte, error) {
	pk, err := hpke.MLKEM768X25519().NewPublicKey(public)
	if err != nil {
		return nil, tampered("a public key of %d bytes", len(public))
	}
	sealed, err := hpke.Seal(pk, hpke.HKDFSHA256(), hpke.AES256GCM(), c.info(member), k[:])
	if err != nil {
		return nil, fmt.Errorf("vault: seal to member: %w", err)
	}
	return sealed, nil
}

func (c Confidential) open(pair hpke.PrivateKey, member [16]byte, sealed []byte) (Keyring, error) {
	plain, err := hpke.Open(pair, hpke.HKDFSHA256(), hpke.AES256GCM(), c.info(member), sealed)
	if err != nil || len(plain) != len(Key{}) {
		return Keyring{}, tampered("a confidential key does not open")
	}
	if c.Epoch < 1 || len(c.Earlier) != c.Epoch-1 {
		return Keyring{}, tampered("%d earlier keys at epoch %d", len(c.Earlier), c.Epoch)
	}
	keys := make([]Key, c.Epoch)
	keys[c.Epoch-1] = Key(plain)
	for i := c.Epoch - 2; i >= 0; i-- {
		keys[i], err = UnwrapKey(keys[i+1], c.earlierAD(i+1), c.Earlier[i])
		if err != nil {
			return Keyring{}, err
		}
	}
	ring := Keyring{keys: keys}
	return ring, c.verify(ring)
}

// verify refuses a roster that was not made under the newest key, and a ring
// of another epoch.
func (c Confidential) verify(ring Keyring) error {
	if len(ring.keys) == 0 || len(ring.keys) != c.Epoch {
		return ErrStale
	}
	want, err := c.mac(ring.keys[c.Epoch-1])
	if err != nil {
		return err
	}
	if !hmac.Equal(want, c.Roster) {
		return tampered("the roster of a confidential key was changed")
	}
	return nil
}

func (c Confidential) mac(k Key) ([]byte, error) {
	macKey, err := hkdf.Expand(sha256.New, k[:], "palermo roster 1", len(Key{}))
	if err != nil {
		return nil, fmt.Errorf("vault: derive roster key: %w", err)
	}
	h := hmac.New(sha256.New, macKey)
	field := func(b []byte) {
		_, _ = h.Write(binary.BigEndian.AppendUint32(nil, uint32(len(b)))) // a hash does not fail
		_, _ = h.Write(b)
	}
	field(c.info([16]byte{}))
	field(c.Recovery)
	for _, s := range c.Members {
		field(s.Member[:])
		field(s.Public)
	}
	return h.Sum(nil), nil
}

func (c Confidential) info(member [16]byte) []byte {
	ad := AD{Kind: "vault/confidential", ID: c.Organisation, Version: int64(c.Epoch)}
	return append(ad.encode(formatKey), member[:]...)
}

func (c Confidential) earlierAD(epoch int) AD {
	return AD{Kind: "vault/confidential/earlier", ID: c.Organisation, Version: int64(epoch)}
}
