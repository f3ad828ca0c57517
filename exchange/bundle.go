package exchange

import "time"

// Bundle is a trust as it is kept and handed on: the list with its signatures,
// and the revocations since.
type Bundle struct {
	List        SignedList         `cbor:"1,keyasint"`
	Revocations []SignedRevocation `cbor:"2,keyasint"`
}

// Bundle is the trust to keep in one's own store, and to hand to other nodes.
func (t *Trust) Bundle() Bundle { return Bundle{List: t.signed, Revocations: t.Revocations()} }

// ParseBundle reads a bundle. It fails with ErrMalformed or ErrOversize.
func ParseBundle(b []byte) (Bundle, error) {
	if len(b) > MaxList {
		return Bundle{}, ErrOversize
	}
	var bundle Bundle
	err := Decode(b, &bundle)
	return bundle, err
}

// Restore is the trust that this node kept itself. It was accepted when it
// came, so nothing is asked but that it can be read: an expired list is still
// the one that the next must follow, and its signers may since have changed.
func Restore(own Bundle) (*Trust, error) {
	l, err := own.List.Read()
	if err != nil {
		return nil, err
	}
	t := &Trust{signed: own.List, list: l, revoked: map[string]Instant{}}
	for _, s := range own.Revocations {
		r, err := s.Read()
		if err != nil {
			return nil, err
		}
		t.revocations = append(t.revocations, s)
		t.revoked[string(r.Key)] = r.At
	}
	return t, nil
}

// Learn takes what another node handed on: its list if that is newer, and each
// revocation that holds. An older list is no failure, since the other will
// learn of ours. It fails as Accept does; whatever could be taken is in the
// trust that it returns.
func (t *Trust) Learn(theirs Bundle, now time.Time) (*Trust, error) {
	l, err := theirs.List.Read()
	if err != nil {
		return t, err
	}
	fresh := t
	if l.Version >= t.list.Version {
		fresh, err = t.Accept(theirs.List, now)
	}
	for _, s := range theirs.Revocations {
		next, refused := fresh.Revoke(s, now)
		if refused == nil { // one that does not hold here is for an entry, or by a signer, that we do not have
			fresh = next
		}
	}
	return fresh, err
}
