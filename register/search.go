package register

import (
	"cmp"
	"math"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/text/language"

	"palermo/directory"
)

// Wanted is what is looked for across States. What is empty is not asked.
type Wanted struct {
	Kind     directory.ServiceKind
	For      directory.PersonKind
	Language string // BCP 47
	Node     string // one State's alone
	Near     string // a town of Towns
}

// Found is a published service, with whose it is.
type Found struct {
	Card       *View
	Service    *Service
	Kilometres int  // as the crow flies
	Known      bool // the distance: both places have been published
}

// Find lists the services of other nodes that fit, the nearest first where
// distance is known, then by State and organisation.
func Find(cards []View, w Wanted) []Found {
	near, there := townOf(cards, w.Near)
	var list []Found
	for i := range cards {
		c := &cards[i]
		for j := range c.Content.Services {
			s := &c.Content.Services[j]
			if c.Own || !w.fits(c, s) {
				continue
			}
			f := Found{Card: c, Service: s}
			if at, ok := s.at(); ok && there {
				f.Kilometres, f.Known = kilometres(near, at), true
			}
			list = append(list, f)
		}
	}
	slices.SortStableFunc(list, func(a, b Found) int {
		if a.Known != b.Known {
			if a.Known {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(a.Kilometres, b.Kilometres), strings.Compare(a.Card.Title, b.Card.Title), strings.Compare(a.Service.By, b.Service.By))
	})
	return list
}

func (w Wanted) fits(c *View, s *Service) bool {
	switch {
	case w.Kind != "" && s.Kind != w.Kind, w.Node != "" && c.Node != w.Node:
		return false
	case w.For != "" && !slices.Contains(s.For, w.For) && !slices.Contains(s.For, "anyone"):
		return false
	}
	return w.Language == "" || slices.ContainsFunc(Tags(s.Languages), func(l string) bool { return sameLanguage(l, w.Language) })
}

// sameLanguage compares the language alone: who speaks pt-BR serves who asks for pt.
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

// Towns are those with a published place, to measure distance from.
func Towns(cards []View) []string {
	var towns []string
	for i := range cards {
		for j := range cards[i].Content.Services {
			if s := &cards[i].Content.Services[j]; s.Town != "" && s.Latitude != "" {
				towns = append(towns, s.Town)
			}
		}
	}
	slices.Sort(towns)
	return slices.Compact(towns)
}

type coordinates struct{ latitude, longitude float64 }

func (s *Service) at() (coordinates, bool) {
	latitude, latitudeErr := strconv.ParseFloat(s.Latitude, 64)
	longitude, longitudeErr := strconv.ParseFloat(s.Longitude, 64)
	return coordinates{latitude, longitude}, latitudeErr == nil && longitudeErr == nil
}

func townOf(cards []View, town string) (coordinates, bool) {
	for i := range cards {
		for j := range cards[i].Content.Services {
			if s := &cards[i].Content.Services[j]; town != "" && s.Town == town {
				if at, ok := s.at(); ok {
					return at, true
				}
			}
		}
	}
	return coordinates{}, false
}

// kilometres between two places along a great circle (haversine; the Earth's mean radius).
func kilometres(a, b coordinates) int {
	const radius, radian = 6371.0, math.Pi / 180
	half := func(d float64) float64 { return math.Pow(math.Sin(d*radian/2), 2) }
	h := half(b.latitude-a.latitude) + math.Cos(a.latitude*radian)*math.Cos(b.latitude*radian)*half(b.longitude-a.longitude)
	return int(math.Round(2 * radius * math.Asin(math.Sqrt(min(1, h)))))
}
