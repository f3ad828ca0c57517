// Package linkage answers "do you know her?": two States find out whether they
// assist the same person, without either learning whom else the other assists.
//
// A record is made into texts by eight keys ([Texts]). Each text is evaluated
// obliviously (OPRF, RFC 9497, ristretto255-SHA512) under a key that three
// operators share and two must use ([Client.Tokens]), which makes a token of
// it. A State prepares tokens of those in its register who agreed to matching
// ([Prepare]); another sends the tokens of one person as a [Question] ([Ask]);
// the first compares ([Register.Matches]) and shows what met to its duty
// officer, who decides what to say ([Reply]). docs/linkage.md is the protocol,
// with what each side learns and what it could do if it cheated.
//
// The room is pure: no input or output, no clock, no keys at rest. Package
// matching is what a node does around it, so that the promises of
// docs/linkage.md hold: the register that follows consents, the counting and
// journalling, the duty officer, the share in its vault, and what leaves when.
//
// What may never happen here: a question without a consent, or through a closed
// door; a reply that says no. Nothing of this package is logged but counts, ids
// and the names of keys; a [Text] or an input never leaves the function that made it.
package linkage
