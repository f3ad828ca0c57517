package directory

import (
	"context"
	"strings"
	"unicode/utf8"

	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

const recoveryCodes = 10

// proved is a change of one's own sign-in, for which the present password is
// asked for once more: an unattended screen is not enough. A wrong one counts
// as a failed sign-in. Who has no password, but a passkey, is not asked.
func (b *Book) proved(ctx context.Context, d *record.Door, password string, fn func(*record.Tx, *Member) error) error {
	var refused error
	err := b.own(ctx, d, func(tx *record.Tx, m *Member) error {
		refused = nil
		if m.Attempts.locked(tx.Now()) {
			refused = errSignIn
		} else if m.Credentials.Password != "" && !passwordMatches(m.Credentials.Password, password, b.cost) {
			m.Attempts.fail(tx.Now())
			refused = fault.Invalid("password", "This is not your present password.")
		}
		if refused != nil {
			m.Note(SignInRefused{Why: "password", LockedUntil: m.Attempts.LockedUntil})
			return nil
		}
		return fn(tx, m)
	})
	if err != nil {
		return err
	}
	return refused
}

// SetPassword changes one's own password, ends all one's sessions, and gives
// the token of a new one. Faults: invalid when the present one is wrong or the new one weak.
func (b *Book) SetPassword(ctx context.Context, d *record.Door, present, next string) (token string, err error) {
	err = b.proved(ctx, d, present, func(tx *record.Tx, m *Member) error {
		if present == next {
			return fault.Invalid("password", "Choose a password that is new.")
		}
		if err := checkNewPassword(next, m.Login, m.Name+" "+m.Known()); err != nil {
			return err
		}
		hash, err := hashPassword(tx.Random(), b.cost, next)
		if err != nil {
			return err
		}
		m.Credentials.Password, m.Credentials.Initial = hash, false
		m.Note(changed("password_set"))
		return nil
	})
	if err != nil {
		return "", err
	}
	id := d.Viewer().Member
	if err := b.endAll(ctx, id); err != nil {
		return "", err
	}
	return b.begin(ctx, id)
}

// EnrolTOTP begins one-time codes and gives the address (otpauth://) that an
// authenticator reads, under the name of the node. Until ConfirmTOTP the codes before hold.
func (b *Book) EnrolTOTP(ctx context.Context, d *record.Door, password, nodeName string) (address string, err error) {
	err = b.proved(ctx, d, password, func(tx *record.Tx, m *Member) error {
		var err error
		if m.Credentials.Pending, address, err = newTOTP(tx.Random(), nodeName, m.Login); err != nil {
			return err
		}
		m.Note(changed("codes_enrolled"))
		return nil
	})
	return address, err
}

// ConfirmTOTP puts the enrolled codes into force once one of them is shown, and
// gives new recovery codes to write down; they are not shown again.
func (b *Book) ConfirmTOTP(ctx context.Context, d *record.Door, code string) (recovery []string, err error) {
	err = b.own(ctx, d, func(tx *record.Tx, m *Member) error {
		c := &m.Credentials
		if c.Pending.Secret == "" {
			return fault.Conflict("Begin again: there are no one-time codes to confirm.")
		}
		if !c.Pending.accept(code, tx.Now()) {
			return fault.Invalid("code", "This is not the code that the authenticator shows now. Check the clock of your telephone and try again.")
		}
		c.TOTP, c.Pending = c.Pending, TOTP{}
		c.TOTP.Confirmed = true
		m.Note(changed("codes_confirmed"))
		var err error
		recovery, err = newRecovery(tx, m)
		return err
	})
	return recovery, err
}

// NewRecoveryCodes replaces the recovery codes; they are not shown again.
func (b *Book) NewRecoveryCodes(ctx context.Context, d *record.Door, password string) (codes []string, err error) {
	err = b.proved(ctx, d, password, func(tx *record.Tx, m *Member) error {
		m.Note(changed("recovery_codes_made"))
		var err error
		codes, err = newRecovery(tx, m)
		return err
	})
	return codes, err
}

func newRecovery(tx *record.Tx, m *Member) ([]string, error) {
	codes := make([]string, recoveryCodes)
	m.Credentials.Recovery = nil
	for i := range codes {
		code, err := newSecret(tx.Random(), 10)
		if err != nil {
			return nil, err
		}
		codes[i] = code
		m.Credentials.Recovery = append(m.Credentials.Recovery, secretHash(strings.ReplaceAll(code, "-", "")))
	}
	return codes, nil
}

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

// RemovePasskey takes a passkey away, unless nothing to sign in with would be left.
func (b *Book) RemovePasskey(ctx context.Context, d *record.Door, password string, id []byte) error {
	return b.proved(ctx, d, password, func(_ *record.Tx, m *Member) error {
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
			return fault.Conflict("This is the only way left to sign in. Add another passkey, or a password and one-time codes, first.")
		}
		m.Note(changed("passkey_removed"))
		return nil
	})
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
		m.Note(changed("sign_on_unlinked"))
		return nil
	})
	if err != nil {
		return err
	}
	return b.endAll(ctx, id)
}
