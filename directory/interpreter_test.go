package directory

import (
	"fmt"
	"strings"
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

const secretName = "Zurlindis Quaverstone"

func withInterpreter(t *testing.T) (*rig, ident.ID) {
	r := open(t)
	r.member("omar", "Omar Saidi", Grant{Role: access.BookingDesk})
	id, secret, err := r.AddMember(r.ctx, r.as(access.Administrator), AddMember{Login: "ip-17", Pseudonym: "Interpreter 17", Organisation: r.org,
		Roles: []access.Role{access.Interpreter}, Password: goodPassword})
	r.must(err)
	r.secret["ip-17"] = secret
	r.must(r.Describe(r.ctx, r.door("omar"), id, DescribeInterpreter{Name: secretName, Pseudonym: "Interpreter 17", Languages: []string{"ti", "AR"},
		Dialects: "Akele Guzai", Gender: "woman", VettedUntil: r.now.AddDate(1, 0, 0), Available: true}))
	return r, id
}

// Rule 8, tried for every role: by looking, by listing, by searching for the name.
func TestAnInterpretersNameIsKnownToTheBookingDeskOnly(t *testing.T) {
	r, id := withInterpreter(t)
	for _, role := range access.Roles() {
		viewer := access.Viewer{Member: ident.ID{9}, Organisation: r.org, Roles: []access.Role{role}}
		d := r.node.For(viewer)
		var shown []string
		if seen, err := r.Member(r.ctx, d, id); err == nil {
			shown = append(shown, fmt.Sprintf("%+v", seen.Value()))
			if a := seen.Value().Account; a != nil {
				shown = append(shown, fmt.Sprintf("%+v", *a))
			}
		}
		if list, err := r.MembersOf(r.ctx, d, r.org); err == nil {
			shown = append(shown, fmt.Sprintf("%+v", list))
		}
		found, err := r.FindMembers(r.ctx, d, secretName)
		r.must(err)
		knows := len(found) > 0 || strings.Contains(fmt.Sprint(shown), "Zurlindis")
		if knows != (role == access.BookingDesk) {
			t.Errorf("%s knows the interpreter: %v", role, knows)
		}
	}
	if v := r.door("ip-17").Viewer(); v.Name != "Interpreter 17" {
		t.Errorf("the journal would say %q", v.Name)
	}
}

func TestWhatTheJournalTellsOfAnInterpreterIsNotTheName(t *testing.T) {
	r, id := withInterpreter(t)
	_, lines, err := record.History(r.ctx, r.as(access.Auditor), r.members, record.ID[Member](id), ident.ID{}, 100)
	r.must(err)
	for _, l := range lines {
		if strings.Contains(fmt.Sprintf("%+v", l), "Zurlindis") {
			t.Errorf("%+v", l)
		}
	}
}

func TestOnlyTheBookingDeskWritesWhoAnInterpreterIs(t *testing.T) {
	r, id := withInterpreter(t)
	for _, role := range access.Roles() {
		if role == access.BookingDesk {
			continue
		}
		d := r.node.For(access.Viewer{Member: ident.ID{9}, Organisation: r.org, Roles: []access.Role{role}})
		if err := r.Describe(r.ctx, d, id, DescribeInterpreter{Name: "x", Pseudonym: "y"}); err == nil {
			t.Errorf("%s wrote it", role)
		}
		if list, err := r.Interpreters(r.ctx, d, SeekInterpreter{Language: "ti"}); err == nil {
			t.Errorf("%s lists %v", role, list)
		}
	}
	_, _, err := r.AddMember(r.ctx, r.as(access.Administrator), AddMember{Login: "ip-18", Name: "A Name", Pseudonym: "Interpreter 18",
		Organisation: r.org, Roles: []access.Role{access.Interpreter}, Password: goodPassword})
	r.refused(fault.CodeInvalid, err)
}

func TestAnInterpreterDoesNothingElse(t *testing.T) {
	r, id := withInterpreter(t)
	r.refused(fault.CodeInvalid, r.GrantRole(r.ctx, r.as(access.Administrator), id, Grant{Role: access.CaseWorker}))
	other := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	r.refused(fault.CodeInvalid, r.GrantRole(r.ctx, r.as(access.Administrator), other, Grant{Role: access.Interpreter}))
}

func TestTheDeskFindsAnInterpreterWhoIsVettedAndFree(t *testing.T) {
	r, _ := withInterpreter(t)
	list, err := r.Interpreters(r.ctx, r.door("omar"), SeekInterpreter{Language: "ti", Free: true})
	r.must(err)
	if len(list) != 1 || list[0].RealName != secretName {
		t.Fatalf("%+v", list)
	}
	r.now = r.now.AddDate(1, 0, 1)
	list, err = r.Interpreters(r.ctx, r.door("omar"), SeekInterpreter{Language: "ti", Free: true})
	r.must(err)
	if len(list) != 0 {
		t.Error("the vetting ran out")
	}
}

func TestTheDeskFindsAnInterpreterByLanguageDialectAndGender(t *testing.T) {
	r, id := withInterpreter(t)
	omar := r.door("omar")
	for _, c := range []struct {
		seek  SeekInterpreter
		found bool
	}{
		{SeekInterpreter{}, true}, {SeekInterpreter{Language: "AR", Dialect: "akele", Gender: "woman", Free: true}, true},
		{SeekInterpreter{Language: "yo"}, false}, {SeekInterpreter{Dialect: "Hamasien"}, false}, {SeekInterpreter{Gender: "man"}, false},
	} {
		list, err := r.Interpreters(r.ctx, omar, c.seek)
		r.must(err)
		if (len(list) == 1) != c.found {
			t.Errorf("%+v: %+v", c.seek, list)
		}
	}
	r.must(r.Describe(r.ctx, omar, id, DescribeInterpreter{Name: secretName, Pseudonym: "Interpreter 17", Languages: []string{"ti"}, VettedUntil: r.now.AddDate(1, 0, 0)}))
	list, err := r.Interpreters(r.ctx, omar, SeekInterpreter{Free: true})
	r.must(err)
	if len(list) != 0 {
		t.Error("who cannot be booked is offered")
	}
}

func TestOneInterpreterIsTheDesksToSee(t *testing.T) {
	r, id := withInterpreter(t)
	rosa := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	for _, role := range access.Roles() {
		_, err := r.Interpreter(r.ctx, r.node.For(access.Viewer{Member: ident.ID{9}, Organisation: r.org, Roles: []access.Role{role}}), id)
		if (err == nil) != (role == access.BookingDesk) {
			t.Errorf("%s: %v", role, err)
		}
	}
	_, err := r.Interpreter(r.ctx, r.door("omar"), rosa)
	r.refused(fault.CodeNotFound, err)
}
