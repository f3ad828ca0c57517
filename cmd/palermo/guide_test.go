package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// The guide names steps and buttons in bold, in the very words of the pages, and its pictures are there.
func TestTheGuideSpeaksAsThePagesDo(t *testing.T) {
	texts, err := os.ReadFile(filepath.Join("..", "..", "web", "locales", "messages.pot"))
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join("..", "..", "docs", "guide")
	chapters, err := filepath.Glob(filepath.Join(dir, "*.md"))
	if err != nil || len(chapters) < 6 {
		t.Fatal(chapters, err)
	}
	bold, link := regexp.MustCompile(`\*\*([^*]+)\*\*`), regexp.MustCompile(`\]\(([^)]+)\)`)
	for _, chapter := range chapters {
		text, err := os.ReadFile(chapter)
		if err != nil {
			t.Fatal(err)
		}
		for _, words := range bold.FindAllStringSubmatch(string(text), -1) {
			name := strings.Join(strings.Fields(words[1]), " ")
			if !strings.Contains(string(texts), "\nmsgid \""+name+"\"\n") {
				t.Errorf("%s: no page says %q", chapter, name)
			}
		}
		for _, to := range link.FindAllStringSubmatch(string(text), -1) {
			if _, err := os.Stat(filepath.Join(dir, to[1])); err != nil {
				t.Errorf("%s: %v", chapter, err)
			}
		}
	}
}
