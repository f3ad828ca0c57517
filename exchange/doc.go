// Package exchange is how nodes speak: who is trusted, what a message is, how
// it is signed, sealed, delivered and receipted. It knows no HTTP and no
// database; docs/protocol.md says the same for another implementation.
//
// # Words
//
//   - Node: one installation, of a focal point, an NGO, a ministry, a secretariat.
//   - Trust list: the States' list of nodes and their keys, accepted by k of n
//     signers; each new version by k of the signers of the one before.
//   - Trust: the list in force with the revocations that came since.
//   - Object: one message about one procedure, with the fewest fields.
//   - Signed: the object as its sender stands by it. Its digest names it for good.
//   - Sealed: the signed object, padded, that only the receiver opens. Each
//     attempt seals anew; on a line or in a file it tells its size class, no more.
//   - Receipt: the receiver's signed word that the object is stored. It says
//     nothing of whether what was asked is accepted: that is a message of its own.
//   - Courier: carries what waits in the outbox until a receipt or the deadline.
//   - Desk: takes what comes in, once.
//
// # What may never happen here
//
//   - Content goes to a node that is not in the list, or whose key was revoked.
//   - A receipt is given for what is not stored.
//   - A message is stored twice, or another one under the same id.
//   - A message is lost and its sender not told.
//   - Who wrote to whom, or about what, shows in the sealed bytes.
//   - Bytes of a stranger are given memory before their size is known to be allowed.
package exchange
