package statistics

import "slices"

// Count is a number after disclosure control: a multiple of k, rounded down, or hidden.
type Count struct {
	AtLeast int  `json:"at_least,omitempty"`
	Hidden  bool `json:"hidden,omitempty"` // fewer than k, nought too
}

// roundedDown is a count as it may be shown.
func roundedDown(n, k int) Count {
	if n < k {
		return Count{Hidden: true}
	}
	return Count{AtLeast: n - n%k}
}

// divided are the counts of cells, each by itself, and their total: the sum of
// what is shown, never of what is there. To hide a second cell beside a small one
// would not do: which one is hidden, and whether, tells of the small one (the test
// tries every table). So there is no true total that a difference could be taken from.
func divided(counts []int, k int) (cells []Count, total Count) {
	for _, n := range counts {
		c := roundedDown(n, k)
		cells = append(cells, c)
		total.AtLeast += c.AtLeast
	}
	total.Hidden = total.AtLeast == 0
	return cells, total
}

// middle is the median as the mean of the k values in the middle, rounded down:
// none of them is anybody's own. There is one only where cells that are shown have
// k values already, so that its being there tells nothing of those that are hidden.
func middle(values [][]int, k int) (int, bool) {
	shown, all := 0, []int(nil)
	for _, cell := range values {
		if len(cell) >= k {
			shown += len(cell)
		}
		all = append(all, cell...)
	}
	if shown < k {
		return 0, false
	}
	slices.Sort(all)
	from := (len(all) - k) / 2
	sum := 0
	for _, v := range all[from : from+k] {
		sum += v
	}
	return sum / k, true
}
