package form

import (
	"math"
)

// plant grows the tree of a form from its answers.
func (r *runner) plant(answers Answers) {
	r.document = &node{run: r, given: answers}
	r.grow(r.document, r.def.Items)
	r.counts(r.document)
	r.forget(r.document)
}

func (r *runner) grow(parent *node, items []*Item) {
	for _, item := range items {
		if item.Kind == KindRepeat {
			for i := range r.instances(parent, item) {
				parent.children = append(parent.children, r.instanceNode(parent, item, i))
			}
			continue
		}
		n := r.sprout(parent, item)
		parent.children = append(parent.children, n)
		if item.Kind == KindGroup {
			n.given, _ = parent.given[item.Name].(Answers)
			r.grow(n, item.Children)
			continue
		}
		n.raw, n.answered = parent.given[item.Name].(string)
	}
}

func (r *runner) sprout(parent *node, item *Item) *node {
	r.nodes++
	if r.nodes > maxNodes {
		r.over = true
	}
	return &node{run: r, name: item.Name, item: item, parent: parent}
}

// instances is how many of a repeat there are: as answered, or one to begin with.
func (r *runner) instances(parent *node, item *Item) int {
	list, ok := parent.given[item.Name].([]Answers)
	switch {
	case r.over:
		return 0
	case ok:
		return min(len(list), maxInstances)
	case item.Count != nil || item.Has("minimal"):
		return 0
	}
	return 1
}

func (r *runner) instanceNode(parent *node, item *Item, index int) *node {
	n := r.sprout(parent, item)
	if list, ok := parent.given[item.Name].([]Answers); ok && index < len(list) {
		n.given = list[index]
	}
	if !r.over {
		r.grow(n, item.Children)
	}
	return n
}

// counts gives repeats with a repeat_count their number of instances, in the
// order of the form: a count may depend on what comes before it.
func (r *runner) counts(n *node) {
	items := r.def.Items
	if n.item != nil {
		items = n.item.Children
	}
	for _, item := range items {
		if item.Kind == KindRepeat && item.Count != nil {
			r.recount(n, item)
		}
		for _, c := range n.children {
			if c.item == item && item.Kind != KindQuestion {
				r.counts(c)
			}
		}
	}
}

func (r *runner) recount(parent *node, item *Item) {
	// The expression stands at the repeat itself; a stand-in gives it its place.
	at := &node{run: r, name: item.Name, item: item, parent: parent}
	want := item.Count.value(r.scope(at)).Number()
	if math.IsNaN(want) {
		want = 0
	}
	number := int(min(max(want, 0), maxInstances))
	var before, own, after []*node
	passed := false
	for _, c := range parent.children {
		switch {
		case c.item == item:
			own = append(own, c)
		case !passed && c.item.Row < item.Row:
			before = append(before, c)
		default:
			passed = true
			after = append(after, c)
		}
	}
	for len(own) < number && !r.over {
		own = append(own, r.instanceNode(parent, item, len(own)))
	}
	own = own[:min(number, len(own))]
	parent.children = append(append(before, own...), after...)
	r.forget(r.document) // what looked at the repeat before must look again
}

// forget drops everything worked out so far.
func (r *runner) forget(n *node) {
	n.relevance, n.worth, n.result = memoNone, memoNone, ""
	for _, c := range n.children {
		r.forget(c)
	}
}
