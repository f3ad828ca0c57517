// Package library is the good practices that members share (row 7e): what was
// done somewhere, by whom, where it can be read, and what colleagues think of it.
//
// Its words: an Entry is one good practice, with the theme that it belongs to
// and the recommendation that it serves. A member proposes it; the national
// focal point publishes or withdraws it. A Comment is a colleague's word on a
// published entry. The first entries are those that the report of the Working
// Group names, with its paragraphs.
//
// What may never happen here: anything read from a case; a person's name, or
// what a person could be known by; an entry before every member's eyes that the
// focal point did not publish.
package library
