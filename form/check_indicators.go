package form

import "slices"

// indicators checks the columns of an indicator set, where there are any.
func (c *checker) indicators() {
	seen := map[string]int{}
	for item := range c.def.All() {
		in := item.Indicator
		if in == nil {
			continue
		}
		if first := seen[in.Code]; first > 0 {
			c.fault(item, "indicator_code", "The code "+quote(in.Code)+" is already used in row "+itoa(first)+".")
		}
		seen[in.Code] = item.Row
		if !slices.Contains([]Weight{"", Strong, Medium, Weak}, in.Weight) {
			c.fault(item, "weight", "The weight must be strong, medium or weak, or empty.")
		}
		if !slices.Contains([]Status{"", StatusSeen, StatusSecondary, StatusUnverified, StatusDraft}, in.Status) {
			c.fault(item, "status", "The status must be seen, secondary, unverified or draft.")
		}
		if in.Status == "" || in.Source == "" {
			c.warn(item, "source", "An indicator should say where it comes from and how well that is verified.")
		}
		if in.Weight != "" && in.Dimension == "" {
			c.fault(item, "dimension", "An indicator with a weight needs its dimension.")
		}
	}
}
