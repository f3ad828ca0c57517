package matching

import (
	"time"

	"palermo/access"
	"palermo/exchange"
	"palermo/linkage"
	"palermo/record"
)

// Count is what a State used of what it may ask, at this node. It is written in
// the commit that journals who asked, and for how much; never for whom.
type Count struct {
	record.Base
	Of    string // what is counted
	Body  string // the State, or a body of no State
	At    time.Time
	Spent linkage.Spent
}

// What is counted.
const (
	evaluations = "evaluated" // elements, by an operator
	answers     = "heard"     // questions, by who is asked
	asked       = "asked"     // questions, by who asks
)

func newCountKind() *record.Kind[Count, Count] {
	return &record.Kind[Count, Count]{
		Name: "matching_count", Schema: 1,
		Index: func(c *Count) record.Index {
			return record.Index{State: c.Of, Sort: c.At, Relations: append(nodeAlone(), access.Relation{Party: access.Everyone, Role: access.Auditor})}
		},
		Redact: func(c *Count, d access.Decision) Count {
			if !d.May(doExchange) {
				return Count{}
			}
			return *c
		},
	}
}

// count adds to what a State used, or refuses and counts nothing. It runs as the node itself.
func (k *Desk) count(tx *record.Tx, of, body string, m exchange.Matching, elements int, spend func(linkage.Allowance, linkage.Spent, string) (linkage.Spent, error)) error {
	return tx.Follow(access.Exchange, doExchange, func() error {
		id := record.ID[Count](derived("count", of+"\x00"+body))
		c, err := record.Open(tx, k.Counts, id)
		if none(err) {
			c = &Count{Of: of, Body: body}
			err = record.CreateAs(tx, k.Counts, id, c)
		}
		if err != nil {
			return err
		}
		allowance := linkage.Allowance{QuestionsADay: int(m.Questions), RegisterAnEpoch: int(m.Elements)}
		if c.Spent, err = spend(allowance, c.Spent, tx.Now().UTC().Format(time.DateOnly)); err != nil {
			return exchange.ErrUsedUp
		}
		c.At = tx.Now()
		c.Note(happened{What: "matching_" + of, Peer: body, Elements: elements})
		return nil
	})
}

// question counts one.
func question(a linkage.Allowance, s linkage.Spent, day string) (linkage.Spent, error) {
	return a.Question(s, day)
}
