// Package names turns a person's name, written in any script, into terms that
// can be compared, so that a case is found again although every office wrote
// the name in its own way.
//
// A name is cut into words. Each word is given in up to three kinds of form:
//
//   - Exact: the normalised word in its own script. مُحَمَّد and محمد are one
//     word here, José and Jose are not.
//   - Folded: the word in plain Latin letters, once letter by letter and once
//     more under one chosen spelling for names whose spellings are known to
//     vary (Mohammed, Muhammad, محمد).
//   - Phonetic: a key of the sound, in capital letters and so never equal in text to
//     a form of another kind. docs/names.md says how it is made.
//
// [Terms] gives what is indexed, [Query] what is asked: every word of the query
// must be met by one of its alternatives, and two terms meet when they are
// equal in text and kind. The order of the words plays no part. [Similar]
// orders what was found once the records are open.
//
// The package is pure: no input or output, no keys, no state. The caller hashes
// the terms under a key; a term in the clear is as telling as the name itself
// and may never be stored or logged.
//
// Work is bounded whatever a stranger sends: see [MaxTerms].
//
// docs/names.md lists the pairs that are held to match and to stay apart, and
// says what is not covered. The tests read that page.
package names
