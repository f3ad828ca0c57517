package cooperation

import (
	"context"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/record"
)

// Watch is when the trust list in force expires: from then on nothing is sent
// or taken, so people are told before, while the signers can still make the next.
type Watch struct {
	record.Base
	Version uint64
	Expires time.Time
	Focal   ident.ID
}

const (
	dutyTrust     = "trust_list_expires"
	dutyTrustSoon = "trust_list_expires_soon"
	trustWarned   = 14 * day // before it expires
	trustUrged    = 3 * day
)

// NewWatchKind says how the end of the trust list is kept. There is nothing of a person in it.
func NewWatchKind() *record.Kind[Watch, Watch] {
	return &record.Kind[Watch, Watch]{
		Name: "trust", Schema: 1,
		Index: func(w *Watch) record.Index {
			return record.Index{State: settled, Sort: w.Expires, Relations: relations(w.Focal)}
		},
		Redact: func(w *Watch, d access.Decision) Watch {
			if !d.Sees(access.Summary) {
				return Watch{}
			}
			return *w
		},
		Duties: func(w *Watch) []duty.Duty {
			first, last := w.Expires.Add(-trustWarned), w.Expires.Add(-trustUrged)
			return []duty.Duty{{Name: dutyTrust, Since: first, Due: last, Steps: toFocal(w.Focal, first)},
				{Name: dutyTrustSoon, Since: last, Due: w.Expires, Steps: toFocal(w.Focal, last)}}
		},
	}
}

func toFocal(focal ident.ID, from time.Time) []duty.Step {
	return []duty.Step{{Party: focal, Role: access.FocalPoint, From: from}}
}

// WatchTrust keeps the end of the trust list in force. It is called whenever another is in force.
func (k *Desk) WatchTrust(ctx context.Context) error {
	list := k.Trust().List()
	id := record.ID[Watch](derived("trust list", k.Keys.Name(), ident.ID{}))
	return record.Do(ctx, k.door(), record.Reason{Action: doExchange}, func(tx *record.Tx) error {
		w, err := record.Open(tx, k.Watches, id)
		if errNone(err) {
			w = &Watch{}
			err = record.CreateAs(tx, k.Watches, id, w)
		}
		if err != nil {
			return err
		}
		w.Version, w.Expires, w.Focal = uint64(list.Version), list.Expires.Time(), k.Focal
		w.Note(done{What: "trust_list_in_force"})
		return nil
	})
}
