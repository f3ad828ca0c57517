package training

import (
	"context"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/access"
	"palermo/directory"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/form"
	"palermo/ident"
	"palermo/record"
	"palermo/record/recordtest"
	"palermo/store"
	"palermo/vault"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

const password = "seven quiet olive trees"

// rig is a node with a training room, its courses and a few people.
type rig struct {
	*Room
	t      *testing.T
	ctx    context.Context
	now    time.Time
	node   *record.Node
	id     map[string]ident.ID
	secret map[string]string
}

func both(t *testing.T, test func(*rig)) {
	recordtest.Both(t, store.OpenSQLite, store.OpenPostgres, func(t *testing.T, s *store.Store, n *record.Node) { open(t, s, n, test) })
}

func open(t *testing.T, s *store.Store, n *record.Node, test func(*rig)) {
	t.Helper()
	r := &rig{t: t, ctx: t.Context(), node: n, now: time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC), id: map[string]ident.ID{}, secret: map[string]string{}}
	n.Now = func() time.Time { return r.now }
	book := directory.New(r.node, s, directory.WithCost(vault.Params{Memory: 64, Time: 1, Threads: 1}))
	var err error
	r.Room, err = New(book, form.NewLibrary())
	r.must(err)
	keep := r.node.For(access.Node(access.Administrator))
	house := map[directory.OrganisationKind]ident.ID{}
	for _, kind := range []directory.OrganisationKind{directory.PoliceForce, directory.NGO, directory.FocalPointOffice} {
		house[kind], err = book.Add(r.ctx, keep, directory.AddOrganisation{Name: kind.Label(), Kind: kind, Country: "IT"})
		r.must(err)
	}
	r.must(r.TakeUp(r.ctx, keep))
	r.must(r.TakeUp(r.ctx, keep)) // a second time adds nothing
	for _, p := range []struct {
		login string
		house directory.OrganisationKind
		grant directory.Grant
	}{
		{"carlo", directory.PoliceForce, directory.Grant{Role: access.Police, Courses: []string{"PRACTICE-2"}}},
		{"rosa", directory.NGO, directory.Grant{Role: access.CaseWorker}}, {"ines", directory.FocalPointOffice, directory.Grant{Role: access.FocalPoint}},
		{"viola", directory.FocalPointOffice, directory.Grant{Role: access.Auditor}}, {"admin", directory.FocalPointOffice, directory.Grant{Role: access.Administrator}},
	} {
		id, secret, err := book.AddMember(r.ctx, keep, directory.AddMember{Login: p.login, Name: "Member " + p.login, Organisation: house[p.house],
			Grants: []directory.Grant{p.grant}, Password: password})
		r.must(err)
		r.id[p.login], r.secret[p.login] = id, secret
	}
	test(r)
}

func (r *rig) must(err error) {
	r.t.Helper()
	if err != nil {
		r.t.Fatal(err)
	}
}

// door is somebody's, signed in a minute later than whatever was before.
func (r *rig) door(login string) *record.Door {
	r.t.Helper()
	r.now = r.now.Add(time.Minute)
	code, err := totp.GenerateCode(r.secret[login], r.now)
	r.must(err)
	token, err := r.book.SignIn(r.ctx, login, password, code)
	r.must(err)
	s, err := r.book.AtWork(r.ctx, token)
	r.must(err)
	return r.node.For(s.Viewer)
}

func (r *rig) passes(login string, codes ...string) {
	r.t.Helper()
	for _, code := range codes {
		c, _ := r.Case(code, "en")
		r.must(r.Try(r.ctx, r.door(login), code, asColleagues(r.t, c)))
	}
}

func (r *rig) completions(login string) []directory.Completion {
	r.t.Helper()
	seen, err := r.book.Member(r.ctx, r.door(login), r.id[login])
	r.must(err)
	return seen.Value().Completions
}

func TestPassingTheCasesOfACourseCompletesItAndBringsTheRoleIntoForce(t *testing.T) {
	both(t, func(r *rig) {
		if r.door("carlo").Viewer().Has(access.Police) {
			t.Fatal("untrained, and in force")
		}
		r.must(r.Try(r.ctx, r.door("carlo"), "flat", Answers{}))
		r.passes("carlo", "flat", "plants")
		if got := r.completions("carlo"); len(got) != 0 {
			t.Fatalf("one case is missing: %+v", got)
		}
		r.passes("carlo", "dropped")
		got := r.completions("carlo")
		if len(got) != 1 || got[0].Course != "PRACTICE-2" || !got[0].By.IsZero() {
			t.Fatalf("%+v", got)
		}
		if !r.door("carlo").Viewer().Has(access.Police) {
			t.Error("trained, and not in force")
		}
		view, _, err := r.Own(r.ctx, r.door("carlo"))
		r.must(err)
		if w := view.Cases["flat"]; w.Tries != 2 || w.Passed.IsZero() {
			t.Errorf("%+v", w)
		}
	})
}

func TestACourseThatRanOutIsPractisedAgainFromTheBeginning(t *testing.T) {
	both(t, func(r *rig) {
		r.passes("carlo", "flat", "plants", "dropped")
		r.now = r.now.AddDate(2, 0, 1)
		if r.door("carlo").Viewer().Has(access.Police) {
			t.Fatal("the course ran out, and the role is in force")
		}
		r.passes("carlo", "dropped")
		if r.door("carlo").Viewer().Has(access.Police) {
			t.Error("one case of three renews the course")
		}
		r.passes("carlo", "flat", "plants")
		if !r.door("carlo").Viewer().Has(access.Police) || len(r.completions("carlo")) != 2 {
			t.Errorf("practised again, and not in force: %+v", r.completions("carlo"))
		}
	})
}

func TestTriesAreSeenByNobodyElse(t *testing.T) {
	both(t, func(r *rig) {
		r.must(r.Try(r.ctx, r.door("carlo"), "orchard", Answers{View: Neither}))
		_, id, err := r.Own(r.ctx, r.door("carlo"))
		r.must(err)
		for _, other := range []string{"rosa", "ines", "viola", "admin"} {
			d := r.door(other)
			if _, err := record.View(r.ctx, d, r.Kind, id, record.Reason{Action: access.Look}); !fault.Is(err, fault.CodeNotFound) {
				t.Errorf("%s sees a colleague's tries: %v", other, err)
			}
			view, mine, err := r.Own(r.ctx, d)
			if err != nil || len(view.Cases) > 0 || !ident.ID(mine).IsZero() {
				t.Errorf("%s: %+v %v", other, view, err)
			}
		}
		if _, _, err := r.Own(r.ctx, r.node.For(access.Node(access.Administrator))); !fault.Is(err, fault.CodeDenied) {
			t.Errorf("the node practises: %v", err)
		}
	})
}

func TestWhoCompletedACourseIsShownToFocalPointAndAdministratorAlone(t *testing.T) {
	both(t, func(r *rig) {
		r.passes("carlo", "flat", "plants", "dropped")
		for login, want := range map[string]int{"ines": 1, "admin": 1, "rosa": 0, "viola": 0} {
			found, err := r.book.Passed(r.ctx, r.door(login), "PRACTICE-2")
			if err != nil || len(found) != want {
				t.Errorf("%s sees %d, want %d: %v", login, len(found), want, err)
			}
		}
		found, err := r.book.Passed(r.ctx, r.door("ines"), "PRACTICE-1")
		if err != nil || len(found) != 0 {
			t.Errorf("another course: %v %v", found, err)
		}
	})
}

// Whoever calls the directory with cases that were passed completes their own course, and nothing for anybody else.
func TestACourseThatIsAttestedByPeopleIsNotCompletedByPractice(t *testing.T) {
	both(t, func(r *rig) {
		keep := r.node.For(access.Node(access.Administrator))
		_, err := r.book.AddCourse(r.ctx, keep, directory.CourseFacts{Code: "ID-9", Title: "In a class room"})
		r.must(err)
		for _, code := range r.Codes() {
			r.passes("rosa", code)
		}
		for _, c := range r.completions("rosa") {
			if c.Course == "ID-9" {
				t.Error("a course without practice cases was completed by practice")
			}
		}
		if len(r.completions("rosa")) != 3 || len(r.completions("carlo")) != 0 {
			t.Errorf("rosa %+v, carlo %+v", r.completions("rosa"), r.completions("carlo"))
		}
	})
}
