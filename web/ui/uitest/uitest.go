// Package uitest finds what is wrong with a page that can be found by reading
// its HTML: what a browser would silently repair, what a screen reader could
// not name, what the content security policy would refuse. axe in the browser
// tests sees the rest.
package uitest

import (
	"bytes"
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/net/html"
)

// Problems lists what is wrong with a whole page, in the order of the text.
func Problems(page []byte) []string {
	c := &checker{ids: map[string]int{}, labelled: map[string]bool{}}
	c.balance(page)
	root, err := html.Parse(bytes.NewReader(page))
	if err != nil {
		return append(c.problems, err.Error())
	}
	c.collect(root)
	c.read(root)
	for _, name := range []string{"html", "title", "main", "h1"} {
		if c.seen[name] != 1 {
			c.say("%d elements <%s>, not one", c.seen[name], name)
		}
	}
	return c.problems
}

type checker struct {
	problems []string
	ids      map[string]int
	labelled map[string]bool
	seen     map[string]int
}

func (c *checker) say(format string, args ...any) {
	if p := fmt.Sprintf(format, args...); !slices.Contains(c.problems, p) {
		c.problems = append(c.problems, p)
	}
}

// void elements have no end tag.
func void(name string) bool {
	return slices.Contains([]string{"meta", "link", "input", "br", "hr", "img", "source", "wbr", "col", "area", "base"}, name)
}

// balance finds elements that are closed in another order than they were opened.
func (c *checker) balance(page []byte) {
	var stack []string
	z := html.NewTokenizer(bytes.NewReader(page))
	for {
		switch z.Next() {
		case html.ErrorToken:
			if z.Err() != io.EOF {
				c.say("%v", z.Err())
			}
			if len(stack) > 0 {
				c.say("never closed: <%s>", strings.Join(stack, "> <"))
			}
			return
		case html.StartTagToken:
			name, _ := z.TagName()
			if !void(string(name)) {
				stack = append(stack, string(name))
			}
		case html.EndTagToken:
			name, _ := z.TagName()
			if len(stack) == 0 || stack[len(stack)-1] != string(name) {
				c.say("</%s> closes %v", name, stack)
				return
			}
			stack = stack[:len(stack)-1]
		}
	}
}

func (c *checker) collect(root *html.Node) {
	c.seen = map[string]int{}
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		c.seen[n.Data]++
		if id := attr(n, "id"); id != "" {
			c.ids[id]++
			if c.ids[id] == 2 {
				c.say("two elements have the id %q", id)
			}
		}
		if n.Data == "label" {
			c.labelled[attr(n, "for")] = true
			if strings.TrimSpace(Text(n)) == "" {
				c.say("a label for %q without words", attr(n, "for"))
			}
		}
	}
}

func (c *checker) read(root *html.Node) {
	for n := range root.Descendants() {
		if n.Type != html.ElementNode {
			continue
		}
		c.attributes(n)
		switch n.Data {
		case "html":
			if attr(n, "lang") == "" || attr(n, "dir") == "" {
				c.say("<html> without lang or dir")
			}
		case "style":
			c.say("an inline <style>")
		case "script":
			if attr(n, "src") == "" {
				c.say("an inline <script>")
			}
		case "a", "button", "summary", "h1", "h2", "h3", "legend", "caption", "th":
			if strings.TrimSpace(Text(n)) == "" && attr(n, "aria-label") == "" {
				c.say("a <%s> without words", n.Data)
			}
		case "input", "select", "textarea":
			if t := attr(n, "type"); t != "hidden" && t != "submit" && !c.labelled[attr(n, "id")] && attr(n, "aria-label") == "" {
				c.say("a <%s name=%q> without a label", n.Data, attr(n, "name"))
			}
		case "img":
			if !has(n, "alt") {
				c.say("an <img> without alt")
			}
		}
	}
}

func (c *checker) attributes(n *html.Node) {
	for _, a := range n.Attr {
		switch {
		case a.Key == "style" || strings.HasPrefix(a.Key, "on"):
			c.say("an inline %s on <%s>", a.Key, n.Data)
		case a.Key == "src" && strings.Contains(a.Val, "//"):
			c.say("%s comes from elsewhere", a.Val)
		case strings.Contains(a.Val, "ZgotmplZ"):
			c.say("%s of <%s> was refused by html/template", a.Key, n.Data)
		case a.Key == "aria-describedby" || a.Key == "aria-labelledby":
			for id := range strings.FieldsSeq(a.Val) {
				if c.ids[id] == 0 {
					c.say("%s names %q, which is not there", a.Key, id)
				}
			}
		case a.Key == "href" && len(a.Val) > 1 && a.Val[0] == '#':
			if c.ids[a.Val[1:]] == 0 {
				c.say("a link to %q, which is not there", a.Val)
			}
		}
	}
}

// Text is the text of an element and all in it.
func Text(n *html.Node) string {
	var b strings.Builder
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			b.WriteString(d.Data)
		}
	}
	return b.String()
}

func has(n *html.Node, key string) bool {
	return slices.ContainsFunc(n.Attr, func(a html.Attribute) bool { return a.Key == key })
}

func attr(n *html.Node, key string) string {
	for _, a := range n.Attr {
		if a.Key == key {
			return a.Val
		}
	}
	return ""
}
