package casework

import (
	"reflect"
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

func (b *bench) relative(s AddFamilyMember) ident.ID {
	b.t.Helper()
	b.does("ngo", "add-family", &s)
	return b.c.Family[len(b.c.Family)-1].ID
}

func serving(b *bench, relative ident.ID) *PlanService {
	return &PlanService{Need: "language", Provider: b.org["shelter"], What: "w", Wanted: true, For: relative, Language: "bin", Culture: "c"}
}

// Row 8g: a family member has services of their own.
func TestAServiceCanBeForAFamilyMember(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "assess-needs", &AssessNeeds{Now: []Need{"family"}, Wishes: "w"})
	sister := b.relative(AddFamilyMember{Tie: "sibling", Name: "Blessing", Afraid: true}) // in danger, and helped for it
	b.does("ngo", "plan-service", serving(b, sister))
	b.refused(fault.CodeInvalid, "ngo", "plan-service", serving(b, ident.ID{9}))
	v := &View{Case: *b.c}
	if f := v.forWhom(&v.Plan[0]); len(f) != 1 || f[0].Value != "Blessing" {
		t.Errorf("%+v", f)
	}
}

// Every step that can name a relative, whatever it is, refuses one who may be a danger.
func TestARelativeWhoMayBeADangerReceivesNothing(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "assess-needs", &AssessNeeds{Now: []Need{"family"}, Wishes: "w"})
	uncle := b.relative(AddFamilyMember{Tie: "other", Danger: true})
	mother := b.relative(AddFamilyMember{Tie: "parent"})
	b.does("ngo", "plan-service", serving(b, mother))
	b.does("ngo", "mark-relative", &MarkRelative{Relative: mother, Danger: Yes})
	if b.c.Plan[0].Ended.IsZero() {
		t.Error("a service goes on for a relative who may be a danger")
	}
	tried := 0
	for _, relative := range []ident.ID{uncle, mother} {
		for _, info := range Steps() {
			s := info.New()
			v := reflect.ValueOf(s).Elem()
			for i := range v.NumField() {
				if v.Type().Field(i).Tag.Get("kind") != "relative" {
					continue
				}
				tried++
				if wanted := v.FieldByName("Wanted"); wanted.IsValid() {
					wanted.SetBool(true)
				}
				v.Field(i).Set(reflect.ValueOf(relative))
				b.refused(fault.CodeInvalid, "ngo", info.Name, s)
			}
		}
	}
	if tried == 0 {
		t.Error("no step names a relative: mend this test")
	}
	for _, o := range (&View{Case: *b.c}).Things("relative", b.work("ngo").By) {
		t.Errorf("%s can be chosen", o.Label)
	}
	b.does("ngo", "mark-relative", &MarkRelative{Relative: mother, Danger: No}) // it was a mistake
	b.does("ngo", "plan-service", serving(b, mother))
}

func TestAServiceForARelativeIsShownOnlyToThoseWhoSeeTheFamily(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "assess-needs", &AssessNeeds{Now: []Need{"family"}, Wishes: "w"})
	b.does("ngo", "plan-service", serving(b, b.relative(AddFamilyMember{Tie: "child"})))
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	for _, role := range access.Roles() {
		d := policy.Decide(access.Viewer{Roles: []access.Role{role}}, "case", []access.Role{role}, b.now)
		for _, without := range []access.Set{0, access.Of(access.Family)} {
			d := d.Within(access.Everything &^ without)
			if got, want := len(redact(b.c, d).Plan) > 0, d.Sees(access.Needs) && d.Sees(access.Family); got != want {
				t.Errorf("%s, without %s: %v", role, without, got)
			}
		}
	}
}
