// Package country is the review of one State by two others (resolution 9/1 of
// the Conference): who reviews whom is drawn by lot, experts read what the State
// answered, ask, and agree with it on a list of observations and a summary.
//
// Its words: a Lot is one place of a reviewer, of the same region or of another.
// A Draw is all of them, made from a list of States and a seed, so that whoever
// has both can make it again and see that nobody chose.
//
// What may never happen here: two States that review each other; a reviewer that
// is not a party to the instrument; a rule bent in silence: a place that no
// State may take stays open, and says why.
package country
