package cooperation

import (
	"context"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/consent"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Directory is what a desk needs of the directory: which organisation in it stands for a node.
type Directory interface {
	// OrganisationAt gives the organisation of a node; the zero id where the directory has none yet.
	OrganisationAt(ctx context.Context, node string) (ident.ID, error)
	// NodeOf gives the node of an organisation, or "".
	NodeOf(ctx context.Context, organisation ident.ID) (string, error)
	// Nodes lists the nodes of all organisations.
	Nodes(ctx context.Context) ([]string, error)
}

// Desk is cooperation at one node.
type Desk struct {
	Cases      *casework.Desk
	Procedures *record.Kind[Procedure, ProcedureView]
	Messages   *record.Kind[Message, MessageView]
	Refusals   *record.Kind[Refusal, Refusal]
	Watches    *record.Kind[Watch, Watch]
	Directory  Directory
	Keys       exchange.Keys
	Trust      func() *exchange.Trust
	Focal      ident.ID          // the organisation to which what comes in goes
	Notices    map[string]Notice // by kind of message

	node *record.Node
	wake chan struct{}
}

// NewDesk for a node whose incoming messages go to the focal organisation.
func NewDesk(node *record.Node, cases *casework.Desk, directory Directory, keys exchange.Keys, trust func() *exchange.Trust, focal ident.ID) *Desk {
	d := &Desk{Cases: cases, Procedures: NewProcedureKind(cases.Profile), Messages: NewMessageKind(), Refusals: NewRefusalKind(), Watches: NewWatchKind(),
		Directory: directory, Keys: keys, Trust: trust, Focal: focal, Notices: map[string]Notice{}, node: node, wake: make(chan struct{}, 1)}
	cases.Abroad = d
	return d
}

// Outbox and Inbox are the desk's two ends for package exchange.
func (k *Desk) Outbox() Outbox { return Outbox{k} }
func (k *Desk) Inbox() Inbox   { return Inbox{k} }

// Wake tells that something was put into the outbox.
func (k *Desk) Wake() <-chan struct{} { return k.wake }

// do is a change by somebody that may put something into the outbox.
func (k *Desk) do(ctx context.Context, d *record.Door, fn func(*record.Tx) error) error {
	err := record.Do(ctx, d, record.Reason{Action: DoCooperate}, fn)
	if err == nil {
		k.Nudge()
	}
	return err
}

// door is the node's own, at its exchange.
func (k *Desk) door() *record.Door { return k.node.For(access.Node(access.Exchange)) }

// peer is what the trust list says of a node.
func (k *Desk) peer(node string) Peer {
	for _, n := range k.Trust().List().Nodes {
		if n.Name == node {
			return Peer{Node: node, Country: n.State, Authority: n.Kind.Authority()}
		}
	}
	return Peer{Node: node, Authority: true} // of what is not known, the worst
}

// DoCooperate is the action of working with another node.
const DoCooperate access.Action = "do:cooperate"

// Start is how a procedure begins.
type Start struct {
	Type      Type
	Recipient ident.ID        // the organisation that stands for the other node
	Case      casework.CaseID // of the person, where the procedure is about one
	Earlier   ident.ID        // reference of the enquiry that it comes from
}

// Begin begins a procedure with its first act. What it tells the other side is
// in the outbox when it returns.
func (k *Desk) Begin(ctx context.Context, d *record.Door, s Start, first Act) (ProcedureID, error) {
	definition, ok := Find(s.Type)
	if !ok {
		return ProcedureID{}, fault.NotFound("There is no such procedure.")
	}
	node, err := k.Directory.NodeOf(ctx, s.Recipient)
	if err != nil {
		return ProcedureID{}, err
	}
	if _, err := k.Trust().Node(node, k.node.Now()); err != nil {
		return ProcedureID{}, fault.Invalid("recipient", "This organisation cannot be reached through the exchange.")
	}
	atCase := definition.Person && definition.Holds == Asking
	if atCase != (s.Case != casework.CaseID{}) {
		return ProcedureID{}, fault.Conflict("Begin this from the case of the person, if it is about one.")
	}
	var id ProcedureID
	err = k.do(ctx, d, func(tx *record.Tx) error {
		reference, err := tx.NewID()
		if err != nil {
			return err
		}
		p := &Procedure{Reference: reference, Type: s.Type, Side: Asking, Peer: node, Recipient: s.Recipient, Office: tx.Viewer().Organisation,
			Case: s.Case, Earlier: s.Earlier, Began: tx.Now(), Changed: tx.Now()}
		id = ProcedureOf(reference)
		if err := record.CreateAs(tx, k.Procedures, id, p); err != nil {
			return err
		}
		return k.act(tx, p, id, definition.Begin, first)
	})
	return id, err
}

// Take does an act on a procedure.
func (k *Desk) Take(ctx context.Context, d *record.Door, id ProcedureID, name string, a Act) error {
	if h, ok := a.(*HandOver); ok && !h.To.IsZero() {
		if err := k.mayWork(ctx, h.To); err != nil {
			return err
		}
	}
	return k.do(ctx, d, func(tx *record.Tx) error {
		p, err := k.own(tx, id)
		if err != nil {
			return err
		}
		return k.act(tx, p, id, name, a)
	})
}

// own opens a procedure to those whose organisation works on it: whoever handed it over only sees that it moves.
func (k *Desk) own(tx *record.Tx, id ProcedureID) (*Procedure, error) {
	p, err := record.Open(tx, k.Procedures, id)
	if err == nil && p.Office != tx.Viewer().Organisation {
		err = fault.Denied("Another organisation works on it.")
	}
	return p, err
}

// act does it: the case must allow it, the door of rule 3 be open, and only
// what the person allowed goes along.
func (k *Desk) act(tx *record.Tx, p *Procedure, id ProcedureID, name string, a Act) error {
	w := Work{Now: tx.Now(), By: tx.Viewer(), Peer: k.peer(p.Peer)}
	info, ok := p.Definition().Act(name)
	if !ok {
		return fault.NotFound("There is no such step.")
	}
	if p.WhyNot(info) == nil {
		if why := p.unlinked(info); why != nil {
			return why
		}
	}
	out := outgoing{procedure: p, id: id, info: info, emergency: emergency(info, a)}
	if p.Case != (casework.CaseID{}) {
		c, err := record.Open(tx, k.Cases.Kind, p.Case)
		if err != nil {
			return err
		}
		if err := k.Cases.MayWork(c, w.By, w.Now); err != nil {
			return err
		}
		if err := out.fromCase(c, a, w); err != nil {
			return err
		}
	} else if err := out.others(a, nil, w); err != nil {
		return err
	}
	word, err := p.Do(name, a, out.sheets, w)
	if err != nil {
		return err
	}
	p.Note(acted{Act: name, Number: word.Number})
	if opens, ok := a.(opensCase); ok && opens.opensCase() {
		if err := k.openCase(tx, p); err != nil {
			return err
		}
	}
	if h, ok := a.(*HandOver); ok {
		if err := k.handOver(tx, p, h.To); err != nil {
			return err
		}
	}
	message, err := k.send(tx, out, word)
	if err != nil {
		return err
	}
	p.Acts[len(p.Acts)-1].Message = message
	return nil
}

type acted struct {
	Act    string
	Number int
}

func (acted) Event() string { return "act" }

// outgoing is a message being made.
type outgoing struct {
	procedure *Procedure
	id        ProcedureID
	info      Info
	sheets    []casework.Sheet
	scope     access.Set
	until     time.Time
	neverTo   []string
	passOn    bool // the person agrees that it goes on to whoever works on it there
	emergency bool
}

// fromCase asks the case, and draws from it what the person allowed.
func (o *outgoing) fromCase(c *casework.Case, a Act, w Work) error {
	p := o.procedure
	if !o.info.wordless() { // an end without a word about the person closes nothing and opens nothing
		if err := c.ClosedTo(w.Peer.Country, w.Peer.Authority); err != nil {
			return err
		}
	}
	if asked, ok := a.(OnCase); ok {
		if err := asked.Allowed(c, p, w); err != nil {
			return err
		}
	}
	o.neverTo = c.NeverTo()
	if o.info.Draws != 0 {
		o.sheets, o.scope, o.until = c.Extract(o.info.Draws, p.Recipient, p.Definition().Purpose, w.Now)
		if may, ok := a.(passesOn); ok {
			o.passOn = may.mayBePassedOn()
		}
		if o.scope == 0 {
			return fault.Conflict(notAllowed)
		}
		if err := c.MaySend(o.scope, p.Peer, p.purpose()); err != nil {
			return err
		}
	}
	if err := o.others(a, c, w); err != nil {
		return err
	}
	if p.Sent == 0 && p.Side == Asking {
		c.Begin(casework.Abroad{Procedure: ident.ID(o.id), Recipient: p.Recipient, Began: w.Now}, string(p.Type), w.By)
	}
	return nil
}

// notAllowed is said where no consent covers what would go.
const notAllowed = "The person has not allowed anything for this purpose to this organisation. Record the consent first."

// deadlineOf is how long a message may be on its way. The answer has a clock of its own.
const deadlineOf = 7 * day

// send puts a word into the outbox.
func (k *Desk) send(tx *record.Tx, o outgoing, word Word) (MessageID, error) {
	encoded, err := word.encode()
	if err != nil {
		return MessageID{}, fault.Internal(err)
	}
	p := o.procedure
	purpose := string(p.purpose())
	if purpose == "" || o.scope == 0 && !p.Definition().Person {
		purpose = withoutData
	}
	object := exchange.Object{To: p.Peer, Procedure: p.Reference, Kind: kindOf(p.Type, word.Name), Purpose: purpose,
		Handling: exchange.Handling{MayBeUsedInCourt: o.scope == 0 || purpose == string(consent.Proceedings), MayBePassedOn: o.passOn, NeverTo: exchange.Words(o.neverTo...)}, Body: encoded}
	if o.scope != 0 {
		var names []string
		for _, c := range o.scope.List() {
			names = append(names, c.String())
		}
		object.Consent = exchange.Consent{Categories: exchange.Words(names...), Until: exchange.At(o.until)}
	}
	m := &Message{Procedure: o.id, Type: p.Type, Office: p.Office, Act: word.Name, Scope: o.scope, Until: o.until, Emergency: o.emergency}
	return k.post(tx, object, m)
}

// post signs an object and keeps it as a message that waits.
func (k *Desk) post(tx *record.Tx, o exchange.Object, m *Message) (MessageID, error) {
	number, err := tx.NewID()
	if err != nil {
		return MessageID{}, err
	}
	o.ID, o.From, o.Sent, o.Deadline, o.List = number, k.Keys.Name(), exchange.At(tx.Now()), exchange.At(tx.Now().Add(deadlineOf)), k.Trust().List().Version
	if o.Consent.Until != 0 && o.Consent.Until < o.Deadline {
		o.Deadline = o.Consent.Until
	}
	signed, err := exchange.Sign(o, k.Keys)
	if err != nil {
		return MessageID{}, err
	}
	m.Out, m.Number, m.Peer, m.Signed, m.Digest, m.Handling = true, number, o.To, signed, signed.Digest(), o.Handling
	m.At, m.Deadline = tx.Now(), o.Deadline.Time()
	m.Note(done{What: "message_sent"})
	id := messageID(k.Keys.Name(), number)
	return id, record.CreateAs(tx, k.Messages, id, m)
}

// NewCourier carries what waits in the outbox over a line.
func (k *Desk) NewCourier(line exchange.Line, random func() float64) *exchange.Courier {
	return &exchange.Courier{Name: k.Keys.Name(), Outbox: k.Outbox(), Line: line, Now: k.node.Now, Random: random, Backoff: exchange.Usual, InFlight: 8}
}

// Receiver takes what a line or a file brings.
func (k *Desk) Receiver() *exchange.Desk {
	return &exchange.Desk{Inbox: k.Inbox(), Keys: k.Keys, Trust: k.Trust, Now: k.node.Now}
}
