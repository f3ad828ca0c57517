// Package matching puts "do you know her?" (package linkage) to work at a node:
// two States find out whether they assist the same person, for the person's
// protection, and neither learns whom else the other assists.
//
// Its words: an Entry is somebody in this State's register of those who agreed.
// A Question is what this State asked of a case; a Heard question is what
// another State asked here. A Match is a case that may be the person whom a
// question is about; it is shown to the duty officer of the focal point, who
// decides whether to say "talk to us". A Share is this node's part of the key
// under which names are made into tokens, where the node is an operator. A
// Count is what a State used of what it may ask in a day.
//
// The work is done in rounds (Desk.Round): entries are prepared with the help
// of two operators, what was asked is compared, and what has ended is answered.
//
// What may never happen here: somebody in the register without a consent to
// matching that stands, or for a State that it does not name (rule 2); a
// question to, or an answer for, a State to which the door is closed (rule 3);
// an answer to immigration enforcement; anything by which the asking State could
// tell "not known" from "not told": not in what is sent, nor in its size, nor in
// when; a name or a token in a log, a page or the journal.
package matching
