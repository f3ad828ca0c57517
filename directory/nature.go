package directory

import (
	"context"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// Nature is what the rules of a case must know of an organisation.
type Nature struct {
	Kind      OrganisationKind
	Country   string // that it works for
	Authority bool   // of a State, or working for one
}

// NatureOf gives what is known of an organisation; false where nothing is. It
// reads no record, so that it can be asked wherever a rule is applied: what it
// knows was learned from the readings and changes of this Book.
func (b *Book) NatureOf(id ident.ID) (Nature, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	n, known := b.natures[id]
	return n, known
}

// Learn reads every organisation, once; those of another process that came
// later are learned when they are next read. The look is the node's own.
func (b *Book) Learn(ctx context.Context) error {
	b.mu.Lock()
	learned := b.learned
	b.mu.Unlock()
	if learned {
		return nil
	}
	views, err := all(ctx, b.door(), b.organisations, record.Query[Organisation]{Why: record.Reason{Action: access.Look}})
	if err != nil {
		return err
	}
	b.note(views...)
	b.mu.Lock()
	defer b.mu.Unlock()
	b.learned = true
	return nil
}

// note keeps what was read of organisations.
func (b *Book) note(views ...OrganisationView) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for _, v := range views {
		if v.Kind != "" { // else the reader may not see what it is
			b.natures[v.ID] = Nature{Kind: v.Kind, Country: v.Country, Authority: v.Authority()}
		}
	}
}
