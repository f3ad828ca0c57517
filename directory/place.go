package directory

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
)

// Wanted is what a place to sleep must be for somebody (row 17). What is empty is not asked.
type Wanted struct {
	For      []PersonKind // any of these
	Child    bool         // then a place for anyone counts in a home for children only
	Language string       // that somebody there speaks, BCP 47
	Access   []AccessFeature
}

// WantedFor gives the kinds of places that suit a person; an unknown gender suits those for anyone.
func WantedFor(child bool, gender string, withChildren, danger, stepFree bool) Wanted {
	w := Wanted{Child: child}
	switch {
	case child && gender == "woman":
		w.For = []PersonKind{"girls"}
	case child && gender == "man":
		w.For = []PersonKind{"boys"}
	case gender == "woman" && withChildren:
		w.For = []PersonKind{"women_children"}
	case gender == "woman":
		w.For = []PersonKind{"women"}
	case gender == "man" && !withChildren:
		w.For = []PersonKind{"men"}
	case gender == "other":
		w.For = []PersonKind{"lgbti"}
	}
	if withChildren {
		w.For = append(w.For, "families")
		w.Access = append(w.Access, "children_welcome")
	}
	if danger && !child {
		w.For = append(w.For, "high_risk")
	}
	if stepFree {
		w.Access = append(w.Access, "step_free")
	}
	return w
}

// Place is places of one service for a kind of person: who keeps them and how
// to refer somebody. Where they are is not in the directory, so it is not here.
type Place struct {
	Organisation ident.ID
	Name         string // of the organisation
	Telephone    string
	Service      Service
	Places
}

// freshPlaces is how long a number of free places is believed.
const freshPlaces = 24 * time.Hour

// Stale reports that the number is older than a day: ring before you rely on it.
func (p Places) Stale(now time.Time) bool { return now.Sub(p.AsOf) > freshPlaces }

// FreePlaces lists places to sleep that are free and fit, those with the freshest number first.
func (b *Book) FreePlaces(ctx context.Context, d *record.Door, w Wanted) ([]Place, error) {
	found, err := b.sleeping(ctx, d)
	found = slices.DeleteFunc(found, func(p Place) bool { return p.Free == 0 || !w.fits(p) })
	slices.SortStableFunc(found, func(a, b Place) int {
		return cmp.Or(b.AsOf.Compare(a.AsOf), strings.Compare(a.Name, b.Name))
	})
	return found, err
}

// PlacesOf lists all places to sleep that an organisation keeps, also those that are taken.
func (b *Book) PlacesOf(ctx context.Context, d *record.Door, organisation ident.ID) ([]Place, error) {
	seen, err := b.Organisation(ctx, d, organisation)
	return placesOf(seen.Value()), err
}

// sleeping lists the places of all organisations that take part.
func (b *Book) sleeping(ctx context.Context, d *record.Door) ([]Place, error) {
	var kinds []string
	for _, o := range ServiceKind("").Options() {
		if ServiceKind(o.Value).Shelters() {
			kinds = append(kinds, "service:"+o.Value)
		}
	}
	views, err := all(ctx, d, b.organisations, record.Query[Organisation]{Why: record.Reason{Action: access.Look}, States: []string{"open"}, Words: [][]string{kinds}})
	var list []Place
	for _, o := range views {
		list = append(list, placesOf(o)...)
	}
	return list, err
}

func placesOf(o OrganisationView) []Place {
	var list []Place
	for _, s := range o.Services {
		for _, p := range s.Places {
			if s.Kind.Shelters() && !s.Closed {
				list = append(list, Place{Organisation: o.ID, Name: o.Name, Telephone: o.Contact.Telephone, Service: s, Places: p})
			}
		}
	}
	return list
}

func (w Wanted) fits(p Place) bool {
	anyone := p.For == "anyone" && (!w.Child || p.Service.Kind == ChildHome)
	if len(w.For) > 0 && !anyone && !slices.Contains(w.For, p.For) {
		return false
	}
	if len(w.For) == 0 && w.Child && p.Service.Kind != ChildHome {
		return false
	}
	for _, f := range w.Access {
		if !slices.Contains(p.Service.Access, f) {
			return false
		}
	}
	return w.Language == "" || slices.ContainsFunc(p.Service.Languages, func(l string) bool { return sameLanguage(l, w.Language) })
}

// sameLanguage compares the language alone: somebody who speaks pt-BR serves who asks for pt.
func sameLanguage(a, b string) bool {
	x, errX := language.Parse(a)
	y, errY := language.Parse(b)
	if errX != nil || errY != nil {
		return strings.EqualFold(a, b)
	}
	baseX, _ := x.Base()
	baseY, _ := y.Base()
	return baseX == baseY
}
