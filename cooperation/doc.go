// Package cooperation is what two States' nodes do together on one person's
// protection: enquiry, referral, safe return, reunification, interpreter,
// testimony by video, consular help, mutual legal assistance, compensation
// paid abroad, joint investigation team. A file is one procedure.
//
// Its words: a Procedure is one matter between this node and a peer; each
// keeps its own side of it. An Act is what somebody does to it; its labelled
// fields are the form and, of those, what the other side learns. A Message
// carries one act. The asking side began the procedure, the asked side answers.
//
// Both sides run the same definition: a state says who moves next, so that two
// acts that cross on the way end in the same state (Procedure.Hear). Each
// message says which state its sender came to; where the two differ, people on
// both sides are told.
//
// What may never happen here: data of the person in a message without a
// consent that names purpose, recipient and data (rule 2); anything of a
// person who seeks protection to authorities of origin (rule 3); a return that
// the person did not choose (rule 4); a message that is dropped in silence
// (rule 10).
package cooperation
