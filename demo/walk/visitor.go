package walk

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/pquerna/otp/totp"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"palermo/demo"
)

// Visitor is somebody signed in at a node's pages.
type Visitor struct {
	base   string
	client *http.Client
}

// SignIn signs an account in at a node.
func SignIn(ctx context.Context, address string, a *demo.Account) (*Visitor, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	v := &Visitor{base: "http://" + address, client: &http.Client{Jar: jar, Timeout: 30 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	code, err := totp.GenerateCode(a.Secret, time.Now())
	if err != nil {
		return nil, err
	}
	_, err = v.Post(ctx, "/sign-in", url.Values{"login": {a.Login}, "password": {a.Password}, "code": {code}})
	return v, err
}

// Post sends a form, and gives where it leads; what a page says against it is the error.
func (v *Visitor) Post(ctx context.Context, path string, form url.Values) (string, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, v.base+path, strings.NewReader(form.Encode()))
	if err != nil {
		return "", err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	page, answer, err := v.do(r)
	if err != nil {
		return "", err
	}
	if answer.StatusCode != http.StatusSeeOther {
		return "", fmt.Errorf("%s: %s", path, page.refusal())
	}
	return answer.Header.Get("Location"), nil
}

func (v *Visitor) get(ctx context.Context, path string) (page, error) {
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, v.base+path, nil)
	if err != nil {
		return page{}, err
	}
	p, answer, err := v.do(r)
	if err == nil && answer.StatusCode != http.StatusOK {
		err = fmt.Errorf("%s: %s", path, p.refusal())
	}
	return p, err
}

func (v *Visitor) do(r *http.Request) (page, *http.Response, error) {
	r.Header.Set("Accept-Language", "en")
	answer, err := v.client.Do(r)
	if err != nil {
		return page{}, nil, err
	}
	root, err := html.Parse(answer.Body)
	return page{root}, answer, errors.Join(err, answer.Body.Close())
}

// page is a page as it is read.
type page struct{ root *html.Node }

// each calls fn for every element of a kind.
func (p page) each(kind atom.Atom, fn func(*html.Node)) {
	if p.root == nil {
		return // nothing was read
	}
	for n := range p.root.Descendants() {
		if n.Type == html.ElementNode && n.DataAtom == kind {
			fn(n)
		}
	}
}

func text(n *html.Node) string {
	var words []string
	for d := range n.Descendants() {
		if d.Type == html.TextNode {
			words = append(words, strings.Fields(d.Data)...)
		}
	}
	return strings.Join(words, " ")
}

func attribute(n *html.Node, name string) string {
	i := slices.IndexFunc(n.Attr, func(a html.Attribute) bool { return a.Key == name })
	if i < 0 {
		return ""
	}
	return n.Attr[i].Val
}

// refusal is what the page says must be mended, or all that it says.
func (p page) refusal() string {
	said := ""
	p.each(atom.Section, func(n *html.Node) {
		if attribute(n, "class") == "errors" {
			said = text(n)
		}
	})
	if said == "" {
		p.each(atom.Main, func(n *html.Node) { said = text(n) })
	}
	return said
}

// fact is the value beside a label of a summary list.
func (p page) fact(label string) string {
	if all := p.facts(label); len(all) > 0 {
		return all[0]
	}
	return ""
}

// facts are the values beside all labels that say so.
func (p page) facts(label string) []string {
	var found []string
	p.each(atom.Dt, func(n *html.Node) {
		if text(n) != label {
			return
		}
		for s := n.NextSibling; s != nil; s = s.NextSibling {
			if s.DataAtom == atom.Dd {
				found = append(found, text(s))
				return
			}
		}
	})
	return found
}

// address is the first link that begins so.
func (p page) address(prefix string) string {
	found := ""
	p.each(atom.A, func(n *html.Node) {
		if href := attribute(n, "href"); found == "" && strings.HasPrefix(href, prefix) {
			found = href
		}
	})
	return found
}

// column is the cells of a table's column, by its head.
func (p page) column(head string) []string {
	var cells []string
	p.each(atom.Table, func(t *html.Node) {
		place := -1
		count := 0
		page{t}.each(atom.Th, func(n *html.Node) {
			if attribute(n, "scope") == "col" {
				if text(n) == head {
					place = count
				}
				count++
			}
		})
		if place < 0 {
			return
		}
		page{t}.each(atom.Tr, func(tr *html.Node) {
			var row []string
			for c := tr.FirstChild; c != nil; c = c.NextSibling {
				if c.DataAtom == atom.Td || c.DataAtom == atom.Th && attribute(c, "scope") == "row" {
					row = append(row, text(c))
				}
			}
			if place < len(row) {
				cells = append(cells, row[place])
			}
		})
	})
	return cells
}

// option is the value of a choice by what it says.
func (p page) option(label string) string {
	found := ""
	p.each(atom.Option, func(n *html.Node) {
		if text(n) == label {
			found = attribute(n, "value")
		}
	})
	return found
}
