package directory

import (
	"context"
	"crypto/subtle"

	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
)

// BeginNotes makes the organisation's confidential notes, with the viewer as
// the first who can open them, and gives the recovery text: shown once, for paper.
func (b *Book) BeginNotes(ctx context.Context, d *record.Door, token, password string) (recovery string, err error) {
	m, key, err := b.newKey(ctx, d, password)
	if err != nil {
		return "", err
	}
	b.adding.Lock() // one keyring an organisation
	defer b.adding.Unlock()
	if _, err := b.Keyring(ctx, d); !fault.Is(err, fault.CodeNotFound) {
		if err == nil {
			err = fault.Conflict("Your organisation has confidential notes already. Make a key of your own, and let a colleague let you in.")
		}
		return "", err
	}
	err = record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
		notes, paper, err := vault.NewConfidential(tx.Random(), tx.Viewer().Organisation, m)
		if err != nil {
			return err
		}
		recovery = paper.Text()
		k := &Keyring{Organisation: tx.Viewer().Organisation, Made: tx.Now(), Notes: notes, Keys: []vault.Member{m}}
		k.Note(keyringDid{"notes_begun", tx.Viewer().Member})
		_, err = record.Create(tx, b.keyrings, k)
		return err
	})
	if err != nil {
		return "", err
	}
	b.keep(token, d.Viewer().Member, key)
	return recovery, nil
}

// newKey makes the viewer's key pair under a password of its own. It is not the
// password of signing in: an administrator who resets that one gets nothing here.
func (b *Book) newKey(ctx context.Context, d *record.Door, password string) (vault.Member, vault.MemberKey, error) {
	if d.Viewer().Member.IsZero() || d.Viewer().Organisation.IsZero() {
		return vault.Member{}, vault.MemberKey{}, fault.Denied("Only the member can do this.")
	}
	me, err := b.Member(ctx, d, d.Viewer().Member)
	if err != nil {
		return vault.Member{}, vault.MemberKey{}, err
	}
	if v := me.Value(); v.Account != nil {
		if err := checkNewPassword(password, v.Account.Login, v.Name); err != nil {
			return vault.Member{}, vault.MemberKey{}, err
		}
	}
	c, err := vault.Password(password)
	if err != nil {
		return vault.Member{}, vault.MemberKey{}, err
	}
	m, err := vault.NewMember(b.node.Random, d.Viewer().Member, c)
	if err != nil {
		return m, vault.MemberKey{}, err
	}
	key, err := b.unlock(ctx, m, password)
	return m, key, err
}

// AskForNotes makes a key pair for the viewer, who waits for a colleague to let
// them in. Whoever can open the notes already is taken out first.
func (b *Book) AskForNotes(ctx context.Context, d *record.Door, password string) error {
	v, err := b.Keyring(ctx, d)
	if err != nil {
		return err
	}
	m, _, err := b.newKey(ctx, d, password)
	if err != nil {
		return err
	}
	return b.changeKeyring(ctx, d, v.ID, keyringDid{"notes_asked", d.Viewer().Member}, func(_ *record.Tx, k *Keyring) error {
		if old, ok := k.member(m.ID); ok && k.within(old) {
			return fault.Conflict("You can open the notes already. If the password is lost, a colleague takes you out first, or you use the recovery key.")
		}
		k.put(m)
		return nil
	})
}

// LetIn seals the notes to a colleague's key. fingerprint is the short form that
// the two compared: it must be that of the key as it stands now.
func (b *Book) LetIn(ctx context.Context, d *record.Door, token string, member ident.ID, fingerprint string) error {
	return b.withNotes(ctx, d, token, keyringDid{"notes_let_in", member}, func(_ *record.Tx, k *Keyring, ring vault.Keyring) error {
		m, ok := k.member(member)
		if !ok {
			return fault.NotFound("There is no such member.")
		}
		if subtle.ConstantTimeCompare([]byte(m.Fingerprint()), []byte(fingerprint)) != 1 {
			return fault.Conflict("The key has changed since you compared it. Compare it again.")
		}
		notes, err := k.Notes.Add(ring, m)
		if err != nil {
			return err
		}
		k.Notes = notes
		return nil
	})
}

// TakeOut gives the notes a new key without a colleague, who reads nothing that
// is written from now on. What they read before cannot be taken back.
func (b *Book) TakeOut(ctx context.Context, d *record.Door, token string, member ident.ID) error {
	err := b.withNotes(ctx, d, token, keyringDid{"notes_taken_out", member}, func(tx *record.Tx, k *Keyring, ring vault.Keyring) error {
		if m, ok := k.member(member); ok && !k.within(m) { // only asked
			k.drop(member)
			return nil
		}
		notes, err := k.Notes.Remove(tx.Random(), ring, member)
		if err != nil {
			return err
		}
		k.Notes = notes
		k.drop(member)
		return nil
	})
	if err == nil {
		b.lockAll(member)
	}
	return err
}

// NewRecovery makes a new key for paper; the old paper opens nothing that is written from now on.
func (b *Book) NewRecovery(ctx context.Context, d *record.Door, token string) (recovery string, err error) {
	err = b.withNotes(ctx, d, token, keyringDid{"notes_recovery_made", d.Viewer().Member}, func(tx *record.Tx, k *Keyring, ring vault.Keyring) error {
		notes, paper, err := k.Notes.RenewRecovery(tx.Random(), ring)
		if err != nil {
			return err
		}
		k.Notes, recovery = notes, paper.Text()
		return nil
	})
	return recovery, err
}

// Recover opens the notes with the key on paper and lets the viewer in under a
// new password: when all passwords are lost, or one's own.
func (b *Book) Recover(ctx context.Context, d *record.Door, token, paper, password string) error {
	v, err := b.Keyring(ctx, d)
	if err != nil {
		return err
	}
	if err := b.mayGuess(d.Viewer().Member); err != nil {
		return err
	}
	r, err := vault.ParseRecovery(paper)
	if err == nil {
		_, err = v.whole.Notes.Recover(r)
	}
	if err != nil {
		b.guessed(d.Viewer().Member, false)
		return fault.Invalid("recovery", "This is not the recovery key of your organisation's notes.")
	}
	m, key, err := b.newKey(ctx, d, password)
	if err != nil {
		return err
	}
	err = b.changeKeyring(ctx, d, v.ID, keyringDid{"notes_recovered", d.Viewer().Member}, func(tx *record.Tx, k *Keyring) error {
		ring, err := k.Notes.Recover(r)
		if err != nil {
			return err
		}
		if k.Notes, err = k.readmit(tx, ring, m); err != nil {
			return err
		}
		k.put(m)
		return nil
	})
	if err != nil {
		return err
	}
	b.lockAll(d.Viewer().Member)
	b.keep(token, d.Viewer().Member, key)
	return nil
}

// readmit lets a member in with a new key pair, in place of the older one.
func (k *Keyring) readmit(tx *record.Tx, ring vault.Keyring, m vault.Member) (vault.Confidential, error) {
	old, ok := k.member(m.ID)
	if !ok || !k.within(old) {
		return k.Notes.Add(ring, m)
	}
	return k.Notes.Replace(tx.Random(), ring, m)
}

// withNotes is a change by somebody whose session has the notes open.
func (b *Book) withNotes(ctx context.Context, d *record.Door, token string, did keyringDid, fn func(*record.Tx, *Keyring, vault.Keyring) error) error {
	key, err := b.opened(d, token)
	if err != nil {
		return err
	}
	v, err := b.Keyring(ctx, d)
	if err != nil {
		return err
	}
	return b.changeKeyring(ctx, d, v.ID, did, func(tx *record.Tx, k *Keyring) error {
		ring, err := b.ring(k, key, token)
		if err != nil {
			return err
		}
		return fn(tx, k, ring)
	})
}
