package exchange

import (
	"bytes"
	"crypto/ed25519"
	"crypto/hpke"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"testing"
)

// A second reader of the protocol, written from docs/protocol.md alone: it
// uses nothing of this package and no CBOR library. What it reads in the
// published vectors is what the document says.

// read decodes one item of the CBOR that the protocol uses: whole numbers from
// zero, bytes, text, arrays, maps from numbers, true and false.
func read(b []byte) (value any, rest []byte) {
	major, n, rest := head(b)
	switch major {
	case 0:
		return n, rest
	case 2:
		return rest[:n], rest[n:]
	case 3:
		return string(rest[:n]), rest[n:]
	case 4:
		list := []any{}
		for range n {
			var v any
			v, rest = read(rest)
			list = append(list, v)
		}
		return list, rest
	case 5:
		m := map[uint64]any{}
		last := -1
		for range n {
			var k, v any
			k, rest = read(rest)
			v, rest = read(rest)
			if int(k.(uint64)) <= last {
				panic("keys out of order")
			}
			last = int(k.(uint64))
			m[k.(uint64)] = v
		}
		return m, rest
	case 7:
		return n == 21, rest
	}
	panic(fmt.Sprintf("major type %d is not of the protocol", major))
}

func head(b []byte) (major byte, n uint64, rest []byte) {
	major, n = b[0]>>5, uint64(b[0]&31)
	switch {
	case n < 24:
		return major, n, b[1:]
	case n == 24:
		return major, uint64(b[1]), b[2:]
	case n == 25:
		return major, uint64(binary.BigEndian.Uint16(b[1:])), b[3:]
	case n == 26:
		return major, uint64(binary.BigEndian.Uint32(b[1:])), b[5:]
	}
	return major, binary.BigEndian.Uint64(b[1:]), b[9:]
}

func fields(t *testing.T, b []byte) map[uint64]any {
	t.Helper()
	v, rest := read(b)
	m, ok := v.(map[uint64]any)
	if !ok || len(rest) > 0 {
		t.Fatalf("%T with %d bytes behind", v, len(rest))
	}
	return m
}

func publicOf(seed []byte) ed25519.PublicKey {
	return ed25519.NewKeyFromSeed(seed).Public().(ed25519.PublicKey)
}

// statement checks an envelope and gives its payload.
func statement(t *testing.T, b []byte, purpose string, seed []byte) []byte {
	t.Helper()
	e := fields(t, b)
	payload := e[1].([]byte)
	if !ed25519.Verify(publicOf(seed), append([]byte("palermo exchange 1 "+purpose+"\x00"), payload...), e[2].([]byte)) {
		t.Fatalf("the signature of the %s does not hold", purpose)
	}
	return payload
}

func TestASecondReaderOpensTheVectors(t *testing.T) {
	v := readVectors(t)
	if v.Sealed[0] != 1 || binary.BigEndian.Uint32(v.Sealed[1:5]) != 1 {
		t.Fatal("header")
	}
	private, err := hpke.MLKEM768X25519().NewPrivateKey(v.Receiver.Seal)
	if err != nil {
		t.Fatal(err)
	}
	info := append(append([]byte("palermo exchange 1 seal\x00"), v.Sealed[:5]...), "ng-focal"...)
	plain, err := hpke.Open(private, hpke.HKDFSHA256(), hpke.AES256GCM(), info, v.Sealed[5:])
	if err != nil {
		t.Fatal(err)
	}
	length := binary.BigEndian.Uint32(plain)
	signed := plain[4 : 4+length]
	if len(plain) != 1024 || !bytes.Equal(signed, v.Signed) || !bytes.Equal(plain, v.Plain) || len(bytes.Trim(plain[4+length:], "\x00")) > 0 {
		t.Fatal("padding")
	}
	payload := statement(t, signed, "object", v.Sender.Sign)
	if !bytes.Equal(payload, v.Object) {
		t.Fatal("the object is another")
	}
	o := fields(t, payload)
	consent, handling := o[7].(map[uint64]any), o[8].(map[uint64]any)
	for name, pair := range map[string][2]any{
		"fields": {len(o), 13}, "id": {len(o[1].([]byte)), 16}, "from": {o[2], "it-focal"}, "to": {o[3], "ng-focal"},
		"kind": {o[5], "return.asked"}, "purpose": {o[6], "safe return"}, "sent": {o[10], uint64(v.Now)},
		"deadline": {o[9], uint64(v.Now) + 7*24*3600*1_000_000}, "first category": {consent[1].([]any)[0], "identity"},
		"court": {handling[1], false}, "never to": {handling[3].([]any)[0], "LY"}, "list": {o[12], uint64(1)},
		"no reply": {string(o[11].([]byte)), string(make([]byte, 16))},
	} {
		if pair[0] != pair[1] {
			t.Errorf("%s: %v, want %v", name, pair[0], pair[1])
		}
	}
	digest := sha256.Sum256(append([]byte("palermo exchange 1 digest\x00"), v.Signed...))
	if !bytes.Equal(digest[:], v.Digest) {
		t.Error("digest")
	}
	r := fields(t, statement(t, v.Receipt, "receipt", v.Receiver.Sign))
	if !bytes.Equal(r[1].([]byte), o[1].([]byte)) || !bytes.Equal(r[2].([]byte), digest[:]) || r[3] != "it-focal" || r[4] != "ng-focal" || r[5] != uint64(v.Now) {
		t.Errorf("receipt %v", r)
	}
}

func TestASecondReaderReadsTheTrust(t *testing.T) {
	v := readVectors(t)
	s := fields(t, v.List)
	list := s[1].([]byte)
	print := sha256.Sum256(append([]byte("palermo exchange 1 trust list\x00"), list...))
	if !bytes.Equal(print[:], v.ListDigest) {
		t.Error("fingerprint")
	}
	accepted := 0
	for _, entry := range s[2].([]any) {
		e := entry.(map[uint64]any)
		for _, signer := range v.Signers {
			if signer.Name == e[1] && ed25519.Verify(publicOf(signer.Sign), append([]byte("palermo exchange 1 trust list\x00"), list...), e[2].([]byte)) {
				accepted++
			}
		}
	}
	l := fields(t, list)
	if l[1] != uint64(1) || l[2] != uint64(2) || accepted != 2 || len(l[3].([]any)) != 3 || len(l[4].([]any)) != 2 {
		t.Errorf("version %v, %d of %v", l[1], accepted, l[2])
	}
	italy := l[4].([]any)[0].(map[uint64]any)
	sign, sealing := italy[6].(map[uint64]any), italy[8].(map[uint64]any)
	private, err := hpke.MLKEM768X25519().NewPrivateKey(v.Sender.Seal)
	if err != nil {
		t.Fatal(err)
	}
	if italy[1] != "it-focal" || italy[2] != "IT" || italy[3] != "focal_point" || !bytes.Equal(sign[2].([]byte), publicOf(v.Sender.Sign)) ||
		!bytes.Equal(sealing[2].([]byte), private.PublicKey().Bytes()) || len(italy) != 10 {
		t.Errorf("entry %v", italy[1])
	}
	revocation := fields(t, statement(t, v.Revocation, "revocation", v.Signers[1].Sign))
	if revocation[1] != "ng-focal" || !bytes.Equal(revocation[2].([]byte), publicOf(v.Receiver.Sign)) || revocation[4] != "ghana" {
		t.Errorf("revocation %v", revocation)
	}
	card := fields(t, statement(t, v.Card, "node card", v.Receiver.Sign))
	if card[1] != "ng-focal" {
		t.Errorf("card %v", card[1])
	}
}
