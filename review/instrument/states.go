package instrument

import (
	"cmp"
	"slices"

	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// State is a State, or an organisation that is a party, with the names that
// reports of the Conference have for it.
type State struct {
	Code     string // ISO 3166-1; EU for the European Union
	Listed   string // in an alphabetical list
	Sentence string // in a sentence, with its article; empty where it is as listed
	Full     string // at first mention, where that is longer
}

// In is the name in a sentence.
func (s State) In() string { return cmp.Or(s.Sentence, s.Listed) }

// AtFirst is the name at its first mention.
func (s State) AtFirst() string { return cmp.Or(s.Full, s.In()) }

// State finds a State by its code or one of its names. One that the library
// does not know has the name that it was asked for by.
func (l *Library) State(name string) State {
	i := slices.IndexFunc(l.States, func(s State) bool {
		return name != "" && (s.Code == name || s.Listed == name || s.Sentence == name || s.Full == name)
	})
	if i < 0 {
		return State{Code: name, Listed: name}
	}
	return l.States[i]
}

// Alphabetical gives the names of States as a list of the United Nations has them, in English order.
func (l *Library) Alphabetical(codes []string) []string {
	var names []string
	for _, c := range codes {
		names = append(names, l.State(c).Listed)
	}
	order := collate.New(language.English, collate.Loose)
	slices.SortStableFunc(names, order.CompareString)
	return names
}
