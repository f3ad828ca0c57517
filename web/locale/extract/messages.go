package main

import (
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"palermo/web/locale/po"
)

// messages are the texts that the program can say.
type messages struct {
	entries map[po.Key]*po.Entry
}

func newMessages() *messages { return &messages{entries: map[po.Key]*po.Entry{}} }

// add notes a text and the file that it is in. Lines are left out, so that
// editing a file does not change every catalogue.
func (m *messages) add(context, id, plural, file string) {
	if !letters.MatchString(id) && context == "" || id == "" {
		return
	}
	key := po.Key{Context: context, ID: id}
	e := m.entries[key]
	if e == nil {
		e = &po.Entry{Key: key}
		m.entries[key] = e
	}
	if plural != "" {
		e.Plural = plural
	}
	if !slices.Contains(e.References, file) {
		e.References = append(e.References, file)
		slices.Sort(e.References)
	}
}

// letters are those of English: a language's own name in another script is not a text to translate.
var letters = regexp.MustCompile(`[A-Za-z]`)

// verbs are the places in a text that the program fills.
var verbs = regexp.MustCompile(`%(\[\d+\])?[-+# 0]*[\d.]*[a-zA-Z]`)

// pot is the template that translators begin with.
func (m *messages) pot() *po.File {
	f := &po.File{
		HeaderComments: []string{"Texts of Palermo. Written by go run ./web/locale/extract; do not edit."},
		Header:         "Project-Id-Version: Palermo\nMIME-Version: 1.0\nContent-Type: text/plain; charset=UTF-8\nContent-Transfer-Encoding: 8bit\n",
	}
	for _, e := range m.entries {
		entry := *e
		entry.Strings = make([]string, 1)
		if e.Plural != "" {
			entry.Strings = make([]string, 2)
		}
		entry.Flags = flags(e)
		f.Entries = append(f.Entries, &entry)
	}
	f.Sort()
	return f
}

func flags(e *po.Entry) []string {
	if verbs.MatchString(e.ID + e.Plural) {
		return []string{"c-format"}
	}
	return nil
}

// merge brings the texts into each .po file: new ones empty, known ones with
// their translation, old ones kept as obsolete, those that return revived.
func (m *messages) merge(folder string) error {
	files, err := filepath.Glob(filepath.Join(folder, "*.po"))
	if err != nil {
		return err
	}
	for _, name := range files {
		f, err := read(name)
		if err != nil {
			return err
		}
		m.into(f)
		if err := os.WriteFile(name, f.Bytes(), 0o644); err != nil {
			return err
		}
	}
	return nil
}

func (m *messages) into(f *po.File) {
	known := map[po.Key]*po.Entry{}
	for _, e := range f.Entries {
		if before := known[e.Key]; before == nil || before.Obsolete {
			known[e.Key] = e
		}
	}
	var entries []*po.Entry
	for key, e := range m.entries {
		entry := known[key]
		if entry == nil {
			entry = &po.Entry{Key: key}
		}
		delete(known, key)
		forms := 1
		if e.Plural != "" {
			forms = pluralForms(f)
		}
		entry.Strings = slices.Concat(entry.Strings, make([]string, forms))[:forms]
		entry.Plural, entry.References, entry.Obsolete = e.Plural, e.References, false
		fuzzy := entry.Fuzzy()
		entry.Flags = flags(e)
		if fuzzy {
			entry.Flags = append([]string{"fuzzy"}, entry.Flags...)
		}
		entries = append(entries, entry)
	}
	for _, e := range known {
		if slices.ContainsFunc(e.Strings, func(s string) bool { return s != "" }) {
			e.Obsolete, e.References, e.Flags = true, nil, nil
			entries = append(entries, e)
		}
	}
	f.Entries = entries
	f.Sort()
}

func pluralForms(f *po.File) int {
	n := 2
	if _, err := fmt.Sscanf(f.Field("Plural-Forms"), "nplurals=%d", &n); err != nil {
		return 2
	}
	return n
}

// check lists what a reader of each language would not be told, or be told wrongly.
func (m *messages) check(folder string) ([]string, error) {
	files, err := filepath.Glob(filepath.Join(folder, "*.po"))
	if err != nil {
		return nil, err
	}
	var problems []string
	for _, name := range files {
		f, err := read(name)
		if err != nil {
			return nil, err
		}
		tag := strings.TrimSuffix(filepath.Base(name), ".po")
		problems = append(problems, m.compare(tag, f)...)
	}
	return problems, nil
}

func (m *messages) compare(tag string, f *po.File) []string {
	var problems []string
	index := f.Index()
	say := func(what string, e *po.Entry) {
		where := strings.Join(e.References, " ")
		problems = append(problems, strings.TrimRight(fmt.Sprintf("%s: %s: %q %s", tag, what, e.ID, where), " "))
	}
	wanted := m.pot().Entries
	for _, e := range wanted {
		t := index[e.Key]
		switch {
		case t == nil || !t.Fuzzy() && !t.Translated():
			say("missing", e)
		case t.Fuzzy():
			say("fuzzy", e)
		case e.Plural != "" && len(t.Strings) != pluralForms(f):
			say("wrong number of plural forms", e)
		default:
			for _, s := range t.Strings {
				if !fits(e, s) {
					say("other % places than the English", e)
					break
				}
			}
		}
	}
	for _, e := range f.Entries {
		if !e.Obsolete && m.entries[e.Key] == nil {
			say("no longer used", e)
		}
	}
	return problems
}

// fits reports whether a translation fills no place that the English does
// not. A plural form may leave the number out.
func fits(e *po.Entry, translation string) bool {
	places := func(s string) []string {
		found := verbs.FindAllString(strings.ReplaceAll(s, "%%", ""), -1)
		for i, verb := range found {
			if at := strings.Index(verb, "]"); at > 0 {
				found[i] = "%" + verb[at+1:]
			}
		}
		slices.Sort(found)
		return found
	}
	have, want := places(translation), places(e.ID)
	if e.Plural != "" {
		want = places(e.Plural)
		return len(have) == 0 || slices.Equal(have, want)
	}
	return slices.Equal(have, want)
}

func read(name string) (*po.File, error) {
	data, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f, err := po.Parse(data)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return f, nil
}
