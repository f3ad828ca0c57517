package po

import (
	"cmp"
	"slices"
	"strings"
)

// Key names a message: the English text, and a context where one English word
// has several meanings.
type Key struct {
	Context string
	ID      string
}

// Entry is one message with its translations.
type Entry struct {
	Key
	Plural     string   // the English plural, empty when the message has no number
	Strings    []string // one, or one for each plural form of the language
	Comments   []string // of the translator ("# ")
	Extracted  []string // of the program ("#.")
	References []string // where it is used ("#:")
	Flags      []string // fuzzy, c-format …
	Obsolete   bool     // no longer used, kept for its wording ("#~")
}

// Fuzzy reports whether a translator has still to confirm the entry; a fuzzy
// entry is not shown to anybody.
func (e *Entry) Fuzzy() bool { return slices.Contains(e.Flags, "fuzzy") }

// Translated reports whether every form is filled and confirmed.
func (e *Entry) Translated() bool {
	return len(e.Strings) > 0 && !slices.Contains(e.Strings, "") && !e.Fuzzy()
}

// File is a PO file: its header and its messages.
type File struct {
	HeaderComments []string
	Header         string // the translation of the empty msgid
	Entries        []*Entry
}

// Field returns a field of the header, such as "Language" or "Plural-Forms".
func (f *File) Field(name string) string {
	for line := range strings.SplitSeq(f.Header, "\n") {
		if key, value, ok := strings.Cut(line, ":"); ok && strings.EqualFold(key, name) {
			return strings.TrimSpace(value)
		}
	}
	return ""
}

// Index maps keys to entries that are in use.
func (f *File) Index() map[Key]*Entry {
	index := make(map[Key]*Entry, len(f.Entries))
	for _, e := range f.Entries {
		if !e.Obsolete {
			index[e.Key] = e
		}
	}
	return index
}

// Sort orders the entries by text, not by where they are used, so that moving
// code does not move translations; obsolete ones come last.
func (f *File) Sort() {
	slices.SortStableFunc(f.Entries, func(a, b *Entry) int {
		if a.Obsolete != b.Obsolete {
			if a.Obsolete {
				return 1
			}
			return -1
		}
		return cmp.Or(
			strings.Compare(strings.ToLower(a.ID), strings.ToLower(b.ID)),
			strings.Compare(a.ID, b.ID),
			strings.Compare(a.Context, b.Context),
		)
	})
}
