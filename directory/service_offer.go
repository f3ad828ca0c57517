package directory

import (
	"context"
	"slices"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// Offer adds a service, or with its ID writes it anew, and gives its id.
// Members of the organisation who care for people may, and administrators. Faults: invalid, denied, not found.
func (b *Book) Offer(ctx context.Context, d *record.Door, organisation ident.ID, s Service) (ident.ID, error) {
	id := s.ID
	err := b.changeOrganisation(ctx, d, organisation, ActServices, func(tx *record.Tx, o *Organisation) error {
		s := s
		s.Places = dated(s.Places, tx.Now())
		if err := fault.All(s.check(), sheltered(o.Kind, []Service{s}, o.Contact.Address)); err != nil {
			return err
		}
		if s.ID.IsZero() {
			var err error
			if s.ID, err = tx.NewID(); err != nil {
				return err
			}
			id = s.ID
			o.Services = append(o.Services, s)
			o.Note(Changed{What: "service_offered", ID: s.ID})
			return nil
		}
		old := o.service(s.ID)
		if old == nil {
			return fault.NotFound("There is no such service.")
		}
		*old = s
		o.Note(Changed{What: "service_changed", ID: s.ID})
		return nil
	})
	return id, err
}

// SetFree says how many places are free for a kind of person, as of now.
func (b *Book) SetFree(ctx context.Context, d *record.Door, organisation, service ident.ID, kind PersonKind, free int) error {
	return b.changeOrganisation(ctx, d, organisation, ActServices, func(tx *record.Tx, o *Organisation) error {
		s := o.service(service)
		if s == nil {
			return fault.NotFound("There is no such service.")
		}
		i := slices.IndexFunc(s.Places, func(p Places) bool { return p.For == kind })
		if i < 0 {
			return fault.NotFound("The service has no places for this kind of person.")
		}
		s.Places[i].Free, s.Places[i].AsOf = free, tx.Now()
		o.Note(Changed{What: "free_places_set", ID: s.ID})
		return s.Places[i].check()
	})
}

// SetPlaces says how many places a service has for a kind of person, and how many are free, as of now.
func (b *Book) SetPlaces(ctx context.Context, d *record.Door, organisation, service ident.ID, places Places) error {
	return b.changeOrganisation(ctx, d, organisation, ActServices, func(tx *record.Tx, o *Organisation) error {
		s := o.service(service)
		if s == nil {
			return fault.NotFound("There is no such service.")
		}
		if err := fault.All(input.Listed("for", places.For), places.check()); err != nil {
			return err
		}
		places := places
		places.AsOf = tx.Now()
		if i := slices.IndexFunc(s.Places, func(p Places) bool { return p.For == places.For }); i >= 0 {
			s.Places[i] = places
		} else {
			s.Places = append(s.Places, places)
		}
		o.Note(Changed{What: "places_set", ID: s.ID})
		return nil
	})
}

func (o *Organisation) service(id ident.ID) *Service {
	for i := range o.Services {
		if o.Services[i].ID == id {
			return &o.Services[i]
		}
	}
	return nil
}

func dated(places []Places, now time.Time) []Places {
	places = slices.Clone(places)
	for i := range places {
		if places[i].AsOf.IsZero() {
			places[i].AsOf = now
		}
	}
	return places
}
