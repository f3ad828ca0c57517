package directory

import (
	"context"
	"maps"
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

func TestThePasswordAndTheCodeOpenASession(t *testing.T) {
	r := open(t)
	id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	token, err := r.SignIn(r.ctx, " Rosa ", goodPassword, r.code("rosa"))
	r.must(err)
	s, err := r.AtWork(r.ctx, token)
	r.must(err)
	if s.Viewer.Member != id || !s.Viewer.Has(access.CaseWorker) || s.Organisation != "Focal Point" || s.MustSetUp {
		t.Errorf("%+v", s)
	}
}

func TestEveryRefusalIsTheSame(t *testing.T) {
	r := open(t)
	closed := r.member("gone", "Gone Person", Grant{Role: access.CaseWorker})
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	r.must(r.Deactivate(r.ctx, r.as(access.Administrator), closed))
	var said string
	for name, try := range map[string]func() error{
		"unknown name":   func() error { _, err := r.SignIn(r.ctx, "nobody", goodPassword, "123456"); return err },
		"empty name":     func() error { _, err := r.SignIn(r.ctx, "", "", ""); return err },
		"the stranger":   func() error { _, err := r.SignIn(r.ctx, strangerWord, goodPassword, ""); return err },
		"wrong password": func() error { _, err := r.SignIn(r.ctx, "rosa", "wrong", r.code("rosa")); return err },
		"wrong code":     func() error { _, err := r.SignIn(r.ctx, "rosa", goodPassword, "000000"); return err },
		"no code":        func() error { _, err := r.SignIn(r.ctx, "rosa", goodPassword, ""); return err },
		"closed":         func() error { _, err := r.SignIn(r.ctx, "gone", goodPassword, r.code("gone")); return err },
		"passkey": func() error {
			_, err := r.SignInPasskey(r.ctx, Verified{ID: []byte("x"), UserVerified: true})
			return err
		},
		"single sign-on": func() error { _, err := r.SignInOIDC(r.ctx, "https://id.example", "42"); return err },
	} {
		err := try()
		if !fault.Is(err, fault.CodeDenied) || said != "" && err.Error() != said {
			t.Errorf("%s: %v", name, err)
		}
		said = err.Error()
	}
}

func TestALockedAccountStaysLockedWithTheRightPassword(t *testing.T) {
	r := open(t)
	id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	for range freeFailures + 1 {
		_, err := r.SignIn(r.ctx, "rosa", "wrong password", "000000")
		r.refused(fault.CodeDenied, err)
	}
	r.now = r.now.Add(firstLock - time.Second)
	_, err := r.SignIn(r.ctx, "rosa", goodPassword, r.code("rosa"))
	r.refused(fault.CodeDenied, err)
	r.now = r.now.Add(time.Second)
	_, err = r.SignIn(r.ctx, "rosa", goodPassword, r.code("rosa"))
	r.must(err)
	if m := r.whole(id); m.Attempts.Failed != 0 {
		t.Errorf("failures were not forgotten: %+v", m.Attempts)
	}
}

func TestEachFurtherMistakeLocksForLonger(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	var a Attempts
	for range freeFailures {
		a.fail(now)
		if a.locked(now) {
			t.Fatalf("locked after %d", a.Failed)
		}
	}
	last := time.Duration(0)
	for range 200 {
		a.fail(now)
		lock := a.LockedUntil.Sub(now)
		if lock < last || lock > longestLock || lock <= 0 {
			t.Fatalf("after %d: %v, before %v", a.Failed, lock, last)
		}
		last = lock
	}
	if last != longestLock {
		t.Errorf("grows to %v only", last)
	}
}

func TestACodeWorksOnce(t *testing.T) {
	r := open(t)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	code := r.code("rosa")
	_, err := r.SignIn(r.ctx, "rosa", goodPassword, code)
	r.must(err)
	_, err = r.SignIn(r.ctx, "rosa", goodPassword, code)
	r.refused(fault.CodeDenied, err)
	r.now = r.now.Add(30 * time.Second) // still within the code's time
	_, err = r.SignIn(r.ctx, "rosa", goodPassword, code)
	r.refused(fault.CodeDenied, err)
}

func TestACodeBeforeTheLastOneIsRefused(t *testing.T) {
	r := open(t)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	old := r.code("rosa")
	r.now = r.now.Add(30 * time.Second)
	_, err := r.SignIn(r.ctx, "rosa", goodPassword, r.code("rosa"))
	r.must(err)
	_, err = r.SignIn(r.ctx, "rosa", goodPassword, old)
	r.refused(fault.CodeDenied, err)
}

func TestSignInsAreInTheJournalAlsoOfNobody(t *testing.T) {
	r := open(t)
	id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	_, err := r.signIn("rosa")
	r.must(err)
	_, err = r.SignIn(r.ctx, "rosa", "wrong", "")
	r.refused(fault.CodeDenied, err)
	_, err = r.SignIn(r.ctx, "nobody-here", "wrong", "")
	r.refused(fault.CodeDenied, err)
	auditor := r.as(access.Auditor)
	if got := events(r, auditor, record.ID[Member](id)); got["signed_in"] != 1 || got["sign_in_refused"] != 1 {
		t.Errorf("rosa: %v", got)
	}
	stranger, err := r.one(r.ctx, loginWord("nobody-here"))
	r.must(err)
	if got := events(r, auditor, stranger.ID()); got["sign_in_refused"] != 1 {
		t.Errorf("nobody: %v", got)
	}
}

func events(r *rig, d *record.Door, id record.ID[Member]) map[string]int {
	r.t.Helper()
	_, lines, err := record.History(r.ctx, d, r.members, id, [16]byte{}, 100)
	r.must(err)
	count := map[string]int{}
	for _, l := range lines {
		count[l.Header.Action]++
	}
	return count
}

func TestAPasskeyNeedsNoCodeAndNoLock(t *testing.T) {
	r := open(t)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	key := Passkey{ID: []byte("credential"), PublicKey: []byte("key"), Name: "Blue key", SignCount: 7}
	r.must(r.AddPasskey(r.ctx, r.door("rosa"), goodPassword, key))
	for range freeFailures + 2 {
		_, err := r.SignIn(r.ctx, "rosa", "wrong", "")
		r.refused(fault.CodeDenied, err)
	}
	_, err := r.SignInPasskey(r.ctx, Verified{ID: key.ID, SignCount: 8, UserVerified: false})
	r.refused(fault.CodeDenied, err)
	_, err = r.SignInPasskey(r.ctx, Verified{ID: key.ID, SignCount: 8, UserVerified: true})
	r.must(err)
	_, err = r.SignInPasskey(r.ctx, Verified{ID: key.ID, SignCount: 8, UserVerified: true})
	r.refused(fault.CodeDenied, err) // its counter stood still: a copy
}

func TestARecoveryCodeWorksOnceAndOnlyWithThePassword(t *testing.T) {
	r := open(t)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	codes, err := r.NewRecoveryCodes(r.ctx, r.door("rosa"), goodPassword)
	r.must(err)
	if len(codes) != recoveryCodes {
		t.Fatalf("%d codes", len(codes))
	}
	_, err = r.SignIn(r.ctx, "rosa", "wrong", codes[0])
	r.refused(fault.CodeDenied, err)
	_, err = r.SignIn(r.ctx, "rosa", goodPassword, codes[0])
	r.must(err)
	_, err = r.SignIn(r.ctx, "rosa", goodPassword, codes[0])
	r.refused(fault.CodeDenied, err)
}

func TestSingleSignOnBelongsToOneMember(t *testing.T) {
	r := open(t)
	id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	r.member("dario", "Dario Conti", Grant{Role: access.CaseWorker})
	r.must(r.LinkOIDC(r.ctx, r.door("rosa"), id, "https://id.example", "42"))
	token, err := r.SignInOIDC(r.ctx, "https://id.example", "42")
	r.must(err)
	if s, err := r.AtWork(r.ctx, token); err != nil || s.Viewer.Member != id {
		t.Errorf("%+v, %v", s, err)
	}
	dario := r.door("dario")
	r.refused(fault.CodeConflict, r.LinkOIDC(r.ctx, dario, dario.Viewer().Member, "https://id.example", "42"))
	_, err = r.SignInOIDC(r.ctx, "https://other.example", "42")
	r.refused(fault.CodeDenied, err)
}

// counted counts what a sign-in asks of the store.
type counted struct {
	record.Store
	asked map[string]int
}

func (c counted) Load(ctx context.Context, kind string, id ident.ID) (record.Row, error) {
	c.asked["load"]++
	return c.Store.Load(ctx, kind, id)
}

func (c counted) Find(ctx context.Context, f record.Find) ([]record.Row, error) {
	c.asked["find"]++
	return c.Store.Find(ctx, f)
}

func (c counted) Commit(ctx context.Context, b record.Batch) error {
	c.asked["commit"]++
	return c.Store.Commit(ctx, b)
}

func TestAnUnknownUserNameIsTheSameWork(t *testing.T) {
	r := open(t)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	var before map[string]int
	for _, login := range []string{"rosa", "nobody", "rosa", "nobody", "rosa", "nobody", "rosa", "nobody", "rosa", "nobody", "rosa"} { // locked at last
		asked := map[string]int{}
		node := &record.Node{Store: counted{r.store, asked}, Vault: r.node.Vault, Policy: r.node.Policy, Now: r.node.Now, Random: r.node.Random}
		book := New(node, r.store, WithCost(r.cost))
		_, err := book.SignIn(r.ctx, login, "wrong password", "000000")
		r.refused(fault.CodeDenied, err)
		if before != nil && !maps.Equal(asked, before) {
			t.Errorf("%s: %v, before %v", login, asked, before)
		}
		before = asked
	}
}

func TestAPasswordGetsDearerAtTheNextSignIn(t *testing.T) {
	r := open(t)
	id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	r.cost.Time = 2
	_, err := r.signIn("rosa")
	r.must(err)
	if h, ok := readHash(r.whole(id).Credentials.Password); !ok || h.cost != r.cost {
		t.Errorf("%+v", h.cost)
	}
	_, err = r.signIn("rosa")
	r.must(err)
}

func TestSingleSignOnWithoutASecondFactorNeedsTheCode(t *testing.T) {
	r := open(t)
	id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	r.must(r.LinkOIDC(r.ctx, r.door("rosa"), id, "https://id.example", "42"))
	r.now = r.now.Add(time.Minute)
	for _, code := range []string{"", "000000"} {
		_, err := r.SignInOIDCWithCode(r.ctx, "https://id.example", "42", code)
		r.refused(fault.CodeDenied, err)
	}
	code := r.code("rosa")
	_, err := r.SignInOIDCWithCode(r.ctx, "https://id.example", "42", code)
	r.must(err)
	_, err = r.SignInOIDCWithCode(r.ctx, "https://id.example", "42", code)
	r.refused(fault.CodeDenied, err)

	for range freeFailures { // the one above was the first
		_, err := r.SignInOIDCWithCode(r.ctx, "https://id.example", "42", "000000")
		r.refused(fault.CodeDenied, err)
	}
	r.now = r.now.Add(firstLock / 2)
	_, err = r.SignInOIDCWithCode(r.ctx, "https://id.example", "42", r.code("rosa"))
	r.refused(fault.CodeDenied, err) // locked: codes cannot be tried without end
}

func TestWhoHasNoCodesDoesNotComeInByOneFactor(t *testing.T) {
	r := open(t)
	id, _, err := r.Invite(r.ctx, r.as(access.Administrator), AddMember{Login: "dario", Name: "Dario Conti", Organisation: r.org})
	r.must(err)
	r.must(r.LinkOIDC(r.ctx, r.as(access.Administrator), id, "https://id.example", "43"))
	_, err = r.SignInOIDCWithCode(r.ctx, "https://id.example", "43", "")
	r.refused(fault.CodeDenied, err)
	_, err = r.SignInOIDC(r.ctx, "https://id.example", "43")
	r.must(err) // with a second factor there, the member does
}
