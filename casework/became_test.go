package casework

import (
	"encoding/json"
	"strings"
	"testing"

	"palermo/access"
)

// Row 7m: who referred learns what became of it, also after handing over, without a reason or a name.
func TestWhoReferredLearnsWhatBecameOfItAndNothingElse(t *testing.T) {
	b := newBench(t, "coe", Adult).referred()
	before := access.Viewer{Organisation: b.org["ngo"], Roles: []access.Role{access.CaseWorker}}
	if d := (access.Decision{Viewer: before, Standing: before.Roles}); b.c.became(d) != nil {
		t.Error("told to somebody who does not even see that the case exists")
	}
	b.does("ngo", "give-consent", Consenting("assistance", b.org["shelter"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "hand-over", &HandOver{Organisation: b.org["shelter"], Agreed: true})
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	sees := func(org string, role access.Role) View {
		v := access.Viewer{Member: b.member[org], Organisation: b.org[org], Roles: []access.Role{role}}
		standing := v.Scope().Match(relations(b.c, b.org["focal"]), b.now)
		d := policy.Decide(v, "case", standing, b.now)
		return redact(b.c, d.Within(released(b.c, v, standing, b.now)))
	}
	stage := func() string {
		v := sees("ngo", access.FirstResponder)
		if v.Became == nil {
			t.Fatal("the one who referred learns nothing")
		}
		data, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(string(data), "SECRET") || strings.Contains(string(data), "A. B.") {
			t.Errorf("new data about the person: %s", data)
		}
		return v.Became.Stage(b.now)
	}
	for _, s := range []struct {
		who, name string
		step      Step
		days      int
		want      string
	}{
		{"authority", "acknowledge", &Acknowledge{Contact: "SECRET"}, 0, "Referral acknowledged"},
		{"authority", "decide-first", &DecideFirst{Positive: Yes, Reasons: "SECRET"}, 1, "In the recovery period"},
		{"authority", "decide-second", &DecideSecond{Positive: No, Reasons: "SECRET"}, 100, "Second decision: negative"},
	} {
		b.now = b.now.AddDate(0, 0, s.days)
		b.does(s.who, s.name, s.step)
		if got := stage(); got != s.want {
			t.Errorf("after %s: %s", s.name, got)
		}
	}
	for org, role := range map[string]access.Role{"ngo": access.Police, "lawyer": access.Lawyer, "focal": access.Auditor} {
		if sees(org, role).Became != nil {
			t.Errorf("%s learns what became of it as %s", org, role)
		}
	}
	b.does("shelter", "end-part", &EndPart{Organisation: b.org["ngo"], Reason: "r"})
	if sees("ngo", access.FirstResponder).Became != nil {
		t.Error("an organisation whose part ended is still told")
	}
}
