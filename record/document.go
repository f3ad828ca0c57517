package record

import (
	"bytes"
	"encoding/json"
	"fmt"

	"palermo/fault"
	"palermo/vault"
)

// unseal gives the document in the kind's present form.
func unseal[T, R any](k *Kind[T, R], key vault.Key, row Row) ([]byte, error) {
	ad := vault.AD{Kind: k.Name, ID: row.ID, Version: row.Version, Schema: row.Schema}
	document, err := vault.Unseal(key, ad, row.Sealed)
	if err != nil {
		return nil, fault.Internal(fmt.Errorf("%s %s: %w", k.Name, row.ID, err))
	}
	for schema := row.Schema; schema < k.Schema; schema++ {
		if document, err = k.Upgrade(schema, document); err != nil {
			return nil, fault.Internal(fmt.Errorf("%s %s: upgrade from schema %d: %w", k.Name, row.ID, schema, err))
		}
	}
	return document, nil
}

func decode[T, R any](k *Kind[T, R], key vault.Key, row Row) (*T, error) {
	document, err := unseal(k, key, row)
	if err != nil {
		return nil, err
	}
	v := new(T)
	if err := json.Unmarshal(document, v); err != nil {
		return nil, fault.Internal(fmt.Errorf("%s %s: %w", k.Name, row.ID, err))
	}
	b := any(v).(based).base()
	b.id, b.version = row.ID, row.Version
	return v, nil
}

// unchanged reports that the document is the one that was loaded. One that an
// older program wrote is read again, to compare what it says and not how.
func (o *opened[T, R]) unchanged(document []byte) (bool, error) {
	if o.row.Version == 0 {
		return false, nil
	}
	loaded, err := unseal(o.kind, o.key, o.row)
	if err != nil || bytes.Equal(loaded, document) {
		return err == nil, err
	}
	v, err := decode(o.kind, o.key, o.row)
	if err != nil {
		return false, err
	}
	if loaded, err = json.Marshal(v); err != nil {
		return false, fault.Internal(err)
	}
	return bytes.Equal(loaded, document), nil
}
