package directory

import (
	"context"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
)

// unlocked is a member's own key, opened. It is in memory only, for as long as
// the session with which it was opened.
type unlocked struct {
	member ident.ID
	key    vault.MemberKey
	used   time.Time
	ends   time.Time
}

// guessing counts a member's wrong passwords for the notes.
type guessing struct {
	wrong int
	until time.Time // no further try before
}

const (
	wrongAllowed = 5
	wrongWait    = 15 * time.Minute
)

// ErrLocked says that the notes are not open in this session.
var ErrLocked = fault.Denied("Your confidential notes are locked. Open them first.")

// Unlock opens the member's own key with its password, for this session.
// Denied when the password is wrong; after five wrong ones it waits.
func (b *Book) Unlock(ctx context.Context, d *record.Door, token, password string) error {
	v, m, err := b.myKey(ctx, d)
	if err != nil {
		return err
	}
	if err := b.mayGuess(d.Viewer().Member); err != nil {
		return err
	}
	key, err := b.unlock(ctx, m, password)
	if err != nil {
		b.guessed(d.Viewer().Member, false)
		return wrongNotesPassword(err)
	}
	if err := b.opens(d, v, token, key); err != nil {
		return err
	}
	b.guessed(d.Viewer().Member, true)
	return nil
}

// myKey is the viewer's own key, locked: denied to whom nobody has let in.
func (b *Book) myKey(ctx context.Context, d *record.Door) (KeyringView, vault.Member, error) {
	v, err := b.Keyring(ctx, d)
	if err != nil {
		return v, vault.Member{}, err
	}
	m, ok := v.whole.member(d.Viewer().Member)
	if !ok || !v.whole.within(m) {
		return v, m, fault.Denied("Nobody has let you in yet: a colleague who can open the notes compares your key with you and lets you in.")
	}
	return v, m, nil
}

// opens looks that a member's opened key opens the notes, and keeps it for the session.
func (b *Book) opens(d *record.Door, v KeyringView, token string, key vault.MemberKey) error {
	if _, err := v.whole.Notes.Open(key); err != nil {
		return fault.Internal(err)
	}
	b.keep(token, d.Viewer().Member, key)
	return nil
}

// wrongNotesPassword says on which field the mistake is.
func wrongNotesPassword(err error) error {
	if fault.Is(err, fault.CodeDenied) || fault.Is(err, fault.CodeInvalid) {
		return fault.Invalid("password", "This password does not open the notes.")
	}
	return err
}

// unlock derives a key when its turn comes: each takes the memory of a sign-in.
func (b *Book) unlock(ctx context.Context, m vault.Member, password string) (vault.MemberKey, error) {
	c, err := vault.Password(password)
	if err != nil {
		return vault.MemberKey{}, err
	}
	select {
	case b.guesses <- struct{}{}:
	case <-ctx.Done():
		return vault.MemberKey{}, fault.Unavailable(ctx.Err(), "Too many people are signing in. Try again.")
	}
	defer func() { <-b.guesses }()
	return m.Unlock(c)
}

func (b *Book) mayGuess(member ident.ID) error {
	b.mu.Lock()
	defer b.mu.Unlock()
	if g := b.guessing[member]; b.node.Now().Before(g.until) {
		return fault.Invalid("password", "Five wrong passwords: wait a quarter of an hour.")
	}
	return nil
}

func (b *Book) guessed(member ident.ID, right bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if right {
		delete(b.guessing, member)
		return
	}
	g := b.guessing[member]
	if g.wrong++; g.wrong >= wrongAllowed {
		g = guessing{until: b.node.Now().Add(wrongWait)}
	}
	b.guessing[member] = g
}

// keep holds an opened key in memory for a session, and lets go of those that have ended.
func (b *Book) keep(token string, member ident.ID, key vault.MemberKey) {
	now := b.node.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	for t, u := range b.open {
		if u.over(now) {
			delete(b.open, t)
		}
	}
	b.open[tokenHash(token)] = unlocked{member: member, key: key, used: now, ends: now.Add(absoluteLimit)}
}

func (u unlocked) over(now time.Time) bool {
	return !now.Before(u.used.Add(idleLimit)) || !now.Before(u.ends)
}

// opened gives the key that this session has opened.
func (b *Book) opened(d *record.Door, token string) (vault.MemberKey, error) {
	now := b.node.Now()
	b.mu.Lock()
	defer b.mu.Unlock()
	u, ok := b.open[tokenHash(token)]
	if !ok || u.member != d.Viewer().Member || u.over(now) {
		delete(b.open, tokenHash(token))
		return vault.MemberKey{}, ErrLocked
	}
	u.used = now
	b.open[tokenHash(token)] = u
	return u.key, nil
}

// Lock lets go of what this session has opened.
func (b *Book) Lock(token string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.open, tokenHash(token))
}

// lockAll lets go of what any session of a member has opened.
func (b *Book) lockAll(member ident.ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	for t, u := range b.open {
		if u.member == member {
			delete(b.open, t)
		}
	}
}

// NotesKey opens the organisation's notes for this session: denied when they
// are locked, or when the member was taken out meanwhile; not found when there are none.
func (b *Book) NotesKey(ctx context.Context, d *record.Door, token string) (vault.Keyring, error) {
	v, err := b.Keyring(ctx, d)
	if err != nil {
		return vault.Keyring{}, err
	}
	key, err := b.opened(d, token)
	if err != nil {
		return vault.Keyring{}, err
	}
	return b.ring(v.whole, key, token)
}

func (b *Book) ring(k *Keyring, key vault.MemberKey, token string) (vault.Keyring, error) {
	ring, err := k.Notes.Open(key)
	if fault.Is(err, fault.CodeNotFound) {
		b.Lock(token)
		return ring, ErrLocked
	}
	if err != nil {
		return ring, fault.Internal(err)
	}
	return ring, nil
}
