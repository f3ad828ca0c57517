package cooperation

import (
	"time"

	"palermo/casework"
	"palermo/consent"
	"palermo/fault"
)

// othersFirst is said before somebody answers about a person whom this side protects.
const othersFirst = "Link the case of the person first: it decides what may be answered."

// ofSomebodyHere is implemented by answers of the asked side that may tell of
// somebody whom an organisation here protects: a relative who was found, a
// witness who lives here. Whoever answers says whether it is so.
type ofSomebodyHere interface{ protects() casework.Answer }

// looked demands the answer of who says something here; it stays on this side.
func looked(said casework.Answer, w Work) error {
	if !w.By.Member.IsZero() && said != casework.Yes && said != casework.No {
		return fault.Invalid("protected", "Find out first whether an organisation here helps the person.")
	}
	return nil
}

// others refuses what the asked side would say of somebody whom this State
// protects, unless their own case is linked and they allow it to the very
// organisation that asks (rule 2). Whether the door is closed to it, the case
// says (rule 3). A linked case is of somebody like that, whatever the form says.
func (o *outgoing) others(a Act, c *casework.Case, w Work) error {
	p := o.procedure
	if p.Definition().Others == "" || p.Side != Asked || !o.info.speaks() {
		return nil
	}
	if c == nil {
		if s, ok := a.(ofSomebodyHere); ok && s.protects() == casework.Yes {
			return fault.Conflict(othersFirst)
		}
		return nil
	}
	o.scope, o.until = consent.ReleasedFor(c.Consents, c.Overrides, p.Recipient, p.purpose(), w.Now)
	if o.scope == 0 {
		return fault.Conflict(notAllowed)
	}
	return c.MaySend(o.scope, p.Peer, p.purpose())
}

// speaks reports that an act may tell the other side something of a person: an
// end, a word between the two sides and handing it over do not.
func (i Info) speaks() bool { return !i.To.Ended() && i.Name != "note" && i.Name != "hand-over" }

// wordless reports that an act ends the procedure, and tells the other side nothing more.
func (i Info) wordless() bool { return i.To == Withdrawn || i.To == Declined }

// purpose is that of what this side sends of a person.
func (p *Procedure) purpose() consent.Purpose {
	if d := p.Definition(); p.Side == Asked && d.Others != "" {
		return d.Others
	}
	return p.Definition().Purpose
}

// allowsNoMore reports that the asked side said something of the person of the
// case, who allows nothing of the kind any more.
func (p *Procedure) allowsNoMore(c *casework.Case, now time.Time) bool {
	if p.Definition().Others == "" || p.Side != Asked || p.State.Ended() {
		return false
	}
	still, _ := consent.ReleasedFor(c.Consents, c.Overrides, p.Recipient, p.purpose(), now)
	return still == 0 && p.told()
}

// told reports that an act of this side may have told of the person.
func (p *Procedure) told() bool {
	for _, a := range p.Acts {
		if info, known := p.Definition().Act(a.Name); known && a.Side == p.Side && info.speaks() {
			return true
		}
	}
	return false
}
