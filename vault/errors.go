package vault

import (
	"fmt"

	"palermo/fault"
)

// The refusals of this room. Compare with errors.Is; each carries a fault code.
var (
	// ErrNoWrap: this holder has no key for this subject, or there is no such subject.
	ErrNoWrap = fault.NotFound("Your organisation has no key for this record. Ask an organisation that works on it to add yours.")
	// ErrShredded: the subject was erased; nothing brings it back.
	ErrShredded = fault.NotFound("This record was erased and cannot be opened again.")
	// ErrExists: a key is there already and is not overwritten.
	ErrExists = fault.Conflict("There is a key for this already. It was kept.")
	// ErrStale: the wraps changed between reading and replacing them.
	ErrStale = fault.Conflict("The keys of this record were changed at the same time. Try again.")
	// ErrTampered: what is stored was changed, moved, cut or damaged, or the key is another one.
	ErrTampered = error(&fault.Fault{Code: fault.CodeInternal, Message: "What is stored here was changed or damaged and cannot be trusted. Tell the administrator of this node; a backup may hold it whole."})
	// ErrRoot: the root key or passphrase is not the one this keystore was made with.
	ErrRoot = error(&fault.Fault{Code: fault.CodeUnavailable, Message: "The root key does not fit this keystore. Start the node with the root key file or passphrase it was set up with, or with the newest one if it was changed."})
	// ErrCredential: a wrong password, passkey or recovery text.
	ErrCredential = fault.Denied("This password, passkey or recovery text does not open these notes.")
)

// tampered is ErrTampered with what it concerned, for the log.
func tampered(what string, args ...any) error {
	return fmt.Errorf("vault: %s: %w", fmt.Sprintf(what, args...), ErrTampered)
}
