package locale

import (
	"errors"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"palermo/fault"
)

func loadAll(t *testing.T, opts ...Option) *Languages {
	t.Helper()
	l, err := Load(opts...)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func speak(t *testing.T, l *Languages, tag string) Locale {
	t.Helper()
	loc, ok := l.Get(tag)
	if !ok {
		t.Fatalf("no %s", tag)
	}
	return loc
}

const french = `msgid ""
msgstr "Plural-Forms: nplurals=2; plural=(n > 1);\n"

msgid "Referred by %s to %s"
msgstr "À %[2]s, par %[1]s"

msgid "Case worker"
msgstr "Intervenante ou intervenant"

msgid "A %s is needed."
msgstr "Il faut : %s."

#, fuzzy
msgid "Sure"
msgstr "Peut-être"
`

func samples() Option {
	return From(fstest.MapFS{"fr.po": {Data: []byte(french)}})
}

func TestATranslationMayTurnTheOrder(t *testing.T) {
	fr := speak(t, loadAll(t, samples()), "fr")
	if got := fr.T("Referred by %s to %s", "A", "B"); got != "À B, par A" {
		t.Error(got)
	}
	if got := (Locale{}).T("Referred by %s to %s", "A", "B"); got != "Referred by A to B" {
		t.Error(got)
	}
	if got := fr.T("100%"); got != "100%" {
		t.Error(got)
	}
}

type Phrase string

func TestAPhraseIsTranslatedInsideASentenceAndAPersonsWordsAreNot(t *testing.T) {
	fr := speak(t, loadAll(t, samples()), "fr")
	if got := fr.T("A %s is needed.", Phrase("Case worker")); got != "Il faut : Intervenante ou intervenant." {
		t.Error(got)
	}
	if got := fr.T("A %s is needed.", "Case worker"); got != "Il faut : Case worker." {
		t.Error(got)
	}
}

func TestWhatIsMissingIsSaidInEnglishAndCounted(t *testing.T) {
	var missing []string
	l := loadAll(t, samples(), OnMissing(func(tag, context, msgid string) { missing = append(missing, tag+"|"+context+"|"+msgid) }))
	fr := speak(t, l, "fr")
	if fr.T("Sure") != "Sure" || fr.C("door", "Open") != "Open" || fr.N("%d day", "%d days", 2) != "2 days" {
		t.Error("not English")
	}
	l.English().T("Nowhere")
	if got := strings.Join(missing, " "); got != "fr||Sure fr|door|Open fr||%d day" {
		t.Error(got)
	}
}

func TestArabicCountsInSixForms(t *testing.T) {
	ar := speak(t, loadAll(t), "ar")
	for n, want := range map[int]string{
		0: "لا رسائل جديدة", 1: "رسالة جديدة واحدة", 2: "رسالتان جديدتان",
		3: "3 رسائل جديدة", 11: "11 رسالة جديدة", 100: "100 رسالة جديدة", 103: "103 رسائل جديدة",
	} {
		if got := ar.N("%d new message", "%d new messages", n); got != want {
			t.Errorf("%d: %s", n, got)
		}
	}
}

func TestDatesAreSaidInWords(t *testing.T) {
	l := loadAll(t)
	for tag, want := range map[string][2]string{
		"en": {"4 March 2026", "March 2026"}, "fr": {"4 mars 2026", "mars 2026"},
		"es": {"4 de marzo de 2026", "marzo de 2026"}, "ar": {"4 آذار/مارس 2026", "آذار/مارس 2026"},
	} {
		loc := speak(t, l, tag)
		if got := [2]string{loc.Date("2026-03-04"), loc.Date("2026-03")}; got != want {
			t.Errorf("%s: %q", tag, got)
		}
	}
	en := l.English()
	if en.Date("2026") != "2026" || en.Date("spring") != "spring" || en.Date("") != "" {
		t.Error("what is not a date was changed")
	}
	moment := time.Date(2026, 3, 4, 23, 30, 0, 0, time.UTC)
	if got := en.Time(moment, time.FixedZone("", 3600)); got != "5 March 2026, 00:30" {
		t.Error(got)
	}
	if got := en.Time(moment, nil); got != "4 March 2026, 23:30 UTC" {
		t.Error(got)
	}
	if en.Time(time.Time{}, nil) != "" {
		t.Error("no moment is said")
	}
}

func TestNumbers(t *testing.T) {
	l := loadAll(t)
	for tag, want := range map[string]string{"en": "1,234,567", "fr": "1\u202f234\u202f567", "es": "1\u00a0234\u00a0567", "ar": "1,234,567"} {
		if got := speak(t, l, tag).Number(1234567); got != want {
			t.Errorf("%s: %s", tag, got)
		}
	}
	if got := speak(t, l, "es").Number(1234) + l.English().Number(-1234) + l.English().Number(7); got != "1234-1,2347" {
		t.Error(got)
	}
}

func TestTheReadersChoiceComesBeforeTheBrowsers(t *testing.T) {
	l := loadAll(t)
	for _, c := range []struct{ accept, chosen, want string }{
		{"", "", "en"}, {"fr-CA,fr;q=0.9", "", "fr"}, {"ar-EG", "", "ar"}, {"es-419", "", "es"},
		{"xx", "", "en"}, {"fr", "ar", "ar"}, {"fr", "tlh", "fr"}, {"de, fr;q=0.5", "", "fr"}, {"not;a=header,,", "", "en"},
	} {
		if got := l.Match(c.accept, c.chosen).Tag(); got != c.want {
			t.Errorf("%+v: %s", c, got)
		}
	}
}

func TestLanguagesAreNamedInThemselves(t *testing.T) {
	var names []string
	for _, loc := range loadAll(t).All() {
		names = append(names, loc.Name()+" "+loc.Dir())
	}
	if got := strings.Join(names, ", "); !strings.HasPrefix(got, "English ltr, Français ltr, Español ltr, العربية rtl") {
		t.Error(got)
	}
}

func TestAFaultHidesItsCause(t *testing.T) {
	fr := speak(t, loadAll(t), "fr")
	got := fr.Err(errors.New("disk full of names"))
	if strings.Contains(got, "names") || !strings.HasPrefix(got, "Un problème") {
		t.Error(got)
	}
	if fr.Fault(nil) != "" || fr.Fault(fault.Of(fault.Denied("No %s", "X"))) != "No X" {
		t.Error("a fault is not said")
	}
}

// One reader's language never reaches another's page.
func TestManySpeakAtOnce(t *testing.T) {
	l := loadAll(t)
	var wg sync.WaitGroup
	for i := range 40 {
		loc := l.All()[i%4]
		want := map[string]string{"en": "Cancel", "fr": "Annuler", "es": "Cancelar", "ar": "إلغاء"}[loc.Tag()]
		wg.Go(func() {
			for range 200 {
				if got := loc.T("Cancel"); got != want {
					t.Errorf("%s: %s", loc.Tag(), got)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestABrokenFileIsNamed(t *testing.T) {
	for _, text := range []string{"msgid", "msgid \"\"\nmsgstr \"\"", "msgid \"\"\nmsgstr \"Plural-Forms: nplurals=2; plural=n!\""} {
		_, err := Load(From(fstest.MapFS{"fr.po": {Data: []byte(text)}}))
		if err == nil || !strings.Contains(err.Error(), "fr.po") {
			t.Errorf("%q: %v", text, err)
		}
	}
}
