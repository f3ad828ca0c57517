// Package reading is the Working Group at work on a questionnaire (paras. 29 to
// 34 of the report): delegations propose words, the Chair says what became of
// each proposal, and the secretariat keeps the text and freezes it.
//
// Its words: a Reading is a questionnaire's rolling text with the place where
// the reading stands. A Proposal is a delegation's amendment with its sponsors.
// An Outcome is what the Chair said of it. A NonPaper is the text as it was at a
// date and an hour. A Turn counts the decisions on one question: who decides on
// a question that has moved on is told so.
//
// What may never happen here: a proposal that is lost or whose words are
// changed; words that enter the text without the Chair; a frozen text that
// changes; two decisions on the same state of a question.
package reading
