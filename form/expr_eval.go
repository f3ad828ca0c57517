package form

import "math"

// scope is where an expression is worked out.
type scope struct {
	run       *runner
	here      *node // what . and child names mean
	origin    *node // the question whose expression this is; ${} and current() start there
	pos, size int   // within a predicate
	depth     int
}

func (c *scope) at(n *node, pos, size int) *scope {
	inner := *c
	inner.here, inner.pos, inner.size, inner.depth = n, pos, size, c.depth+1
	return &inner
}

// value works out a formula; an unreadable one, or none, is empty.
func (f *Formula) value(c *scope) value {
	if f == nil || f.root == nil {
		return text("")
	}
	return f.root.eval(c)
}

func (n numberLit) eval(*scope) value { return number(float64(n)) }
func (s stringLit) eval(*scope) value { return text(string(s)) }
func (n *negation) eval(c *scope) value {
	return number(-n.of.eval(c).Number())
}

func (b *binaryOp) eval(c *scope) value {
	if !c.run.spend(1) {
		return text("")
	}
	left := b.left.eval(c)
	switch b.op {
	case "or":
		return boolean(left.Bool() || b.right.eval(c).Bool())
	case "and":
		return boolean(left.Bool() && b.right.eval(c).Bool())
	}
	right := b.right.eval(c)
	switch b.op {
	case "+":
		return number(left.Number() + right.Number())
	case "-":
		return number(left.Number() - right.Number())
	case "*":
		return number(left.Number() * right.Number())
	case "div":
		return number(left.Number() / right.Number())
	case "mod":
		return number(math.Mod(left.Number(), right.Number()))
	case "|":
		return nodeset(append(append([]*node(nil), left.nodes...), right.nodes...))
	}
	c.run.spend(len(left.nodes) * max(1, len(right.nodes)))
	return boolean(compare(b.op, left, right))
}

func (f *call) eval(c *scope) value {
	if !c.run.spend(1) || c.depth > maxDepth {
		return text("")
	}
	fn, ok := lookup(f.name)
	if !ok || fn.run == nil || len(f.args) < fn.min || (fn.max >= 0 && len(f.args) > fn.max) {
		return text("") // Check has said so
	}
	return fn.run(c, f.args)
}

func (l *location) eval(c *scope) value {
	if !c.run.spend(1) || c.depth > maxDepth {
		return nodeset(nil)
	}
	var nodes []*node
	switch l.start {
	case "ref":
		nodes = c.run.refer(l.ref, c.origin)
	case "/":
		nodes = []*node{c.run.document}
	case ".":
		nodes = []*node{c.here}
	case "..":
		nodes = []*node{c.here.parent}
	case "child":
		nodes = children(c.here, l.ref)
	case "expr":
		v := l.from.eval(c)
		nodes = v.nodes
	}
	nodes = c.filter(nodes, l.predicates)
	for _, s := range l.steps {
		nodes = c.filterEach(c.walk(nodes, s), s.predicates)
	}
	kept := nodes[:0:0]
	for _, n := range nodes {
		if n != nil && c.run.relevant(n) {
			kept = append(kept, n)
		}
	}
	return nodeset(kept)
}

// walk takes one step from every node; the result keeps one group per parent, for position().
func (c *scope) walk(nodes []*node, s step) [][]*node {
	var groups [][]*node
	for _, n := range nodes {
		if n == nil || !c.run.spend(1+len(n.children)) {
			continue
		}
		switch {
		case s.name == ".":
			groups = append(groups, []*node{n})
		case s.name == "..":
			groups = append(groups, []*node{n.parent})
		case s.deep:
			groups = append(groups, descendants(n, s.name))
		default:
			groups = append(groups, children(n, s.name))
		}
	}
	return groups
}

func (c *scope) filterEach(groups [][]*node, predicates []expr) []*node {
	var all []*node
	for _, g := range groups {
		for _, n := range c.filter(g, predicates) {
			if n != nil && !containsNode(all, n) {
				all = append(all, n)
			}
		}
	}
	return all
}

// containsNode looks only at the end: steps go through the form in order, and
// only .. can lead to the same place twice, always in a row.
func containsNode(all []*node, n *node) bool { return len(all) > 0 && all[len(all)-1] == n }

func (c *scope) filter(nodes []*node, predicates []expr) []*node {
	for _, p := range predicates {
		kept := nodes[:0:0]
		for i, n := range nodes {
			if n == nil || !c.run.spend(1) {
				continue
			}
			v := p.eval(c.at(n, i+1, len(nodes)))
			if (v.kind == kindNumber && v.n == float64(i+1)) || (v.kind != kindNumber && v.Bool()) {
				kept = append(kept, n)
			}
		}
		nodes = kept
	}
	return nodes
}

func children(n *node, name string) []*node {
	if n == nil {
		return nil
	}
	if name == "*" {
		return n.children
	}
	var all []*node
	for _, c := range n.children {
		if c.name == name {
			all = append(all, c)
		}
	}
	return all
}

func descendants(n *node, name string) []*node {
	var all []*node
	for _, c := range n.children {
		if name == "*" || c.name == name {
			all = append(all, c)
		}
		all = append(all, descendants(c, name)...)
	}
	return all
}
