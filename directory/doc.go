// Package directory is who takes part: organisations, their agreements and
// services, and members, with their roles, training and credentials.
//
// Its words: an Organisation employs or sends members; an Agreement is what it
// signed; a Service is what it offers. A Member has Grants: roles that an
// administrator gave, each with the conditions under which it is in force. A
// Course is training that can be such a condition, a Completion says that a
// member passed it. The Book checks credentials and keeps sessions; a Session is
// a member at work, known by a token of which only the hash is kept.
//
// Every change is a method of the Book on somebody's door, with a note for the
// journal. A new password, a role taken back or a closed account ends the
// member's sessions in the same method, so that no caller can forget them.
//
// What may never happen here: a secret in a view, a note or a log; an answer
// that tells an unknown user name from a wrong password or a locked account;
// the address of a safe house; the name of an interpreter before anybody but
// the booking desk and the interpreter (rule 8); a role in force whose
// conditions are not met.
package directory
