package linkage

import (
	"errors"
	"slices"
)

// Evaluation is how well pairs were found in a table with known truth.
type Evaluation struct {
	Pairs     int     `json:"pairs"` // that are one person's
	Found     int     `json:"found"`
	Right     int     `json:"right"` // found, and one person's
	Precision float64 `json:"precision"`
	Recall    float64 `json:"recall"`
}

// Compared holds the pairs of rows that agree by any key.
type Compared struct {
	pairs int
	agree []agreement
}

type agreement struct {
	keys []Key
	true bool
}

// maxAgreements bounds the agreements that are held.
const maxAgreements = 5_000_000

// Compare compares each row of a with each of b, or with each other row of a
// where b is nil, by the very texts that the oblivious way evaluates. It
// refuses a table in which too many rows agree to be records of persons.
func Compare(a, b []Row) (Compared, error) {
	rows := slices.Concat(a, b)
	crosses := func(i, j int) bool { return b == nil || (i < len(a)) != (j < len(a)) }

	found, sum := byText(rows), 0
	for _, list := range found {
		if sum += len(list) * (len(list) - 1) / 2; sum > maxAgreements {
			return Compared{}, errors.New("too many rows agree: these are no records of persons")
		}
	}
	keys := map[[2]int][]Key{}
	for text, list := range found {
		for n, j := range list {
			for _, i := range list[:n] {
				if at := [2]int{i, j}; crosses(i, j) && !slices.Contains(keys[at], text.Key) {
					keys[at] = append(keys[at], text.Key)
				}
			}
		}
	}
	c := Compared{pairs: truePairs(a, b)}
	for at, agreed := range keys {
		c.agree = append(c.agree, agreement{agreed, rows[at[0]].Truth == rows[at[1]].Truth})
	}
	return c, nil
}

// byText gives the rows that have each text, in their order.
func byText(rows []Row) map[Text][]int {
	found := map[Text][]int{}
	for i, row := range rows {
		for _, t := range Texts(row.Person) {
			found[t] = append(found[t], i)
		}
	}
	return found
}

func truePairs(a, b []Row) int {
	inA, inB := count(a), count(b)
	sum := 0
	for truth, n := range inA {
		if b == nil {
			sum += n * (n - 1) / 2
		} else {
			sum += n * inB[truth]
		}
	}
	return sum
}

func count(rows []Row) map[string]int {
	found := map[string]int{}
	for _, r := range rows {
		found[r.Truth]++
	}
	return found
}

// Evaluate counts the pairs that decide calls possible, given the keys by which
// they agree. Precision and recall are 1 where there was nothing to find.
func (c Compared) Evaluate(decide func([]Key) bool) Evaluation {
	e := Evaluation{Pairs: c.pairs}
	for _, a := range c.agree {
		if !decide(a.keys) {
			continue
		}
		e.Found++
		if a.true {
			e.Right++
		}
	}
	e.Precision, e.Recall = share(e.Right, e.Found), share(e.Right, e.Pairs)
	return e
}

func share(part, whole int) float64 {
	if whole == 0 {
		return 1
	}
	return float64(part) / float64(whole)
}

// ByScore calls a pair possible as the program does.
func ByScore(keys []Key) bool { return Score(keys) >= Possible }

// ByCount calls a pair possible when it agrees by at least so many keys.
func ByCount(least int) func([]Key) bool {
	return func(keys []Key) bool { return len(keys) >= least }
}
