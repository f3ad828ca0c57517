package jurisdiction

import (
	"strings"
	"testing"
	"testing/fstest"

	"palermo/fault"
)

// small is a profile without problems; its last line is 7.
const small = `code: fr
kind: state
extends: default
name: {en: France, fr: France, es: Francia, ar: فرنسا}
sources:
  s: {title: A source}
# end
`

func TestAFactWithoutASourceIsRefused(t *testing.T) {
	wants(t, "age_of_majority: {value: 18, status: seen}", 8, "no source")
	wants(t, "age_of_majority: 18", 8, "bare value")
	wants(t, "practices:\n  - {key: a, text: b, status: seen}", 9, "no source")
}

func TestAFactWithoutAStatusIsRefused(t *testing.T) {
	wants(t, "age_of_majority: {value: 18, source: s}", 8, "no status")
}

func TestMistakesAreRefusedByLine(t *testing.T) {
	clock := "clocks:\n  - key: x\n    title: T\n    from: FROM\n    until: rights_briefed\n    period: PERIOD\n    responsible: ROLE\n    source: s\n    status: seen"
	with := func(from, period, role string) string {
		return strings.NewReplacer("FROM", from, "PERIOD", period, "ROLE", role).Replace(clock)
	}
	for name, c := range map[string]struct {
		text   string
		line   int
		reason string
	}{
		"unknown key":           {"ages_of_majority: {value: 18, source: s, status: seen}", 8, `did you mean "age_of_majority"?`},
		"unknown inner key":     {"age_of_majority:\n  value: 18\n  sorce: s\n  status: seen", 10, `did you mean "source"?`},
		"wrong type":            {"age_of_majority: {value: eighteen, source: s, status: seen}", 8, "whole number"},
		"number for text":       {"practices:\n  - {key: a, text: 14, source: s, status: seen}", 9, "quotation marks"},
		"list for one":          {"code: [a]", 8, "twice"},
		"unknown source":        {"age_of_majority: {value: 18, source: protocl, status: seen}", 8, `did you mean "protocol"?`},
		"unknown status":        {"age_of_majority: {value: 18, source: s, status: sen}", 8, `did you mean "seen"?`},
		"bad event":             {with("presumd", "{n: 1, unit: days}", "lawyer"), 11, `did you mean "presumed"?`},
		"bad unit":              {with("presumed", "{n: 1, unit: workingdays}", "lawyer"), 13, `did you mean "working_days"?`},
		"negative period":       {with("presumed", "{n: -1, unit: days}", "lawyer"), 13, "1 or more"},
		"zero days":             {with("presumed", "{n: 0, unit: days}", "lawyer"), 13, "at once"},
		"endless period":        {with("presumed", "{n: 99999, unit: days}", "lawyer"), 13, "ten years"},
		"half a period":         {with("presumed", "{n: 1}", "lawyer"), 13, `"unit" is missing`},
		"bad role":              {with("presumed", "{n: 1, unit: days}", "lawer"), 14, `did you mean "lawyer"?`},
		"immigration":           {with("presumed", "{n: 1, unit: days}", "immigration"), 14, "not a known role"},
		"duplicate key":         {"age_of_majority: {value: 18, source: s, status: seen}\nage_of_majority: {value: 19, source: s, status: seen}", 9, "twice"},
		"duplicate item":        {"practices:\n  - {key: a, text: b, source: s, status: seen}\n  - {key: a, text: c, source: s, status: seen}", 10, "twice"},
		"language tag":          {"languages: {value: [french], source: s, status: seen}", 8, "language tag"},
		"language spelling":     {"languages: {value: [FR], source: s, status: seen}", 8, `written "fr"`},
		"time zone":             {"time_zones: {value: [Europe/Pariss], source: s, status: seen}", 8, "time zone"},
		"holiday":               {"holidays: {value: [2026-13-01], source: s, status: seen}", 8, "not a date"},
		"anchor":                {"practices: &a []", 8, "anchors"},
		"alias":                 {"forms: *a", 0, "unknown anchor"},
		"tag":                   {"forms: !!binary aGk=", 8, "tags"},
		"merge key":             {"<<: {code: x}", 8, "unknown key"},
		"empty":                 {"extends2:", 8, "extends"},
		"two documents":         {"---\ncode: x", 8, "one document"},
		"not YAML":              {"forms: [", 0, "not YAML"},
		"provision":             {"provisions: {TIP-5.9: {extent: whole, text: a, source: s, status: seen}}", 8, "paragraph of the Protocol"},
		"entitlement":           {"entitlements: {wrok: {presumed: {value: yes, source: s, status: seen}}}", 8, `did you mean "work"?`},
		"no condition":          {"entitlements: {work: {presumed: {value: conditional, source: s, status: seen}}}", 8, "says its condition"},
		"unknown body":          {"procedure:\n  stages:\n    - {key: a, kind: decision, name: {en: A}, decides: [nobody], source: s, status: seen}", 10, "not a known body"},
		"unknown right":         {"rights: {here: {permitt: {text: {en: a}, source: s, status: seen}}}", 8, `did you mean "permit"?`},
		"unknown state":         {"procedure: {states: {source: s, status: seen, value: [{key: a, name: A, phase: draft, next: [b]}]}}", 8, "not a known state"},
		"unreachable state":     {"procedure: {states: {source: s, status: seen, value: [{key: a, name: A, phase: draft}, {key: b, name: B, phase: draft}]}}", 8, "no path"},
		"amendment stage":       {"amendments:\n  - {key: a, provision: TIP-7.1, title: T, stage: in_parlament, source: s, status: seen}", 9, `did you mean "in_parliament"?`},
		"amendment of what":     {"amendments:\n  - {key: a, provision: TIP-70, title: T, stage: adopted, source: s, status: seen}", 9, "paragraph of the Protocol"},
		"amendment unbased":     {"amendments:\n  - {key: a, provision: TIP-7.1, title: T, stage: adopted}", 9, "no source"},
		"amendment goes back":   {"amendments:\n  - key: a\n    provision: TIP-7.1\n    title: T\n    stage: proposed\n    steps: [{stage: adopted, on: 2026-01-01}, {stage: proposed, on: 2026-02-01}]\n    source: s\n    status: seen", 13, "does not come after"},
		"amendment in the past": {"amendments:\n  - key: a\n    provision: TIP-7.1\n    title: T\n    stage: adopted\n    steps: [{stage: proposed, on: 2026-02-01}, {stage: adopted, on: 2026-01-01}]\n    source: s\n    status: seen", 13, "is before"},
		"amendment elsewhere":   {"amendments:\n  - key: a\n    provision: TIP-7.1\n    title: T\n    stage: in_force\n    steps: [{stage: adopted, on: 2026-02-01}]\n    source: s\n    status: seen", 12, "the last step is"},
		"dropped after force":   {"amendments:\n  - key: a\n    provision: TIP-7.1\n    title: T\n    stage: dropped\n    steps: [{stage: in_force, on: 2026-02-01}, {stage: dropped, on: 2026-03-01}]\n    source: s\n    status: seen", 13, "does not come after"},
		"value and gap":         {"age_of_majority: {value: 18, gap: why, source: s, status: seen}", 8, "not both"},
		"neither":               {"age_of_majority: {source: s, status: seen}", 8, "neither"},
		"stage without from":    {"procedure:\n  stages:\n    - {key: a, kind: step, name: {en: A}, period: {n: 1, unit: days}, source: s, status: seen}", 10, "which event"},
	} {
		t.Run(name, func(t *testing.T) { wants(t, c.text, c.line, c.reason) })
	}
}

func wants(t *testing.T, addition string, line int, reason string) {
	t.Helper()
	problems := Check(strings.NewReader(small+addition+"\n"), "fr.yaml")
	for _, p := range problems {
		if (line == 0 || p.Line == line) && strings.Contains(p.Reason, reason) {
			return
		}
	}
	t.Errorf("line %d: no %q in %v", line, reason, problems)
}

func TestASoundFileHasNoProblems(t *testing.T) {
	if problems := Check(strings.NewReader(small), "fr.yaml"); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestAnAmendmentSaysHowFarItCameAndSinceWhen(t *testing.T) {
	own := fstest.MapFS{"fr.yaml": {Data: []byte(small + `amendments:
  - key: stay
    provision: TIP-7.1
    title: Bill on staying
    stage: adopted
    steps: [{stage: proposed, on: 2025-11-03}, {stage: in_parliament, on: 2026-01-12}, {stage: adopted, on: 2026-02-01}]
    source: s
    status: seen
`)}}
	p, err := LoadFS(own, "fr")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range p.Register() {
		if row.ID == "TIP-7.1" && (len(row.Amendments) != 1 || row.Amendments[0].Since() != "2026-02-01" || row.Amendments[0].From != "fr") {
			t.Errorf("%+v", row.Amendments)
		}
	}
	for _, gap := range p.Gaps() {
		if gap.Path == "amendments" {
			t.Errorf("an amendment is known, and a gap is shown: %s", gap.Text)
		}
	}
}

func TestEveryProblemIsReportedNotOnlyTheFirst(t *testing.T) {
	problems := Check(strings.NewReader(small+"x: 1\nage_of_majority: {value: a, status: sen}\ny: 2\n"), "fr.yaml")
	if len(problems) < 5 {
		t.Errorf("%d problems: %v", len(problems), problems)
	}
	for i := 1; i < len(problems); i++ {
		if problems[i].Line < problems[i-1].Line {
			t.Error("not in the order of the file")
		}
	}
}

func TestAMissingBaseIsRefused(t *testing.T) {
	text := strings.Replace(small, "extends: default", "extends: defaut", 1)
	problems := Check(strings.NewReader(text), "fr.yaml")
	if len(problems) != 1 || problems[0].Line != 3 || !strings.Contains(problems[0].Reason, `"default"`) {
		t.Error(problems)
	}
}

func TestBasesMustNotGoRound(t *testing.T) {
	a := strings.NewReplacer("code: fr", "code: be", "extends: default", "extends: fr").Replace(small)
	b := strings.Replace(small, "extends: default", "extends: be", 1)
	_, err := LoadFS(fstest.MapFS{"be.yaml": {Data: []byte(a)}, "fr.yaml": {Data: []byte(b)}}, "fr")
	if !fault.Is(err, fault.CodeInvalid) || !strings.Contains(err.Error(), "circle") {
		t.Error(err)
	}
	self := strings.Replace(small, "extends: default", "extends: fr", 1)
	if _, err := LoadFS(fstest.MapFS{"fr.yaml": {Data: []byte(self)}}, "fr"); err == nil {
		t.Error("a file extends itself")
	}
}

func TestAFileTooLargeIsRefused(t *testing.T) {
	problems := Check(strings.NewReader(small+"# "+strings.Repeat("x", largestFile)), "fr.yaml")
	if len(problems) != 1 || !strings.Contains(problems[0].Reason, "1 MiB") {
		t.Error(problems)
	}
}

func TestDepthIsLimited(t *testing.T) {
	problems := Check(strings.NewReader(small+"forms: "+strings.Repeat("[", 200)+strings.Repeat("]", 200)), "fr.yaml")
	if len(problems) == 0 || !strings.Contains(problems[0].Reason, "deep") {
		t.Error(problems)
	}
}

func TestAGapInAFileHidesTheDefault(t *testing.T) {
	own := fstest.MapFS{"fr.yaml": {Data: []byte(small + "age_of_majority: {gap: Nobody told us.}\n")}}
	p, err := LoadFS(own, "fr")
	if err != nil {
		t.Fatal(err)
	}
	if p.AgeOfMajority.Known || !p.IsChild(17) || p.IsChild(18) {
		t.Errorf("%+v", p.AgeOfMajority)
	}
}

func FuzzCheck(f *testing.F) {
	f.Add(small)
	f.Add(small + "age_of_majority: {value: 18, source: s, status: seen}\n")
	f.Add("a: &a [*a, *a]\n")
	f.Add("? [a]\n: b\n")
	f.Fuzz(func(t *testing.T, text string) {
		problems := Check(strings.NewReader(text), "f.yaml")
		p, err := LoadFS(fstest.MapFS{"fr.yaml": {Data: []byte(text)}}, "fr")
		if len(problems) == 0 && err != nil && p == nil && strings.Contains(text, "code: fr\n") && strings.HasPrefix(text, "code: fr\n") {
			t.Errorf("Check accepts what LoadFS refuses: %v", err)
		}
		if p != nil {
			p.Gaps()
			p.Register()
			p.RightsItems("fr")
		}
	})
}

func TestHowSoonAStateAnswersAnotherIsChecked(t *testing.T) {
	wants(t, "between_states:\n  - {key: enquiry.askd, period: {n: 2, unit: days}, source: s, status: seen}", 9, "enquiry.asked")
	wants(t, "between_states:\n  - {key: enquiry.asked, period: {n: 2, unit: moons}, source: s, status: seen}", 9, "unit")
	wants(t, "between_states:\n  - {key: enquiry.asked, period: {n: 2, unit: days}}", 9, "no source")
}

func TestAStateSetsItsOwnTimeToAnswerAnother(t *testing.T) {
	text := small + "between_states:\n  - {key: enquiry.asked, period: {n: 2, unit: working_days}, source: s, status: seen}\n"
	p, problems := read(strings.NewReader(text), library{}, 0)
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	if own, base := p.Move("enquiry.asked"), p.Move("return.asked"); own.Period.N != 2 || !own.Verified() || base.Period.N != 7 || base.Status != Project {
		t.Errorf("its own %+v, that of the default %+v", own, base)
	}
}
