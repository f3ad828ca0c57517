// Package answer is how a State answers a questionnaire: the national focal
// point shares the questions among ministries, these draft, the focal point
// clears each answer or returns it, and submits the whole.
//
// Its words: Answers are a State's to one frozen questionnaire in one year. A
// Reply is to one question. Evidence is a figure of the State's own node, signed,
// with the guarantee under which it was given out. What was answered the year
// before is carried forward as a draft.
//
// What may never happen here: a submitted answer that changes; an answer that
// nobody cleared; a ministry that writes another's; something public that the
// State did not choose; a figure that does not come from statistics; a document
// attached, a person named.
package answer
