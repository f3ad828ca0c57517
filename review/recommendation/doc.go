// Package recommendation is what a State does about what was recommended to it
// (paras. 7 and 8 of the report of July 2018).
//
// Its words: a FollowUp is a State's work on one recommendation; a Measure is
// one thing that it does, with who answers for it, how one will see that it
// worked, and what shows it. Need says what help it lacks (row 7j).
//
// Every member reads it; the national focal point writes it. What may never
// happen here: a person; a figure that is not the focal point's own word: those
// that are measured come from statistics.
package recommendation
