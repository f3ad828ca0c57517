package names

import (
	"slices"
)

// Kind says how a form was made, and so how much a match by it is worth. A
// greater Kind is stronger.
type Kind uint8

const (
	Phonetic Kind = iota + 1 // the same sound
	Folded                   // the same in plain Latin letters, or a known spelling of the same name
	Exact                    // the same word in the same script
)

// String returns the name of the kind in lower case, "none" for zero.
func (k Kind) String() string {
	switch k {
	case Exact:
		return "exact"
	case Folded:
		return "folded"
	case Phonetic:
		return "phonetic"
	}
	return "none"
}

// Term is one form of one word. Two terms meet when they are equal, kind
// included: a caller that hashes terms hashes both fields.
type Term struct {
	Text   string
	Weight Kind
}

// Bounds of the work done for one name. What is beyond them is not indexed.
const (
	maxRunes     = 1024 // of the whole input
	maxWords     = 24
	maxWordRunes = 40
	maxHanRunes  = 16 // of one run of CJK characters
	maxKeys      = 8  // phonetic keys of a word

	// MaxTerms is the most terms that Terms returns and the most alternatives
	// that Query returns for a word.
	MaxTerms = 512
)

// Terms returns every form of every word of name, for indexing: words, the
// parts of hyphenated and compound words and the whole of them, CJK characters
// singly and in pairs. No term comes twice. The order is that of the words,
// the stronger kind first within a word.
func Terms(name string) []Term {
	words := split(name)
	var set termSet
	for _, w := range words {
		if w.cjk {
			set.add(cjkTerms(w.text)...)
			continue
		}
		set.add(wordTerms(w.text)...)
		set.add(innerTerms(w.text)...)
	}
	for _, j := range joins(words) {
		set.add(j.terms()...)
		set.add(innerTerms(j.text)...)
	}
	return set.terms
}

// Query returns, for each word of text, the alternatives under which it may be
// indexed, the strongest first. A record is found when every word has at least
// one alternative among the record's Terms. Particles (de la, bin, al-) are left
// out when enough other words remain. Query of nothing is empty, which finds
// nothing.
func Query(text string) [][]Term {
	words := split(text)
	joined := joins(words)
	var query [][]Term
	for i, w := range words {
		if w.soft {
			continue
		}
		if w.cjk {
			query = append(query, cjkQuery(w.text)...)
			continue
		}
		var set termSet
		set.add(wordTerms(w.text)...)
		for _, j := range joined {
			if slices.Contains(j.of, i) {
				set.add(j.terms()...)
			}
		}
		query = append(query, set.strongestFirst())
	}
	return query
}

// wordTerms gives the forms of one word that is not CJK.
func wordTerms(text string) []Term {
	var set termSet
	set.add(Term{text, Exact})
	folded, spoken := forms(text)
	for _, f := range folded {
		set.add(Term{f, Folded})
	}
	keys := 0
	for _, s := range spoken {
		for _, k := range phonetic(s) {
			if keys == maxKeys {
				break
			}
			if set.add(Term{k, Phonetic}) {
				keys++
			}
		}
	}
	return set.terms
}

// innerTerms gives the names inside a compound written as one word, so that
// Rahman finds Abdulrahman and Hassan finds Alhassan.
func innerTerms(text string) []Term {
	var out []Term
	for _, inner := range innerNames(text) {
		out = append(out, Term{inner, Folded})
		for _, k := range phonetic(inner) {
			out = append(out, Term{k, Phonetic})
		}
	}
	return out
}

// termSet keeps terms in order, each once, at most MaxTerms.
type termSet struct {
	terms []Term
	seen  map[Term]bool
}

// add reports whether the last of the terms was new.
func (s *termSet) add(terms ...Term) bool {
	if s.seen == nil {
		s.seen = make(map[Term]bool)
	}
	added := false
	for _, t := range terms {
		added = t.Text != "" && !s.seen[t] && len(s.terms) < MaxTerms
		if added {
			s.seen[t] = true
			s.terms = append(s.terms, t)
		}
	}
	return added
}

func (s *termSet) strongestFirst() []Term {
	slices.SortStableFunc(s.terms, func(a, b Term) int { return int(b.Weight) - int(a.Weight) })
	return s.terms
}
