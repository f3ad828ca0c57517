package directory

import (
	"context"
	"crypto/sha256"
	"slices"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
)

// A passkey's own secret (WebAuthn's PRF extension) opens a member's key to the
// confidential notes. It is asked for when the notes are opened and never at
// sign-in: a session that needs no notes has no key to them in memory. The
// password of the notes stays, so that a lost passkey loses nothing.

// errNoSecret says why a passkey does not open the notes, and what does.
var errNoSecret = fault.Conflict("This passkey has no secret of its own with which notes can be opened. Open them with their password, or add another passkey.")

// Passkeys gives the ids of a member's passkeys that open the notes.
func (v KeyringView) Passkeys(member ident.ID) [][]byte {
	if v.whole == nil {
		return nil
	}
	m, _ := v.whole.member(member)
	var ids [][]byte
	for _, l := range m.Locks {
		if l.Kind == vault.LockPasskey {
			ids = append(ids, l.Passkey)
		}
	}
	return ids
}

// BeginNotes asks the viewer's browser for the secret of one of the viewer's own
// passkeys: to open the notes of one that opens them already, to add one of any.
func (c *Ceremony) BeginNotes(ctx context.Context, d *record.Door, add bool) (Challenge, error) {
	k, err := c.book.Keyring(ctx, d)
	if err != nil {
		return Challenge{}, err
	}
	m, _, _, err := c.book.read(ctx, d.Viewer().Member)
	if err != nil {
		return Challenge{}, err
	}
	opening := k.Passkeys(d.Viewer().Member)
	var allowed []protocol.CredentialDescriptor
	for _, credential := range (user{m}).WebAuthnCredentials() {
		if add || slices.ContainsFunc(opening, func(id []byte) bool { return slices.Equal(id, credential.ID) }) {
			allowed = append(allowed, credential.Descriptor())
		}
	}
	if len(allowed) == 0 {
		return Challenge{}, fault.Conflict("None of your passkeys opens the notes. Open them with their password.")
	}
	options, session, err := c.web.BeginLogin(user{m}, webauthn.WithAllowedCredentials(allowed),
		webauthn.WithUserVerification(protocol.VerificationRequired),
		webauthn.WithAssertionExtensions(webauthn.WithExtensionPRF(protocol.PRFValues{First: notesInput(d.Viewer().Member)})))
	if err != nil {
		return Challenge{}, fault.Internal(err)
	}
	return challenge(options, session)
}

// notesInput is what the passkey computes its secret from: another for each
// member, and for no other use than the notes.
func notesInput(member ident.ID) []byte {
	sum := sha256.Sum256(append([]byte("palermo notes 1: "), member[:]...))
	return sum[:]
}

// OpenNotes opens the notes in this session with the secret in the browser's
// answer. Conflict for a passkey without one; invalid for one that is not the viewer's.
func (c *Ceremony) OpenNotes(ctx context.Context, d *record.Door, token string, state, answer []byte) error {
	credential, err := c.secret(ctx, d, state, answer)
	if err != nil {
		return err
	}
	v, m, err := c.book.myKey(ctx, d)
	if err != nil {
		return err
	}
	key, err := m.Unlock(credential)
	if fault.Is(err, fault.CodeDenied) || fault.Is(err, fault.CodeInvalid) {
		return fault.Conflict("This passkey does not open the notes. Open them with their password, and add the passkey anew.")
	}
	if err != nil {
		return err
	}
	return c.book.opens(d, v, token, key)
}

// AddToNotes lets a passkey open the notes from now on. The notes must be open in this session.
func (c *Ceremony) AddToNotes(ctx context.Context, d *record.Door, token string, state, answer []byte) error {
	credential, err := c.secret(ctx, d, state, answer)
	if err != nil {
		return err
	}
	key, err := c.book.opened(d, token)
	if err != nil {
		return err
	}
	return c.book.withNotes(ctx, d, token, keyringDid{"notes_passkey_added", d.Viewer().Member},
		func(tx *record.Tx, k *Keyring, _ vault.Keyring) error {
			m, ok := k.member(d.Viewer().Member)
			if !ok {
				return ErrLocked
			}
			m, err := m.WithLock(tx.Random(), key, credential)
			if err != nil {
				return err
			}
			k.put(m)
			return nil
		})
}

// secret verifies the browser's answer as a sign-in is verified, counter and
// all, and takes the passkey's secret out of it. The secret itself is not
// signed: one that is not the passkey's opens nothing.
func (c *Ceremony) secret(ctx context.Context, d *record.Door, state, answer []byte) (vault.Credential, error) {
	session, err := c.resume(state)
	if err != nil {
		return vault.Credential{}, err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return vault.Credential{}, errCeremony(err)
	}
	m, _, _, err := c.book.read(ctx, d.Viewer().Member)
	if err != nil {
		return vault.Credential{}, err
	}
	used, err := c.web.ValidateLogin(user{m}, session, parsed)
	if err != nil {
		return vault.Credential{}, errCeremony(err)
	}
	flags := parsed.Response.AuthenticatorData.Flags
	if err := c.book.usePasskey(ctx, d, Verified{ID: used.ID, SignCount: parsed.Response.AuthenticatorData.Counter,
		Flags: used.Flags.MsgpByte(), UserVerified: flags.UserVerified()}); err != nil {
		return vault.Credential{}, err
	}
	prf := parsed.ClientExtensionResults.PRF
	if prf == nil || prf.Results == nil || len(prf.Results.First) != 32 {
		return vault.Credential{}, errNoSecret
	}
	return vault.Passkey(used.ID, [32]byte(prf.Results.First)), nil
}

// usePasskey counts a use of one's own passkey within a session, and refuses what a sign-in would refuse.
func (b *Book) usePasskey(ctx context.Context, d *record.Door, v Verified) error {
	var refused string
	err := b.own(ctx, d, func(tx *record.Tx, m *Member) error {
		if _, refused = m.tryPasskey(v, tx.Now()); refused != "" {
			m.Note(SignInRefused{Why: refused})
			return nil
		}
		m.Note(changed("passkey_used"))
		return nil
	})
	if err == nil && refused != "" {
		return errSignIn
	}
	return err
}

// dropPasskeyLock takes a removed passkey's lock off the member's key. What opens it last stays:
// the passkey is nobody's by then, and no page asks it.
func (b *Book) dropPasskeyLock(ctx context.Context, d *record.Door, id []byte) error {
	v, err := b.Keyring(ctx, d)
	if fault.Is(err, fault.CodeNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(v.Passkeys(d.Viewer().Member), func(x []byte) bool { return slices.Equal(x, id) }) {
		return nil
	}
	return b.changeKeyring(ctx, d, v.ID, keyringDid{"notes_passkey_removed", d.Viewer().Member}, func(_ *record.Tx, k *Keyring) error {
		m, ok := k.member(d.Viewer().Member)
		if !ok {
			return nil
		}
		m, err := m.WithoutPasskey(id)
		if err != nil {
			return err
		}
		k.put(m)
		return nil
	})
}
