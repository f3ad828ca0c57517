package linkage

import (
	"slices"
	"strings"

	"palermo/names"
)

// Bounds of the work done for one record, whatever is in it. What is beyond
// them is left out.
const (
	maxEntries    = 4 // of each list of a Person
	maxParts      = 6 // of one name
	maxPairSounds = 2 // of a part, where parts come in pairs
	leastDocument = 5 // signs of a document's number: fewer are no number of a person
)

// facts are the normalised parts of a record; each may be empty. No text has
// the sign that joins them, which normalising drops.
type facts struct {
	singles   []string // the sounds of each part of a name
	pairs     []string // of two parts of one name, in the order of the alphabet: offices differ in which comes first
	parents   []string // of a part of a name and a part of a parent's
	born      birth
	nations   []string
	documents []string
	places    []string
	addresses []string
}

func factsOf(p Person) facts {
	f := facts{born: birthOf(p.Born)}
	var own []names.Part
	for _, name := range first(p.Names) {
		parts := telling(names.Parts(name))
		own = append(own, parts...)
		for i, a := range parts {
			f.singles = append(f.singles, a.Sounds...)
			for _, b := range parts[:i] {
				f.pairs = append(f.pairs, pair(a, b)...)
			}
		}
	}
	for _, name := range first(p.Parents) {
		f.parents = append(f.parents, withParent(own, names.Parts(name))...)
	}
	for _, n := range first(p.Nationalities) {
		f.nations = append(f.nations, given(strings.ToUpper(names.Normalise(n)))...)
	}
	for _, d := range first(p.Documents) {
		f.documents = append(f.documents, documentOf(d)...)
	}
	for _, place := range first(p.Places) {
		f.places = append(f.places, given(soundOf(place))...)
	}
	for _, a := range first(p.Addresses) {
		f.addresses = append(f.addresses, addressOf(a)...)
		f.places = append(f.places, given(plain(a.Postcode))...)
	}
	return f
}

func first[T any](list []T) []T { return list[:min(len(list), maxEntries)] }

// borne are parts that say woman, man or rank rather than who: half a country
// bears them, and the next office leaves them out.
var borne = []string{"thi", "thị", "van", "văn", "bibi", "begum", "khatun", "khatoon", "kumari", "devi", "singh", "kaur"}

// telling leaves borne parts out where two others remain, and bounds the list.
func telling(parts []names.Part) []names.Part {
	kept := slices.DeleteFunc(slices.Clone(parts), func(p names.Part) bool { return slices.Contains(borne, p.Text) })
	if len(kept) < 2 {
		kept = parts
	}
	return kept[:min(len(kept), maxParts)]
}

// pair gives the sounds of two parts, in the order of the alphabet.
func pair(a, b names.Part) []string {
	var out []string
	for _, x := range a.Sounds[:min(len(a.Sounds), maxPairSounds)] {
		for _, y := range b.Sounds[:min(len(b.Sounds), maxPairSounds)] {
			out = append(out, min(x, y)+"+"+max(x, y))
		}
	}
	return out
}

// withParent joins parts of the person's name with those parts of a parent's
// that the person does not bear: a family name that both bear would tie all
// who bear it and were born in one year.
func withParent(own, parent []names.Part) []string {
	var out []string
	bears := func(p names.Part) bool {
		return slices.ContainsFunc(own, func(o names.Part) bool { return shares(o.Sounds, p.Sounds) })
	}
	for _, p := range telling(parent) {
		if bears(p) {
			continue
		}
		for _, o := range own {
			out = append(out, o.Sounds[0]+">"+p.Sounds[0])
		}
	}
	return out
}

func shares(a, b []string) bool {
	return slices.ContainsFunc(a, func(s string) bool { return slices.Contains(b, s) })
}

// documentOf is the number without whatever parts its groups: offices copy
// AB 123-456 in every way.
func documentOf(d Document) []string {
	number := plain(d.Number)
	country := strings.ToUpper(plain(d.Country))
	if len(number) < leastDocument || country == "" {
		return nil
	}
	return []string{country + ":" + number}
}

// addressOf gives the house by its street and by its postcode: one of the two
// is often mistyped.
func addressOf(a Address) []string {
	house, street, code := plain(a.House), soundOf(a.Street), plain(a.Postcode)
	var out []string
	if house != "" && street != "" {
		out = append(out, house+"@"+street)
	}
	if house != "" && code != "" {
		out = append(out, house+"#"+code)
	}
	return out
}

// soundOf is a place as it sounds, its words in one fixed order.
func soundOf(place string) string {
	var out []string
	for _, p := range names.Parts(place) {
		out = append(out, p.Sounds[0])
	}
	slices.Sort(out)
	return strings.Join(out, "+")
}

// plain keeps letters and digits.
func plain(s string) string {
	return strings.Join(strings.FieldsFunc(names.Normalise(s), func(r rune) bool { return r == ' ' || r == '-' || r == '\'' }), "")
}
