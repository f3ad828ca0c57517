package cooperation

import (
	"net/url"

	"palermo/casework"
	"palermo/exchange"
	"palermo/ident"
)

// body is an act inside a message, encoded deterministically; docs/protocol.md has the same.
type body struct {
	Number  uint64              `cbor:"1,keyasint"`
	Type    string              `cbor:"2,keyasint"`
	Act     string              `cbor:"3,keyasint"`
	Fields  map[string][]string `cbor:"4,keyasint"`
	Sheets  []sheet             `cbor:"5,keyasint"`
	Earlier ident.ID            `cbor:"6,keyasint"`
	State   string              `cbor:"7,keyasint"`
	Heard   uint64              `cbor:"8,keyasint"`
}

type sheet struct {
	Step   string              `cbor:"1,keyasint"`
	Fields map[string][]string `cbor:"2,keyasint"`
}

func (w Word) encode() ([]byte, error) {
	b := body{Number: uint64(w.Number), Type: string(w.Type), Act: w.Name, Fields: w.Fields, Earlier: w.Earlier, State: string(w.State), Heard: uint64(w.Heard)}
	for _, s := range w.Sheets {
		b.Sheets = append(b.Sheets, sheet{s.Step, s.Fields})
	}
	return exchange.Encode(b)
}

// decode reads what another node encoded.
func decode(raw []byte) (Word, error) {
	var b body
	if err := exchange.Decode(raw, &b); err != nil {
		return Word{}, err
	}
	const most = 1 << 20 // of acts in a procedure
	if b.Number == 0 || b.Number > most || b.Heard > most {
		return Word{}, exchange.ErrMalformed
	}
	w := Word{Number: int(b.Number), Type: Type(b.Type), Name: b.Act, Fields: b.Fields, Earlier: b.Earlier, State: State(b.State), Heard: int(b.Heard)}
	for _, s := range b.Sheets {
		w.Sheets = append(w.Sheets, casework.Sheet{Step: s.Step, Fields: url.Values(s.Fields)})
	}
	return w, nil
}

// read gives the word in a message.
func read(s exchange.Signed) (Word, error) {
	o, err := s.Object()
	if err != nil {
		return Word{}, err
	}
	w, err := decode(o.Body)
	w.At = o.Sent.Time()
	return w, err
}
