package directory

import (
	"slices"
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

// posted is a liaison officer at the prosecution service, without a posting yet.
func withLiaison(t *testing.T) (r *rig, id, host ident.ID) {
	r = open(t)
	keep := r.as(access.Administrator)
	host, err := r.Add(r.ctx, keep, AddOrganisation{Name: "Prosecution", Kind: Prosecution, Country: "IT"})
	r.must(err)
	id, secret, err := r.AddMember(r.ctx, keep, AddMember{Login: "ngozi", Name: "Ngozi Okoro", Organisation: host,
		Roles: []access.Role{access.LiaisonOfficer, access.Prosecutor}, Password: goodPassword})
	r.must(err)
	r.secret["ngozi"] = secret
	return r, id, host
}

func (r *rig) post(id ident.ID, until time.Time) {
	r.t.Helper()
	r.must(r.Post(r.ctx, r.as(access.Administrator), id, PostMember{State: "ng", Purpose: "Joint work on one route", Looks: []PostingLook{"identity"},
		Until: until.Format(time.DateOnly)}, time.UTC))
}

func TestWithoutAPostingInForceALiaisonOfficersRoleIsNot(t *testing.T) {
	r, id, _ := withLiaison(t)
	v := r.door("ngozi").Viewer()
	if slices.Contains(v.Roles, access.LiaisonOfficer) {
		t.Error("a liaison officer without a posting")
	}
	if !slices.Contains(v.Roles, access.Prosecutor) {
		t.Error("a prosecutor of this State needs none")
	}
	r.post(id, r.now.AddDate(0, 1, 0))
	v = r.door("ngozi").Viewer()
	if !slices.Contains(v.Roles, access.LiaisonOfficer) || v.Posting == nil || v.Posting.State != "NG" || v.Posting.Looks != access.Of(access.Identity) {
		t.Errorf("%+v", v)
	}
	r.now = r.now.AddDate(0, 1, 2)
	if v = r.door("ngozi").Viewer(); len(v.Roles) != 0 {
		t.Errorf("after its end a seconded prosecutor acts as %v", v.Roles)
	}
}

func TestAPostingThatIsEndedEndsTheSessionAndTheRoles(t *testing.T) {
	r, id, _ := withLiaison(t)
	r.post(id, r.now.AddDate(0, 1, 0))
	token, err := r.signIn("ngozi")
	r.must(err)
	r.must(r.EndPosting(r.ctx, r.as(access.Administrator), id))
	if _, err := r.AtWork(r.ctx, token); err == nil {
		t.Error("the session goes on")
	}
	if v := r.door("ngozi").Viewer(); len(v.Roles) != 0 {
		t.Errorf("acts as %v", v.Roles)
	}
	r.refused(fault.CodeConflict, r.EndPosting(r.ctx, r.as(access.Administrator), id))
}

func TestAPostingHasAStateAPurposeALookAndAnEnd(t *testing.T) {
	r, id, _ := withLiaison(t)
	good := PostMember{State: "NG", Purpose: "Joint work", Looks: []PostingLook{"identity"}, Until: r.now.AddDate(1, 0, 0).Format(time.DateOnly)}
	for name, spoil := range map[string]func(*PostMember){
		"no State":         func(s *PostMember) { s.State = "the other one" },
		"no purpose":       func(s *PostMember) { s.Purpose = " " },
		"a look at health": func(s *PostMember) { s.Looks = []PostingLook{"health"} },
		"a shelter":        func(s *PostMember) { s.Looks = []PostingLook{"shelter"} },
		"no end":           func(s *PostMember) { s.Until = "" },
		"an end that was":  func(s *PostMember) { s.Until = r.now.AddDate(0, 0, -1).Format(time.DateOnly) },
		"without limit":    func(s *PostMember) { s.Until = r.now.AddDate(9, 0, 0).Format(time.DateOnly) },
	} {
		s := good
		spoil(&s)
		if err := r.Post(r.ctx, r.as(access.Administrator), id, s, time.UTC); !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for _, role := range access.Roles() {
		d := r.node.For(access.Viewer{Member: ident.ID{9}, Organisation: r.org, Roles: []access.Role{role}})
		if err := r.Post(r.ctx, d, id, good, time.UTC); (err == nil) != (role == access.Administrator) {
			t.Errorf("%s posts somebody: %v", role, err)
		}
	}
	r.refused(fault.CodeDenied, r.Post(r.ctx, r.door("ngozi"), id, good, time.UTC)) // nobody posts themselves
}
