package matching

import (
	"context"
	"crypto/sha256"
	"sync"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/linkage"
	"palermo/record"
)

// Desk is matching at one node.
type Desk struct {
	Entries   *record.Kind[Entry, Entry]
	Questions *record.Kind[Question, Question]
	Heards    *record.Kind[Heard, Heard]
	Matches   *record.Kind[Match, MatchView]
	Shares    *record.Kind[Share, ShareView]
	Counts    *record.Kind[Count, Count]

	node   *record.Node
	cases  *casework.Desk
	abroad *cooperation.Desk // nil until the node speaks to others
	line   Line

	mu        sync.Mutex
	ready     uint32 // the epoch in which everybody is prepared, as far as is known
	destroyed uint32 // shares up to this epoch are
	due       time.Time
	registers map[ident.ID]*linkage.Register // by who may be answered
	stamp     stamp
}

// Line brings elements to an operator and its answer back.
type Line interface {
	Evaluate(ctx context.Context, operator string, request []byte) ([]byte, error)
}

const (
	// ActMatch is asking another State from a case, and taking note of what it says.
	ActMatch access.Action = "do:match"
	// ActAnswer is the duty officer's decision on what met.
	ActAnswer access.Action = "do:answer_match"

	doExchange access.Action = "do:exchange"

	day = 24 * time.Hour
)

// New opens the room. Cases are registered from then on, whether or not the node speaks to others yet.
func New(node *record.Node, cases *casework.Desk) *Desk {
	k := &Desk{Entries: newEntryKind(), Questions: newQuestionKind(), Heards: newHeardKind(), Matches: newMatchKind(),
		Shares: newShareKind(), Counts: newCountKind(), node: node, cases: cases}
	cases.Matching = k
	return k
}

// Join has the room ask and answer through the exchange.
func (k *Desk) Join(abroad *cooperation.Desk, line Line) {
	k.abroad, k.line = abroad, line
	abroad.Notices[kindQuestion], abroad.Notices[kindReply], abroad.Notices[kindWithdrawn] = k.hear, k.told, k.withdrawn
}

// Kinds of message. The first carries a linkage.Question, the others the number of one.
const (
	kindQuestion  = "match.question"
	kindReply     = "match.reply"
	kindWithdrawn = "match.withdrawn"
	purpose       = "matching"
)

// door is the node's own, at its exchange.
func (k *Desk) door() *record.Door { return k.node.For(access.Node(access.Exchange)) }

// do is a change by the node itself.
func (k *Desk) do(ctx context.Context, fn func(*record.Tx) error) error {
	return record.Do(ctx, k.door(), record.Reason{Action: doExchange}, fn)
}

// terms are what the States agreed on, and the key in force.
func (k *Desk) terms() (exchange.Matching, linkage.Epoch, error) {
	none := fault.Unavailable(nil, "The States have agreed on no key for matching, or it has ended. Ask the signers of the trust list.")
	if k.abroad == nil {
		return exchange.Matching{}, linkage.Epoch{}, none
	}
	m := k.abroad.Trust().List().Matching
	if m == nil || !k.node.Now().Before(m.Until.Time()) {
		return exchange.Matching{}, linkage.Epoch{}, none
	}
	e := linkage.Epoch{Number: m.Epoch}
	for i, o := range m.Operators {
		e.Shares[i] = o.Share
	}
	return *m, e, nil
}

// own is this node in the trust list.
func (k *Desk) own() (exchange.Node, error) {
	return k.abroad.Trust().Node(k.abroad.Keys.Name(), k.node.Now())
}

// takesPart says which bodies ask and are asked: focal points, and bodies that
// are no authority. Of a ministry, a mission or a central authority it is not
// known that it enforces no immigration law.
func takesPart(n exchange.Node) bool {
	return n.Kind == exchange.FocalPoint || n.Kind == exchange.NGO || n.Kind == exchange.International
}

// bodyOf is on whose account a node asks: that of its State.
func bodyOf(n exchange.Node) string {
	if n.State != "" {
		return n.State
	}
	return n.Name
}

// derived makes an id of version 8 (RFC 9562) that follows from what it names.
func derived(kind, of string) ident.ID {
	sum := sha256.Sum256([]byte("palermo matching " + kind + "\x00" + of))
	id := ident.ID(sum[:16])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id
}

// happened is a note for the journal: what, never of whom.
type happened struct {
	What     string
	Peer     string `json:",omitempty"`
	Elements int    `json:",omitempty"`
}

// Event names it.
func (h happened) Event() string { return h.What }

// none reports that there is no such record.
func none(err error) bool { return fault.Is(err, fault.CodeNotFound) }
