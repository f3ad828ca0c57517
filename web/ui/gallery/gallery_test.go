package main

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"palermo/web/locale"
	"palermo/web/ui/uitest"
)

// Every component, in every language, is well-formed, named and inside the
// content security policy; and a name cannot become markup.
func TestEveryComponentInEveryLanguage(t *testing.T) {
	var mu sync.Mutex
	missing := map[string]bool{}
	languages, err := locale.Load(locale.OnMissing(func(tag, _, msgid string) {
		mu.Lock()
		defer mu.Unlock()
		missing[tag+": "+msgid] = true
	}))
	if err != nil {
		t.Fatal(err)
	}
	renderer, err := newRenderer(languages)
	if err != nil {
		t.Fatal(err)
	}
	for _, loc := range languages.All() {
		for name, sample := range samples(loc) {
			var b bytes.Buffer
			if err := renderer.Render(&b, loc, sample.template, sample.data); err != nil {
				t.Fatalf("%s %s: %v", loc.Tag(), name, err)
			}
			for _, p := range uitest.Problems(b.Bytes()) {
				t.Errorf("%s %s: %s", loc.Tag(), name, p)
			}
			if bytes.Contains(b.Bytes(), []byte("<script>")) {
				t.Errorf("%s %s: a name became a script", loc.Tag(), name)
			}
			if want := `<html lang="` + loc.Tag() + `" dir="` + loc.Dir() + `">`; !strings.Contains(b.String(), want) {
				t.Errorf("%s %s: not %s", loc.Tag(), name, want)
			}
		}
	}
	for m := range missing {
		t.Errorf("no translation: %s", m)
	}
}
