package vault_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"palermo/fault"
	"palermo/vault"
	"palermo/vault/vaulttest"

	"pgregory.net/rapid"
)

func passkey(b byte) vault.Credential {
	return vault.Passkey([]byte{b}, [32]byte(bytes.Repeat([]byte{b}, 32)))
}

func member(t testing.TB, id byte) (vault.Member, vault.MemberKey) {
	t.Helper()
	m, err := vault.NewMember(vaulttest.Rand(id), [16]byte{id}, passkey(id))
	must(t, err)
	k, err := m.Unlock(passkey(id))
	must(t, err)
	return m, k
}

func password(t *testing.T, text string) vault.Credential {
	t.Helper()
	c, err := vault.Password(text)
	must(t, err)
	return c
}

func TestAMemberOpensByPasswordOrPasskeyAndNothingElse(t *testing.T) {
	m, err := vault.NewMember(vaulttest.Rand(1), [16]byte{1}, password(t, "كلمة سر طويلة"))
	must(t, err)
	b, err := json.Marshal(m) // as the database gives it back
	must(t, err)
	var stored vault.Member
	must(t, json.Unmarshal(b, &stored))
	key, err := stored.Unlock(password(t, "كلمة سر طويلة"))
	must(t, err)
	_, err = stored.Unlock(password(t, "كلمة سر طويل"))
	is(t, err, vault.ErrCredential)
	_, err = stored.Unlock(passkey(5))
	is(t, err, vault.ErrCredential)

	stored, err = stored.WithLock(vaulttest.Rand(2), key, passkey(5))
	must(t, err)
	_, err = stored.Unlock(passkey(5))
	must(t, err)
	_, err = stored.Unlock(vault.Passkey([]byte{5}, [32]byte{9}))
	is(t, err, vault.ErrCredential)
	_, err = stored.Unlock(vault.Passkey([]byte{6}, [32]byte(bytes.Repeat([]byte{5}, 32))))
	is(t, err, vault.ErrCredential)
	_, err = m.Unlock(passkey(5))
	is(t, err, vault.ErrCredential) // WithLock left the older value alone
}

func TestANewPasswordEndsTheOld(t *testing.T) {
	m, err := vault.NewMember(vaulttest.Rand(1), [16]byte{1}, password(t, "the first password"))
	must(t, err)
	key, err := m.Unlock(password(t, "the first password"))
	must(t, err)
	m, err = m.WithLock(vaulttest.Rand(2), key, password(t, "the second password"))
	must(t, err)
	_, err = m.Unlock(password(t, "the first password"))
	is(t, err, vault.ErrCredential)
	_, err = m.Unlock(password(t, "the second password"))
	must(t, err)
	_, err = m.WithLock(vaulttest.Rand(2), key, password(t, "short"))
	isCode(t, err, fault.CodeInvalid)
	_, other := member(t, 9)
	_, err = m.WithLock(vaulttest.Rand(2), other, passkey(9))
	is(t, err, vault.ErrCredential)
	_, err = vault.Password("")
	isCode(t, err, fault.CodeInvalid)
}

func TestTheLastWayInIsNotTakenAway(t *testing.T) {
	m, key := member(t, 1)
	_, err := m.WithoutPasskey([]byte{1})
	isCode(t, err, fault.CodeConflict)
	m, err = m.WithLock(vaulttest.Rand(2), key, passkey(2))
	must(t, err)
	m, err = m.WithoutPasskey([]byte{1})
	must(t, err)
	_, err = m.Unlock(passkey(1))
	is(t, err, vault.ErrCredential)
	_, err = m.Unlock(passkey(2))
	must(t, err)
}

func TestAMembersKeyIsNotAnothers(t *testing.T) {
	a, _ := member(t, 1)
	b, _ := member(t, 2)
	moved := a
	moved.ID = b.ID
	_, err := moved.Unlock(passkey(1))
	is(t, err, vault.ErrCredential)
	planted := a
	planted.Public = b.Public
	_, err = planted.Unlock(passkey(1))
	is(t, err, vault.ErrTampered)
	if a.Fingerprint() == b.Fingerprint() || a.Fingerprint() == planted.Fingerprint() || len(a.Fingerprint()) != 29 {
		t.Fatalf("fingerprints %s, %s", a.Fingerprint(), b.Fingerprint())
	}
}

func TestStoredParametersCannotStopTheNode(t *testing.T) {
	m, err := vault.NewMember(vaulttest.Rand(1), [16]byte{1}, password(t, "a long password"))
	must(t, err)
	m.Locks[0].Argon.Memory = 1 << 31
	_, err = m.Unlock(password(t, "a long password"))
	is(t, err, vault.ErrTampered)
}

func TestConfidentialNotesOpenForMembersAndOnPaperOnly(t *testing.T) {
	a, aKey := member(t, 1)
	b, bKey := member(t, 2)
	_, strangerKey := member(t, 3)
	c, paper, err := vault.NewConfidential(vaulttest.Rand(4), [16]byte{7}, a, b)
	must(t, err)
	raw, err := json.Marshal(c)
	must(t, err)
	var stored vault.Confidential
	must(t, json.Unmarshal(raw, &stored))

	ring, err := stored.Open(aKey)
	must(t, err)
	note, err := ring.Seal(vaulttest.Rand(5), caseAD(), []byte("closed to the node"))
	must(t, err)
	byB, err := stored.Open(bKey)
	must(t, err)
	typed, err := vault.ParseRecovery(strings.ToLower(strings.ReplaceAll(paper.Text(), "-", " ")))
	must(t, err)
	byPaper, err := stored.Recover(typed)
	must(t, err)
	for _, r := range []vault.Keyring{ring, byB, byPaper} {
		plain, err := r.Unseal(caseAD(), note)
		must(t, err)
		if string(plain) != "closed to the node" {
			t.Fatalf("got %q", plain)
		}
	}
	_, err = stored.Open(strangerKey)
	is(t, err, vault.ErrNoWrap)
	_, err = stored.Open(vault.MemberKey{})
	is(t, err, vault.ErrNoWrap)
	_, other, err := vault.NewConfidential(vaulttest.Rand(6), [16]byte{7}, a)
	must(t, err)
	_, err = stored.Recover(other)
	is(t, err, vault.ErrCredential)
	elsewhere := caseAD()
	elsewhere.ID[0]++
	_, err = ring.Unseal(elsewhere, note)
	is(t, err, vault.ErrTampered)
}

func TestARemovedMemberReadsNoNewNote(t *testing.T) {
	a, aKey := member(t, 1)
	b, bKey := member(t, 2)
	first, paper, err := vault.NewConfidential(vaulttest.Rand(4), [16]byte{7}, a)
	must(t, err)
	ring, err := first.Open(aKey)
	must(t, err)
	c, err := first.Add(ring, b)
	must(t, err)
	if len(first.Members) != 1 {
		t.Fatal("Add changed the value it was given")
	}
	bRing, err := c.Open(bKey)
	must(t, err)
	older, err := ring.Seal(vaulttest.Rand(5), caseAD(), []byte("older"))
	must(t, err)

	c, err = c.Remove(vaulttest.Rand(6), ring, b.ID)
	must(t, err)
	_, err = c.Open(bKey)
	is(t, err, vault.ErrNoWrap)
	_, err = c.Add(ring, b)
	is(t, err, vault.ErrStale) // a ring opened before the change
	ring, err = c.Open(aKey)
	must(t, err)
	newer, err := ring.Seal(vaulttest.Rand(7), caseAD(), []byte("newer"))
	must(t, err)
	_, err = bRing.Unseal(caseAD(), newer)
	is(t, err, vault.ErrTampered)
	byPaper, err := c.Recover(paper)
	must(t, err)
	for _, note := range [][]byte{older, newer} {
		for _, r := range []vault.Keyring{ring, byPaper} {
			_, err = r.Unseal(caseAD(), note)
			must(t, err)
		}
	}
	_, err = c.Remove(vaulttest.Rand(6), ring, a.ID)
	isCode(t, err, fault.CodeConflict)
	_, err = c.Remove(vaulttest.Rand(6), ring, b.ID)
	is(t, err, vault.ErrNoWrap)
}

func TestAMemberWithANewKeyPairReadsOldAndNewAndTheOldPairNothingNew(t *testing.T) {
	old, oldKey := member(t, 1)
	notes, _, err := vault.NewConfidential(vaulttest.Rand(2), [16]byte{7}, old)
	must(t, err)
	ring, err := notes.Open(oldKey)
	must(t, err)
	ad := vault.AD{Kind: "note", ID: [16]byte{9}}
	before, err := ring.Seal(vaulttest.Rand(3), ad, []byte("before"))
	must(t, err)
	fresh, err := vault.NewMember(vaulttest.Rand(4), old.ID, password(t, "another long password"))
	must(t, err)
	freshKey, err := fresh.Unlock(password(t, "another long password"))
	must(t, err)
	next, err := notes.Replace(vaulttest.Rand(5), ring, fresh)
	must(t, err)
	again, err := next.Open(freshKey)
	must(t, err)
	if plain, err := again.Unseal(ad, before); err != nil || string(plain) != "before" {
		t.Errorf("%q, %v", plain, err)
	}
	_, err = next.Open(oldKey)
	is(t, err, vault.ErrTampered)
	stranger, _ := member(t, 2)
	_, err = next.Replace(vaulttest.Rand(6), again, stranger)
	is(t, err, vault.ErrNoWrap)
}

func TestALostPaperIsReplaced(t *testing.T) {
	a, aKey := member(t, 1)
	c, lost, err := vault.NewConfidential(vaulttest.Rand(4), [16]byte{7}, a)
	must(t, err)
	ring, err := c.Open(aKey)
	must(t, err)
	c, paper, err := c.RenewRecovery(vaulttest.Rand(5), ring)
	must(t, err)
	_, err = c.Recover(lost)
	is(t, err, vault.ErrCredential)
	_, err = c.Recover(paper)
	must(t, err)
	_, err = c.Open(aKey)
	must(t, err)
}

// The hand in the database: it can make notes unreadable, but not add a reader.
func TestAPlantedReaderIsRefused(t *testing.T) {
	a, aKey := member(t, 1)
	thief, _ := member(t, 2)
	_, _, err := vault.NewConfidential(vaulttest.Rand(4), [16]byte{7})
	isCode(t, err, fault.CodeInvalid)
	good, _, err := vault.NewConfidential(vaulttest.Rand(4), [16]byte{7}, a)
	must(t, err)
	ring, err := good.Open(aKey)
	must(t, err)
	for name, change := range map[string]func(*vault.Confidential){
		"a member's public key": func(c *vault.Confidential) { c.Members[0].Public = thief.Public },
		"one more member": func(c *vault.Confidential) {
			c.Members = append(c.Members, vault.SealedTo{Member: thief.ID, Public: thief.Public})
		},
		"the recovery key":     func(c *vault.Confidential) { c.Recovery = thief.Public },
		"another organisation": func(c *vault.Confidential) { c.Organisation[0]++ },
		"another epoch":        func(c *vault.Confidential) { c.Epoch++ },
		"an epoch too many":    func(c *vault.Confidential) { c.Earlier = append(c.Earlier, nil) },
		"a roster cut":         func(c *vault.Confidential) { c.Roster = nil },
	} {
		t.Run(name, func(t *testing.T) {
			c := good
			c.Members = slices.Clone(good.Members)
			change(&c)
			_, err := c.Open(aKey)
			is(t, err, vault.ErrTampered)
			_, err = c.Remove(vaulttest.Rand(1), ring, a.ID)
			if err == nil || fault.Is(err, fault.CodeConflict) && !errors.Is(err, vault.ErrStale) && name != "an epoch too many" {
				t.Fatalf("a changed roster was carried on: %v", err)
			}
		})
	}
	other := thief
	other.ID = a.ID
	_, err = good.Add(ring, other)
	isCode(t, err, fault.CodeConflict)
}

func TestARecoveryTextIsReadAsTyped(t *testing.T) {
	m, _ := member(t, 1)
	rapid.Check(t, func(rt *rapid.T) {
		_, paper, err := vault.NewConfidential(vaulttest.Rand(rapid.Byte().Draw(rt, "rand")), [16]byte{7}, m)
		if err != nil {
			rt.Fatal(err)
		}
		text := strings.NewReplacer("O", "0", "I", "1", "B", "8").Replace(paper.Text())
		again, err := vault.ParseRecovery(" " + text + "\n")
		if err != nil || again.Text() != paper.Text() {
			rt.Fatalf("%s: %v", text, err)
		}
		at := rapid.IntRange(0, len(text)-2).Draw(rt, "at")
		slip := text[:at] + text[at+1:]
		_, err = vault.ParseRecovery(slip)
		if text[at] != '-' && !errors.Is(err, vault.ErrCredential) {
			rt.Fatalf("a slip passed: %v", err)
		}
	})
}
