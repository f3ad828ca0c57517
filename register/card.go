package register

import (
	"crypto/sha256"
	"time"

	"palermo/access"
	"palermo/cooperation"
	"palermo/duty"
	"palermo/exchange"
	"palermo/ident"
	"palermo/record"
)

// CardID names a card at this node.
type CardID = record.ID[Card]

// Card is what a node published, and what this node has noted beside it.
type Card struct {
	record.Base
	Node      string
	State     string // ISO 3166-1, as the trust list says; empty for a body of no State
	Title     string // as the trust list says
	Own       bool   // it is this node's
	Office    ident.ID
	Version   uint64    // 0: nothing was published yet
	Published time.Time // by its own node
	Came      time.Time // here
	Content   Content
	Message   cooperation.MessageID // that brought it: the proof
	Asked     time.Time             // when a newer one was asked for

	Draft *Content        // of the own card, while it differs from what is published
	Sent  map[string]Sent // of the own card: what went to which node

	Hindrances []Hindrance
}

// Sent is what went to a node.
type Sent struct {
	Version uint64
	Message cooperation.MessageID
}

// Name of the kind of message that carries a card, and of the one that asks for it.
const (
	kindCard = "card"
	kindAsk  = "card.ask"
)

// cardID is the only place of a node's card here.
func cardID(node string) CardID {
	sum := sha256.Sum256([]byte("palermo register card\x00" + node))
	id := ident.ID(sum[:16])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return CardID(id)
}

// good is how long a card is believed without having been confirmed.
const good = 90 * 24 * time.Hour

// Stale reports that its State has not confirmed the card for three months.
func (c *Card) Stale(now time.Time) bool { return c.Version > 0 && now.Sub(c.Published) > good }

// Working is what the focal point works on: the draft, or what is published.
func (c *Card) Working() *Content {
	if c.Draft != nil {
		return c.Draft
	}
	return &c.Content
}

// What one may do with a card; policies.cedar says who.
const (
	ActPublish access.Action = "do:publish"
	doExchange access.Action = "do:exchange"
)

// View is what may be shown of a card.
type View struct{ Card }

// NewKind says how cards are kept: every member reads them; drafts are for the
// focal point, and notes of what hindered for those who work with other States.
func NewKind() *record.Kind[Card, View] {
	return &record.Kind[Card, View]{Name: "card", Schema: 1,
		Index: func(c *Card) record.Index {
			x := record.Index{State: "theirs", Sort: c.Published, Words: []string{"node:" + c.Node}}
			if c.Own {
				x.State = "own"
			}
			x.Relations = access.ForEveryone(access.Member, access.FocalPoint, access.CaseWorker, access.Advocate, access.Auditor, access.Exchange)
			return x
		},
		Redact: redact, Duties: duties,
	}
}

func redact(c *Card, d access.Decision) View {
	if !d.Sees(access.Summary) {
		return View{}
	}
	v := View{Card: *c}
	if !d.May(ActPublish) {
		v.Draft = nil
	}
	if !d.May(cooperation.DoCooperate) {
		v.Hindrances = nil
	}
	return v
}

// dutyConfirm has the focal point look at the own card before others find it stale.
const dutyConfirm = "card_confirm"

// DutyTitle names a duty of the register to a person, an English phrase.
func DutyTitle(name string) (string, bool) {
	if name == dutyConfirm {
		return "Look at this State's card, and publish it again: others rely on it", true
	}
	return "", false
}

func duties(c *Card) []duty.Duty {
	if !c.Own || c.Version == 0 {
		return nil
	}
	remind := c.Published.Add(good - 14*24*time.Hour)
	return []duty.Duty{{Name: dutyConfirm, Since: c.Published, Due: c.Published.Add(good),
		Steps: []duty.Step{{Party: c.Office, Role: access.FocalPoint, From: remind}}}}
}

// happened is a note for the journal; what was written stays in the card.
type happened struct {
	What    string
	ID      ident.ID `json:",omitzero"`
	Version uint64   `json:",omitempty"`
}

// Event names it.
func (h happened) Event() string { return h.What }

// named takes over what the trust list says of the card's node.
func (c *Card) named(n exchange.Node) {
	c.Node, c.State, c.Title = n.Name, n.State, n.Title
}
