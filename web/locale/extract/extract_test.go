package main

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"palermo/web/locale/po"
)

const root = "../../.."

// module writes a small module that is called as ours.
func module(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	files["go.mod"] = "module palermo\n\ngo 1.26\n"
	files["fault/fault.go"] = `package fault
type Fault struct { Message string }
func Invalid(field, message string, args ...any) error { return nil }
func Denied(message string, args ...any) error { return nil }
func Unavailable(cause error, message string, args ...any) error { return nil }
func Internal() *Fault { return &Fault{Message: "Our mistake."} }`
	files["web/locale/locale.go"] = `package locale
type Locale struct{}
func (Locale) T(msgid string, args ...any) string { return msgid }
func (Locale) N(one, many string, n int, args ...any) string { return many }
func (Locale) C(context, msgid string, args ...any) string { return msgid }`
	for name, text := range files {
		file := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

const field = `package field
type Option struct { Value, Label string }
type Role string
type Phrase string
const (
	Police Role = "police_code"
	Grave Phrase = "Grave"
)
type Kind struct { Name, Past string }
func Kinds() []Kind { return []Kind{{"code", "Was done"}, {Name: "code", Past: "Was done again"}} }
func Options() []Option { return []Option{{"code", "One choice"}} }
type Asked struct {
	Where string ` + "`label:\"Where was it?\" hint:\"As far as known\" json:\"code\"`" + `
}
func Label(r Role) string {
	if l, ok := labels[r]; ok { return l }
	return string(r)
}
var labels = map[Role]string{Police: "Police officer"}
`

const page = `package web
import ("palermo/field"; "palermo/fault"; "palermo/web/locale")
type visit struct { loc locale.Locale }
func (v *visit) frame(title string) string { return v.loc.T(title) }
func (v *visit) show(n int) error {
	v.frame("My day")
	for _, k := range field.Kinds() { v.loc.T(k.Past) }
	for _, o := range field.Options() { v.loc.T(o.Label) }
	v.loc.T(field.Label(field.Police))
	v.loc.N("%d item", "%d items", n)
	v.loc.C("of a door", "Open")
	word := "Yes"
	if n > 0 { word = "No" }
	v.loc.T(word)
	v.loc.T(map[string]string{"code": "True"}["code"])
	const long = "In two " + "parts"
	v.loc.T(long)
	v.loc.T("العربية")
	v.loc.T("and")
	v.loc.T(title("procedure_move"))
	v.loc.T(title("it-focal"))
	v.loc.T(title("en"))
	if n > 3 { return fault.Unavailable(nil, "Not now.") }
	if n > 2 { return refuse("Not you.") }
	return fault.Invalid("code", "Write %s.", "code")
}
func title(name string) string { if name == "address_opened" { return "An address was opened" }; return name }
func refuse(why string) error { return fault.Denied(why) }
`

func TestATextIsFoundByWhereItGoes(t *testing.T) {
	dir := module(t, map[string]string{
		"field/field.go": field, "web/page.go": page,
		"web/page_test.go": `package web`,
		"web/pages/a.html": `{{define "main"}}{{t "On a page"}}{{if .X}}{{c "of a step" "Next"}}{{else}}{{template "inset" (t "Set in")}}{{end}}{{n "%d case" "%d cases" .N}}{{end}}`,
	})
	found, err := collect(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range found.pot().Entries {
		text := e.ID
		if e.Context != "" {
			text = e.Context + "|" + text
		}
		if e.Plural != "" {
			text += "|" + e.Plural
		}
		got = append(got, text)
	}
	want := []string{
		"%d case|%d cases", "%d item|%d items", "An address was opened", "and", "As far as known", "Grave", "In two parts", "My day", "of a step|Next", "No",
		"Not now.", "Not you.", "On a page", "One choice", "of a door|Open", "Our mistake.", "Police officer", "Set in", "True",
		"Was done", "Was done again", "Where was it?", "Write %s.", "Yes",
	}
	slices.Sort(want)
	slices.Sort(got)
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestAMergeKeepsWhatTranslatorsDid(t *testing.T) {
	found := newMessages()
	found.add("", "Kept", "", "a.go")
	found.add("", "New", "", "b.go")
	found.add("", "Back again", "", "b.go")
	found.add("", "%d day", "%d days", "b.go")
	before := "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=3; plural=(n>1);\\n\"\n\n# hers\n#, fuzzy\nmsgid \"Kept\"\nmsgstr \"Gardé\"\n\n" +
		"msgid \"Old\"\nmsgstr \"Vieux\"\n\nmsgid \"Empty\"\nmsgstr \"\"\n\n#~ msgid \"Back again\"\n#~ msgstr \"De retour\"\n"
	f, err := po.Parse([]byte(before))
	if err != nil {
		t.Fatal(err)
	}
	found.into(f)
	once := f.Bytes()
	want := []*po.Entry{
		{Key: po.Key{ID: "%d day"}, Plural: "%d days", Strings: []string{"", "", ""}, References: []string{"b.go"}, Flags: []string{"c-format"}},
		{Key: po.Key{ID: "Back again"}, Strings: []string{"De retour"}, References: []string{"b.go"}},
		{Key: po.Key{ID: "Kept"}, Strings: []string{"Gardé"}, Comments: []string{"hers"}, References: []string{"a.go"}, Flags: []string{"fuzzy"}},
		{Key: po.Key{ID: "New"}, Strings: []string{""}, References: []string{"b.go"}},
		{Key: po.Key{ID: "Old"}, Strings: []string{"Vieux"}, Obsolete: true},
	}
	if diff := cmp.Diff(want, f.Entries); diff != "" {
		t.Error(diff)
	}
	found.into(f)
	if string(f.Bytes()) != string(once) {
		t.Error("a second merge changes something")
	}
}

func TestTheCheckNamesWhatATranslatorMustDo(t *testing.T) {
	found := newMessages()
	for _, id := range []string{"Fine %s", "Lost %s", "Unsure", "Absent"} {
		found.add("", id, "", "a.go")
	}
	found.add("", "%d day", "%d days", "a.go")
	f, err := po.Parse([]byte("msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=(n>1);\\n\"\n\nmsgid \"Fine %s\"\nmsgstr \"%[1]s bien\"\n\n" +
		"msgid \"Lost %s\"\nmsgstr \"Perdu\"\n\n#, fuzzy\nmsgid \"Unsure\"\nmsgstr \"?\"\n\nmsgid \"Old\"\nmsgstr \"x\"\n\n" +
		"msgid \"%d day\"\nmsgid_plural \"%d days\"\nmsgstr[0] \"un jour\"\nmsgstr[1] \"%d jours\"\n"))
	if err != nil {
		t.Fatal(err)
	}
	want := []string{
		`fr: missing: "Absent" a.go`, `fr: other % places than the English: "Lost %s" a.go`,
		`fr: fuzzy: "Unsure" a.go`, `fr: no longer used: "Old"`,
	}
	if diff := cmp.Diff(want, found.compare("fr", f)); diff != "" {
		t.Error(diff)
	}
}

// The frame, the components and the dates are said in every language.
func TestOurOwnWordsAreTranslated(t *testing.T) {
	found, err := collect(root)
	if err != nil {
		t.Fatal(err)
	}
	problems, err := found.check(filepath.Join(root, "web", "locales"))
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range problems {
		if strings.Contains(p, "web/ui/") || strings.Contains(p, "web/locale/") {
			t.Error(p)
		}
	}
}
