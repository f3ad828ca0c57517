package directory

import (
	"bytes"
	"time"
)

// Credentials prove that somebody is the member. They are in the sealed
// document only, and no view carries them out of this package.
type Credentials struct {
	Password   string    `json:",omitempty"` // Argon2id, in the PHC form
	Initial    bool      // the password is the one that was handed over; it only opens the set-up
	SetUpUntil time.Time // until when a password alone opens the set-up
	TOTP       TOTP
	Pending    TOTP        // enrolled, until a code of it was shown
	Recovery   [][]byte    `json:",omitempty"` // SHA-256 of codes that were not used yet
	Passkeys   []Passkey   `json:",omitempty"`
	Federated  []Federated `json:",omitempty"`
	Programs   []Program   `json:",omitempty"`
}

// Passkey is a WebAuthn credential, in our own form so that documents do not
// change with the library.
type Passkey struct {
	ID         []byte
	PublicKey  []byte // COSE
	Name       string // the member's: "blue key"
	Type       string // of attestation
	Format     string // of attestation
	AAGUID     []byte // model of the authenticator
	SignCount  uint32
	Flags      byte // of the last authenticator data
	Transports []string
	Added      time.Time
	Used       time.Time
}

// Federated is an identity at an OpenID Connect provider.
type Federated struct {
	Issuer  string
	Subject string
	Added   time.Time
}

func (c *Credentials) passkey(id []byte) *Passkey {
	for i := range c.Passkeys {
		if bytes.Equal(c.Passkeys[i].ID, id) {
			return &c.Passkeys[i]
		}
	}
	return nil
}
