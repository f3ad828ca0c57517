package form

import (
	"math"
	"slices"
	"strings"
	"unicode/utf8"
)

// function is one function of the language. run is nil for those that ODK
// knows and this program does not work out; Check warns of them.
type function struct {
	min, max int // arguments; max -1 for any number
	run      func(c *scope, args []expr) value
}

// lookup finds a function by name. It is a switch over small tables rather
// than a package-level map so that nothing can change it.
func lookup(name string) (function, bool) {
	for _, table := range []func(string) (function, bool){textFunction, numberFunction, logicFunction, choiceFunction, timeFunction} {
		if f, ok := table(name); ok {
			return f, true
		}
	}
	switch name {
	case "pulldata", "instance-of", "area", "distance", "geofence", "digest", "base64-encode", "base64-decode",
		"extract-signed", "randomize", "checklist", "weighted-checklist", "property", "intersects":
		return function{0, -1, nil}, true
	}
	return function{}, false
}

func textFunction(name string) (function, bool) {
	switch name {
	case "string":
		return function{0, 1, func(c *scope, a []expr) value { return text(c.string(a, 0)) }}, true
	case "string-length":
		return function{0, 1, func(c *scope, a []expr) value {
			return number(float64(utf8.RuneCountInString(c.string(a, 0))))
		}}, true
	case "substr":
		return function{2, 3, substr}, true
	case "substring":
		return function{2, 3, substring}, true
	case "substring-before", "substring-after":
		return function{2, 2, func(c *scope, a []expr) value {
			before, after, found := strings.Cut(c.string(a, 0), c.string(a, 1))
			switch {
			case !found:
				return text("")
			case name == "substring-before":
				return text(before)
			}
			return text(after)
		}}, true
	case "concat":
		return function{0, -1, func(c *scope, a []expr) value { return text(c.limit(strings.Join(c.all(a), ""))) }}, true
	case "join":
		return function{1, -1, func(c *scope, a []expr) value {
			return text(c.limit(strings.Join(c.all(a[1:]), c.string(a, 0))))
		}}, true
	case "contains":
		return function{2, 2, func(c *scope, a []expr) value { return boolean(strings.Contains(c.string(a, 0), c.string(a, 1))) }}, true
	case "starts-with":
		return function{2, 2, func(c *scope, a []expr) value { return boolean(strings.HasPrefix(c.string(a, 0), c.string(a, 1))) }}, true
	case "ends-with":
		return function{2, 2, func(c *scope, a []expr) value { return boolean(strings.HasSuffix(c.string(a, 0), c.string(a, 1))) }}, true
	case "translate":
		return function{3, 3, func(c *scope, a []expr) value {
			return text(translate(c.string(a, 0), c.string(a, 1), c.string(a, 2)))
		}}, true
	case "normalize-space":
		return function{0, 1, func(c *scope, a []expr) value { return text(strings.Join(strings.Fields(c.string(a, 0)), " ")) }}, true
	case "regex":
		return function{2, 2, func(c *scope, a []expr) value {
			re := c.run.pattern(c.string(a, 1))
			return boolean(re != nil && re.MatchString(c.string(a, 0)))
		}}, true
	}
	return function{}, false
}

// string is the text of an argument; of the place itself when there is none.
func (c *scope) string(args []expr, i int) string {
	if i < len(args) {
		return args[i].eval(c).String()
	}
	if i == 0 {
		return c.here.text()
	}
	return ""
}

func (c *scope) number(args []expr, i int) float64 {
	if i < len(args) {
		return args[i].eval(c).Number()
	}
	return toNumber(c.here.text())
}

// all lists the texts of all arguments, node by node.
func (c *scope) all(args []expr) []string {
	var list []string
	for _, a := range args {
		v := a.eval(c)
		c.run.spend(len(v.nodes))
		list = append(list, v.strings()...)
	}
	return list
}

// limit keeps a text that formulas build from growing without end.
func (c *scope) limit(s string) string {
	c.run.spend(len(s) / 64)
	if len(s) > maxAnswer {
		return strings.ToValidUTF8(s[:maxAnswer], "")
	}
	return s
}

// substr counts from 0, its end not included; below zero from the end (ODK).
func substr(c *scope, a []expr) value {
	runes := []rune(c.string(a, 0))
	from, to := c.number(a, 1), float64(len(runes))
	if len(a) > 2 {
		to = c.number(a, 2)
	}
	i, j := bound(from, len(runes)), bound(to, len(runes))
	if i >= j {
		return text("")
	}
	return text(string(runes[i:j]))
}

func bound(n float64, length int) int {
	if math.IsNaN(n) {
		return 0
	}
	if n < 0 {
		n += float64(length)
	}
	return int(min(max(n, 0), float64(length)))
}

// substring counts from 1 and takes a length (XPath 1.0, 4.2).
func substring(c *scope, a []expr) value {
	from, length := math.Round(c.number(a, 1)), math.Inf(1)
	if len(a) > 2 {
		length = math.Round(c.number(a, 2))
	}
	var out strings.Builder
	i := 1.0
	for _, r := range c.string(a, 0) {
		if i >= from && i < from+length {
			out.WriteRune(r)
		}
		i++
	}
	return text(out.String())
}

func translate(s, from, to string) string {
	f, t := []rune(from), []rune(to)
	return strings.Map(func(r rune) rune {
		i := slices.Index(f, r)
		switch {
		case i < 0:
			return r
		case i < len(t):
			return t[i]
		}
		return -1
	}, s)
}

func logicFunction(name string) (function, bool) {
	switch name {
	case "not":
		return function{1, 1, func(c *scope, a []expr) value { return boolean(!a[0].eval(c).Bool()) }}, true
	case "true", "false":
		return function{0, 0, func(*scope, []expr) value { return boolean(name == "true") }}, true
	case "boolean":
		return function{1, 1, func(c *scope, a []expr) value { return boolean(a[0].eval(c).Bool()) }}, true
	case "boolean-from-string":
		return function{1, 1, func(c *scope, a []expr) value {
			s := c.string(a, 0)
			return boolean(s == "1" || strings.EqualFold(s, "true"))
		}}, true
	case "if":
		return function{3, 3, func(c *scope, a []expr) value {
			if a[0].eval(c).Bool() {
				return a[1].eval(c)
			}
			return a[2].eval(c)
		}}, true
	case "coalesce":
		return function{1, -1, func(c *scope, a []expr) value {
			for _, e := range a {
				if s := e.eval(c).String(); s != "" {
					return text(s)
				}
			}
			return text("")
		}}, true
	case "once":
		return function{1, 1, func(c *scope, a []expr) value {
			if c.origin.raw != "" {
				return text(c.origin.raw)
			}
			return a[0].eval(c)
		}}, true
	case "current":
		return function{0, 0, func(c *scope, _ []expr) value { return nodeset([]*node{c.origin}) }}, true
	case "uuid":
		return function{0, 1, func(c *scope, _ []expr) value { return text(c.run.uuid(c.origin)) }}, true
	case "random":
		return function{0, 0, func(c *scope, _ []expr) value { return number(c.run.random(c.origin)) }}, true
	case "version":
		return function{0, 0, func(c *scope, _ []expr) value { return text(c.run.def.Version) }}, true
	}
	return function{}, false
}

func choiceFunction(name string) (function, bool) {
	switch name {
	case "selected":
		return function{2, 2, func(c *scope, a []expr) value {
			want := strings.TrimSpace(c.string(a, 1))
			for _, s := range c.all(a[:1]) {
				if slices.Contains(strings.Fields(s), want) || (want == "" && s == "") {
					return boolean(true)
				}
			}
			return boolean(false)
		}}, true
	case "selected-at":
		return function{2, 2, func(c *scope, a []expr) value {
			list, n := strings.Fields(c.string(a, 0)), c.number(a, 1)
			if !(n >= 0 && n < float64(len(list))) {
				return text("")
			}
			return text(list[int(n)])
		}}, true
	case "count-selected":
		return function{1, 1, func(c *scope, a []expr) value { return number(float64(len(strings.Fields(c.string(a, 0))))) }}, true
	case "jr:choice-name":
		return function{2, 2, choiceName}, true
	case "jr:itext", "itext":
		return function{1, 1, func(c *scope, a []expr) value { return text(c.string(a, 0)) }}, true
	case "position":
		return function{0, 1, position}, true
	case "last":
		return function{0, 0, func(c *scope, _ []expr) value { return number(float64(c.size)) }}, true
	case "indexed-repeat":
		return function{3, 7, indexedRepeat}, true
	case "instance":
		return function{1, 1, func(c *scope, a []expr) value { return nodeset(c.run.instance(c.string(a, 0))) }}, true
	}
	return function{}, false
}

// choiceName is the label of a choice in the language shown: jr:choice-name(${q}, '${q}').
func choiceName(c *scope, a []expr) value {
	v := a[0].eval(c)
	name := v.String()
	ref := strings.TrimSuffix(strings.TrimPrefix(strings.TrimSpace(c.string(a, 1)), "${"), "}")
	var item *Item
	if nodes := c.run.refer(strings.TrimSpace(ref), c.origin); len(nodes) > 0 {
		item = nodes[0].item
	} else if len(v.nodes) > 0 {
		item = v.nodes[0].item
	}
	if item == nil {
		return text(name)
	}
	var labels []string
	for _, n := range strings.Fields(name) {
		labels = append(labels, c.run.choiceLabel(item, n))
	}
	return text(strings.Join(labels, ", "))
}

// position is the place in a predicate, or that of a node among its like: position(..) in a repeat.
func position(c *scope, a []expr) value {
	if len(a) == 0 {
		return number(float64(max(c.pos, 1)))
	}
	v := a[0].eval(c)
	if len(v.nodes) == 0 || v.nodes[0].parent == nil {
		return number(math.NaN())
	}
	n := v.nodes[0]
	return number(float64(slices.Index(children(n.parent, n.name), n) + 1))
}

// indexedRepeat is indexed-repeat(${question}, ${repeat}, index, …) for up to three repeats.
func indexedRepeat(c *scope, a []expr) value {
	target, ok := a[0].(*location)
	if !ok || target.start != "ref" || len(a)%2 == 0 {
		return text("")
	}
	fixed := map[*Item]int{}
	for i := 1; i+1 < len(a); i += 2 {
		repeat, ok := a[i].(*location)
		if !ok || repeat.start != "ref" {
			return text("")
		}
		index := c.number(a, i+1)
		if item := c.run.def.named(repeat.ref, c.origin.item); item != nil && index >= 1 && index < maxInstances {
			fixed[item] = int(index)
		} else {
			return text("")
		}
	}
	nodes := c.run.resolve(c.run.def.named(target.ref, c.origin.item), c.origin, fixed)
	if len(nodes) == 0 || !c.run.relevant(nodes[0]) {
		return text("")
	}
	return nodeset(nodes[:1])
}
