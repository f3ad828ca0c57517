package casework

import (
	"slices"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
)

// Handling codes of a received case: what the State that sent it did not allow
// is refused here, with a reason. It binds what came; what the person tells
// this State under other headings is this State's own. Only the sender lifts
// it: a consent given here cannot speak for what another State vouched for
// (Convention, article 18, paragraph 19).

// came is what of the case its sender's word binds.
func (r *Received) came() access.Set {
	if r.Data == 0 {
		return access.Everything &^ access.Of(access.Summary) // of before it was kept what came
	}
	return r.Data &^ access.Of(access.Summary)
}

// inCourt are the roles that use what they see in a proceeding.
var inCourt = []access.Role{access.Police, access.Prosecutor, access.Judge, access.LiaisonOfficer}

// notForCourt is what those who work on a proceeding do not see, whatever a consent or an override says.
func (c *Case) notForCourt(standing []access.Role) access.Set {
	if c.Received == nil || !c.Received.NotCourt || !slices.ContainsFunc(standing, func(r access.Role) bool { return slices.Contains(inCourt, r) }) {
		return 0
	}
	return c.Received.came()
}

// mayUse refuses to promise for a proceeding what may not be used there.
func (c *Case) mayUse(p consent.Purpose, data access.Set) error {
	if c.Received.keepsFromCourt(p, data) {
		return fault.Invalid("data", notCourt)
	}
	return nil
}

func (r *Received) keepsFromCourt(p consent.Purpose, data access.Set) bool {
	return r != nil && r.NotCourt && p == consent.Proceedings && data&r.came() != 0
}

// MaySend refuses to send to a node what another one sent and did not allow to
// be passed on, or to be used in a proceeding. Back to where it came from it may go.
func (c *Case) MaySend(data access.Set, node string, p consent.Purpose) error {
	switch r := c.Received; {
	case r.keepsFromCourt(p, data):
		return fault.Conflict(notCourt)
	case r != nil && r.NotPassOn && r.Peer != node && data&r.came() != 0:
		return fault.Conflict(notPassOn)
	}
	return nil
}

const notCourt = "The State that sent this case does not allow that what came is used in a proceeding. Leave it out, or ask that State."

const notPassOn = "The State that sent this case does not allow that what came is passed on. Ask that State."

// MayLeave refuses to write the case into a file: a file goes to whoever gets it.
func (v *View) MayLeave() error {
	if v.stays {
		return fault.Conflict(notPassOn)
	}
	return nil
}
