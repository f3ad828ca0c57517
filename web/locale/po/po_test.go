package po

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

const sample = `# Who wrote it
msgid ""
msgstr ""
"Language: fr\n"
"Plural-Forms: nplurals=2; plural=(n > 1);\n"

# a note of the translator
#. of the program
#: a.go b.go
#, fuzzy, c-format
msgctxt "of a door"
msgid "Open"
msgstr "Ouvert·e \"\\ \tici"

msgid "%d day\n"
"left"
msgid_plural "%d days left"
msgstr[0] "%d jour"
msgstr[1] "%d jours"

#~ msgid "Gone"
#~ msgstr "Parti"
`

func TestReadAndWrittenBackWhole(t *testing.T) {
	f, err := Parse([]byte(sample))
	if err != nil {
		t.Fatal(err)
	}
	want := []*Entry{
		{
			Key: Key{Context: "of a door", ID: "Open"}, Strings: []string{"Ouvert·e \"\\ \tici"},
			Comments: []string{"a note of the translator"}, Extracted: []string{"of the program"},
			References: []string{"a.go", "b.go"}, Flags: []string{"fuzzy", "c-format"},
		},
		{Key: Key{ID: "%d day\nleft"}, Plural: "%d days left", Strings: []string{"%d jour", "%d jours"}},
		{Key: Key{ID: "Gone"}, Strings: []string{"Parti"}, Obsolete: true},
	}
	if diff := cmp.Diff(want, f.Entries); diff != "" {
		t.Error(diff)
	}
	if f.Field("language") != "fr" || len(f.HeaderComments) != 1 {
		t.Errorf("header %q, comments %q", f.Header, f.HeaderComments)
	}
	again, err := Parse(f.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(f, again); diff != "" {
		t.Error(diff)
	}
}

func TestWhatIsNotUnderstoodIsNamedByLine(t *testing.T) {
	for text, line := range map[string]string{
		"msgid \"a\"\nmsgstr a":                              "line 2",
		"msgid \"a\"\nmsgstr \"a\\q\"":                       "line 2",
		"msgid \"a\"\nmsgstr \"a\"b\"":                       "line 2",
		"msgid \"a\"\n\nmsgstr \"b\"":                        "line 2",
		"\"lost\"":                                           "line 1",
		"msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"c\"":   "line 3",
		"mgsid \"a\"":                                        "line 1",
		"msgid \"\"\nmsgstr \"\"\n\nmsgid \"\"\nmsgstr \"\"": "line 5",
	} {
		if _, err := Parse([]byte(text)); err == nil || !strings.Contains(err.Error(), line) {
			t.Errorf("%q: %v, not %s", text, err, line)
		}
	}
}

func TestFuzzyIsNotTranslated(t *testing.T) {
	for _, e := range []Entry{{Strings: []string{""}}, {}, {Strings: []string{"a", ""}}, {Strings: []string{"a"}, Flags: []string{"fuzzy"}}} {
		if e.Translated() {
			t.Errorf("%+v counts as translated", e)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample)
	f.Fuzz(func(t *testing.T, text string) {
		file, err := Parse([]byte(text))
		if err != nil {
			return
		}
		if _, err := Parse(file.Bytes()); err != nil {
			t.Errorf("what was read cannot be read back: %v\n%s", err, file.Bytes())
		}
	})
}
