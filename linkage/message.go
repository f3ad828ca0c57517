package linkage

import (
	"bytes"
	"errors"
	"fmt"
	"slices"
	"time"

	"palermo/exchange"
)

// The messages of docs/linkage.md. Each is a CBOR array in the one encoding of
// the exchange; who sent it, to whom and when is in the envelope that it signs.

// Epoch is what everybody knows of a key: its number and the public image of
// each operator's share. It stands in the signed list of States.
type Epoch struct {
	_      struct{} `cbor:",toarray"`
	Number uint32
	Shares [Operators][]byte
}

// Contribution is what an operator publishes for the making of a key.
type Contribution struct {
	_           struct{} `cbor:",toarray"`
	Epoch       uint32
	Operator    int
	Commitments [2][]byte
}

// Purpose says to an operator what elements are for, and so on which of the
// asker's allowances they count.
type Purpose uint8

const (
	ForRegister Purpose = iota + 1 // a register's preparation
	ForQuestion                    // a question to another State
)

// Request asks an operator to raise elements to its share.
type Request struct {
	_        struct{} `cbor:",toarray"`
	ID       []byte   // 16 bytes, new for each request
	Epoch    uint32
	Purpose  Purpose
	Prove    bool // with a proof; for few elements
	Elements [][]byte
}

// Evaluated is an operator's answer to a Request.
type Evaluated struct {
	_        struct{} `cbor:",toarray"`
	ID       []byte   // of the request
	Epoch    uint32
	Operator int
	Elements [][]byte
	Proof    []byte // RFC 9497, 2.2: c and s; empty unless asked for
}

// Question asks a register whether it knows somebody. It names nobody: its
// tokens mean nothing to whoever does not hold the same ones.
type Question struct {
	_        struct{} `cbor:",toarray"`
	ID       []byte   // 16 bytes
	Rules    string   // under which texts were made
	Epoch    uint32
	Register string
	Until    int64    // Unix seconds: when it ends, and the earliest time of a reply that says nothing
	Tokens   [][]byte // QuestionSize of them, 16 bytes each, in ascending order
}

// Reply is what the responder's duty officer decided to say. There is no reply
// that says no: whoever is not known, must not be known, or is not spoken of
// gets the same.
type Reply struct {
	_        struct{} `cbor:",toarray"`
	Question []byte   // its ID
	Speak    bool     // talk to us; false: nothing that we say
}

const (
	idSize    = 16
	tokenSize = 16

	// MaxElements is the most that one request may hold, MaxProved the most for
	// which it may ask for a proof.
	MaxElements = 4096
	MaxProved   = 8

	maxMessage = 256 << 10 // bytes
	maxName    = 64        // signs of a register's name
)

// message is what may be sent.
type message interface {
	Epoch | Contribution | Request | Evaluated | Question | Reply
	valid() error
}

// Encode gives the one encoding of a message. It refuses one that Decode would
// refuse.
func Encode[M message](m M) ([]byte, error) {
	if err := m.valid(); err != nil {
		return nil, err
	}
	return exchange.Encode(m)
}

// Decode reads a message that somebody else sent. It refuses, with the reason,
// whatever is too long, not in the one encoding, or not such a message.
func Decode[M message](data []byte) (M, error) {
	var m, none M
	if len(data) > maxMessage {
		return none, fmt.Errorf("a message has at most %d bytes", maxMessage)
	}
	if err := exchange.Decode(data, &m); err != nil {
		return none, fmt.Errorf("no such message: %w", err)
	}
	if err := m.valid(); err != nil {
		return none, err
	}
	return m, nil
}

func (e Epoch) valid() error {
	list, err := readElements(e.Shares[:])
	if err != nil {
		return err
	}
	// Three values of one line: what the second has over the first, the third has over the second.
	first := suite.NewElement().Add(list[1], suite.NewElement().Neg(list[0]))
	second := suite.NewElement().Add(list[2], suite.NewElement().Neg(list[1]))
	if !first.IsEqual(second) {
		return errors.New("the three shares are of no one key")
	}
	return nil
}

func (c Contribution) valid() error {
	if c.Operator < 1 || c.Operator > Operators {
		return errors.New("operators are 1, 2 and 3")
	}
	_, err := readElements(c.Commitments[:])
	return err
}

func (r Request) valid() error {
	switch {
	case len(r.ID) != idSize:
		return errors.New("an id has 16 bytes")
	case r.Purpose != ForRegister && r.Purpose != ForQuestion:
		return errors.New("the purpose is not known")
	case len(r.Elements) == 0, len(r.Elements) > MaxElements, r.Prove && len(r.Elements) > MaxProved:
		return fmt.Errorf("a request has 1 to %d elements, and with a proof at most %d", MaxElements, MaxProved)
	}
	return sizes(r.Elements, elementSize)
}

func (e Evaluated) valid() error {
	switch {
	case len(e.ID) != idSize:
		return errors.New("an id has 16 bytes")
	case e.Operator < 1 || e.Operator > Operators:
		return errors.New("operators are 1, 2 and 3")
	case len(e.Elements) == 0 || len(e.Elements) > MaxElements:
		return fmt.Errorf("an answer has 1 to %d elements", MaxElements)
	case len(e.Proof) != 0 && len(e.Proof) != proofSize:
		return errors.New("a proof has 64 bytes")
	}
	return sizes(e.Elements, elementSize)
}

func (q Question) valid() error {
	switch {
	case len(q.ID) != idSize:
		return errors.New("an id has 16 bytes")
	case q.Rules != Rules:
		return errors.New("the question was made under other rules")
	case !registerName(q.Register):
		return errors.New("this is no name of a register")
	case len(q.Tokens) != QuestionSize:
		return fmt.Errorf("a question has %d tokens", QuestionSize)
	}
	for i := 1; i < len(q.Tokens); i++ {
		if bytes.Compare(q.Tokens[i-1], q.Tokens[i]) >= 0 {
			return errors.New("tokens stand in ascending order, each once")
		}
	}
	return sizes(q.Tokens, tokenSize)
}

func (r Reply) valid() error {
	if len(r.Question) != idSize {
		return errors.New("an id has 16 bytes")
	}
	return nil
}

func sizes(list [][]byte, size int) error {
	if slices.ContainsFunc(list, func(b []byte) bool { return len(b) != size }) {
		return fmt.Errorf("each has %d bytes", size)
	}
	return nil
}

// registerName holds a register's name to letters, digits and hyphens: it
// stands in every input.
func registerName(s string) bool {
	outside := func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < 'A' || r > 'Z') && (r < '0' || r > '9') && r != '-'
	}
	return s != "" && len(s) <= maxName && !slices.ContainsFunc([]rune(s), outside)
}

// End is when the question ends.
func (q Question) End() time.Time { return time.Unix(q.Until, 0).UTC() }
