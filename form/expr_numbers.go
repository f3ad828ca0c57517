package form

import (
	"math"
	"strings"
)

func numberFunction(name string) (function, bool) {
	switch name {
	case "number":
		return function{0, 1, func(c *scope, a []expr) value { return number(c.number(a, 0)) }}, true
	case "int":
		return function{1, 1, func(c *scope, a []expr) value { return number(math.Trunc(c.number(a, 0))) }}, true
	case "round":
		return function{1, 2, round}, true
	case "count":
		return function{1, 1, func(c *scope, a []expr) value { return number(float64(len(a[0].eval(c).nodes))) }}, true
	case "count-non-empty":
		return function{1, 1, func(c *scope, a []expr) value {
			n := 0.0
			for _, s := range c.all(a) {
				if s != "" {
					n++
				}
			}
			return number(n)
		}}, true
	case "sum":
		return function{1, 1, func(c *scope, a []expr) value {
			total := 0.0
			for _, s := range c.all(a) {
				total += toNumber(s)
			}
			return number(total)
		}}, true
	case "min":
		return function{1, -1, func(c *scope, a []expr) value { return extreme(c.all(a), math.Min) }}, true
	case "max":
		return function{1, -1, func(c *scope, a []expr) value { return extreme(c.all(a), math.Max) }}, true
	case "pow":
		return function{2, 2, func(c *scope, a []expr) value { return number(math.Pow(c.number(a, 0), c.number(a, 1))) }}, true
	case "pi":
		return function{0, 0, func(*scope, []expr) value { return number(math.Pi) }}, true
	}
	if fn := unary(name); fn != nil {
		return function{1, 1, func(c *scope, a []expr) value { return number(fn(c.number(a, 0))) }}, true
	}
	return function{}, false
}

func unary(name string) func(float64) float64 {
	switch name {
	case "abs":
		return math.Abs
	case "floor":
		return math.Floor
	case "ceiling":
		return math.Ceil
	case "sqrt":
		return math.Sqrt
	case "exp":
		return math.Exp
	case "exp10":
		return func(x float64) float64 { return math.Pow(10, x) }
	case "log":
		return math.Log
	case "log10":
		return math.Log10
	case "sin":
		return math.Sin
	case "cos":
		return math.Cos
	case "tan":
		return math.Tan
	}
	return nil
}

// extreme passes over what is unanswered; with nothing answered there is no number.
func extreme(all []string, pick func(a, b float64) float64) value {
	result, any := math.NaN(), false
	for _, s := range all {
		n := toNumber(s)
		switch {
		case strings.TrimSpace(s) == "":
		case !any:
			result, any = n, true
		default:
			result = pick(result, n)
		}
	}
	return number(result)
}

// round goes to the nearest, halves up (XPath 1.0); with places, as in ODK, halves away from zero.
func round(c *scope, a []expr) value {
	n := c.number(a, 0)
	if len(a) == 1 {
		return number(math.Floor(n + 0.5))
	}
	places := c.number(a, 1)
	if math.IsNaN(places) || math.Abs(places) > 15 {
		return number(math.NaN())
	}
	scale := math.Pow(10, math.Trunc(places))
	rounded := math.Round(math.Round(n*scale*1e6)/1e6) / scale
	if math.IsNaN(rounded) || math.IsInf(rounded, 0) {
		return number(n)
	}
	return number(rounded)
}
