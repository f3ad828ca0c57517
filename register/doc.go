// Package register is what each State's node tells the others of itself: whom
// to turn to, by which channel, in which language and at which hours; what the
// State has agreed with others; the services and measures that it publishes
// (paras. 8 (b), (e), (f), 16 and 20 of the report).
//
// Its words: a Card is what one node publishes. Its Content has Points, those
// whom one turns to; Agreements; Services; and Measures. A Hindrance is what
// discouraged cooperation with a State and what was done about it: a note of
// this node, which is sent to nobody.
//
// The focal point works on this node's card and publishes it; that goes to
// every node of the trust list by itself, and a newer one replaces it there.
//
// What may never happen here: anything of a person; the address of a place
// where people are sheltered, nor a number by which it could be found; the
// name or the private number of somebody on duty; an older card in the place of a newer one.
package register
