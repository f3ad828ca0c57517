package directory

import (
	"context"
	"strings"

	"palermo/fault"
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
