package cooperation

import (
	"context"
	"time"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// Refusal is something that came in and was not taken, with its named reason:
// kept for the focal point, who is told.
type Refusal struct {
	record.Base
	At      time.Time
	Carrier string
	From    string
	Number  ident.ID
	Kind    string
	Reason  string
	Where   string // in the message
	Focal   ident.ID
}

// NewRefusalKind says how refusals are kept. There is nothing of a person in them.
func NewRefusalKind() *record.Kind[Refusal, Refusal] {
	return &record.Kind[Refusal, Refusal]{
		Name: "refusal", Schema: 1,
		Index: func(r *Refusal) record.Index {
			return record.Index{State: settled, Sort: r.At, Relations: relations(r.Focal)}
		},
		Redact: func(r *Refusal, d access.Decision) Refusal {
			if !d.Sees(access.Summary) {
				return Refusal{}
			}
			return *r
		},
	}
}

// Refused gives a page of what was not taken, newest first.
func (k *Desk) Refused(ctx context.Context, d *record.Door, before record.Cursor, limit int) ([]record.Redacted[Refusal], error) {
	return record.Collect(record.List(ctx, d, k.Refusals, record.Query[Refusal]{Why: record.Reason{Action: access.Look}, Before: before, Limit: limit}))
}
