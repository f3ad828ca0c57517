package casework

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
)

func TestWhatAPermitDependsOnIsToldBeforeThePersonDecides(t *testing.T) {
	b := newBench(t, "coe", Adult)
	decide := &TakePart{Proceeding: "p", Decision: "yes", Free: true}
	b.refused(fault.CodeConflict, "ngo", "take-part", decide)
	b.does("ngo", "explain-rights", &ExplainRights{Language: "en", Items: []Right{"permit"}})
	b.refused(fault.CodeConflict, "ngo", "take-part", decide) // not said plainly
	b.does("ngo", "explain-rights", &ExplainRights{Language: "en", Items: []Right{"permit"}, Permit: true})
	b.refused(fault.CodeInvalid, "ngo", "take-part", &TakePart{Proceeding: "p", Decision: "yes"})
	for _, o := range Taking("").Options() { // and changed at any time
		b.does("ngo", "take-part", &TakePart{Proceeding: "p", Decision: Taking(o.Value), Free: true})
	}
	shown := decide.Shows(&View{}, b.work("ngo"))[0]
	if len(shown.Fields) != len(b.profile.Permit.DependsOn) || !strings.Contains(shown.Fields[0].Value, "permit") {
		t.Errorf("before deciding is shown: %+v", shown.Fields)
	}
	b.profile.Permit.DependsOn = nil
	if gap := decide.Shows(&View{}, b.work("ngo"))[0].Fields; len(gap) != 1 || gap[0].Value != notKnown {
		t.Errorf("what is not known is not said: %+v", gap)
	}
}

// move is one step of a life with the mechanism, some hours after the one before.
type move struct {
	who, name string
	hours     int
	step      func(*bench) Step
}

func does(who, name string, hours int, s Step) move {
	return move{who, name, hours, func(*bench) Step { return s }}
}

// life is a case from first contact to closure, with every kind of help.
func life(b *bench) []move {
	consented := func(purpose, org string, data ...string) move {
		return move{"ngo", "give-consent", 1, func(b *bench) Step { return Consenting(purpose, b.org[org], data, b.now.AddDate(0, 6, 0)) }}
	}
	return []move{
		does("ngo", "screen", 1, &Screen{Reasons: "r"}), does("ngo", "presume", 1, &Presume{Reasons: "r"}),
		does("ngo", "explain-rights", 1, &ExplainRights{Language: "en", Items: []Right{"permit"}, Permit: true}),
		does("ngo", "accommodate", 1, &Accommodate{Kind: SafeHouse, From: b.now}),
		does("ngo", "safe-contact", 1, &PlanSafeContact{Alone: "person", Telephone: "1"}),
		does("ngo", "assess-risk", 1, &AssessRisk{Level: "low", Grounds: "g", Measures: "m", Again: "2027-01-01"}),
		does("ngo", "assess-needs", 1, &AssessNeeds{Now: []Need{"medical"}, Wishes: "w"}),
		does("ngo", "plan-service", 1, &PlanService{Need: "medical", Provider: b.org["shelter"], What: "w", Start: "2026-03-03", Wanted: true}),
		consented("referral", "authority", "identity", "screening", "decisions"),
		consented("assistance", "shelter", "identity", "needs"),
		does("ngo", "join", 1, Joining(b.org["shelter"], "shelter_manager")),
		does("ngo", "refer", 1, &Refer{Authority: b.org["authority"], Reasons: "r"}),
		does("authority", "acknowledge", 1, &Acknowledge{}),
		does("authority", "decide-first", 24, &DecideFirst{Positive: Yes, Reasons: "r"}),
		move{"ngo", "follow-service", 1, func(b *bench) Step { return &FollowService{Service: b.c.Plan[0].ID, State: "met"} }},
		move{"ngo", "extend-recovery", 1, func(b *bench) Step {
			return &ExtendRecovery{Until: b.c.Identification.Recovery.End.AddDate(0, 0, 10).Format(time.DateOnly), Reasons: "r"}
		}},
		does("ngo", "choose", 1, &ChooseStayOrReturn{Choice: "stay"}),
		does("authority", "decide-second", 24*60, &DecideSecond{Positive: Yes, Reasons: "r"}),
		does("ngo", "close", 1, &Close{Reason: "inclusion", Note: "n"}),
	}
}

// picture is everything on the case but the decision itself: the case, what
// is due, what each organisation is offered or refused, and what is released to each role in it.
func picture(b *bench, steps []Info) string {
	kept := b.c.TakingPart
	lines := b.c.Timeline
	b.c.TakingPart, b.c.Timeline = nil, nil
	data, err := json.Marshal(b.c)
	if err != nil {
		b.t.Fatal(err)
	}
	b.c.TakingPart, b.c.Timeline = kept, lines
	all := fmt.Sprintf("%s\n%+v\n", data, duties(b.c, b.profile, b.org["focal"]))
	for _, org := range []string{"ngo", "authority", "shelter", "lawyer", "focal"} {
		w := b.work(org)
		for _, info := range steps {
			all += fmt.Sprintln(org, info.Name, info.New().Possible(b.c, w))
		}
		for _, role := range access.Roles() {
			all += fmt.Sprintln(org, role, released(b.c, w.By, []access.Role{role}, b.now))
		}
	}
	return all
}

// counted gives the same ids in each run.
type counted byte

func (c *counted) Read(p []byte) (int, error) {
	for i := range p {
		*c++
		p[i] = byte(*c)
	}
	return len(p), nil
}

// Rule 1, tried at every point of a life: whatever the person decides about
// taking part, no offer, duty, service, place, recovery period or view differs.
func TestNothingDependsOnTakingPartInAProceeding(t *testing.T) {
	steps := Steps()
	run := func(at int, decision Taking) []string {
		b := newBench(t, "coe", Adult)
		random := new(counted)
		var seen []string
		for i, m := range life(b) {
			b.now = b.now.Add(time.Duration(m.hours) * time.Hour)
			w := b.work(m.who)
			w.Random = random
			if err := Take(b.c, m.name, m.step(b), w); err != nil {
				t.Fatalf("%s after deciding %q at %d: %v", m.name, decision, at, err)
			}
			if i == at {
				b.does("ngo", "take-part", &TakePart{Proceeding: "p", Decision: decision, Free: true})
			}
			seen = append(seen, picture(b, steps))
		}
		return seen
	}
	const told = 2 // the briefing, before which nobody is asked
	without := run(-1, "")
	for at := told; at < len(without)-1; at++ {
		for _, decision := range []Taking{"yes", "no"} {
			with := run(at, decision)
			for i := range without {
				if with[i] != without[i] {
					t.Fatalf("%q at step %d changes the case after step %d:\n%s\n%s", decision, at, i, without[i], with[i])
				}
			}
		}
	}
}

// And no code but its own reads the decision.
func TestOnlyItsOwnFileReadsTheDecisionToTakePart(t *testing.T) {
	files, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	own := false
	for _, name := range files {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := n.(*ast.SelectorExpr); ok && s.Sel.Name == "TakingPart" {
				own = own || name == "take_part.go"
				if name != "take_part.go" {
					t.Errorf("%s reads it", name)
				}
			}
			return true
		})
	}
	if !own {
		t.Error("nothing reads it: mend this test")
	}
}

func TestIdentificationIsDecidedWithoutKnowingWhoTakesPart(t *testing.T) {
	b := newBench(t, "coe", Adult).referred()
	b.does("ngo", "explain-rights", &ExplainRights{Language: "en", Items: []Right{"permit"}, Permit: true})
	b.does("ngo", "take-part", &TakePart{Proceeding: "p", Decision: "no", Free: true})
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	for role, want := range map[access.Role]int{access.DecisionMaker: 0, access.Police: 0, access.Prosecutor: 0, access.ServiceProvider: 0,
		access.ShelterManager: 0, access.BreakGlass: 0, access.FocalPoint: 0, access.CaseWorker: 1, access.Guardian: 1, access.Lawyer: 1} {
		d := policy.Decide(access.Viewer{Roles: []access.Role{role}}, "case", []access.Role{role}, b.now)
		if got := len(redact(b.c, d).TakingPart); got != want {
			t.Errorf("%s sees %d decisions", role, got)
		}
	}
}
