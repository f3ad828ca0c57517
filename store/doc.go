// Package store keeps rows: in SQLite, in one encrypted file, or in
// PostgreSQL. It is the only package that speaks SQL.
//
// A Store is the node's database: a record.Store, a journal.Log and the
// sessions. Keys is the database of sealed keys, a vault.Keystore, apart from
// the documents, so that its backups can be few and short-lived. Keys opens
// first: the key of the SQLite file is vault.Named("database"), and the vault
// needs its keystore to know it. So the file of Keys cannot be encrypted under
// a key that is inside it, and it is not: every wrap in it is sealed already,
// and who stands on which record by its id, and when one was erased, is what a
// thief of that file alone learns.
//
// SQLite has one writer. The committer puts the changes that wait into one
// transaction, and answers them when it is durable (synchronous=FULL). PostgreSQL groups its commits itself, and gets a
// transaction for each change.
//
// SQL is written once, with placeholders ?1, ?2; PostgreSQL gets $1, $2.
// Statements come in few forms (lists are filled up to a power of two), so
// that they stay prepared.
//
// Roles and names of duties are coded (code.go) in the columns of both.
//
// What may never happen here: an answer before the change is durable; half a
// batch; a scope that differs from access.Scope.Match; a document, a name, a
// reason, a role or what is due in clear.
package store
