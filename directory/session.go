package directory

import (
	"context"
	"crypto/sha256"
	"encoding/base64"
	"io"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

// Sessions is where sessions are kept; the store implements it. Of a token it
// knows only the hash, and of the member's machine nothing.
type Sessions interface {
	BeginSession(ctx context.Context, hash [32]byte, member ident.ID, now, expires time.Time, most int) error
	FindSession(ctx context.Context, hash [32]byte) (member ident.ID, seen, expires time.Time, found bool, err error)
	TouchSession(ctx context.Context, hash [32]byte, seen time.Time) error
	DropSession(ctx context.Context, hash [32]byte) error
	DropMemberSessions(ctx context.Context, member ident.ID) error
}

const (
	idleLimit     = 30 * time.Minute // without a page
	absoluteLimit = 10 * time.Hour   // of a session
	mostSessions  = 3                // of a member; a fourth ends the oldest
	touchEvery    = 30 * time.Second // so that not every page writes
	freshFor      = 5 * time.Minute  // then roles are read again, for training that ran out and for changes by another process
)

// Session is a member at work.
type Session struct {
	Viewer       access.Viewer
	Organisation string    // its name
	MustSetUp    bool      // no role is in force until sign-in is set up
	Ends         time.Time // when nothing more is done
}

var errEnded = fault.Denied("Your session has ended. Sign in again; nothing that you saved is lost.")

// tokenHash is what the store knows of a token.
func tokenHash(token string) [32]byte { return sha256.Sum256([]byte(token)) }

// begin starts a session: 256 random bits for the cookie, their hash for the store.
func (b *Book) begin(ctx context.Context, member ident.ID) (token string, err error) {
	raw := make([]byte, 32)
	if _, err := io.ReadFull(b.node.Random, raw); err != nil {
		return "", fault.Internal(err)
	}
	token = base64.RawURLEncoding.EncodeToString(raw)
	now := b.node.Now()
	if err := b.sessions.BeginSession(ctx, tokenHash(token), member, now, now.Add(absoluteLimit), mostSessions); err != nil {
		return "", fault.Unavailable(err, "You cannot sign in now. Try again.")
	}
	return token, nil
}

// Session gives the member whose session it is, and when it ends; denied when it has ended.
func (b *Book) Session(ctx context.Context, token string) (access.Viewer, time.Time, error) {
	s, err := b.AtWork(ctx, token)
	return s.Viewer, s.Ends, err
}

// AtWork gives who is at work; denied when the session has ended. Roles
// are read again when something changed, and every five minutes.
func (b *Book) AtWork(ctx context.Context, token string) (Session, error) {
	hash, now := tokenHash(token), b.node.Now()
	id, seen, expires, found, err := b.sessions.FindSession(ctx, hash)
	if err != nil {
		return Session{}, fault.Unavailable(err, "The session cannot be read now. Try again.")
	}
	if !found || !now.Before(expires) || !now.Before(seen.Add(idleLimit)) {
		return Session{}, errEnded
	}
	w, err := b.at(ctx, id)
	if fault.Is(err, fault.CodeNotFound) {
		return Session{}, errEnded
	}
	if err != nil {
		return Session{}, err
	}
	if !now.Before(seen.Add(touchEvery)) {
		if err := b.sessions.TouchSession(ctx, hash, now); err != nil {
			return Session{}, fault.Unavailable(err, "The session cannot be kept now. Try again.")
		}
	}
	if idle := now.Add(idleLimit); idle.Before(expires) {
		expires = idle
	}
	return Session{Viewer: w.viewer, Organisation: w.organisation, MustSetUp: w.setUp, Ends: expires}, nil
}

// SignOut ends a session; that of an unknown token has ended already.
func (b *Book) SignOut(ctx context.Context, token string) error {
	b.Lock(token)
	if err := b.sessions.DropSession(ctx, tokenHash(token)); err != nil {
		return fault.Unavailable(err, "You could not be signed out. Try again, and close the browser.")
	}
	return nil
}

// endAll ends a member's sessions, after a change that must not leave one open.
func (b *Book) endAll(ctx context.Context, id ident.ID) error {
	b.forget(id)
	b.lockAll(id)
	if err := b.sessions.DropMemberSessions(ctx, id); err != nil {
		return fault.Unavailable(err, "It was saved, but open sessions could not be ended. Try again.")
	}
	return nil
}
