package directory

import (
	"context"
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

func TestASessionEndsWhenNothingIsDone(t *testing.T) {
	r := open(t)
	token, err := r.signIn("admin")
	r.must(err)
	for range 3 {
		r.now = r.now.Add(idleLimit - time.Second)
		_, err = r.AtWork(r.ctx, token)
		r.must(err)
	}
	r.now = r.now.Add(idleLimit)
	_, err = r.AtWork(r.ctx, token)
	r.refused(fault.CodeDenied, err)
}

func TestASessionEndsAfterTenHoursOfWork(t *testing.T) {
	r := open(t)
	token, err := r.signIn("admin")
	r.must(err)
	began := r.now
	for r.now = began; r.now.Before(began.Add(absoluteLimit)); r.now = r.now.Add(10 * time.Minute) {
		s, err := r.AtWork(r.ctx, token)
		r.must(err)
		if s.Ends.After(began.Add(absoluteLimit)) {
			t.Fatalf("says it ends %v", s.Ends)
		}
	}
	_, err = r.AtWork(r.ctx, token)
	r.refused(fault.CodeDenied, err)
}

func TestAFourthSessionEndsTheFirst(t *testing.T) {
	r := open(t)
	var tokens []string
	for range mostSessions + 1 {
		token, err := r.signIn("admin")
		r.must(err)
		tokens = append(tokens, token)
	}
	_, err := r.AtWork(r.ctx, tokens[0])
	r.refused(fault.CodeDenied, err)
	for _, token := range tokens[1:] {
		_, err := r.AtWork(r.ctx, token)
		r.must(err)
	}
}

func TestANewPasswordEndsEverySessionButItsOwn(t *testing.T) {
	r := open(t)
	r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	old, err := r.signIn("rosa")
	r.must(err)
	d := r.door("rosa")
	_, err = r.SetPassword(r.ctx, d, "not it", "five green river stones")
	r.refused(fault.CodeInvalid, err)
	token, err := r.SetPassword(r.ctx, d, goodPassword, "five green river stones")
	r.must(err)
	_, err = r.AtWork(r.ctx, old)
	r.refused(fault.CodeDenied, err)
	_, err = r.AtWork(r.ctx, token)
	r.must(err)
	_, err = r.signIn("rosa")
	r.refused(fault.CodeDenied, err)
}

func TestWhatIsTakenAwayEndsTheSessions(t *testing.T) {
	for name, act := range map[string]func(*rig, *Member) error{
		"account closed": func(r *rig, m *Member) error { return r.Deactivate(r.ctx, r.as(access.Administrator), m.RecordID()) },
		"role revoked": func(r *rig, m *Member) error {
			return r.RevokeRole(r.ctx, r.as(access.Administrator), m.RecordID(), access.CaseWorker, "moved to another office")
		},
		"sign-in reset": func(r *rig, m *Member) error {
			_, err := r.Reinvite(r.ctx, r.as(access.Administrator), m.RecordID())
			return err
		},
	} {
		r := open(t)
		id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
		token, err := r.signIn("rosa")
		r.must(err)
		_, err = r.AtWork(r.ctx, token)
		r.must(err)
		r.must(act(r, r.whole(id)))
		if _, err := r.AtWork(r.ctx, token); !fault.Is(err, fault.CodeDenied) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestAClosedOrganisationsMembersAreOut(t *testing.T) {
	r := open(t)
	org, err := r.Add(r.ctx, r.as(access.Administrator), AddOrganisation{Name: "Porto Aperto", Kind: "ngo", Country: "it"})
	r.must(err)
	_, secret, err := r.AddMember(r.ctx, r.as(access.Administrator), AddMember{Login: "rosa", Name: "Rosa Ferlito", Organisation: org, Password: goodPassword})
	r.must(err)
	r.secret["rosa"] = secret
	token, err := r.signIn("rosa")
	r.must(err)
	r.must(r.CloseOrganisation(r.ctx, r.as(access.Administrator), org))
	_, err = r.AtWork(r.ctx, token)
	r.refused(fault.CodeDenied, err)
	_, err = r.signIn("rosa")
	r.refused(fault.CodeDenied, err)
}

func TestAfterSigningOutTheTokenIsWorthNothing(t *testing.T) {
	r := open(t)
	token, err := r.signIn("admin")
	r.must(err)
	r.must(r.SignOut(r.ctx, token))
	for _, worthless := range []string{token, "", "garbage"} {
		_, err = r.AtWork(r.ctx, worthless)
		r.refused(fault.CodeDenied, err)
	}
}

func TestWhatAnotherProcessTookAwayEndsWithinMinutes(t *testing.T) {
	r := open(t)
	id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	token, err := r.signIn("rosa")
	r.must(err)
	other := New(r.node, lost{r.store}) // and its order to end the sessions was lost, too
	r.must(other.RevokeRole(r.ctx, r.as(access.Administrator), id, access.CaseWorker, "moved"))
	r.now = r.now.Add(freshFor)
	s, err := r.AtWork(r.ctx, token)
	r.must(err)
	if s.Viewer.Has(access.CaseWorker) {
		t.Error("the role is still in force")
	}
}

// lost forgets to end sessions.
type lost struct{ Sessions }

func (lost) DropMemberSessions(context.Context, ident.ID) error { return nil }
