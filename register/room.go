package register

import (
	"context"
	"slices"
	"time"

	"palermo/access"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Room is the register of one node.
type Room struct {
	Kind *record.Kind[Card, View]

	desk *cooperation.Desk
	node *record.Node
}

// New opens the register; the desk brings it what other nodes send.
func New(node *record.Node, desk *cooperation.Desk) *Room {
	r := &Room{Kind: NewKind(), desk: desk, node: node}
	desk.Notices[kindCard], desk.Notices[kindAsk] = r.take, r.asked
	return r
}

// OwnNode is the name of this node.
func (r *Room) OwnNode() string { return r.desk.Keys.Name() }

// own opens this node's card, or begins it.
func (r *Room) own(tx *record.Tx) (*Card, error) {
	c, err := record.Open(tx, r.Kind, cardID(r.OwnNode()))
	if fault.Is(err, fault.CodeNotFound) {
		c = &Card{Own: true, Office: r.desk.Focal}
		err = record.CreateAs(tx, r.Kind, cardID(r.OwnNode()), c)
	}
	if err == nil {
		c.named(r.entry(r.OwnNode()))
	}
	return c, err
}

// entry is what the trust list says of a node; its name alone where it says nothing.
func (r *Room) entry(node string) exchange.Node {
	list := r.desk.Trust().List().Nodes
	if i := slices.IndexFunc(list, func(n exchange.Node) bool { return n.Name == node }); i >= 0 {
		return list[i]
	}
	return exchange.Node{Name: node, Title: node}
}

// draft is a change of the own card that is not published yet.
func (r *Room) draft(ctx context.Context, d *record.Door, fn func(*record.Tx, *Card, *Content) error) error {
	return record.Do(ctx, d, record.Reason{Action: ActPublish}, func(tx *record.Tx) error {
		c, err := r.own(tx)
		if err != nil {
			return err
		}
		working := *c.Working()
		if err := fn(tx, c, &working); err != nil {
			return err
		}
		c.Draft = &working
		return nil
	})
}

// Set writes an entry of the own card; one without an id is new. It gives the id. Faults: invalid, denied.
func (r *Room) Set(ctx context.Context, d *record.Door, x Item) (ident.ID, error) {
	if err := x.Check(); err != nil {
		return ident.ID{}, err
	}
	err := r.draft(ctx, d, func(tx *record.Tx, c *Card, working *Content) error {
		if x.place().IsZero() {
			id, err := tx.NewID()
			if err != nil {
				return err
			}
			*x.place() = id
		}
		working.set(x)
		c.Note(happened{What: "card_entry_set", ID: *x.place()})
		return nil
	})
	return *x.place(), err
}

// Remove takes an entry out of the own card. Faults: denied, not found.
func (r *Room) Remove(ctx context.Context, d *record.Door, id ident.ID) error {
	return r.draft(ctx, d, func(_ *record.Tx, c *Card, working *Content) error {
		if !working.remove(id) {
			return fault.NotFound("There is no such entry.")
		}
		c.Note(happened{What: "card_entry_removed", ID: id})
		return nil
	})
}

// Publish sends what the focal point has written to every node of the trust
// list, also when nothing changed: it says that the card is still right. Faults: invalid, denied.
func (r *Room) Publish(ctx context.Context, d *record.Door) error {
	err := record.Do(ctx, d, record.Reason{Action: ActPublish}, func(tx *record.Tx) error {
		c, err := r.own(tx)
		if err != nil {
			return err
		}
		working := *c.Working()
		if err := working.Check(); err != nil {
			return err
		}
		c.Content, c.Draft = working, nil
		c.Version, c.Published, c.Came = c.Version+1, tx.Now(), tx.Now()
		c.Note(happened{What: "card_published", Version: c.Version})
		return r.spread(tx, c)
	})
	r.desk.Nudge()
	return err
}

// spread puts the card into the outbox for every node that does not have this
// version. What still waits of an older one is taken back.
func (r *Room) spread(tx *record.Tx, c *Card) error {
	return tx.Follow(access.Exchange, doExchange, func() error {
		for _, n := range r.desk.Trust().List().Nodes {
			if n.Name == r.OwnNode() || n.RevokedAt != 0 || c.Sent[n.Name].Version == c.Version {
				continue
			}
			if err := r.send(tx, c, n.Name); err != nil {
				return err
			}
		}
		return nil
	})
}

func (r *Room) send(tx *record.Tx, c *Card, node string) error {
	if err := r.desk.TakeBack(tx, c.Sent[node].Message); err != nil {
		return err
	}
	body, err := exchange.Encode(message{Version: c.Version, Published: exchange.At(c.Published), Content: c.Content})
	if err != nil {
		return fault.Internal(err)
	}
	id, err := r.desk.Tell(tx, node, kindCard, body)
	if err != nil {
		return err
	}
	if c.Sent == nil {
		c.Sent = map[string]Sent{}
	}
	c.Sent[node] = Sent{Version: c.Version, Message: id}
	c.Note(happened{What: "card_sent", Version: c.Version})
	return nil
}

// Spread sends the card to nodes that came to the trust list since it was published.
func (r *Room) Spread(ctx context.Context) error {
	defer r.desk.Nudge()
	return record.Do(ctx, r.node.For(access.Node(access.Exchange)), record.Reason{Action: doExchange}, func(tx *record.Tx) error {
		c, err := record.Open(tx, r.Kind, cardID(r.OwnNode()))
		if fault.Is(err, fault.CodeNotFound) {
			return nil
		}
		if err != nil || c.Version == 0 {
			return err
		}
		return r.spread(tx, c)
	})
}

// Ask asks a node for its card. Faults: denied, and invalid where the node is not in the trust list.
func (r *Room) Ask(ctx context.Context, d *record.Door, node string) error {
	if _, err := r.desk.Trust().Node(node, r.node.Now()); err != nil || node == r.OwnNode() {
		return fault.NotFound("There is no such node in the trust list.")
	}
	err := record.Do(ctx, d, record.Reason{Action: cooperation.DoCooperate}, func(tx *record.Tx) error {
		c, err := r.theirs(tx, node)
		if err != nil {
			return err
		}
		if tx.Now().Sub(c.Asked) < time.Minute {
			return fault.Conflict("The card was asked for just now.")
		}
		c.Asked = tx.Now()
		c.Note(happened{What: "card_asked_for"})
		return tx.Follow(access.Exchange, doExchange, func() error {
			_, err := r.desk.Tell(tx, node, kindAsk, nil)
			return err
		})
	})
	r.desk.Nudge()
	return err
}

// theirs opens the place of another node's card, or makes it.
func (r *Room) theirs(tx *record.Tx, node string) (*Card, error) {
	c, err := record.Open(tx, r.Kind, cardID(node))
	if fault.Is(err, fault.CodeNotFound) {
		c = &Card{}
		err = record.CreateAs(tx, r.Kind, cardID(node), c)
	}
	if err == nil {
		c.named(r.entry(node))
	}
	return c, err
}
