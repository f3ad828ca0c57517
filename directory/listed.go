package directory

import (
	"context"
	"slices"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Listed is what a trust list says of a node.
type Listed struct {
	Node    string
	Title   string
	Country string // ISO 3166-1, two letters; empty for a body of no State
	Kind    OrganisationKind
}

// TakeUp adds the organisations of a trust list that the directory does not
// have, so that nobody types them, and keeps what the list says of the others:
// the country, from whose authorities some cases are kept away, and the name,
// unless an administrator gave another. Faults: invalid, denied.
func (b *Book) TakeUp(ctx context.Context, d *record.Door, list []Listed) error {
	have, err := all(ctx, b.node.For(access.Node(access.Member)), b.organisations, record.Query[Organisation]{Why: record.Reason{Action: access.Look}})
	if err != nil {
		return err
	}
	for _, l := range list {
		i := slices.IndexFunc(have, func(o OrganisationView) bool { return o.Node == l.Node })
		switch {
		case i < 0:
			err = b.addListed(ctx, d, l)
		case have[i].differs(l):
			err = b.changeOrganisation(ctx, d, have[i].ID, ActKeep, func(_ *record.Tx, o *Organisation) error {
				o.listed(l)
				o.Note(changed("organisation_listed"))
				return nil
			})
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (b *Book) addListed(ctx context.Context, d *record.Door, l Listed) error {
	err := record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
		o := &Organisation{Added: tx.Now()}
		if err := o.set(AddOrganisation{Name: l.Title, Kind: l.Kind, Country: l.Country, Node: l.Node}); err != nil {
			return err
		}
		o.FocalPoint, o.Listed = false, l.Title // of its own State, not of this one
		o.Note(changed("organisation_listed"))
		id, err := record.Create(tx, b.organisations, o)
		b.note(OrganisationView{ID: ident.ID(id), Organisation: *o})
		return err
	})
	b.forgetAll()
	if fault.Is(err, fault.CodeInvalid) {
		return fault.Invalid("node", "The trust list says of %s what the directory cannot keep. Its administrator must look.", l.Node)
	}
	return err
}

// differs reports whether the list says something else than the directory.
func (o *Organisation) differs(l Listed) bool {
	was := *o
	was.listed(l)
	return was.Country != o.Country || was.Name != o.Name || was.Listed != o.Listed
}

// listed takes over what the list says; a name that an administrator gave stays.
func (o *Organisation) listed(l Listed) {
	o.Country = l.Country
	if o.Listed != "" && o.Name == o.Listed {
		o.Name, o.Listed = l.Title, l.Title
	}
}
