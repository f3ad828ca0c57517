package form

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

type named struct {
	meaning string
	formula *Formula
}

// formulas lists the expressions of an item by the column they stand in.
func (i *Item) formulas() []named {
	var all []named
	for _, n := range []named{
		{"relevant", i.Relevant}, {"constraint", i.Constraint}, {"required", i.Required}, {"readonly", i.ReadOnly},
		{"calculation", i.Calculation}, {"choice_filter", i.ChoiceFilter}, {"default", i.Default}, {"repeat_count", i.Count},
	} {
		if n.formula != nil {
			all = append(all, n)
		}
	}
	return all
}

func (c *checker) formula(item *Item, meaning string, f *Formula) {
	if f.err != nil {
		c.fault(item, meaning, "This expression cannot be read. "+f.err.Error()+".")
		return
	}
	inner := bracketed(f.root)
	visit(f.root, func(e expr) {
		switch e := e.(type) {
		case *call:
			c.call(item, meaning, e)
		case *location:
			switch {
			case e.start == "ref" && len(c.def.byName[e.ref]) == 0:
				c.fault(item, meaning, fmt.Sprintf("${%s} names no question of this form (character %d).", e.ref, e.at))
			case e.start == "child" && meaning != "choice_filter" && !inner[e] && len(c.def.byName[e.ref]) > 0:
				c.warn(item, meaning, fmt.Sprintf("A question is referred to as ${%s}; %s alone is empty here (character %d).", e.ref, e.ref, e.at))
			}
		}
	})
}

// bracketed finds the paths that stand in the conditions of others, where plain names are right.
func bracketed(root expr) map[*location]bool {
	all := map[*location]bool{}
	visit(root, func(e expr) {
		l, ok := e.(*location)
		if !ok {
			return
		}
		conditions := l.predicates
		for _, s := range l.steps {
			conditions = append(conditions[:len(conditions):len(conditions)], s.predicates...)
		}
		for _, p := range conditions {
			visit(p, func(e expr) {
				if l, ok := e.(*location); ok {
					all[l] = true
				}
			})
		}
	})
	return all
}

func (c *checker) call(item *Item, meaning string, e *call) {
	fn, ok := lookup(e.name)
	switch {
	case !ok:
		c.fault(item, meaning, fmt.Sprintf("There is no function %s (character %d).", e.name, e.at))
	case fn.run == nil:
		c.warn(item, meaning, fmt.Sprintf("The function %s is not worked out here; it gives nothing (character %d).", e.name, e.at))
	case len(e.args) < fn.min || (fn.max >= 0 && len(e.args) > fn.max):
		c.fault(item, meaning, fmt.Sprintf("The function %s is given %d values and needs %s (character %d).", e.name, len(e.args), arity(fn), e.at))
	case e.name == "instance":
		if name, literal := e.args[0].(stringLit); literal && c.def.Lists[string(name)] == nil && c.def.external[string(name)] == nil {
			c.warn(item, meaning, fmt.Sprintf("There is no list %s in the workbook, so instance() gives nothing (character %d).", quote(string(name)), e.at))
		}
	case e.name == "regex":
		pattern, literal := e.args[1].(stringLit)
		if _, err := regexp.Compile(string(pattern)); literal && err != nil {
			c.warn(item, meaning, fmt.Sprintf("The pattern of regex is of a kind that is not understood here, so nothing matches it (character %d).", e.at))
		}
	}
}

func arity(f function) string {
	switch {
	case f.max < 0:
		return fmt.Sprintf("at least %d", f.min)
	case f.min == f.max:
		return fmt.Sprint(f.min)
	}
	return fmt.Sprintf("%d to %d", f.min, f.max)
}

// visit goes through every part of an expression.
func visit(e expr, see func(expr)) {
	if e == nil {
		return
	}
	see(e)
	switch e := e.(type) {
	case *binaryOp:
		visit(e.left, see)
		visit(e.right, see)
	case *negation:
		visit(e.of, see)
	case *call:
		for _, a := range e.args {
			visit(a, see)
		}
	case *location:
		visit(e.from, see)
		for _, p := range e.predicates {
			visit(p, see)
		}
		for _, s := range e.steps {
			for _, p := range s.predicates {
				visit(p, see)
			}
		}
	}
}

// template checks the ${name} in texts that are shown.
func (c *checker) template(item *Item, meaning string, t Text) {
	for _, s := range t {
		for _, part := range splitTemplate(s) {
			if part.ref != "" && len(c.def.byName[part.ref]) == 0 {
				c.fault(item, meaning, "${"+part.ref+"} names no question of this form.")
			}
		}
	}
}

// part of a text: plain words, or a reference.
type part struct{ plain, ref string }

// splitTemplate parts "Sorry ${name}!" at its references. A ${ without } is plain text.
func splitTemplate(s string) []part {
	var parts []part
	for {
		open := strings.Index(s, "${")
		if open < 0 {
			break
		}
		end := strings.IndexByte(s[open:], '}')
		if end < 0 {
			break
		}
		parts = append(parts, part{plain: s[:open]}, part{ref: strings.TrimPrefix(strings.TrimSpace(s[open+2:open+end]), "last-saved#")})
		s = s[open+end+1:]
	}
	return append(parts, part{plain: s})
}

// cycles finds what depends on itself: calculations and relevances that go
// round. A constraint or a default may refer to its own question.
func (c *checker) cycles() {
	const (
		unseen = iota
		open
		done
	)
	state := map[*Item]int{}
	var trail []*Item
	var follow func(*Item)
	follow = func(item *Item) {
		state[item] = open
		trail = append(trail, item)
		for _, next := range c.def.dependencies(item) {
			switch state[next] {
			case open:
				c.cycle(trail[slices.Index(trail, next):])
			case unseen:
				follow(next)
			}
		}
		trail = trail[:len(trail)-1]
		state[item] = done
	}
	for item := range c.def.All() {
		if state[item] == unseen {
			follow(item)
		}
	}
}

func (c *checker) cycle(round []*Item) {
	var names []string
	for _, item := range round {
		names = append(names, item.Name)
	}
	names = append(names, round[0].Name)
	at := round[len(round)-1]
	meaning := "calculation"
	if at.Calculation == nil {
		meaning = "relevant"
	}
	c.fault(at, meaning, "This depends on itself: "+strings.Join(names, " → ")+".")
}

// dependencies lists what must be known before the value of an item is: what
// its calculation and relevance refer to, and the group it stands in.
func (d *Definition) dependencies(item *Item) []*Item {
	var all []*Item
	if item.Parent != nil && item.Parent.Relevant != nil {
		all = append(all, item.Parent)
	}
	for _, f := range []*Formula{item.Calculation, item.Relevant} {
		if f == nil || f.root == nil {
			continue
		}
		once := false
		visit(f.root, func(e expr) {
			switch e := e.(type) {
			case *call:
				once = once || e.name == "once"
			case *location:
				if next := d.target(e, item); next != nil && (next != item || !once) && next.Kind == KindQuestion {
					all = append(all, next)
				}
			}
		})
	}
	return all
}

// target is the item that a plain path leads to, or nil where that depends on the answers.
func (d *Definition) target(l *location, from *Item) *Item {
	switch {
	case l.start == "ref" && len(l.steps) == 0:
		return d.named(l.ref, from)
	case l.start == "." && len(l.steps) == 0:
		return nil // a question may look at its own answer
	case l.start == ".." && len(l.steps) == 1:
		path := l.steps[0].name
		if from.Parent != nil {
			path = from.Parent.Path + "/" + path
		}
		return d.byPath[path]
	}
	return nil
}
