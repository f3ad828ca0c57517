package statistics

import (
	"fmt"
	"testing"
)

// tables gives every table of three cells with fewer than most cases in each.
func tables(most int, yield func([]int)) {
	for a := range most {
		for b := range most {
			for c := range most {
				yield([]int{a, b, c})
			}
		}
	}
}

// said is all that is published of a table: its cells, its total, and whether there is a median.
func said(counts []int, k int) string {
	values := make([][]int, len(counts))
	for i, n := range counts {
		values[i] = make([]int, n)
	}
	cells, total := divided(counts, k)
	_, median := middle(values, k)
	return fmt.Sprint(cells, total, median)
}

// TestNoPublishedTableTellsOfOnePerson takes the place of an attacker who knows
// the rules: every table that gives the same publication is possible. A hidden
// cell may be empty or as full as a hidden one can be; a shown one has k counts.
func TestNoPublishedTableTellsOfOnePerson(t *testing.T) {
	for _, k := range []int{2, 3, 5} {
		possible := map[string][3]map[int]bool{}
		tables(4*k, func(counts []int) {
			what := said(counts, k)
			sets, known := possible[what]
			if !known {
				sets = [3]map[int]bool{{}, {}, {}}
				possible[what] = sets
			}
			for i, n := range counts {
				sets[i][n] = true
			}
		})
		for what, sets := range possible {
			for i, set := range sets {
				if len(set) != k {
					t.Errorf("k %d: %s leaves %d counts possible in cell %d: %v", k, what, len(set), i, set)
				}
			}
		}
	}
}

func TestNothingBelowKIsPublished(t *testing.T) {
	for k := 2; k < 15; k++ {
		tables(2*k, func(counts []int) {
			cells, total := divided(counts, k)
			for i, c := range cells {
				if c.Hidden != (counts[i] < k) || c.AtLeast > counts[i] || c.AtLeast%k != 0 {
					t.Fatalf("k %d, %v: %+v", k, counts, c)
				}
			}
			if !total.Hidden && total.AtLeast < k {
				t.Fatalf("k %d, %v: %+v", k, counts, total)
			}
		})
	}
}

func TestAMedianIsNobodysOwnValue(t *testing.T) {
	if _, enough := middle([][]int{{1, 2}, {3, 4}}, 3); enough {
		t.Error("cells that are hidden have a median: it tells that somebody is in each")
	}
	if m, _ := middle([][]int{{0, 1, 7}, {400}, {9000}}, 3); m != (1+7+400)/3 {
		t.Errorf("%d", m)
	}
	values := []int{900, 3, 3}
	if m, _ := middle([][]int{values}, 3); m != 302 || values[0] != 900 {
		t.Errorf("%d of %v", m, values)
	}
}
