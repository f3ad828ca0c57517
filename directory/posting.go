package directory

import (
	"context"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// Posting is on what a liaison officer or a seconded prosecutor of another State
// works here (row 14): who sent them, whose guest they are, what for, until when,
// and which kinds of information they may look at, whatever more is released to their host.
type Posting struct {
	State   string   // that sent them, ISO 3166-1, two letters
	Host    ident.ID // the organisation that they work at
	Purpose string
	Looks   access.Set
	From    time.Time
	Until   time.Time
	Ended   time.Time // before its time; zero while it stands
	By      ident.ID
}

// InForce reports whether the posting stands at the instant, at the organisation that the member works for.
func (p *Posting) InForce(host ident.ID, now time.Time) bool {
	return p != nil && p.Host == host && !now.Before(p.From) && now.Before(p.Until) && (p.Ended.IsZero() || now.Before(p.Ended))
}

// longestPosting is how long one may be written for at once; then it is looked at again.
const longestPosting = 3 * 366 * 24 * time.Hour

// PostMember is what an administrator writes of a posting.
type PostMember struct {
	State   string        `label:"State that sends them" kind:"country"`
	Purpose string        `label:"What for" kind:"textarea" hint:"As the agreement between the two States says."`
	Looks   []PostingLook `label:"What they may look at" hint:"On a case, only what the person also allows."`
	Until   string        `label:"Until" kind:"date"`
}

// PostingLook is a kind of information that a posting can name: what an
// authority of another State may ever see (rule 7).
type PostingLook string

// Options lists them.
func (PostingLook) Options() []input.Option {
	var options []input.Option
	for _, c := range []access.Category{access.Identity, access.Screening, access.Decisions} {
		options = append(options, input.Option{Value: c.String(), Label: c.Label()})
	}
	return options
}

// Post writes down a member's posting, in place of an earlier one. Nobody posts
// themselves. zone is where the last day ends. Faults: invalid, denied, not found.
func (b *Book) Post(ctx context.Context, d *record.Door, id ident.ID, s PostMember, zone *time.Location) error {
	if id == d.Viewer().Member {
		return errOwnRoles
	}
	err := b.change(ctx, d, id, ActGrant, func(tx *record.Tx, m *Member) error {
		state, stateErr := country("state", s.State)
		purpose, purposeErr := text("purpose", s.Purpose)
		last, err := time.ParseInLocation(time.DateOnly, s.Until, zone)
		until := last.AddDate(0, 0, 1)
		var untilErr error
		if err != nil || !until.After(tx.Now()) || until.Sub(tx.Now()) > longestPosting {
			untilErr = fault.Invalid("until", "Write a day to come, within three years.")
		}
		if err := fault.All(stateErr, purposeErr, untilErr, input.EachListed("looks", s.Looks)); err != nil {
			return err
		}
		p := &Posting{State: state, Host: m.Organisation, Purpose: purpose, From: tx.Now(), Until: until, By: tx.Viewer().Member}
		for _, l := range s.Looks {
			if c, err := access.ParseCategory(string(l)); err == nil {
				p.Looks |= access.Of(c)
			}
		}
		m.Posting = p
		m.Note(posted{State: state, Looks: p.Looks, Until: until})
		return nil
	})
	if err != nil {
		return err
	}
	return b.endAll(ctx, id)
}

// EndPosting ends it before its time; the roles that hang on it end with it.
func (b *Book) EndPosting(ctx context.Context, d *record.Door, id ident.ID) error {
	if id == d.Viewer().Member {
		return errOwnRoles
	}
	err := b.change(ctx, d, id, ActGrant, func(tx *record.Tx, m *Member) error {
		if !m.Posting.InForce(m.Organisation, tx.Now()) {
			return fault.Conflict("No posting is in force.")
		}
		m.Posting.Ended = tx.Now()
		m.Note(changed("posting_ended"))
		return nil
	})
	if err != nil {
		return err
	}
	return b.endAll(ctx, id)
}

// posted is the note of a posting.
type posted struct {
	State string
	Looks access.Set
	Until time.Time
}

// Event names the note.
func (posted) Event() string { return "posted" }

// unposted gives the reason for which a role of somebody sent by another State
// is not in force: a liaison officer has none without a posting, and whoever was
// posted has none without theirs.
func unposted(m *Member, r access.Role, now time.Time) []error {
	if r != access.LiaisonOfficer && m.Posting == nil || m.Posting.InForce(m.Organisation, now) {
		return nil
	}
	return []error{fault.Conflict("No posting by the sending State is in force. Ask an administrator.")}
}

// posting is what a viewer who was sent by another State is bound by; nil for everybody else.
func posting(m *Member) *access.Posting {
	if m.Posting == nil {
		return nil
	}
	return &access.Posting{State: m.Posting.State, Looks: m.Posting.Looks}
}
