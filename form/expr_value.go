package form

import (
	"math"
	"strconv"
	"strings"
	"time"
)

type valueKind int

const (
	kindString valueKind = iota
	kindNumber
	kindBool
	kindNodes
)

// value is an XPath 1.0 value. Dates are their ISO text; as numbers they count
// days since 1 January 1970, as in ODK.
type value struct {
	kind  valueKind
	s     string
	n     float64
	b     bool
	nodes []*node
}

func text(s string) value     { return value{kind: kindString, s: s} }
func number(n float64) value  { return value{kind: kindNumber, n: n} }
func boolean(b bool) value    { return value{kind: kindBool, b: b} }
func nodeset(n []*node) value { return value{kind: kindNodes, nodes: n} }

func (v value) String() string {
	switch v.kind {
	case kindNumber:
		return formatNumber(v.n)
	case kindBool:
		if v.b {
			return "true"
		}
		return "false"
	case kindNodes:
		if len(v.nodes) == 0 {
			return ""
		}
		return v.nodes[0].text()
	}
	return v.s
}

func (v value) Number() float64 {
	switch v.kind {
	case kindNumber:
		return v.n
	case kindBool:
		if v.b {
			return 1
		}
		return 0
	}
	return toNumber(v.String())
}

func (v value) Bool() bool {
	switch v.kind {
	case kindNumber:
		return v.n != 0 && !math.IsNaN(v.n)
	case kindBool:
		return v.b
	case kindNodes:
		// An unanswered question is a node in XPath and thus true; authors mean "answered".
		for _, n := range v.nodes {
			if len(n.children) > 0 || n.text() != "" {
				return true
			}
		}
		return false
	}
	return v.s != ""
}

// strings lists the text of every node, or the one text.
func (v value) strings() []string {
	if v.kind != kindNodes {
		return []string{v.String()}
	}
	all := make([]string, len(v.nodes))
	for i, n := range v.nodes {
		all[i] = n.text()
	}
	return all
}

// formatNumber writes whole numbers without a point and never in scientific form (XPath 1.0, 4.2).
func formatNumber(n float64) string {
	switch {
	case math.IsNaN(n):
		return "NaN"
	case math.IsInf(n, 1):
		return "Infinity"
	case math.IsInf(n, -1):
		return "-Infinity"
	case n == 0:
		return "0"
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// toNumber is XPath's number(), and days since 1970 for a date as ODK has it. Empty is NaN.
func toNumber(s string) float64 {
	s = strings.TrimSpace(s)
	if s == "" {
		return math.NaN()
	}
	if strings.IndexFunc(s, func(r rune) bool { return !strings.ContainsRune("0123456789.-", r) }) < 0 {
		if n, err := strconv.ParseFloat(s, 64); err == nil {
			return n
		}
	}
	if t, ok := parseInstant(s); ok {
		return float64(t.Unix()) / 86400
	}
	return math.NaN()
}

// parseInstant reads a date, or a date and time, as questions give them.
func parseInstant(s string) (time.Time, bool) {
	if len(s) < 8 || len(s) > 40 {
		return time.Time{}, false
	}
	for _, layout := range []string{"2006-01-02", "2006-01-02T15:04", "2006-01-02T15:04:05", time.RFC3339Nano, "2006-01-02T15:04:05.999999999"} {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}

// compare is XPath 1.0 section 3.4, with nodes compared one by one.
func compare(op string, a, b value) bool {
	if a.kind == kindNodes && b.kind != kindBool {
		return anyOf(a, func(v value) bool { return compare(op, v, b) })
	}
	if b.kind == kindNodes && a.kind != kindBool {
		return anyOf(b, func(v value) bool { return compare(op, a, v) })
	}
	switch op {
	case "=", "!=":
		return equal(a, b) == (op == "=")
	case "<":
		return a.Number() < b.Number()
	case "<=":
		return a.Number() <= b.Number()
	case ">":
		return a.Number() > b.Number()
	}
	return a.Number() >= b.Number()
}

// anyOf tries each node. No node at all counts as one unanswered: ${x} = ”
// is true where x is hidden, as in ODK, not false as in plain XPath.
func anyOf(v value, try func(value) bool) bool {
	if len(v.nodes) == 0 {
		return try(text(""))
	}
	for _, n := range v.nodes {
		if try(text(n.text())) {
			return true
		}
	}
	return false
}

func equal(a, b value) bool {
	switch {
	case a.kind == kindBool || b.kind == kindBool:
		return a.Bool() == b.Bool()
	case a.kind == kindNumber || b.kind == kindNumber:
		return a.Number() == b.Number()
	}
	return a.String() == b.String()
}
