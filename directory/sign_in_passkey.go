package directory

import (
	"context"
	"time"
)

// Verified is what the WebAuthn ceremony found out about a passkey.
type Verified struct {
	ID           []byte
	SignCount    uint32
	Flags        byte
	UserVerified bool // by PIN, finger or face; without it a passkey is one factor alone
}

// SignInPasskey begins a session for whom a verified passkey belongs to. A
// passkey needs no code and is not locked out by failed passwords. It is refused
// when its counter went back, which a copy of it does (WebAuthn, 6.1.1).
func (b *Book) SignInPasskey(ctx context.Context, v Verified) (token string, err error) {
	m, err := b.one(ctx, passkeyWord(v.ID))
	if err != nil {
		return "", err
	}
	return b.admit(ctx, m, func(m *Member, now time.Time) (by, refused string) { return m.tryPasskey(v, now) })
}

func (m *Member) tryPasskey(v Verified, now time.Time) (by, refused string) {
	p := m.Credentials.passkey(v.ID)
	switch {
	case m.Stranger || p == nil:
		return "", "unknown"
	case !m.Active():
		return "", "closed"
	case !v.UserVerified:
		return "", "not_verified"
	case v.SignCount <= p.SignCount && (v.SignCount != 0 || p.SignCount != 0):
		return "", "cloned_passkey"
	}
	p.SignCount, p.Flags, p.Used = v.SignCount, v.Flags, now
	m.Attempts.succeed(now)
	return "passkey", ""
}
