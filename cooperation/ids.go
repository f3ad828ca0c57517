package cooperation

import (
	"crypto/sha256"

	"palermo/ident"
)

// messageID is the record of the message that a node sent under a number: one
// place for one message, so that a second copy finds the first.
func messageID(from string, number ident.ID) MessageID {
	return MessageID(derived("message", from, number))
}

// ProcedureOf is this node's record of the procedure that both sides know by a reference.
func ProcedureOf(reference ident.ID) ProcedureID {
	return ProcedureID(derived("procedure", "", reference))
}

// derived makes an id of version 8 (RFC 9562) that follows from what it names.
// It begins as that id does, with an instant: records of one hour lie together.
func derived(kind, from string, id ident.ID) ident.ID {
	sum := sha256.Sum256([]byte("palermo cooperation " + kind + "\x00" + from + "\x00" + string(id[:])))
	derived := ident.ID(sum[:16])
	copy(derived[:6], id[:6])
	derived[6] = derived[6]&0x0f | 0x80
	derived[8] = derived[8]&0x3f | 0x80
	return derived
}

func procedureWord(id ProcedureID) string { return "procedure:" + id.String() }
func caseWord(id ident.ID) string         { return "case:" + id.String() }
