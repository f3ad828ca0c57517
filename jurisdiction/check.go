package jurisdiction

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/language"
	"gopkg.in/yaml.v3"
)

// Problem is one thing wrong in a profile, and where.
type Problem struct {
	Line   int    `json:"line"` // from 1; 0 for the whole file
	Column int    `json:"column"`
	Path   string `json:"path"` // such as clocks[rights_briefing].period.unit
	Reason string `json:"reason"`
}

// String is the problem in one line, without the file's name.
func (p Problem) String() string {
	if p.Path == "" {
		return fmt.Sprintf("%d:%d: %s", p.Line, p.Column, p.Reason)
	}
	return fmt.Sprintf("%d:%d: %s: %s", p.Line, p.Column, p.Path, p.Reason)
}

// Check reads one profile and returns everything that is wrong with it, in
// the order of the file; none means that it can be loaded. What it extends is
// looked for among the built-in profiles. name is for the caller's messages: a
// file under review may have any.
func Check(r io.Reader, _ string) []Problem {
	_, problems := read(r, library{}, 0)
	return problems
}

// crosscheck holds what only the merged profile can show.
func (d *decoder) crosscheck(p *Profile) {
	for _, ref := range d.refs {
		d.resolve(ref, p)
	}
	d.checkStates(p)
	d.checkNames(p)
	d.checkStages(p)
	d.checkAmendments(p)
	for need, row := range p.Entitlements {
		for standing, cell := range row {
			path := "entitlements." + string(need) + "." + string(standing)
			if at := d.places[path]; at != nil && (cell.Value == Conditional) != (cell.Condition != "") {
				d.refuse(at, path, "a conditional answer says its condition, and only a conditional one does")
			}
		}
	}
	if age, ok := p.AgeOfMajority.Get(); ok && (age < 1 || age > 30) {
		d.refuseAt("age_of_majority.value", "is not an age of majority")
	}
	if k, ok := p.Statistics.K.Get(); ok && (k < 2 || k > 1000) {
		d.refuseAt("statistics.k.value", "is from 2 to 1000")
	}
}

func (d *decoder) refuseAt(path, reason string) {
	if at := d.places[path]; at != nil {
		d.refuse(at, path, reason)
	}
}

func (d *decoder) resolve(ref reference, p *Profile) {
	var names []string
	switch ref.kind {
	case "body":
		for _, body := range p.Bodies {
			names = append(names, body.Key)
		}
	case "rights item":
		for _, item := range p.Rights.Items {
			names = append(names, item.Key)
		}
	case "state":
		for _, state := range p.Procedure.States.Value {
			names = append(names, state.Key)
		}
	}
	if reason := oneOf(ref.kind, ref.name, names...); reason != "" {
		d.refuse(ref.node, ref.path, reason)
	}
}

// checkStates refuses a state that no path from the first one reaches.
func (d *decoder) checkStates(p *Profile) {
	if d.places["procedure.states"] == nil || len(p.Procedure.States.Value) == 0 {
		return
	}
	next := map[string][]StateRef{}
	for _, state := range p.Procedure.States.Value {
		next[state.Key] = state.Next
	}
	reached, open := map[string]bool{}, []string{p.Procedure.States.Value[0].Key}
	for len(open) > 0 {
		key := open[len(open)-1]
		open = open[:len(open)-1]
		if reached[key] {
			continue
		}
		reached[key] = true
		open = append(open, texts(next[key])...)
	}
	for _, state := range p.Procedure.States.Value {
		if !reached[state.Key] {
			d.refuseAt("procedure.states.value["+state.Key+"]", "no path leads to this state")
		}
	}
}

func (d *decoder) checkNames(p *Profile) {
	if p.Kind == "state" {
		region, err := language.ParseRegion(p.Code)
		if err != nil || len(p.Code) != 2 || p.Code != strings.ToLower(p.Code) || !region.IsCountry() {
			d.refuseAt("code", quote(p.Code)+" is not the two-letter code of a State (ISO 3166) in lower case")
		}
	} else if !isWord(p.Code) {
		d.refuseAt("code", "is lower-case letters, digits and hyphens")
	}
	for _, lang := range []Lang{"en", "fr", "es", "ar"} {
		if p.Name[lang] == "" && len(p.Name) > 0 {
			d.refuseAt("name", "has no name in "+quote(string(lang)))
		}
	}
	for _, item := range p.Rights.Items {
		if item.Text["en"] == "" {
			d.refuseAt("rights.items["+item.Key+"]", "has no text in \"en\", which others fall back to")
		}
	}
}

func isWord(code string) bool {
	if code == "" || len(code) > 32 {
		return false
	}
	return !strings.ContainsFunc(code, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '-')
	})
}

// checkStages refuses half a period: a length without the event it is counted from.
func (d *decoder) checkStages(p *Profile) {
	for _, stage := range p.Procedure.Stages {
		path := "procedure.stages[" + stage.Key + "]"
		if !stage.Period.IsZero() && stage.From == "" {
			d.refuseAt(path, "has a period but not from which event it is counted")
		}
		if !stage.NotBefore.IsZero() && stage.NotBeforeFrom == "" {
			d.refuseAt(path, "has an earliest time but not from which event it is counted")
		}
	}
}

// sorted puts problems in the order of the file, each once.
func sorted(problems []Problem) []Problem {
	slices.SortStableFunc(problems, func(a, b Problem) int {
		if a.Line != b.Line {
			return a.Line - b.Line
		}
		return a.Column - b.Column
	})
	return slices.Compact(problems)
}

// plain refuses what a profile has no need of and a stranger could misuse:
// anchors and aliases (which can grow without end), tags, great depth.
func (d *decoder) plain(n *yaml.Node, depth int) bool {
	const deepest = 24
	switch {
	case depth > deepest:
		d.refuse(n, "", "is nested too deep")
		return false
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.refuse(n, "", "anchors and aliases are not allowed: write the value again")
		return false
	case n.Style&yaml.TaggedStyle != 0:
		d.refuse(n, "", "tags such as "+quote(n.Tag)+" are not allowed")
		return false
	}
	ok := true
	for _, child := range n.Content {
		ok = d.plain(child, depth+1) && ok
	}
	return ok
}
