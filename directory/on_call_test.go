package directory

import (
	"testing"

	"palermo/access"
	"palermo/ident"
)

// Who is on duty is called first, then the deputy of who is not, then the rest in the organisation's order.
func TestADeputyIsCalledBeforeWhoIsOffDuty(t *testing.T) {
	r := open(t)
	ines := r.member("ines", "Ines Marchetti", Grant{Role: access.FocalPoint})
	bruno := r.member("bruno", "Bruno Salerno", Grant{Role: access.FocalPoint})
	carla := r.member("carla", "Carla Riso", Grant{Role: access.FocalPoint})
	r.member("dora", "Dora Elmi", Grant{Role: access.CaseWorker}) // another role is not called
	admin := r.as(access.Administrator)
	r.must(r.SetEscalation(r.ctx, admin, r.org, []ident.ID{ines, bruno, carla}))
	r.must(r.SetDeputy(r.ctx, admin, ines, carla))
	called := func(want ...ident.ID) {
		t.Helper()
		now, next, err := r.OnCall(r.ctx, admin, r.org, access.FocalPoint)
		r.must(err)
		if now != want[0] || next != want[1] {
			t.Errorf("called: %s, %s; want %s, %s", now, next, want[0], want[1])
		}
	}
	called(carla, ines)
	r.must(r.SetOnDuty(r.ctx, admin, bruno, true))
	called(bruno, carla)
	r.must(r.SetOnDuty(r.ctx, admin, ines, true))
	called(ines, bruno)
	r.must(r.Deactivate(r.ctx, admin, ines))
	called(bruno, carla)
}
