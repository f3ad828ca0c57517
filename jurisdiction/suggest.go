package jurisdiction

import (
	"strconv"
	"unicode/utf8"
)

// quote shows a word of a file in a message: bounded, and on one line.
func quote(word string) string {
	const longest = 60
	if utf8.RuneCountInString(word) > longest {
		word = string([]rune(word)[:longest]) + "…"
	}
	return strconv.Quote(word)
}

// nearest is the word of the list that a typing error most likely meant, or "".
func nearest(word string, list []string) string {
	best, distance := "", 1+max(1, len(word)/3)
	if len(word) > 64 {
		return ""
	}
	for _, candidate := range list {
		if d := editDistance(word, candidate); d < distance {
			best, distance = candidate, d
		}
	}
	return best
}

// editDistance counts insertions, deletions, replacements and swaps of
// neighbours (optimal string alignment).
func editDistance(a, b string) int {
	before, row, next := make([]int, len(b)+1), make([]int, len(b)+1), make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := 1; i <= len(a); i++ {
		next[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			next[j] = min(row[j]+1, next[j-1]+1, row[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				next[j] = min(next[j], before[j-2]+1)
			}
		}
		before, row, next = row, next, before
	}
	return row[len(b)]
}
