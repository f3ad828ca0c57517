package main

import (
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"palermo/e2e/browser"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browser.Stop()
	os.Exit(code)
}

func open(t *testing.T, o browser.Options) *browser.Page {
	t.Helper()
	handler, err := newHandler()
	if err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(handler)
	t.Cleanup(server.Close)
	o.Base = server.URL
	return browser.New(t, o).NewPage()
}

const word, phrase = "Language", "Report of the first referral" // labels of the sample in English

func stored(p *browser.Page) string {
	return browser.Eval[string](p, "JSON.stringify({...localStorage})")
}

// write fills the short form and waits until it is kept.
func write(p *browser.Page, text string) {
	p.Go("/gallery/short")
	p.Fill(word, text)
	p.Fill(phrase, "a password")
	p.See("Kept on this device, encrypted")
}

func TestADraftIsKeptAsCiphertextAndOfferedAgain(t *testing.T) {
	p := open(t, browser.Options{})
	write(p, "Benin City")
	if s := stored(p); !strings.Contains(s, "palermo.draft.sample.") || strings.Contains(s, "Benin") || strings.Contains(s, "password") || strings.Contains(s, "gallery") {
		t.Errorf("stored: %s", s)
	}
	p.Go("/gallery/short")
	p.See("There is a draft of this page on this device.")
	p.Click("Use the draft")
	if p.Value(word) != "Benin City" || p.Value(phrase) != "" {
		t.Errorf("restored %q and %q", p.Value(word), p.Value(phrase))
	}
	p.Go("/gallery/short")
	p.Click("Delete the draft")
	if s := stored(p); s != "{}" {
		t.Errorf("still stored: %s", s)
	}
}

func TestADraftEndsWhenItsFormIsAccepted(t *testing.T) {
	p := open(t, browser.Options{})
	for text, kept := range map[string]bool{"fine": false, "refuse": true, "signed out": true} {
		write(p, text)
		p.Click("Save")
		p.Go("/gallery/short")
		if got := stored(p) != "{}"; got != kept {
			t.Errorf("after %q: kept is %v", text, got)
		}
		if kept {
			p.Click("Delete the draft")
		}
	}
	if e := p.Errors(); len(e) > 0 {
		for _, line := range e {
			if !strings.Contains(line, "422") {
				t.Error(line)
			}
		}
	}
}

func TestSigningOutDeletesTheDrafts(t *testing.T) {
	p := open(t, browser.Options{})
	write(p, "Benin City")
	p.Click("Sign out")
	if s := stored(p); s != "{}" {
		t.Errorf("still stored: %s", s)
	}
}

func TestAnEndedSessionLeavesNothingOnTheScreenAndLosesNothing(t *testing.T) {
	p := open(t, browser.Options{})
	p.Go("/gallery/ending")
	p.See("Are you still there?")
	p.Click("Go on")
	p.Fill(word, "Benin City")
	p.See("Leave this page now") // the page that stands for the sign-in
	p.Go("/gallery/ending")
	p.See("There is a draft of this page on this device.")
}

func TestThePersonLeavesAtOnceAndLeavesOneEntry(t *testing.T) {
	p := open(t, browser.Options{})
	p.Go("/gallery/person")
	before := browser.Eval[int](p, "history.length")
	p.Click("Leave this page now")
	if !strings.HasSuffix(p.URL(), "/away") || browser.Eval[int](p, "history.length") != before {
		t.Errorf("%s, %d entries", p.URL(), browser.Eval[int](p, "history.length"))
	}
	p.Go("/gallery/person")
	for range 3 {
		p.Press(kb.Escape)
	}
	p.See("Weather")
	if !strings.HasSuffix(p.URL(), "/away") {
		t.Error(p.URL())
	}
}

func TestTheExitIsALinkWithoutScripts(t *testing.T) {
	p := open(t, browser.Options{})
	p.SetJavaScript(false)
	p.Go("/gallery/person")
	p.SeeNot("or press the Escape key")
	p.Click("Leave this page now")
	p.See("Weather")
}

// WCAG 2.2 AA as far as axe sees it, wide and narrow, in both directions; and nothing runs out of the side.
func TestTheGalleryIsAccessible(t *testing.T) {
	p := open(t, browser.Options{})
	for _, width := range []int{1280, 320} {
		p.SetViewport(width, 900)
		for _, tag := range []string{"en", "ar"} {
			for _, name := range []string{"parts", "form", "refused", "person", "conflict", "interruption"} {
				p.Go("/gallery/" + name + "?lang=" + tag)
				for _, v := range p.Axe() {
					t.Errorf("%s %s %d: %s", name, tag, width, v)
				}
				if over := browser.Eval[int](p, "document.documentElement.scrollWidth - innerWidth"); over > 0 {
					t.Errorf("%s %s: %d px too wide for %d", name, tag, over, width)
				}
				if small := browser.Eval[string](p, smallTargets); small != "" {
					t.Errorf("%s %s %d: too small to touch: %s", name, tag, width, small)
				}
			}
		}
	}
}

// Targets outside a sentence are at least 24 by 24 CSS pixels (WCAG 2.2, 2.5.8).
const smallTargets = `[...document.querySelectorAll("button, input:not([type=hidden]), select, summary, .site-nav a, .back, .tabs a, .pagination a")]
	.filter((e) => e.checkVisibility() && !e.closest("dialog"))
	.filter((e) => { const b = e.getBoundingClientRect(); return b.width < 24 || b.height < 24; })
	.map((e) => e.outerHTML.slice(0, 80)).join("; ")`
