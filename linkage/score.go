package linkage

// Possible is the least Score at which two records may be one person's. It
// says that a person should look, and never that it is so.
const Possible = 2

// Score is the sum of the points of the keys by which two records agree.
func Score(keys []Key) int {
	sum := 0
	for _, k := range keys {
		sum += k.Points()
	}
	return sum
}

// oneName reports whether the keys tie no two parts of a name: what they tie, a
// brother or a sister born on the same day has as well.
func oneName(keys []Key) bool {
	for _, k := range keys {
		switch k {
		case ByDocument, ByNamesAndYear, ByNamesAndPlace, ByNamesAndNation:
			return false
		}
	}
	return true
}
