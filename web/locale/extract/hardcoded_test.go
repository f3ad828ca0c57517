package main

import (
	"io"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"text/template/parse"
	"unicode"

	"golang.org/x/net/html"
)

// hardcoded lists the visible text of a template that no translator sees.
func hardcoded(trees map[string]*parse.Tree) []string {
	var found []string
	for _, tree := range trees {
		var b strings.Builder
		skeleton(tree.Root, &b)
		text := b.String()
		if !strings.Contains(text, "<") { // a part of a tag
			text = attribute.ReplaceAllString(text, "")
		}
		z := html.NewTokenizer(strings.NewReader(text))
		hidden := ""
		for kind := z.Next(); kind != html.ErrorToken || z.Err() != io.EOF; kind = z.Next() {
			if kind == html.ErrorToken {
				return append(found, z.Err().Error())
			}
			token := z.Token()
			switch {
			case kind == html.TextToken && hidden == "" && words(token.Data):
				found = append(found, strings.TrimSpace(token.Data))
			case kind == html.StartTagToken && (token.Data == "script" || token.Data == "style"):
				hidden = token.Data
			case kind == html.EndTagToken && token.Data == hidden:
				hidden = ""
			}
			for _, a := range token.Attr {
				visible := slices.Contains([]string{"title", "alt", "aria-label", "placeholder", "label"}, a.Key) ||
					a.Key == "value" && slices.Contains(token.Attr, html.Attribute{Key: "type", Val: "submit"})
				if visible && words(a.Val) {
					found = append(found, a.Key+"="+a.Val)
				}
			}
		}
	}
	return found
}

var attribute = regexp.MustCompile(` [a-z-]+="[^"]*"`)

// skeleton is a template with nothing where its actions stand, all branches one after another.
func skeleton(list *parse.ListNode, b *strings.Builder) {
	if list == nil {
		return
	}
	for _, node := range list.Nodes {
		switch n := node.(type) {
		case *parse.TextNode:
			b.Write(n.Text)
		case *parse.IfNode:
			skeleton(n.List, b)
			skeleton(n.ElseList, b)
		case *parse.RangeNode:
			skeleton(n.List, b)
			skeleton(n.ElseList, b)
		case *parse.WithNode:
			skeleton(n.List, b)
			skeleton(n.ElseList, b)
		}
	}
}

// words reports whether a text has words; the project's name is the same in every language.
func words(text string) bool {
	text = strings.ReplaceAll(strings.ReplaceAll(text, "Palermo", ""), "DOCTYPE html", "")
	return strings.ContainsFunc(text, unicode.IsLetter)
}

func TestNoTextIsHardCoded(t *testing.T) {
	names, err := templateFiles(root)
	if err != nil || len(names) < 4 {
		t.Fatalf("%d templates, %v", len(names), err)
	}
	for _, name := range names {
		trees, err := parseTemplate(root, name)
		if err != nil {
			t.Error(err)
		}
		for _, text := range hardcoded(trees) {
			t.Errorf("%s: %q stands in no {{t}}", filepath.FromSlash(name), text)
		}
	}
}

func TestHardCodedTextIsFound(t *testing.T) {
	dir := module(t, map[string]string{"a.html": `<p title="Tip">{{if .A}}Save{{else}}{{t "Fine"}}{{end}}</p><input type="submit" value="Go"><input value="x" placeholder="Write">`})
	trees, err := parseTemplate(dir, "a.html")
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(hardcoded(trees), " "); got != "title=Tip Save value=Go placeholder=Write" {
		t.Error(got)
	}
}
