// Package floor is a session while it is held (paras. 35 to 49 of the report):
// its meetings, the item that is considered, who is present, who asks to speak
// and speaks, what is adopted. All of it are the facts from which package
// meeting makes the report.
//
// Its words: the floor is the right to speak, which the Chair gives. A Request
// asks for it. A point of order comes before every other request and
// interrupts; whoever was interrupted speaks on before the others.
//
// What may never happen here: a speaker to whom the Chair did not give the
// floor; a statement of who is not on the list of participants; two at once.
package floor
