package cooperation

import (
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/consent"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Kinds of message that are no acts: a request to erase, and its answer.
const (
	kindErase  = "erase"
	kindErased = "erased"
)

// eraseBody names a message whose content is to be erased, and in the answer what became of it.
type eraseBody struct {
	Message   ident.ID        `cbor:"1,keyasint"`
	Digest    exchange.Digest `cbor:"2,keyasint"` // of the message as it was signed: what is answered for
	Erased    bool            `cbor:"3,keyasint"`
	Provision string          `cbor:"4,keyasint"` // under which it is retained
}

// ConsentEnded recalls what waits and asks for the erasure of what was
// delivered to a recipient, as far as no other consent covers it. What this
// side was asked about somebody who allows nothing any more ends. It follows
// from the withdrawal, in the same commit (rule 2).
func (k *Desk) ConsentEnded(tx *record.Tx, c *casework.Case, recipient ident.ID) error {
	return k.recall(tx, c, recipient, func(p *Procedure, m *Message) bool {
		still, _ := consent.ReleasedFor(c.Consents, c.Overrides, recipient, p.purpose(), tx.Now())
		return m.Scope&^still != 0
	}, func(p *Procedure) error {
		if p.allowsNoMore(c, tx.Now()) {
			return k.end(tx, p)
		}
		return nil
	})
}

// DoorClosed ends every procedure with a peer to which the case is closed
// now, and recalls what was sent to it (rule 3). To the other side it looks like any end.
func (k *Desk) DoorClosed(tx *record.Tx, c *casework.Case) error {
	for _, a := range c.Abroad {
		err := k.recall(tx, c, a.Recipient, func(p *Procedure, _ *Message) bool { return k.closed(c, p) }, func(p *Procedure) error {
			if k.closed(c, p) && !p.State.Ended() {
				return k.end(tx, p)
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

func (k *Desk) closed(c *casework.Case, p *Procedure) bool {
	peer := k.peer(p.Peer)
	return c.ClosedTo(peer.Country, peer.Authority) != nil
}

// end withdraws a procedure, or declines it where withdrawing is the other side's.
func (k *Desk) end(tx *record.Tx, p *Procedure) error {
	info, ok := p.Definition().Act("withdraw")
	if !ok || p.WhyNot(info) != nil {
		info, ok = p.Definition().Act("decline")
	}
	if !ok || p.WhyNot(info) != nil {
		return nil
	}
	word, err := p.Do(info.Name, info.New(), nil, Work{Now: tx.Now(), By: tx.Viewer(), Peer: k.peer(p.Peer)})
	if err != nil {
		return err
	}
	p.Note(acted{Act: info.Name, Number: word.Number})
	message, err := k.send(tx, outgoing{procedure: p, id: ProcedureOf(p.Reference), info: info, emergency: true}, word)
	p.Acts[len(p.Acts)-1].Message = message
	return err
}

// recall goes through the messages to a recipient; also looks at the procedure itself.
func (k *Desk) recall(tx *record.Tx, c *casework.Case, recipient ident.ID, ends func(*Procedure, *Message) bool, also func(*Procedure) error) error {
	return tx.Follow(access.Exchange, doExchange, func() error {
		for _, a := range c.Abroad {
			if a.Recipient != recipient {
				continue
			}
			p, err := record.Open(tx, k.Procedures, ProcedureID(a.Procedure))
			if err != nil {
				return err
			}
			if err := k.recallOf(tx, p, ends); err != nil {
				return err
			}
			if also != nil {
				if err := also(p); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

func (k *Desk) recallOf(tx *record.Tx, p *Procedure, ends func(*Procedure, *Message) bool) error {
	for _, act := range p.Acts {
		if act.Side != p.Side || len(act.Sheets) == 0 && p.Definition().Others == "" {
			continue
		}
		m, err := record.Open(tx, k.Messages, act.Message)
		if err != nil {
			return err
		}
		if m.Scope == 0 || !ends(p, m) || !m.Recalled.IsZero() || !m.Erasure.Asked.IsZero() {
			continue
		}
		if err := k.takeBack(tx, p, m); err != nil {
			return err
		}
	}
	return nil
}

// takeBack recalls a message that waits: the act goes without what it told of
// the person, and since the message may be on the line at this very moment, its
// erasure is asked for as of any other.
func (k *Desk) takeBack(tx *record.Tx, p *Procedure, m *Message) error {
	if m.state() == to(waiting, m.Peer) {
		m.Recalled = tx.Now()
		m.Note(done{What: "message_recalled"})
		if err := k.again(tx, p, m, nil, 0, time.Time{}); err != nil {
			return err
		}
	}
	m.Erasure.Asked = tx.Now()
	m.Note(done{What: "erasure_asked"})
	encoded, err := exchange.Encode(eraseBody{Message: m.Number, Digest: m.Digest})
	if err != nil {
		return fault.Internal(err)
	}
	object := exchange.Object{To: p.Peer, Procedure: p.Reference, Kind: kindErase, Purpose: "erasure", InReplyTo: m.Number, Body: encoded}
	_, err = k.post(tx, object, &Message{Procedure: m.Procedure, Type: p.Type, Office: p.Office, Act: kindErase, Emergency: true})
	return err
}

// again sends the act of a message once more, in a message of its own: the
// other side applies it once, whichever comes first.
func (k *Desk) again(tx *record.Tx, p *Procedure, m *Message, sheets []casework.Sheet, scope access.Set, until time.Time) error {
	word, err := read(m.Signed)
	if err != nil {
		return err
	}
	if m.Scope != 0 && scope == 0 && len(word.Sheets) == 0 {
		word.Fields = nil // they told of the person
	}
	word.Sheets, word.State, word.Heard = sheets, p.State, p.Heard
	info, _ := p.Definition().Act(word.Name) // an act that was done is known
	id, err := k.send(tx, outgoing{procedure: p, id: m.Procedure, info: info, sheets: sheets, scope: scope, until: until, neverTo: m.Handling.NeverTo, passOn: m.Handling.MayBePassedOn, emergency: m.Emergency}, word)
	if err != nil {
		return err
	}
	for i := range p.Acts {
		if p.Acts[i].Message == MessageID(m.RecordID()) {
			p.Acts[i].Message, p.Acts[i].Sheets = id, sheets
		}
	}
	p.Note(acted{Act: word.Name, Number: word.Number})
	return nil
}

// eraseAsked takes a request: what nothing was built on is erased at once;
// where a case was opened from it, a person answers.
func (k *Desk) eraseAsked(tx *record.Tx, o exchange.Opened, request *Message) error {
	var b eraseBody
	if err := exchange.Decode(o.Body, &b); err != nil {
		return err
	}
	id := messageID(o.From, b.Message)
	request.Procedure, request.Act = ProcedureOf(o.Procedure), kindErase
	m, err := record.Open(tx, k.Messages, id)
	if errNone(err) { // it never came, and will not: its number is closed
		m = &Message{Number: b.Message, Peer: o.From, At: tx.Now(), Closed: true, Office: k.Focal}
		m.Note(done{What: "message_closed"})
		if err := record.CreateAs(tx, k.Messages, id, m); err != nil {
			return err
		}
		return k.answerErasure(tx, o.From, o.Procedure, m, b, Erasure{Asked: tx.Now(), Answered: tx.Now(), Erased: true})
	}
	if err != nil {
		return err
	}
	request.Office, request.Type = m.Office, m.Type
	switch { // asked once more, since an answer did not arrive: it stays what it was
	case !m.Erasure.Answered.IsZero():
		return k.answerErasure(tx, o.From, o.Procedure, m, eraseBody{Message: m.Number, Digest: b.Digest}, m.Erasure)
	case m.Closed:
		return k.answerErasure(tx, o.From, o.Procedure, m, b, Erasure{Asked: tx.Now(), Answered: tx.Now(), Erased: true})
	}
	p, err := record.Open(tx, k.Procedures, m.Procedure)
	if err != nil {
		return err
	}
	request.Office, request.Type = p.Office, p.Type
	m.Erasure.Asked = tx.Now()
	m.Note(done{What: "erasure_asked"})
	if p.Case != (casework.CaseID{}) {
		return nil // a duty of the office now
	}
	return k.erase(tx, p, m)
}

// erase takes the content out of a message and of its procedure, and answers.
func (k *Desk) erase(tx *record.Tx, p *Procedure, m *Message) error {
	digest := m.Digest
	m.Signed, m.Scope = nil, 0
	for i := range p.Acts {
		if ident.ID(p.Acts[i].Message) == m.RecordID() {
			p.Acts[i].Sheets, p.Acts[i].Fields, p.Acts[i].Erased = nil, nil, tx.Now()
		}
	}
	p.Note(done{What: "content_erased"})
	return k.answerErasure(tx, p.Peer, p.Reference, m, eraseBody{Message: m.Number, Digest: digest}, Erasure{Asked: m.Erasure.Asked, Answered: tx.Now(), Erased: true})
}

func (k *Desk) answerErasure(tx *record.Tx, peer string, reference ident.ID, m *Message, b eraseBody, e Erasure) error {
	m.Erasure = e
	m.Note(done{What: "erasure_answered"})
	b.Erased, b.Provision = e.Erased, e.Provision
	encoded, err := exchange.Encode(b)
	if err != nil {
		return fault.Internal(err)
	}
	object := exchange.Object{To: peer, Procedure: reference, Kind: kindErased, Purpose: "erasure", InReplyTo: b.Message, Body: encoded}
	_, err = k.post(tx, object, &Message{Procedure: ProcedureOf(reference), Type: m.Type, Office: m.Office, Act: kindErased})
	return err
}

// eraseAnswered keeps what the other side says became of it.
func (k *Desk) eraseAnswered(tx *record.Tx, o exchange.Opened, answer *Message) error {
	var b eraseBody
	if err := exchange.Decode(o.Body, &b); err != nil {
		return err
	}
	m, err := record.Open(tx, k.Messages, messageID(k.Keys.Name(), b.Message))
	if err != nil || m.Peer != o.From || m.Digest != b.Digest {
		return exchange.ErrMalformed
	}
	answer.Procedure, answer.Act, answer.Type, answer.Office = m.Procedure, kindErased, m.Type, m.Office
	m.Erasure.Answered, m.Erasure.Erased, m.Erasure.Provision = tx.Now(), b.Erased, b.Provision
	m.Note(done{What: "erasure_answered"})
	return nil
}

const dutyErase = "answer_erasure"

// AnswerErasure is a person's answer where a case was opened from what is to be erased.
type AnswerErasure struct {
	Erase     casework.Answer `label:"Is it erased here?" hint:"What came is erased. What the person told this State is not touched."`
	Provision string          `label:"If not: the provision under which it is retained" optional:"true"`
}

func (k *Desk) answer(tx *record.Tx, id MessageID, s AnswerErasure) error {
	m, err := record.Open(tx, k.Messages, id)
	if err != nil {
		return err
	}
	if m.Out || m.Erasure.Asked.IsZero() || !m.Erasure.Answered.IsZero() {
		return fault.Conflict("No request to erase waits for an answer.")
	}
	p, err := record.Open(tx, k.Procedures, m.Procedure)
	if err != nil {
		return err
	}
	if s.Erase == casework.Yes {
		return k.erase(tx, p, m)
	}
	if s.Provision == "" {
		return fault.Invalid("provision", "Name the provision under which it is retained.")
	}
	return k.answerErasure(tx, p.Peer, p.Reference, m, eraseBody{Message: m.Number, Digest: m.Digest},
		Erasure{Asked: m.Erasure.Asked, Answered: tx.Now(), Provision: s.Provision})
}
