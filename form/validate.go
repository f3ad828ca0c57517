package form

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// problems says what is wrong with an answer, the weightiest first. An empty
// answer is wrong only where one is required; constraints look at answers.
func (r *runner) problems(n *node, f *Field) []string {
	item, v := n.item, f.Value
	if !item.Type.Asked() || !item.Type.Supported() {
		return nil
	}
	if strings.TrimSpace(v) == "" {
		if f.Required && item.Calculation == nil {
			return []string{r.message(item.RequiredMessage, n, "Answer this question.")}
		}
		return nil
	}
	var all []string
	if reason := r.wrongType(n, v, f.Options); reason != "" {
		all = append(all, reason)
	}
	if item.Constraint != nil && item.Constraint.root != nil && !r.holds(item.Constraint, n) {
		all = append(all, r.message(item.ConstraintMessage, n, "This answer is not possible here. Check it."))
	}
	return all
}

func (r *runner) message(t Text, n *node, otherwise string) string {
	if s := r.words(t, n); s != "" {
		return s
	}
	return otherwise
}

func (r *runner) wrongType(n *node, v string, options []Option) string {
	switch n.item.Type {
	case TypeInteger:
		if !wholeNumber(v) {
			return "Enter a whole number in digits, such as 12."
		}
	case TypeDecimal:
		if !decimalNumber(v) {
			return "Enter a number in digits, such as 12 or 12.5."
		}
	case TypeRange:
		return wrongRange(v, n.item.Parameters)
	case TypeDate:
		if _, err := time.Parse("2006-01-02", v); err != nil {
			return "Enter a date as year-month-day, such as 2019-03-27."
		}
	case TypeTime:
		if math.IsNaN(decimalTime(v)) {
			return "Enter a time as hours and minutes, such as 14:30."
		}
	case TypeDateTime:
		if t, ok := parseInstant(v); !ok || t.IsZero() || !strings.Contains(v, "T") {
			return "Enter a date and time, such as 2019-03-27T14:30."
		}
	case TypeOne, TypeMultiple, TypeRank:
		return r.wrongChoice(n.item, v, options)
	}
	return ""
}

func wholeNumber(s string) bool {
	n, err := strconv.ParseInt(s, 10, 64)
	return err == nil && n > -1e15 && n < 1e15
}

func decimalNumber(s string) bool {
	return regexp.MustCompile(`^[+-]?(\d{1,15}(\.\d{0,15})?|\.\d{1,15})$`).MatchString(s)
}

// wrongRange knows start, end and step; without them ODK takes 1, 10 and 1.
func wrongRange(v string, parameters map[string]string) string {
	if !decimalNumber(v) {
		return "Enter a number in digits, such as 12 or 12.5."
	}
	number := toNumber(v)
	get := func(name string, otherwise float64) float64 {
		if n := toNumber(parameters[name]); !math.IsNaN(n) {
			return n
		}
		return otherwise
	}
	start, end, step := get("start", 1), get("end", 10), get("step", 1)
	steps := (number - start) / step
	if number < min(start, end) || number > max(start, end) || (step != 0 && math.Abs(steps-math.Round(steps)) > 1e-9) {
		return "Choose a number on the scale."
	}
	return ""
}

func (r *runner) wrongChoice(item *Item, v string, options []Option) string {
	if item.List == "" || r.def.files[item.List] || strings.HasPrefix(item.List, "${") {
		return "" // the list is not here
	}
	chosen := strings.Fields(v)
	if item.Type == TypeOne {
		chosen = []string{v}
	}
	for i, name := range chosen {
		if !slices.ContainsFunc(options, func(o Option) bool { return o.Name == name }) {
			return "Choose from the answers shown."
		}
		if slices.Contains(chosen[:i], name) {
			return "Choose each answer only once."
		}
	}
	if item.Type == TypeRank && len(chosen) != len(options) {
		return "Put all the answers in order."
	}
	return ""
}
