package directory

import (
	"testing"

	"palermo/access"
	"palermo/fault"
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

// Row 16: by district; a judge who is no reference is not listed, nor whoever interprets.
func TestWhoIsOnDutyIsListedByDistrict(t *testing.T) {
	r := open(t)
	keep := r.as(access.Administrator)
	court, err := r.Add(r.ctx, keep, AddOrganisation{Name: "Court", Kind: Court, Country: "IT"})
	r.must(err)
	judge := func(login string, districts ...string) ident.ID {
		id, _, err := r.AddMember(r.ctx, keep, AddMember{Login: login, Name: "Judge " + login, Organisation: court, Roles: []access.Role{access.Judge}, Password: goodPassword})
		r.must(err)
		r.must(r.SetReach(r.ctx, keep, id, Reach{Districts: districts}))
		return id
	}
	judge("other", "Catania")
	here, everywhere, there := judge("here", "Catania"), judge("everywhere"), judge("there", "Palermo")
	for _, id := range []ident.ID{here, everywhere, there} {
		r.must(r.SetReference(r.ctx, keep, id, true))
	}
	r.member("ines", "Ines Marchetti", Grant{Role: access.FocalPoint})
	for district, want := range map[string]string{"": "Ines Marchetti, Judge everywhere, Judge here, Judge there", " catania": "Ines Marchetti, Judge everywhere, Judge here", "Roma": "Ines Marchetti, Judge everywhere"} {
		turns, err := r.WhoIsOnDuty(r.ctx, r.as(access.Member), district)
		r.must(err)
		var names []string
		for _, turn := range turns {
			for _, m := range turn.Line {
				names = append(names, m.Name)
			}
		}
		if sorted(names) != want {
			t.Errorf("in %q: %v, want %s", district, names, want)
		}
	}
}

func TestOnlyAJudgeOrProsecutorIsAReference(t *testing.T) {
	r := open(t)
	rosa := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	r.refused(fault.CodeConflict, r.SetReference(r.ctx, r.as(access.Administrator), rosa, true))
	r.refused(fault.CodeDenied, r.SetReference(r.ctx, r.door("rosa"), rosa, true))
	r.must(r.SetReach(r.ctx, r.door("rosa"), rosa, Reach{Districts: []string{"Catania"}, Hours: "8 to 20"}))
	if m := r.whole(rosa); m.Hours != "8 to 20" || len(m.Districts) != 1 {
		t.Errorf("%+v", m)
	}
}
