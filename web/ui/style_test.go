package ui

import (
	"io/fs"
	"math"
	"path"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// luminance is the relative luminance of WCAG 2.2.
func luminance(t *testing.T, hex string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(hex, "#"), 16, 32)
	if err != nil || len(hex) != 7 {
		t.Fatalf("not a colour: %q", hex)
	}
	var l float64
	for shift, weight := range map[int]float64{16: 0.2126, 8: 0.7152, 0: 0.0722} {
		c := float64(n>>shift&0xff) / 255
		if c <= 0.04045 {
			c /= 12.92
		} else {
			c = math.Pow((c+0.055)/1.055, 2.4)
		}
		l += weight * c
	}
	return l
}

var variable = regexp.MustCompile(`--([a-z-]+): (#[0-9a-f]{6});`)

// WCAG 2.2 AA: 4.5:1 for text, 3:1 for the edge of a control and for focus, by day and by night.
func TestEveryTextCanBeRead(t *testing.T) {
	css, err := fs.ReadFile(staticFiles, "static/base.css")
	if err != nil {
		t.Fatal(err)
	}
	light, dark, ok := strings.Cut(string(css), "prefers-color-scheme: dark")
	if !ok {
		t.Fatal("no dark colours")
	}
	pairs := map[string]float64{}
	for _, ground := range []string{"ground", "surface", "sunken"} {
		for _, ink := range []string{"ink", "muted", "accent", "danger"} {
			pairs[ink+" "+ground] = 4.5
		}
		pairs["focus "+ground], pairs["control "+ground] = 3, 3
	}
	for _, name := range []string{"accent", "good", "careful", "info", "danger"} {
		soft := name + "-soft"
		pairs[name+" "+soft], pairs["ink "+soft] = 4.5, 4.5
	}
	for _, button := range []string{"accent", "accent-strong", "danger", "danger-strong", "careful"} {
		pairs["on-accent "+button] = 4.5
	}
	pairs["on-header header"], pairs["on-header-quiet header"], pairs["muted accent-soft"] = 4.5, 4.5, 4.5
	for scheme, text := range map[string]string{"light": light, "dark": dark} {
		colours := map[string]string{}
		for _, m := range variable.FindAllStringSubmatch(text, -1) {
			colours[m[1]] = m[2]
		}
		for pair, least := range pairs {
			ink, ground, _ := strings.Cut(pair, " ")
			a, b := luminance(t, colours[ink]), luminance(t, colours[ground])
			if ratio := (max(a, b) + 0.05) / (min(a, b) + 0.05); ratio < least {
				t.Errorf("%s: %s is %.2f:1, not %.1f", scheme, pair, ratio, least)
			}
		}
	}
}

// Directions of the paper, not of the text, are wrong in Arabic.
func TestTheStyleSheetsKnowNoLeftOrRight(t *testing.T) {
	physical := regexp.MustCompile(`(?m)[^-](left|right)\s*:|(margin|padding|border|text-align|float|inset)[a-z-]*:?[^;{]*\b(left|right)\b|[{;\s](width|height|min-width|max-height):`)
	for name, text := range sheets(t) {
		if found := physical.FindString(text); found != "" {
			t.Errorf("%s: %q", name, found)
		}
		if strings.Contains(text, "url(http") || strings.Contains(text, "@import") || strings.Contains(text, "url(data") {
			t.Errorf("%s takes something from elsewhere", name)
		}
	}
}

func sheets(t *testing.T) map[string]string {
	t.Helper()
	names, err := fs.Glob(staticFiles, "static/*.css")
	if err != nil || len(names) < 4 {
		t.Fatal(names, err)
	}
	all := map[string]string{}
	for _, name := range names {
		data, err := fs.ReadFile(staticFiles, name)
		if err != nil {
			t.Fatal(err)
		}
		all[name] = string(data)
	}
	return all
}

// The fonts are light enough for a slow line.
func TestTheFontsFitASlowLine(t *testing.T) {
	var fonts int64
	err := fs.WalkDir(staticFiles, "static/fonts", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || path.Ext(name) != ".woff2" {
			return err
		}
		info, err := entry.Info()
		if err != nil {
			return err
		}
		fonts += info.Size()
		if base := path.Base(name); !strings.Contains(sheets(t)["static/fonts.css"], base) {
			t.Errorf("%s is never asked for", base)
		}
		return nil
	})
	if err != nil || fonts > 400<<10 {
		t.Errorf("%d bytes of fonts, %v", fonts, err)
	}
}
