package directory

import (
	"context"
	"unicode/utf8"

	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

var errStranded = fault.Conflict("This is the only way left to sign in. Add another passkey, or a password and one-time codes, first.")

// AddPasskey adds a passkey that the ceremony made (Ceremony.FinishAdd). Conflict when it is known already.
func (b *Book) AddPasskey(ctx context.Context, d *record.Door, password string, p Passkey) error {
	if len(p.ID) == 0 || len(p.PublicKey) == 0 {
		return fault.Invalid("", "This passkey cannot be read. Try another.")
	}
	found, err := b.one(ctx, passkeyWord(p.ID))
	if err != nil {
		return err
	}
	if !found.Stranger {
		return fault.Conflict("This passkey is in use already.")
	}
	return b.proved(ctx, d, password, func(tx *record.Tx, m *Member) error {
		name, err := text("name", p.Name)
		if err != nil {
			return err
		}
		if utf8.RuneCountInString(name) > 60 {
			return fault.Invalid("name", "Keep the name under 60 characters.")
		}
		p := p
		p.Name, p.Added = name, tx.Now()
		m.Credentials.Passkeys = append(m.Credentials.Passkeys, p)
		m.Note(changed("passkey_added"))
		return nil
	})
}

// RemovePasskey takes a passkey away, unless nothing to sign in with would be left. It opens no confidential notes afterwards.
func (b *Book) RemovePasskey(ctx context.Context, d *record.Door, password string, id []byte) error {
	err := b.proved(ctx, d, password, func(_ *record.Tx, m *Member) error {
		c := &m.Credentials
		if c.passkey(id) == nil {
			return fault.NotFound("There is no such passkey.")
		}
		var left []Passkey
		for _, p := range c.Passkeys {
			if string(p.ID) != string(id) {
				left = append(left, p)
			}
		}
		c.Passkeys = left
		if m.MustSetUp() {
			return errStranded
		}
		m.Note(changed("passkey_removed"))
		return nil
	})
	if err != nil {
		return err
	}
	return b.dropPasskeyLock(ctx, d, id)
}

// LinkOIDC lets an identity at an OpenID Connect provider sign in as the
// member; the member does it after showing both, or an administrator before
// the first sign-in. Conflict when the identity is somebody's already.
func (b *Book) LinkOIDC(ctx context.Context, d *record.Door, id ident.ID, issuer, subject string) error {
	if issuer == "" || subject == "" {
		return fault.Invalid("", "The other provider did not say who you are. Try again.")
	}
	found, err := b.one(ctx, oidcWord(issuer, subject))
	if err != nil {
		return err
	}
	if !found.Stranger {
		return fault.Conflict("This identity belongs to an account already.")
	}
	return b.ownOrKept(ctx, d, id, func(tx *record.Tx, m *Member) error {
		m.Credentials.Federated = append(m.Credentials.Federated, Federated{Issuer: issuer, Subject: subject, Added: tx.Now()})
		m.Note(changed("sign_on_linked"))
		return nil
	})
}

// UnlinkOIDC undoes LinkOIDC and ends the member's sessions.
func (b *Book) UnlinkOIDC(ctx context.Context, d *record.Door, id ident.ID, issuer string) error {
	err := b.ownOrKept(ctx, d, id, func(_ *record.Tx, m *Member) error {
		var left []Federated
		for _, f := range m.Credentials.Federated {
			if f.Issuer != issuer {
				left = append(left, f)
			}
		}
		if len(left) == len(m.Credentials.Federated) {
			return fault.NotFound("There is no such link.")
		}
		m.Credentials.Federated = left
		if m.MustSetUp() && d.Viewer().Member == id {
			return errStranded
		}
		m.Note(changed("sign_on_unlinked"))
		return nil
	})
	if err != nil {
		return err
	}
	return b.endAll(ctx, id)
}
