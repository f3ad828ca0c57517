// Package statistics is the only way in which a figure leaves the node (rule 9).
//
// Its words: a Measure says what is counted, once and for all; a Figure is a
// measure in one calendar year; a Released is a figure as it was given out, after
// disclosure control, dated and signed. A cell is one of the parts into which a
// measure divides its cases.
//
// The guarantee. Nothing stands for fewer than k cases, k being the State's: a
// smaller cell is hidden, and so is nought, which looks the same. Counts are rounded
// down to a multiple of k, each cell by itself; a total is the sum of what is shown,
// so no difference between totals and cells tells more than the cells do. A median
// is the mean of the k values in the middle. A figure is given out again only when
// at least k cases contribute to it otherwise than before; until then the same paper
// is given again, so two publications never differ by one person. Years do not
// overlap, and nobody can ask for a slice that the catalogue does not have.
//
// Its limits. Who knows all other cases of a figure can learn of one more where a
// count reaches the next multiple of k: against that only noise helps, and none is
// added. What a figure says of everybody in it, it says of each.
//
// What may never happen here: a count below k, or a name, a place or a word of a
// case in a figure; a figure that a caller composes.
package statistics
