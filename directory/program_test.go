package directory

import (
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
)

func (r *rig) key(login string, id access.Viewer, role access.Role) string {
	r.t.Helper()
	key, err := r.AddProgram(r.ctx, r.node.For(id), goodPassword, AddProgram{Name: "telephone of " + login, Role: role, Ends: "2026-03-31"})
	r.must(err)
	return key
}

func TestAProgramActsInOneRoleOfItsMember(t *testing.T) {
	r := open(t)
	ada := r.member("ada", "Ada", Grant{Role: access.CaseWorker}, Grant{Role: access.Lawyer})
	w, err := r.Book.at(r.ctx, ada)
	r.must(err)
	key := r.key("ada", w.viewer, access.CaseWorker)
	for range 2 { // found, and remembered
		v, err := r.ProgramViewer(r.ctx, key)
		r.must(err)
		if v.Member != ada || len(v.Roles) != 1 || v.Roles[0] != access.CaseWorker || len(v.Held) != 2 || v.OnDuty || v.Program.IsZero() {
			t.Fatalf("acts as %+v", v)
		}
	}
	v, err := r.ProgramViewer(r.ctx, key)
	r.must(err)
	_, err = r.AddProgram(r.ctx, r.node.For(v), goodPassword, AddProgram{Name: "another", Role: access.CaseWorker, Ends: "2026-03-31"})
	r.refused(fault.CodeDenied, err)
	r.refused(fault.CodeDenied, r.EndProgram(r.ctx, r.node.For(v), v.Program))

	changed := []byte(key)
	changed[len(changed)-3] ^= 1
	for _, wrong := range []string{"", "x", string(changed), "B" + key[1:], key + "B"} {
		_, err := r.ProgramViewer(r.ctx, wrong)
		r.refused(fault.CodeDenied, err)
	}
}

func TestAKeyEndsWithItsDayItsRoleAndItsMember(t *testing.T) {
	for what, ends := range map[string]func(r *rig, w access.Viewer, key string){
		"its day": func(r *rig, _ access.Viewer, _ string) { r.now = time.Date(2026, 4, 1, 0, 0, 0, 0, time.UTC) },
		"the role": func(r *rig, w access.Viewer, _ string) {
			r.must(r.RevokeRole(r.ctx, r.as(access.Administrator), w.Member, access.CaseWorker, "moved"))
		},
		"the account": func(r *rig, w access.Viewer, _ string) {
			r.must(r.Deactivate(r.ctx, r.as(access.Administrator), w.Member))
		},
		"the member's word": func(r *rig, w access.Viewer, key string) {
			v, err := r.ProgramViewer(r.ctx, key)
			r.must(err)
			r.must(r.EndProgram(r.ctx, r.node.For(w), v.Program))
		},
	} {
		t.Run(what, func(t *testing.T) {
			r := open(t)
			w, err := r.Book.at(r.ctx, r.member("ada", "Ada", Grant{Role: access.CaseWorker}))
			r.must(err)
			key := r.key("ada", w.viewer, access.CaseWorker)
			_, err = r.ProgramViewer(r.ctx, key)
			r.must(err)
			ends(r, w.viewer, key)
			_, err = r.ProgramViewer(r.ctx, key)
			r.refused(fault.CodeDenied, err)
		})
	}
}

func TestAKeyIsMadeWithinLimits(t *testing.T) {
	r := open(t)
	w, err := r.Book.at(r.ctx, r.member("ada", "Ada", Grant{Role: access.CaseWorker}, Grant{Role: access.Auditor}))
	r.must(err)
	door := r.node.For(w.viewer)
	for what, a := range map[string]AddProgram{
		"no name":             {Role: access.CaseWorker, Ends: "2026-03-31"},
		"a role of others":    {Name: "x", Role: access.Lawyer, Ends: "2026-03-31"},
		"the auditor's":       {Name: "x", Role: access.Auditor, Ends: "2026-03-31"},
		"no end":              {Name: "x", Role: access.CaseWorker},
		"an end in the past":  {Name: "x", Role: access.CaseWorker, Ends: "2026-03-01"},
		"an end far too late": {Name: "x", Role: access.CaseWorker, Ends: "2029-01-01"},
	} {
		if _, err := r.AddProgram(r.ctx, door, goodPassword, a); !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%s: %v", what, err)
		}
	}
	good := AddProgram{Name: "x", Role: access.CaseWorker, Ends: "2026-03-31"}
	_, err = r.AddProgram(r.ctx, door, "not the password", good)
	r.refused(fault.CodeInvalid, err)
	for range mostPrograms {
		_, err = r.AddProgram(r.ctx, door, goodPassword, good)
		r.must(err)
	}
	_, err = r.AddProgram(r.ctx, door, goodPassword, good)
	r.refused(fault.CodeConflict, err)
}

func TestWrongKeysAreSlowedDownAndARightOneIsNotHeldUp(t *testing.T) {
	r := open(t)
	w, err := r.Book.at(r.ctx, r.member("ada", "Ada", Grant{Role: access.CaseWorker}))
	r.must(err)
	key := r.key("ada", w.viewer, access.CaseWorker)
	_, err = r.ProgramViewer(r.ctx, key)
	r.must(err)
	unknown := "B" + key[1:]
	for range mostWrongKeys {
		_, err := r.ProgramViewer(r.ctx, unknown)
		r.refused(fault.CodeDenied, err)
	}
	_, err = r.ProgramViewer(r.ctx, unknown)
	r.refused(fault.CodeUnavailable, err)
	_, err = r.ProgramViewer(r.ctx, key)
	r.must(err)
	r.now = r.now.Add(time.Minute)
	_, err = r.ProgramViewer(r.ctx, unknown)
	r.refused(fault.CodeDenied, err)
}
