package exchange

import (
	"bytes"
	"errors"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"
)

// Instant is microseconds since 1970 in UTC, as everywhere in the house; zero is no instant.
type Instant int64

// At is the instant of t; the zero time is no instant.
func At(t time.Time) Instant {
	if t.IsZero() {
		return 0
	}
	return Instant(t.UnixMicro())
}

// Time is the instant as a time in UTC; no instant is the zero time.
func (i Instant) Time() time.Time {
	if i == 0 {
		return time.Time{}
	}
	return time.UnixMicro(int64(i)).UTC()
}

// Two encoders would be two forms of one object, and its signature would not
// hold: everything is CBOR in the core deterministic form (RFC 8949, 4.2.1),
// maps with small numbers for keys, every field present.
var (
	encoder = ready(cbor.EncOptions{
		Sort: cbor.SortCoreDeterministic, ShortestFloat: cbor.ShortestFloat16, NaNConvert: cbor.NaNConvert7e00,
		InfConvert: cbor.InfConvertFloat16, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		NilContainers: cbor.NilContainerAsEmpty,
	}.EncMode())
	decoder = ready(cbor.DecOptions{
		DupMapKey: cbor.DupMapKeyEnforcedAPF, IndefLength: cbor.IndefLengthForbidden, TagsMd: cbor.TagsForbidden,
		MaxNestedLevels: 8, MaxArrayElements: 4096, MaxMapPairs: 64, ExtraReturnErrors: cbor.ExtraDecErrorUnknownField,
		UTF8: cbor.UTF8RejectInvalid,
	}.DecMode())
)

// ready is for the options above, which are right or the program does not start.
func ready[M any](m M, err error) M {
	if err != nil {
		panic("exchange: " + err.Error())
	}
	return m
}

// Encode writes v in the one deterministic form. A message's body is made with it too.
func Encode(v any) ([]byte, error) {
	b, err := encoder.Marshal(v)
	if err != nil {
		return nil, fmt.Errorf("encode %T: %w", v, err)
	}
	return b, nil
}

// Decode reads what Encode wrote into v, and refuses every other form of the
// same: what is decoded and encoded again must be the same bytes. It fails
// with ErrMalformed. The caller has bounded the length of b.
func Decode(b []byte, v any) error {
	err := decoder.Unmarshal(b, v)
	if err != nil {
		return malformed("encoding", err)
	}
	again, err := encoder.Marshal(v)
	if err != nil {
		return malformed("encoding", err)
	}
	if !bytes.Equal(b, again) {
		return malformed("encoding", errors.New("not in the deterministic form"))
	}
	return nil
}
