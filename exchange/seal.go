package exchange

import (
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"time"
)

// sealedVersion is the first byte of every sealed object; the epoch of the
// receiver's key is the next four. Nothing else is in the clear.
const (
	sealedVersion = 1
	headerSize    = 1 + 4
	kemSize       = 1120 // X25519 with ML-KEM-768: encapsulated key
	tagSize       = 16
	lengthSize    = 4

	// SealOverhead is what sealing adds to a size class.
	SealOverhead = headerSize + kemSize + tagSize
)

// sizeClasses are the only lengths that a padded object has.
var sizeClasses = [...]int{1 << 10, 4 << 10, 16 << 10, 64 << 10, 256 << 10, 1 << 20}

// MaxSealed is the length of the largest sealed object: whoever reads one stops there.
const MaxSealed = SealOverhead + 1<<20

// SizeClasses lists the lengths of padded objects; a sealed one has SealOverhead more.
func SizeClasses() []int { return sizeClasses[:] }

// envelope is a payload with its signature. The very bytes that were signed
// travel, so that nobody has to make them again to check them.
type envelope struct {
	Payload   []byte `cbor:"1,keyasint"`
	Signature []byte `cbor:"2,keyasint"`
}

// Sign makes the object that the outbox keeps. It fails with ErrMalformed when
// a field cannot be, ErrNotForUs when From is another node, and ErrOversize.
func Sign(o Object, k Keys) (Signed, error) {
	if err := o.Check(); err != nil {
		return nil, err
	}
	if o.From != k.name {
		return nil, fmt.Errorf("sign for %s: %w", o.From, ErrNotForUs)
	}
	payload, err := Encode(o)
	if err != nil {
		return nil, err
	}
	signed, err := Encode(envelope{Payload: payload, Signature: k.signs(contextObject, payload)})
	if err != nil {
		return nil, err
	}
	if lengthSize+len(signed) > sizeClasses[len(sizeClasses)-1] {
		return nil, fmt.Errorf("%d bytes: %w", len(signed), ErrOversize)
	}
	return signed, nil
}

// Digest names the signed object.
func (s Signed) Digest() Digest {
	return Digest(sha256.Sum256(append([]byte(contextDigest), s...)))
}

// Object reads the object without asking whose signature it bears: for one's
// own outbox, and for what Open has checked.
func (s Signed) Object() (Object, error) {
	o, _, err := s.parts()
	return o, err
}

func (s Signed) parts() (Object, envelope, error) {
	var e envelope
	var o Object
	if err := Decode(s, &e); err != nil {
		return o, e, err
	}
	if len(e.Signature) != ed25519.SignatureSize {
		return o, e, malformed("signature", fmt.Errorf("%d bytes", len(e.Signature)))
	}
	if err := Decode(e.Payload, &o); err != nil {
		return o, e, err
	}
	return o, e, o.Check()
}

// Seal pads the object to its size class and closes it to the node's key of
// now. Each call gives other bytes: crypto/hpke draws its own randomness. It
// fails with ErrOversize.
func (s Signed) Seal(to Node) (Sealed, error) {
	plain, err := pad(s)
	if err != nil {
		return nil, err
	}
	public, err := sealKEM().NewPublicKey(to.Seal.Public)
	if err != nil {
		return nil, malformed("node.seal", err)
	}
	header := binary.BigEndian.AppendUint32([]byte{sealedVersion}, to.Seal.Epoch)
	closed, err := hpke.Seal(public, hpke.HKDFSHA256(), hpke.AES256GCM(), sealInfo(header, to.Name), plain)
	if err != nil {
		return nil, fmt.Errorf("seal to %s: %w", to.Name, err)
	}
	return append(header, closed...), nil
}

// Epoch is the receiver's key to which it is sealed: the only thing that can be read.
func (s Sealed) Epoch() (uint32, error) {
	switch {
	case len(s) > MaxSealed:
		return 0, ErrOversize
	case len(s) < headerSize || s[0] != sealedVersion:
		return 0, malformed("sealed.version", errors.New("not a sealed object of version 1"))
	case !fits(len(s) - SealOverhead):
		return 0, malformed("sealed.size", fmt.Errorf("%d bytes are no size class", len(s)))
	}
	return binary.BigEndian.Uint32(s[1:headerSize]), nil
}

// Open opens what was sealed to us and says who stands by it. It fails with
// ErrMalformed, ErrOversize, ErrUnknownEpoch, ErrDoesNotOpen, ErrNotForUs,
// ErrUnknownNode, ErrRevokedNode, ErrWrongSignature, ErrExpiredTrustList or
// ErrBehindTrustList. With ErrConsentEnded and ErrDeadlinePassed the object is
// given all the same, without its body, so that it can be said which it was;
// with every other error nothing is given. Whether it came before is the Desk's to know.
func Open(s Sealed, k Keys, t *Trust, now time.Time) (Opened, error) {
	signed, err := s.unseal(k)
	if err != nil {
		return Opened{}, err
	}
	o, e, err := signed.parts()
	if err != nil {
		return Opened{}, err
	}
	if o.To != k.name {
		return Opened{}, ErrNotForUs
	}
	sender, err := t.Node(o.From, now)
	if err != nil {
		return Opened{}, t.behind(o.List, err)
	}
	if !t.verifies(sender, o.Sent, contextObject, e.Payload, e.Signature) {
		return Opened{}, t.behind(o.List, ErrWrongSignature)
	}
	opened := Opened{Object: o, Signed: signed, Digest: signed.Digest()}
	if err := o.ended(At(now)); err != nil {
		opened.Body, opened.Signed = nil, nil
		return opened, err
	}
	return opened, nil
}

// ended says why the object may be stored no more.
func (o Object) ended(now Instant) error {
	switch {
	case now > o.Deadline:
		return ErrDeadlinePassed
	case o.Consent.Until != 0 && now > o.Consent.Until:
		return ErrConsentEnded
	}
	return nil
}

func (s Sealed) unseal(k Keys) (Signed, error) {
	epoch, err := s.Epoch()
	if err != nil {
		return nil, err
	}
	private, ok := k.seal[epoch]
	if !ok {
		return nil, fmt.Errorf("epoch %d: %w", epoch, ErrUnknownEpoch)
	}
	plain, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.AES256GCM(), sealInfo(s[:headerSize], k.name), s[headerSize:])
	if err != nil {
		return nil, ErrDoesNotOpen
	}
	return unpad(plain)
}

// sealInfo binds the sealing to the version, the receiver's epoch and its name.
// The sender is bound by the signature within: its name must not be needed to open.
func sealInfo(header []byte, to string) []byte {
	return append(append([]byte(contextSeal), header...), to...)
}

func pad(s Signed) ([]byte, error) {
	for _, class := range sizeClasses {
		if lengthSize+len(s) <= class {
			plain := make([]byte, class)
			binary.BigEndian.PutUint32(plain, uint32(len(s)))
			copy(plain[lengthSize:], s)
			return plain, nil
		}
	}
	return nil, ErrOversize
}

// unpad refuses a padding that pad does not make: hidden bytes in it, or a class larger than needed.
func unpad(plain []byte) (Signed, error) {
	n := int(binary.BigEndian.Uint32(plain))
	if n > len(plain)-lengthSize {
		return nil, malformed("padding", fmt.Errorf("length %d", n))
	}
	for _, class := range sizeClasses {
		if lengthSize+n <= class && class < len(plain) {
			return nil, malformed("padding", errors.New("larger than needed"))
		}
	}
	for _, b := range plain[lengthSize+n:] {
		if b != 0 {
			return nil, malformed("padding", errors.New("not zero"))
		}
	}
	return Signed(plain[lengthSize : lengthSize+n]), nil
}

func fits(size int) bool {
	for _, class := range sizeClasses {
		if size == class {
			return true
		}
	}
	return false
}
