package names

import "slices"

// maxSounds bounds the alternatives of one part.
const maxSounds = 6

// Part is one name within a name: a word, a compound however it was spaced
// (Abd al-Rahman), or the surname or the given name in a run of characters.
type Part struct {
	Text   string   // normalised, in its own script
	Sounds []string // what it sounds like, at least one; two parts may be one name when they share a sound
}

// Parts cuts a name into its parts for comparison between offices that do not
// know each other's spelling, order or script. Particles are left out. Where
// every word is a syllable of pinyin, neighbours are given joined as well: Li
// Xiao Ming has the part Xiaoming. A name whose spellings are known has the
// sound of the chosen one alone; a script without Latin form sounds as itself.
func Parts(name string) []Part {
	words := split(name)
	var out []Part
	add := func(c compared) {
		p := Part{Text: c.text, Sounds: soundsOf(c)}
		same := func(o Part) bool { return o.Text == p.Text || slices.Equal(o.Sounds, p.Sounds) }
		if p.Text != "" && !slices.ContainsFunc(out, same) {
			out = append(out, p)
		}
	}
	for _, c := range comparedWords(words, false) {
		add(c)
	}
	if len(words) > 2 && len(words) < 5 && !slices.ContainsFunc(words, func(w word) bool { return !syllables[w.text] }) {
		for i := range len(words) - 1 {
			add(comparedWord(words[i].text + words[i+1].text))
		}
	}
	return out
}

// soundsOf takes the chosen spelling where there is one, so that a part has as
// few alternatives as can be.
func soundsOf(c compared) []string {
	out := c.keys
	for _, f := range c.folded {
		if fixed := chosenSpelling(f); fixed != "" {
			out = phonetic(fixed)
			break
		}
	}
	if len(out) == 0 { // characters: by their pinyin
		for _, f := range c.folded {
			out = append(out, phonetic(f)...)
		}
	}
	if len(out) == 0 {
		out = []string{c.text}
	}
	return out[:min(len(out), maxSounds)]
}
