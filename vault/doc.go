// Package vault keeps the keys: it makes the key of each record, wraps it for
// those who may open the record, changes keys, and destroys them so that an
// erased record stays erased. It seals and unseals, and knows nothing of what
// is inside.
//
// # Words
//
//   - Subject: the record (or attachment, or outbox row) that has a key of its
//     own, by its 16-byte id. Subject zero belongs to the vault itself.
//   - Data key: 32 random bytes, one per subject. It never leaves the process.
//   - Holder: an organisation, or Recovery, the node itself.
//   - Wrap: a data key sealed for one holder, under that holder's key of an epoch.
//   - Holder key: the key under which a holder's wraps are sealed. It lies in the
//     Keystore sealed under the newest master key.
//   - Master keys, "the ring": a few keys sealed together under the root. When
//     the root changes the ring is sealed anew in one write, with a new master
//     key added; nothing else has to be touched.
//   - Root: the secret from outside the database, a file or a passphrase.
//   - Node secret: random, fixed for the life of the node, sealed like a holder
//     key. Named keys and search tokens derive from it, so that neither a new
//     root nor a new holder key changes them.
//   - To shred: to destroy every wrap of a subject and to remember that it was done.
//   - Confidential key: an organisation's key that the node cannot open, sealed to
//     its members' public keys and to its own recovery key (see Confidential).
//
// # What may never happen here
//
//   - A key is printed, logged, or written unsealed. (Two exceptions, both made
//     on request and both meant for paper or a guarded disk: the root file, and
//     the organisation's recovery text.)
//   - The root reaches the Keystore.
//   - A wrap is overwritten by Create or Grant: that would lose a record for good.
//   - A subject comes back after Shred, by a late Grant or by a rotation that had
//     read its wraps before.
//   - A nonce is used twice under one key.
//   - Sealed bytes open under another kind, id, version or schema than they were
//     sealed for, or when a chunk of them is missing, moved or added.
//   - This room imports a database, HTTP, or a domain package.
//
// # What a thief of each part gets
//
//	the documents alone        sizes, ids, times, clear columns; no content
//	the keystore alone         which organisations hold which subject id; no key
//	documents and keystore     the same two lists together; no content
//	the root alone             nothing
//	root and keystore          every data key, named key and token key of that day;
//	                           with the documents everything but confidential notes
//	an old root, new keystore  nothing, once RotateRoot has returned
//	an old root, old keystore  what that keystore held; after RotateRoot and then
//	                           RotateHolder for each holder, no key made since, but
//	                           data keys that existed then stay known
//	a holder's key             data keys of the subjects that holder had at that epoch
//	a data key                 that one record in all its versions
//	the node secret            the power to test guesses against search tokens, and
//	                           the named keys (sessions, journal, database)
//	the running process        all of the above, and confidential notes of members
//	                           who are signed in
//	a member's sealed key      a chance to guess the password at Argon2id's price; with
//	                           a passkey's PRF nothing
//	a confidential key epoch   notes of that epoch and earlier ones
//	the organisation's         all its confidential notes; nothing of anyone else's
//	  recovery text
//	a backup of the keystore   as the keystore on that day, including wraps of what was
//	                           erased since: keep few, keep them briefly, and give
//	                           Replay the erasure list after a restore
package vault
