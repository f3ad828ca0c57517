package matching

import (
	"context"
	"reflect"
	"slices"

	"palermo/exchange"
	"palermo/linkage"
	"palermo/record"
)

// batch is how many persons are prepared at once: some 4,000 elements.
const batch = 200

// prepare has whoever came into the register, or changed, or is left from an
// earlier key, evaluated by the operators. all says that nobody is left.
func (k *Desk) prepare(ctx context.Context) (all bool, err error) {
	m, epoch, err := k.terms()
	if unavailable(err) {
		return false, nil // no key is in force: nobody is prepared, and nothing is compared
	}
	if err != nil {
		return false, err
	}
	var waiting []record.Redacted[Entry]
	for e, err := range each(ctx, k.door(), k.Entries, k.unprepared(epoch)...) {
		if err != nil {
			return false, err
		}
		if e.Value().Epoch != epoch.Number {
			waiting = append(waiting, e)
		}
	}
	for some := range slices.Chunk(waiting, batch) {
		if err := k.prepareSome(ctx, m, epoch, some); err != nil {
			return false, err
		}
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.ready = epoch.Number
	return true, nil
}

// unprepared are the states to look at: all of them once an epoch, for those
// who are left from the one before.
func (k *Desk) unprepared(epoch linkage.Epoch) []string {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.ready == epoch.Number {
		return []string{wanting}
	}
	return nil
}

func (k *Desk) prepareSome(ctx context.Context, m exchange.Matching, epoch linkage.Epoch, some []record.Redacted[Entry]) error {
	var entries []linkage.Entry
	for _, r := range some {
		e := r.Value()
		entries = append(entries, linkage.Entry{Ref: r.ID().String(), Person: e.Person, Consent: e.Agreed[0].Consent.String(), Closed: e.Closed})
	}
	made, named, err := linkage.Prepare(ctx, k.client(m, epoch), k.abroad.Keys.Name(), entries)
	if noted := k.wrong(ctx, m, named); noted != nil {
		return noted
	}
	if err != nil {
		return err
	}
	const together = 20 // in one commit
	for i := 0; i < len(some); i += together {
		part := some[i:min(i+together, len(some))]
		err := k.do(ctx, func(tx *record.Tx) error {
			for n, r := range part {
				if err := k.keep(tx, EntryID(r.ID()), r.Value().Person, made[i+n]); err != nil {
					return err
				}
			}
			return nil
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// keep writes the tokens, if the person is still in the register as they were evaluated.
func (k *Desk) keep(tx *record.Tx, id EntryID, as linkage.Person, p linkage.Prepared) error {
	e, err := record.Open(tx, k.Entries, id)
	if none(err) || err == nil && !reflect.DeepEqual(e.Person, as) {
		return nil
	}
	if err != nil {
		return err
	}
	e.Epoch, e.Tokens, e.Changed = p.Epoch, p.Tokens, tx.Now()
	e.Note(happened{What: "matching_prepared"})
	return nil
}
