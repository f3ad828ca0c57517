package casework

import (
	"context"
	"iter"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/jurisdiction"
	"palermo/names"
	"palermo/record"
)

// Desk is casework at one node: its kind of case and its jurisdiction.
type Desk struct {
	Kind    *record.Kind[Case, View]
	Profile *jurisdiction.Profile
}

// NewDesk for the profile's State and its focal point's organisation.
func NewDesk(profile *jurisdiction.Profile, focal ident.ID) *Desk {
	return &Desk{Kind: NewKind(profile, focal), Profile: profile}
}

type opened struct{ Jurisdiction string }

func (opened) Event() string { return "open" }

// OpenCase begins a case at first contact, for the viewer's organisation.
func (k *Desk) OpenCase(ctx context.Context, d *record.Door, first DescribePerson) (CaseID, error) {
	var id CaseID
	err := record.Do(ctx, d, record.Reason{Action: "create"}, func(tx *record.Tx) error {
		c := &Case{Opened: tx.Now(), Owner: tx.Viewer().Organisation, Jurisdiction: k.Profile.Code}
		if err := first.Apply(c, k.work(tx.Viewer(), tx)); err != nil {
			return err
		}
		c.happened("first_contact", tx.Now())
		c.Timeline = []Moment{{At: tx.Now(), Step: "open", Member: tx.Viewer().Member, Organisation: tx.Viewer().Organisation, Category: access.Summary}}
		c.Base.Note(opened{Jurisdiction: c.Jurisdiction})
		created, err := record.Create(tx, k.Kind, c)
		id = created
		return err
	})
	return id, err
}

func (k *Desk) work(by access.Viewer, tx *record.Tx) Work {
	return Work{Now: tx.Now(), By: by, Profile: k.Profile, Random: tx.Random()}
}

// Take takes a step on a case through the door. version is what the person had
// before them; it counts for steps that overwrite.
func (k *Desk) Take(ctx context.Context, d *record.Door, id CaseID, name string, s Step, version int64) error {
	info, ok := Find(name)
	if !ok {
		return fault.NotFound("There is no such step.")
	}
	why := record.Reason{Action: info.Action}
	if info.Replaces {
		why.Version = version
	}
	return record.Do(ctx, d, why, func(tx *record.Tx) error {
		c, err := record.Open(tx, k.Kind, id)
		if err != nil {
			return err
		}
		return Take(c, name, s, k.work(tx.Viewer(), tx))
	})
}

// SearchCases finds cases by reference, or by name in any script and spelling.
func (k *Desk) SearchCases(ctx context.Context, d *record.Door, text string) ([]record.Redacted[View], error) {
	why := record.Reason{Action: access.Look, Text: "search"}
	if ref, ok := ident.ParseReference(text); ok {
		found, err := collect(record.List(ctx, d, k.Kind, record.Query[Case]{Why: why, Words: [][]string{{"ref:" + ref}}, Limit: 1}))
		if err != nil || len(found) > 0 {
			return found, err
		}
	}
	q := record.Query[Case]{Why: why, Limit: 200}
	for _, alternatives := range names.Query(text) {
		var group []string
		for _, t := range alternatives {
			group = append(group, termWord(t))
		}
		q.Words = append(q.Words, group)
	}
	if len(q.Words) == 0 {
		return nil, nil
	}
	q.Score = func(c *Case) float64 { return names.Similar(text, c.Person.Name+" "+c.Person.OtherNames) }
	return collect(record.List(ctx, d, k.Kind, q))
}

// Cases gives a page of the viewer's worklist, newest first.
func (k *Desk) Cases(ctx context.Context, d *record.Door, state string, before record.Cursor, limit int) ([]record.Redacted[View], error) {
	q := record.Query[Case]{Why: record.Reason{Action: access.Look, Text: "worklist"}, Before: before, Limit: limit}
	if state != "" {
		q.States = []string{state}
	}
	return collect(record.List(ctx, d, k.Kind, q))
}

func collect(list iter.Seq2[record.Redacted[View], error]) ([]record.Redacted[View], error) {
	var found []record.Redacted[View]
	for r, err := range list {
		if err != nil {
			return nil, err
		}
		found = append(found, r)
	}
	return found, nil
}
