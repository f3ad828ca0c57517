package directory

import (
	"context"
	"slices"
	"strings"
	"time"

	"palermo/fault"
	"palermo/record"
)

// errSignIn is the one answer to whatever was wrong: an unknown user name, the
// password, the code, a locked or closed account.
var errSignIn = fault.Denied("The user name, password or code is not right, or the account is locked for a while. Check them and try again later, or ask your administrator.")

// SignIn checks a password and a one-time or recovery code and begins a
// session. Before sign-in is set up the handed-over password opens a session in
// which no role is in force. Every refusal is the same fault of code denied, takes the
// same work, and is journalled: for a user name that nobody has, on the
// record that stands for strangers.
func (b *Book) SignIn(ctx context.Context, login, password, code string) (token string, err error) {
	m, err := b.one(ctx, loginWord(login))
	if err != nil {
		return "", err
	}
	right, err := b.match(ctx, m.Credentials.Password, password)
	if err != nil {
		return "", err
	}
	tested, dearer := m.Credentials.Password, ""
	if h, ok := readHash(tested); right && ok && h.cost != b.cost {
		// The price was changed since: all passwords cost the same, or time would tell who is known.
		if dearer, err = hashPassword(b.node.Random, b.cost, password); err != nil {
			return "", err
		}
	}
	return b.admit(ctx, m, func(m *Member, now time.Time) (by, refused string) {
		by, refused = m.tryPassword(right && m.Credentials.Password == tested, code, now)
		if refused == "" && dearer != "" {
			m.Credentials.Password = dearer
		}
		return by, refused
	})
}

// admit runs a check on the member's record, with its note, and begins a session when it let the member in.
func (b *Book) admit(ctx context.Context, m *Member, try func(*Member, time.Time) (by, refused string)) (string, error) {
	if m.RecordID().IsZero() {
		return "", errSignIn // a node without the stranger's record: nothing to note it on
	}
	in := false
	err := record.Do(ctx, b.door(), record.Reason{Action: ActSignIn}, func(tx *record.Tx) error {
		m, err := record.Open(tx, b.members, m.ID())
		if err != nil {
			return err
		}
		by, refused := try(m, tx.Now())
		if in = refused == ""; in {
			m.Base.Note(SignedIn{By: by})
			return nil
		}
		m.Base.Note(SignInRefused{Why: refused, LockedUntil: m.Attempts.LockedUntil})
		return nil
	})
	if err != nil {
		return "", err
	}
	if !in {
		return "", errSignIn
	}
	id := m.RecordID()
	b.forget(id)
	if _, err := b.at(ctx, id); err != nil {
		if fault.Is(err, fault.CodeDenied) {
			return "", errSignIn // the organisation takes part no longer
		}
		return "", err
	}
	return b.begin(ctx, id)
}

// tryPassword decides on a sign-in by password. The lock comes first: the
// right password does not open it.
func (m *Member) tryPassword(right bool, code string, now time.Time) (by, refused string) {
	switch {
	case m.Stranger:
		return "", "unknown"
	case !m.Active():
		return "", "closed"
	case m.Attempts.locked(now):
		return "", "locked"
	case !right:
		m.Attempts.fail(now)
		return "", "password"
	}
	by, refused = m.secondFactor(code, now)
	if refused != "" {
		m.Attempts.fail(now)
		return "", refused
	}
	m.Attempts.succeed(now)
	return by, ""
}

// secondFactor is a one-time code or a recovery code; before codes are set up, for some days, none.
func (m *Member) secondFactor(code string, now time.Time) (by, refused string) {
	c := &m.Credentials
	switch {
	case c.TOTP.Confirmed && c.TOTP.accept(code, now):
		return "password", ""
	case c.useRecovery(code):
		return "recovery_code", ""
	case c.TOTP.Confirmed || !m.MustSetUp():
		return "", "code"
	case !now.Before(c.SetUpUntil):
		return "", "set_up_over"
	}
	return "set_up", ""
}

// useRecovery uses up a recovery code.
func (c *Credentials) useRecovery(code string) bool {
	code = strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(code))
	if code == "" {
		return false
	}
	hash := string(secretHash(code))
	for i, known := range c.Recovery {
		if string(known) == hash {
			c.Recovery = slices.Delete(c.Recovery, i, i+1)
			return true
		}
	}
	return false
}
