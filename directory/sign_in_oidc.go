package directory

import (
	"context"
	"time"
)

// SignInOIDC begins a session for whom an identity belongs to that the caller
// has verified with its OpenID Connect provider, the second factor included.
func (b *Book) SignInOIDC(ctx context.Context, issuer, subject string) (token string, err error) {
	return b.signInOIDC(ctx, issuer, subject, func(*Member, time.Time) string { return "" })
}

// SignInOIDCWithCode does it where the provider asked for no second factor: the
// member's one-time or recovery code is. A wrong one counts as a failed sign-in.
func (b *Book) SignInOIDCWithCode(ctx context.Context, issuer, subject, code string) (token string, err error) {
	return b.signInOIDC(ctx, issuer, subject, func(m *Member, now time.Time) (refused string) {
		if m.Attempts.locked(now) {
			return "locked"
		}
		if _, refused = m.secondFactor(code, now); refused != "" {
			m.Attempts.fail(now)
		}
		return refused
	})
}

func (b *Book) signInOIDC(ctx context.Context, issuer, subject string, second func(*Member, time.Time) (refused string)) (string, error) {
	m, err := b.one(ctx, oidcWord(issuer, subject))
	if err != nil {
		return "", err
	}
	return b.admit(ctx, m, func(m *Member, now time.Time) (by, refused string) {
		switch {
		case m.Stranger || !m.linked(issuer, subject):
			return "", "unknown"
		case !m.Active():
			return "", "closed"
		}
		if refused = second(m, now); refused != "" {
			return "", refused
		}
		m.Attempts.succeed(now)
		return "oidc", ""
	})
}

func (m *Member) linked(issuer, subject string) bool {
	for _, f := range m.Credentials.Federated {
		if f.Issuer == issuer && f.Subject == subject {
			return true
		}
	}
	return false
}
