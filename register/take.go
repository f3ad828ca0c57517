package register

import (
	"fmt"

	"palermo/exchange"
	"palermo/fault"
	"palermo/record"
)

// take keeps the card that a node sent in the place of its older one. What we
// would not publish we do not show either: it is refused with its place.
func (r *Room) take(tx *record.Tx, o exchange.Opened) error {
	var m message
	if err := exchange.Decode(o.Body, &m); err != nil {
		return err
	}
	if m.Version == 0 || m.Published <= 0 || m.Published > o.Sent {
		return &exchange.Malformed{Where: "card.version", Cause: exchange.ErrMalformed}
	}
	if err := m.Content.Check(); err != nil {
		return &exchange.Malformed{Where: "card." + first(err), Cause: exchange.ErrMalformed}
	}
	c, err := r.theirs(tx, o.From)
	if err != nil {
		return err
	}
	if m.Version < c.Version || m.Version == c.Version && !m.Published.Time().Equal(c.Published) {
		return exchange.ErrOldCard
	}
	c.Version, c.Published, c.Came, c.Content = m.Version, m.Published.Time(), tx.Now(), m.Content
	c.Message = r.desk.Brought(o)
	c.Note(happened{What: "card_received", Version: m.Version})
	return nil
}

// first names the field of the first fault.
func first(err error) string {
	for _, f := range fault.Each(err) {
		if f.Field != "" {
			return f.Field
		}
	}
	return "content"
}

// asked sends the own card to the node that asks for it, if there is one.
func (r *Room) asked(tx *record.Tx, o exchange.Opened) error {
	if len(o.Body) > 0 {
		return &exchange.Malformed{Where: "card.ask", Cause: fmt.Errorf("a question has no body: %w", exchange.ErrMalformed)}
	}
	c, err := record.Open(tx, r.Kind, cardID(r.OwnNode()))
	if fault.Is(err, fault.CodeNotFound) {
		return nil
	}
	if err != nil || c.Version == 0 {
		return err
	}
	return r.send(tx, c, o.From)
}
