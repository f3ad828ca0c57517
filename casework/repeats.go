package casework

import (
	"encoding/json"
	"strings"

	"palermo/ident"
)

const shortestRepeat = 4 // characters: shorter words are found everywhere

// repeats reports that words of a part stand elsewhere in the case too, in capitals or not. A case is read as
// the document that it is, so that no field is left out.
func (c *Case) repeats(key string, own ident.ID) bool {
	p := c.part(key, own)
	if p == nil {
		return false
	}
	document, err := json.Marshal(c)
	if err != nil {
		return false
	}
	var rest Case // a copy: nothing of the case itself is taken out
	if err := json.Unmarshal(document, &rest); err != nil {
		return false
	}
	if p := rest.part(key, own); p != nil {
		p.remove()
	}
	rest.PartErasure = nil
	document, err = json.Marshal(&rest)
	if err != nil {
		return false
	}
	var all any
	if err := json.Unmarshal(document, &all); err != nil {
		return false
	}
	for _, word := range p.words {
		if word = strings.ToLower(strings.TrimSpace(word)); len([]rune(word)) >= shortestRepeat && stands(all, word) {
			return true
		}
	}
	return false
}

// stands looks for a word in every text of a JSON value.
func stands(x any, word string) bool {
	switch x := x.(type) {
	case string:
		return strings.Contains(strings.ToLower(x), word)
	case []any:
		for _, y := range x {
			if stands(y, word) {
				return true
			}
		}
	case map[string]any:
		for _, y := range x {
			if stands(y, word) {
				return true
			}
		}
	}
	return false
}

// written are the answers that somebody wrote, as they stand in the case.
func (f FilledForm) written() []string {
	var words []string
	for _, l := range f.Lines {
		words = append(words, l.Answer)
	}
	return words
}
