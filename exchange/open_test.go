package exchange

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"encoding/binary"
	"errors"
	"strings"
	"testing"
	"time"
)

// sealRaw seals any plain bytes to Nigeria, as a sender that keeps to no rule would.
func (w *world) sealRaw(t *testing.T, plain []byte, to string) Sealed {
	t.Helper()
	n, err := w.trust.Node("ng-focal", noon)
	if err != nil {
		t.Fatal(err)
	}
	public, err := sealKEM().NewPublicKey(n.Seal.Public)
	if err != nil {
		t.Fatal(err)
	}
	header := binary.BigEndian.AppendUint32([]byte{sealedVersion}, n.Seal.Epoch)
	closed, err := hpke.Seal(public, hpke.HKDFSHA256(), hpke.AES256GCM(), sealInfo(header, to), plain)
	if err != nil {
		t.Fatal(err)
	}
	return append(header, closed...)
}

// forged is an envelope around any payload with any signature.
func (w *world) forged(t *testing.T, o Object, key ed25519.PrivateKey, context string) Sealed {
	t.Helper()
	payload, err := Encode(o)
	if err != nil {
		t.Fatal(err)
	}
	signed, err := Encode(envelope{payload, ed25519.Sign(key, append([]byte(context), payload...))})
	if err != nil {
		t.Fatal(err)
	}
	plain, err := pad(signed)
	if err != nil {
		t.Fatal(err)
	}
	return w.sealRaw(t, plain, "ng-focal")
}

func changed(o Object, change func(*Object)) Object {
	change(&o)
	return o
}

func TestWhatMayNotBeTakenIsRefusedByName(t *testing.T) {
	w := newWorld(t)
	o := message(t, 1)
	_, good := w.sealed(t, o)
	plain, err := pad(func() Signed { m, _ := w.sealed(t, o); return m }())
	if err != nil {
		t.Fatal(err)
	}
	padding := bytes.Clone(plain)
	padding[len(padding)-1] = 1
	tests := map[string]struct {
		sealed Sealed
		want   error
	}{
		"nothing":                       {nil, ErrMalformed},
		"another version":               {append(Sealed{2}, good[1:]...), ErrMalformed},
		"no size class":                 {good[:len(good)-1], ErrMalformed},
		"endless":                       {make(Sealed, MaxSealed+1), ErrOversize},
		"altered":                       {flipped(good, len(good)/2), ErrDoesNotOpen},
		"its epoch altered":             {flipped(good, 4), ErrUnknownEpoch},
		"sealed for another name":       {w.sealRaw(t, plain, "it-focal"), ErrDoesNotOpen},
		"hidden bytes in the padding":   {w.sealRaw(t, padding, "ng-focal"), ErrMalformed},
		"a class too large":             {w.sealRaw(t, append(bytes.Clone(plain), make([]byte, 3<<10)...), "ng-focal"), ErrMalformed},
		"a length beyond the end":       {w.sealRaw(t, append([]byte{0xff, 0xff, 0xff, 0xff}, plain[4:]...), "ng-focal"), ErrMalformed},
		"no encoding":                   {w.sealRaw(t, append([]byte{0, 0, 0, 3, 1, 2, 3}, make([]byte, 1017)...), "ng-focal"), ErrMalformed},
		"to another node":               {w.forged(t, changed(o, func(o *Object) { o.To = "gh-focal" }), w.italy.sign, contextObject), ErrNotForUs},
		"from a stranger":               {w.forged(t, changed(o, func(o *Object) { o.From = "xx-focal" }), w.italy.sign, contextObject), ErrUnknownNode},
		"signed by another":             {w.forged(t, o, w.nigeria.sign, contextObject), ErrWrongSignature},
		"a signature of something else": {w.forged(t, o, w.italy.sign, contextReceipt), ErrWrongSignature},
		"a newer list with a new key":   {w.forged(t, changed(o, func(o *Object) { o.List = 2 }), w.signers[0].key, contextObject), ErrBehindTrustList},
		"no reference":                  {w.forged(t, changed(o, func(o *Object) { o.Procedure = [16]byte{} }), w.italy.sign, contextObject), ErrMalformed},
		"a scope out of order":          {w.forged(t, changed(o, func(o *Object) { o.Consent.Categories = []string{"needs", "identity"} }), w.italy.sign, contextObject), ErrMalformed},
		"a scope without end":           {w.forged(t, changed(o, func(o *Object) { o.Consent.Until = 0 }), w.italy.sign, contextObject), ErrMalformed},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			opened, err := Open(test.sealed, w.nigeria, w.trust, noon)
			is(t, err, test.want)
			if !opened.ID.IsZero() || opened.Body != nil {
				t.Error("something of it was given")
			}
		})
	}
}

func flipped(b []byte, at int) []byte {
	c := bytes.Clone(b)
	c[at] ^= 1
	return c
}

func TestNothingIsTakenAfterConsentOrDeadlineHasEnded(t *testing.T) {
	w := newWorld(t)
	o := message(t, 1)
	for name, test := range map[string]struct {
		change func(*Object)
		now    time.Time
		want   error
	}{
		"in time":      {func(*Object) {}, o.Deadline.Time(), nil},
		"deadline":     {func(*Object) {}, o.Deadline.Time().Add(time.Microsecond), ErrDeadlinePassed},
		"consent":      {func(o *Object) { o.Consent.Until = At(noon.Add(time.Hour)) }, noon.Add(time.Hour + time.Second), ErrConsentEnded},
		"needs no end": {func(o *Object) { o.Consent = Consent{} }, noon.Add(time.Hour), nil},
	} {
		t.Run(name, func(t *testing.T) {
			_, s := w.sealed(t, changed(o, test.change))
			opened, err := Open(s, w.nigeria, w.trust, test.now)
			is(t, err, test.want)
			if test.want != nil && (opened.ID != o.ID || opened.Body != nil || opened.Signed != nil) {
				t.Errorf("which it was should be given, and not its content: %+v", opened)
			}
		})
	}
}

func TestTheSealedBytesTellNothingButASizeClass(t *testing.T) {
	w := newWorld(t)
	sizes := map[int]bool{}
	for length := 0; length < 250_000; length += 1999 {
		o := message(t, 1)
		o.Body = bytes.Repeat([]byte("MARKER"), length/6)
		_, s := w.sealed(t, o)
		sizes[len(s)] = true
		for _, told := range []string{"MARKER", "it-focal", "ng-focal", "return.asked", "safe return", "identity", string(o.ID[:])} {
			if bytes.Contains(s, []byte(told)) {
				t.Fatalf("%q shows", told)
			}
		}
		_, again := w.sealed(t, o)
		if bytes.Equal(s[headerSize:headerSize+100], again[headerSize:headerSize+100]) {
			t.Fatal("the same object looks the same twice")
		}
	}
	if len(sizes) != 5 {
		t.Errorf("%d sizes for bodies up to 250 kB, want the five classes", len(sizes))
	}
}

func TestALargerObjectThanTheLargestClassIsNotSigned(t *testing.T) {
	w := newWorld(t)
	o := message(t, 1)
	o.Body = make([]byte, 1<<20)
	_, err := Sign(o, w.italy)
	is(t, err, ErrOversize)
	o.Body = make([]byte, 1<<20-1024)
	_, s := w.sealed(t, o)
	if len(s) != MaxSealed {
		t.Errorf("%d bytes", len(s))
	}
	if _, err := Open(s, w.nigeria, w.trust, noon); err != nil {
		t.Error(err)
	}
}

func TestAnOldKeyOpensWhatWasSealedToIt(t *testing.T) {
	w := newWorld(t)
	_, s := w.sealed(t, message(t, 1))
	rotated := keysOf(t, "ng-focal", 2, 2)
	if _, err := Open(s, rotated, w.trust, noon); err != nil {
		t.Error(err)
	}
	if n := rotated.Public(Node{}); n.Seal.Epoch != 2 {
		t.Errorf("the newest epoch is in use, not %d", n.Seal.Epoch)
	}
}

// Sealing anew, to a new key or on another attempt, is the same message.
func TestTheDigestIsOfTheMessageAndNotOfItsSealing(t *testing.T) {
	w := newWorld(t)
	m, first := w.sealed(t, message(t, 1))
	n, err := w.trust.Node("ng-focal", noon)
	if err != nil {
		t.Fatal(err)
	}
	second, err := m.Seal(n)
	if err != nil {
		t.Fatal(err)
	}
	a, errA := Open(first, w.nigeria, w.trust, noon)
	b, errB := Open(second, w.nigeria, w.trust, noon)
	if errA != nil || errB != nil || a.Digest != b.Digest || a.Digest != m.Digest() {
		t.Error(errA, errB, a.Digest, b.Digest)
	}
}

func TestOnlyTheReceiversReceiptForThisMessageCounts(t *testing.T) {
	w := newWorld(t)
	m, s := w.sealed(t, message(t, 1))
	other, _ := w.sealed(t, message(t, 2))
	opened, err := Open(s, w.nigeria, w.trust, noon)
	if err != nil {
		t.Fatal(err)
	}
	receipt, err := NewReceipt(opened, w.nigeria, noon)
	if err != nil {
		t.Fatal(err)
	}
	awaited, err := m.Awaited()
	if err != nil {
		t.Fatal(err)
	}
	another, err := other.Awaited()
	if err != nil {
		t.Fatal(err)
	}
	forged, err := NewReceipt(opened, w.italy, noon) // the sender gives itself one
	if err != nil {
		t.Fatal(err)
	}
	inItsName, err := Encode(envelope{func() []byte { _, e, _ := receipt.parts(); return e.Payload }(), make([]byte, 64)})
	if err != nil {
		t.Fatal(err)
	}
	for name, test := range map[string]struct {
		receipt SignedReceipt
		awaited Receipt
		want    error
	}{
		"right":              {receipt, awaited, nil},
		"of another message": {receipt, another, ErrWrongReceipt},
		"by somebody else":   {forged, awaited, ErrWrongReceipt},
		"not signed":         {inItsName, awaited, ErrWrongReceipt},
		"cut":                {receipt[:20], awaited, ErrMalformed},
		"endless":            {make(SignedReceipt, MaxReceipt+1), awaited, ErrOversize},
	} {
		_, err := test.receipt.Verify(test.awaited, w.trust)
		if !errors.Is(err, test.want) || (err == nil) != (test.want == nil) {
			t.Errorf("%s: got %v, want %v", name, err, test.want)
		}
	}
}

func TestKeysDoNotShow(t *testing.T) {
	k := keysOf(t, "it-focal", 1)
	seed := Seed{Epoch: 1, Secret: secret('s')}
	for _, format := range []string{"%v", "%+v", "%#v", "%x", "%s", "%d"} {
		for _, shown := range []string{sprintf(format, k), sprintf(format, seed), sprintf(format, &k), sprintf(format, &seed)} {
			if strings.Contains(shown, "ssss") || strings.Contains(shown, "7373") || strings.Contains(shown, "115 115") || strings.Contains(shown, "0101") {
				t.Errorf("%s shows %s", format, shown)
			}
		}
	}
}
