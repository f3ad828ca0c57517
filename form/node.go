package form

import (
	"math"
	"regexp"
	"strings"
	"time"
)

// node is one place of a form being filled in: a group, an instance of a
// repeat, or a question with its answer. Choices are nodes too where an
// expression looks at them; those have no item.
type node struct {
	run      *runner
	name     string
	item     *Item
	parent   *node
	children []*node

	raw      string // as answered
	answered bool   // also with "", on purpose
	given    Answers

	relevance, worth memo
	result           string
}

// memo is the progress of something worked out once, on demand.
type memo int8

const (
	memoNone memo = iota
	memoOpen      // being worked out: whoever asks now goes round in a circle
	memoYes
	memoNo
)

// text is the value of a question; groups have none of their own.
func (n *node) text() string {
	switch {
	case n.item == nil:
		return n.raw
	case n.item.Kind != KindQuestion:
		return ""
	}
	return n.run.value(n)
}

// runner works out one set of answers. It belongs to one goroutine.
type runner struct {
	def      *Definition
	env      Env
	document *node
	nodes    int
	steps    int
	over     bool // the budget of steps or nodes was not enough
	depth    int
	patterns map[string]*regexp.Regexp
	lists    map[string]*node
}

const maxSteps = 5_000_000

// spend takes n steps from the budget; false when it is used up. Expressions
// are input too: one that never ends must not hold the node.
func (r *runner) spend(n int) bool {
	r.steps += n
	if r.steps > maxSteps {
		r.over = true
	}
	return !r.over
}

func (r *runner) scope(n *node) *scope {
	return &scope{run: r, here: n, origin: n, pos: 1, size: 1, depth: r.depth}
}

// enter guards against chains of formulas deeper than the stack should hold.
func (r *runner) enter() bool {
	r.depth++
	if r.depth > maxDepth*5 {
		r.over = true
	}
	return !r.over
}

// relevant reports whether a place is asked at all: its own condition and that of every group around it.
func (r *runner) relevant(n *node) bool {
	if n == nil || n.item == nil {
		return true
	}
	switch n.relevance {
	case memoYes, memoOpen:
		return true
	case memoNo:
		return false
	}
	n.relevance = memoOpen
	result := r.relevant(n.parent)
	if f := n.item.Relevant; result && f != nil && f.root != nil {
		if r.enter() {
			result = f.value(r.scope(n)).Bool()
		}
		r.depth--
	}
	n.relevance = memoNo
	if result {
		n.relevance = memoYes
	}
	return result
}

// value is what a question holds: nothing where it is not relevant, else its
// calculation, its answer or its default, in this order. Values are worked out
// when first asked for, so each finds those it depends on.
func (r *runner) value(n *node) string {
	switch n.worth {
	case memoYes:
		return n.result
	case memoOpen:
		return n.raw
	}
	n.worth = memoOpen
	result := ""
	if r.relevant(n) {
		result = r.compute(n)
	}
	n.result, n.worth = result, memoYes
	return result
}

func (r *runner) compute(n *node) string {
	item := n.item
	switch {
	case item.Type == TypeNote:
		return ""
	case item.Calculation != nil:
		return r.formula(item.Calculation, n)
	case n.answered:
		return n.raw
	case item.Default != nil:
		return r.formula(item.Default, n)
	}
	switch item.Type {
	case "start", "end":
		return r.env.Now.Format(time.RFC3339)
	case "today":
		return r.env.Now.Format("2006-01-02")
	case "username":
		return r.env.User
	}
	return ""
}

func (r *runner) formula(f *Formula, n *node) string {
	defer func() { r.depth-- }()
	if !r.enter() {
		return ""
	}
	v := f.value(r.scope(n))
	if v.kind == kindNumber && math.IsNaN(v.n) {
		return "" // a sum over what is not answered yet is no answer
	}
	s := v.String()
	if len(s) > maxAnswer {
		s = strings.ToValidUTF8(s[:maxAnswer], "")
	}
	return s
}

// refer finds what ${name} means, said at origin.
func (r *runner) refer(name string, origin *node) []*node {
	var from *Item
	if origin != nil {
		from = origin.item
	}
	return r.resolve(r.def.named(name, from), origin, nil)
}

// resolve finds the nodes of an item. A repeat that origin stands in too means
// the same instance; any other means all its instances, unless fixed says which.
func (r *runner) resolve(item *Item, origin *node, fixed map[*Item]int) []*node {
	if item == nil {
		return nil
	}
	around := map[*node]bool{}
	for n := origin; n != nil; n = n.parent {
		around[n] = true
	}
	nodes := []*node{r.document}
	for _, level := range item.lineage() {
		var next []*node
		for _, parent := range nodes {
			if !r.spend(1 + len(parent.children)) {
				return nil
			}
			next = append(next, pick(parent, level, level != item, around, fixed[level])...)
		}
		nodes = next
	}
	return nodes
}

func pick(parent *node, level *Item, bind bool, around map[*node]bool, index int) []*node {
	var found []*node
	for _, c := range parent.children {
		if c.item != level {
			continue
		}
		if bind && index == 0 && around[c] {
			return []*node{c}
		}
		found = append(found, c)
	}
	switch {
	case index == 0:
		return found
	case index > len(found):
		return nil
	}
	return found[index-1 : index]
}

// pattern compiles a regular expression once; it must match the whole text (ODK). nil for one that Go does not know.
func (r *runner) pattern(p string) *regexp.Regexp {
	if re, ok := r.patterns[p]; ok {
		return re
	}
	var re *regexp.Regexp
	if len(p) < 2000 && len(r.patterns) < 1000 {
		if compiled, err := regexp.Compile(`^(?:` + p + `)$`); err == nil {
			re = compiled
		}
	}
	r.patterns[p] = re
	return re
}

func (r *runner) uuid(*node) string {
	if r.env.UUID == nil {
		return ""
	}
	return r.env.UUID()
}

func (r *runner) random(*node) float64 {
	if r.env.Random == nil {
		return 0
	}
	return r.env.Random()
}
