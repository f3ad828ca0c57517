package browser

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/chromedp/chromedp"
)

// Violation is a rule of WCAG 2.2 (A and AA) that the page breaks, as axe-core found it.
type Violation struct {
	Rule    string `json:"id"`
	Impact  string `json:"impact"` // minor, moderate, serious, critical
	Help    string `json:"help"`
	HelpURL string `json:"helpUrl"`
	Nodes   []struct {
		HTML    string `json:"html"`
		Summary string `json:"failureSummary"`
	} `json:"nodes"`
}

// String is the rule with the places that break it.
func (v Violation) String() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s (%s): %s", v.Rule, v.Impact, v.Help)
	for _, n := range v.Nodes {
		fmt.Fprintf(&b, "\n\t%s\n\t\t%s", n.HTML, strings.ReplaceAll(n.Summary, "\n", "\n\t\t"))
	}
	return b.String()
}

// Axe checks the page against the rules of WCAG 2.2 AA that a program can check. It needs JavaScript on the page.
func (p *Page) Axe() []Violation {
	p.t.Helper()
	p.settle()
	run(p, "load axe-core", chromedp.Evaluate[chromedp.Void](axeSource(p)))
	raw := Eval[[]byte](p, `axe.run(document, {
		runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], resultTypes: ['violations'],
	}).then(r => r.violations)`)
	var violations []Violation
	if err := json.Unmarshal(raw, &violations); err != nil {
		p.t.Fatal(err)
	}
	return violations
}

// axeSource is the script that npm installed at the root of the module.
func axeSource(p *Page) string {
	p.t.Helper()
	dir, err := os.Getwd()
	for err == nil {
		if source, err := os.ReadFile(filepath.Join(dir, "node_modules/axe-core/axe.min.js")); err == nil {
			return string(source)
		}
		if dir == filepath.Dir(dir) {
			break
		}
		dir = filepath.Dir(dir)
	}
	const advice = "axe-core is not installed: npm ci --ignore-scripts"
	if os.Getenv("CI") == "true" {
		p.t.Fatal(advice)
	}
	p.t.Skip(advice)
	return ""
}
