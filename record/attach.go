package record

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"palermo/fault"
	"palermo/ident"
	"palermo/vault"
)

const chunkSize = 64 << 10 // bytes of a stored chunk

// Attach keeps a file beside a record that the transaction has opened: sealed
// in chunks under a key of its own, which is wrapped under the record's.
func Attach[T, R any](tx *Tx, k *Kind[T, R], id ID[T], data []byte) (ident.ID, error) {
	for _, w := range tx.work {
		o, ok := w.(*opened[T, R])
		if !ok || o.row.ID != ident.ID(id) || o.row.Version == 0 {
			continue
		}
		blob, err := tx.NewID()
		if err != nil {
			return blob, err
		}
		chunks, err := sealChunks(tx.Random(), o.key, attachmentAD(k.Name, blob), data)
		if err != nil {
			return blob, fault.Internal(err)
		}
		tx.blobs = append(tx.blobs, Blob{Record: o.row.ID, ID: blob, Chunks: chunks})
		return blob, nil
	}
	return ident.ID{}, fault.Internal(fmt.Errorf("a file for a %s that is not open", k.Name))
}

func attachmentAD(kind string, blob ident.ID) vault.AD {
	return vault.AD{Kind: kind + "-attachment", ID: blob}
}

// sealChunks gives the wrapped key, then the sealed stream in pieces.
func sealChunks(random io.Reader, outer vault.Key, ad vault.AD, data []byte) ([][]byte, error) {
	key, err := vault.NewKey(random)
	if err != nil {
		return nil, err
	}
	wrapped, err := vault.WrapKey(random, outer, ad, key)
	if err != nil {
		return nil, err
	}
	var sealed bytes.Buffer
	w := vault.NewSealWriter(&sealed, key, ad)
	if _, err := w.Write(data); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	chunks := [][]byte{wrapped}
	for rest := sealed.Bytes(); len(rest) > 0; {
		n := min(len(rest), chunkSize)
		chunks, rest = append(chunks, rest[:n]), rest[n:]
	}
	return chunks, nil
}

// Attachment gives a file that stands beside a record. choose names it from
// what the viewer may see of the record, so a file that is not shown cannot be
// had; the look is journalled before the first byte leaves.
func Attachment[T, R any](ctx context.Context, d *Door, k *Kind[T, R], id ID[T], why Reason, choose func(R) (ident.ID, error)) ([]byte, error) {
	s, err := view(ctx, d, k, id, why)
	if err != nil {
		return nil, err
	}
	blob, err := choose(s.seen.value)
	if err != nil {
		return nil, err
	}
	chunks, err := d.node.Store.Blob(ctx, ident.ID(id), blob)
	if errors.Is(err, ErrNoRow) || err == nil && len(chunks) == 0 {
		return nil, fault.NotFound("There is no such file, or you may not see it.")
	}
	if err != nil {
		return nil, fault.Unavailable(err, "The file cannot be read now. Try again.")
	}
	ad := attachmentAD(k.Name, blob)
	inner, err := vault.UnwrapKey(s.key, ad, chunks[0])
	if err != nil {
		return nil, fault.Internal(err)
	}
	data, err := io.ReadAll(vault.NewUnsealReader(bytes.NewReader(bytes.Join(chunks[1:], nil)), inner, ad))
	if err != nil {
		return nil, fault.Internal(err)
	}
	return data, nil
}
