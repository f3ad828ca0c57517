// Package line carries sealed objects between nodes over HTTPS: mutual TLS 1.3
// with keys pinned by the trust list, each request signed (RFC 9421) over the
// digest of its content (RFC 9530), each refusal a problem with its name.
//
// TLS says which node holds the other end; the signature says the same of the
// request when the connection is gone, and stands in the other node's journal.
// Neither says anything of the object within, which has a signature of its own.
//
// # What may never happen here
//
//   - A connection to or from a key that the trust list does not pin.
//   - Memory or time without bound for what a node sends.
//   - A message's id, content, kind or procedure in a log.
package line
