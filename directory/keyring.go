package directory

import (
	"context"
	"slices"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
)

// Keyring is an organisation's key to its confidential notes (row 25), sealed
// to its members' own keys and to a key on paper. The record lies in the
// database like any other; what is in it opens nothing without a member's
// password or the paper. No search, duty or job reads the notes.
type Keyring struct {
	record.Base
	Organisation ident.ID
	Made         time.Time
	Notes        vault.Confidential
	Keys         []vault.Member // key pairs of members, those who wait to be let in too
}

// KeyringView is what may be shown of a keyring: to members of its organisation.
type KeyringView struct {
	ID     ident.ID
	Made   time.Time
	Epoch  int
	Within []KeyHolder // who can open the notes
	Asking []KeyHolder // who made a key and waits for a colleague to let them in

	whole *Keyring // for this package; no page has it
}

// KeyHolder is a member with the short form of their key, for two people to compare.
type KeyHolder struct {
	Member      ident.ID
	Fingerprint string
}

// Holds reports whether the member can open the notes.
func (v KeyringView) Holds(member ident.ID) bool { return holds(v.Within, member) }

// Asks gives the key with which the member waits to be let in.
func (v KeyringView) Asks(member ident.ID) (KeyHolder, bool) {
	i := slices.IndexFunc(v.Asking, func(h KeyHolder) bool { return h.Member == member })
	if i < 0 {
		return KeyHolder{}, false
	}
	return v.Asking[i], true
}

func holds(list []KeyHolder, member ident.ID) bool {
	return slices.ContainsFunc(list, func(h KeyHolder) bool { return h.Member == member })
}

// Keyrings says how keyrings are kept: each stands to its own organisation's members alone.
func Keyrings() *record.Kind[Keyring, KeyringView] {
	return &record.Kind[Keyring, KeyringView]{Name: "keyring", Schema: 1,
		Index: func(k *Keyring) record.Index {
			return record.Index{State: "open", Sort: k.Made, Words: []string{orgWord(k.Organisation)},
				Relations: []access.Relation{{Party: k.Organisation, Role: access.Member}}}
		},
		Redact: redactKeyring,
	}
}

func redactKeyring(k *Keyring, d access.Decision) KeyringView {
	v := KeyringView{ID: k.RecordID()}
	if !d.Sees(access.Summary) || d.Viewer.Organisation != k.Organisation {
		return v
	}
	v.Made, v.Epoch, v.whole = k.Made, k.Notes.Epoch, k
	for _, m := range k.Keys {
		h := KeyHolder{Member: m.ID, Fingerprint: m.Fingerprint()}
		if k.within(m) {
			v.Within = append(v.Within, h)
		} else {
			v.Asking = append(v.Asking, h)
		}
	}
	return v
}

// within reports whether the notes' key is sealed to this very key pair.
func (k *Keyring) within(m vault.Member) bool {
	return slices.ContainsFunc(k.Notes.Members, func(s vault.SealedTo) bool {
		return s.Member == m.ID && slices.Equal(s.Public, m.Public)
	})
}

func (k *Keyring) member(id ident.ID) (vault.Member, bool) {
	i := slices.IndexFunc(k.Keys, func(m vault.Member) bool { return ident.ID(m.ID) == id })
	if i < 0 {
		return vault.Member{}, false
	}
	return k.Keys[i], true
}

// put sets a member's key pair in place of an older one.
func (k *Keyring) put(m vault.Member) {
	k.drop(m.ID)
	k.Keys = append(k.Keys, m)
}

func (k *Keyring) drop(member ident.ID) {
	k.Keys = slices.DeleteFunc(k.Keys, func(m vault.Member) bool { return ident.ID(m.ID) == member })
}

// errNoKeyring says that the organisation has no confidential notes yet.
var errNoKeyring = fault.NotFound("Your organisation has no confidential notes yet.")

// Keyring gives that of the viewer's organisation; not found when there is none.
func (b *Book) Keyring(ctx context.Context, d *record.Door) (KeyringView, error) {
	q := record.Query[Keyring]{Why: record.Reason{Action: access.Look, Code: "keyring"},
		Words: [][]string{{orgWord(d.Viewer().Organisation)}}, Limit: 1}
	for r, err := range record.List(ctx, d, b.keyrings, q) {
		if err != nil {
			return KeyringView{}, err
		}
		return r.Value(), nil
	}
	return KeyringView{}, errNoKeyring
}

// changeKeyring is a change of the organisation's keyring; what journals it is a note without any key.
func (b *Book) changeKeyring(ctx context.Context, d *record.Door, id ident.ID, did keyringDid, fn func(*record.Tx, *Keyring) error) error {
	return record.Do(ctx, d, record.Reason{Action: ActKeyring}, func(tx *record.Tx) error {
		k, err := record.Open(tx, b.keyrings, record.ID[Keyring](id))
		if err != nil {
			return err
		}
		if k.Organisation != tx.Viewer().Organisation {
			return errNoKeyring
		}
		k.Note(did)
		return fn(tx, k)
	})
}

// keyringDid is what happened to a keyring: who was concerned, and no key.
type keyringDid struct {
	What   string
	Member ident.ID
}

// Event names the note.
func (n keyringDid) Event() string { return n.What }
