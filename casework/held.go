package casework

import (
	"context"
	"slices"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// ActHeld is going through with the person what is held about them.
const ActHeld access.Action = "do:held"

// Held is what is held about the person, to be gone through with them: what
// there is, who may see it and who looked, and what can be withdrawn.
type Held struct {
	View    View
	Allowed []consent.Consent // in force: each can be withdrawn
	Looks   []Looked          // newest first
	Looked  bool              // Looks is all that may be told; else the organisation responsible has it
	More    bool              // there are older looks
}

// Looked says that an organisation looked, in some roles; never who in it.
type Looked struct {
	Organisation ident.ID
	Roles        []string
	First, Last  time.Time
	Times        int
}

const mostLooks = 5000 // of the journal's lines that one page reads

// Held gives it to those who may go through it with the person. Opening it is a look.
func (k *Desk) Held(ctx context.Context, d *record.Door, id CaseID) (Held, error) {
	seen, err := record.View(ctx, d, k.Kind, id, record.Reason{Action: access.Look, Code: "held"})
	if err != nil {
		return Held{}, err
	}
	if !seen.May(ActHeld) || seen.Decision().Seen() == access.Of(access.Summary) {
		return Held{}, fault.Denied("The case worker, the advocate, the lawyer or the guardian goes through this with the person.")
	}
	h := Held{View: seen.Value()}
	h.View.LookDelays, h.View.Complaints = nil, nil // whatever else the viewer's roles show
	for _, g := range h.View.Consents {
		if g.Stands(d.Now()) {
			h.Allowed = append(h.Allowed, g)
		}
	}
	if !seen.Decision().Sees(access.History) {
		return h, nil
	}
	lines, next, err := k.History(ctx, d, id, ident.ID{}, mostLooks)
	if err != nil {
		return Held{}, err
	}
	h.Looks, h.Looked, h.More = looks(told(lines, access.Viewer{}, h.View.untold)), true, !next.IsZero()
	return h, nil
}

// looks puts lines of the history together by organisation and roles. Whoever
// interprets is left out (rule 8), and so is the node's own work.
func looks(lines []record.Line) []Looked {
	var list []Looked
	for _, l := range lines {
		h := l.Header
		if h.Organisation.IsZero() || slices.Contains(h.Standing, string(access.Interpreter)) {
			continue
		}
		i := slices.IndexFunc(list, func(x Looked) bool {
			return x.Organisation == h.Organisation && (len(h.Standing) == 0 || slices.Equal(x.Roles, h.Standing)) // who opens a case has no standing yet
		})
		if i < 0 {
			i, list = len(list), append(list, Looked{Organisation: h.Organisation, Roles: h.Standing, Last: l.At})
		}
		list[i].First, list[i].Times = l.At, list[i].Times+1
	}
	return list
}

// History gives a page of who changed or looked at a case, without what the
// reader must not learn (see told). next is where the next page begins; zero when there is none.
func (k *Desk) History(ctx context.Context, d *record.Door, id CaseID, before ident.ID, limit int) (lines []record.Line, next ident.ID, err error) {
	seen, lines, err := record.History(ctx, d, k.Kind, id, before, limit)
	if err != nil {
		return nil, next, err
	}
	if len(lines) == limit {
		next = lines[limit-1].ID
	}
	return told(lines, d.Viewer(), seen.Value().untold), next, nil
}
