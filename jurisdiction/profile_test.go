package jurisdiction

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"golang.org/x/text/language"

	"palermo/access"
	"palermo/fault"
)

func load(t testing.TB, code string) *Profile {
	t.Helper()
	p, err := Load(code)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func at(t testing.TB, p *Profile, local string) time.Time {
	t.Helper()
	when, err := time.ParseInLocation("2006-01-02 15:04:05", local, p.Location())
	if err != nil {
		t.Fatal(err)
	}
	return when
}

func TestEveryBuiltInProfilePassesCheck(t *testing.T) {
	if len(Codes()) != 7 {
		t.Errorf("codes: %v", Codes())
	}
	for _, code := range Codes() {
		data, err := profiles.ReadFile("profiles/" + code + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		for _, problem := range Check(bytes.NewReader(data), code+".yaml") {
			t.Errorf("%s.yaml:%s", code, problem)
		}
		if load(t, code).Code != code {
			t.Errorf("%s says it is %s", code, load(t, code).Code)
		}
	}
}

func TestUKReasonableGroundsIsFiveWorkingDays(t *testing.T) {
	p := load(t, "gb")
	stage, ok := p.Stage("first_decision")
	if !ok || stage.Period != (Period{5, WorkingDays}) || stage.From != "referred" || stage.Name["en"] != "Reasonable grounds decision" {
		t.Fatalf("%+v", stage)
	}
	clock, ok := p.Clock("first_decision")
	if !ok || clock.Status != Seen || clock.Own() {
		t.Fatalf("%+v", clock)
	}
	// A Thursday: Friday, Monday, Tuesday, Wednesday, Thursday.
	due := p.Due(clock, at(t, p, "2026-06-04 15:00:00"))
	if want := at(t, p, "2026-06-11 23:59:59"); !due.Equal(want) {
		t.Errorf("due %s, want %s", due, want)
	}
}

func TestUKConclusiveGroundsWaitsThirtyDaysAndHasNoLatestDay(t *testing.T) {
	p := load(t, "gb")
	stage, _ := p.Stage("second_decision")
	if stage.NotBefore != (Period{30, Days}) || !stage.NoMaximum || stage.NotBeforeFrom != "first_decision" {
		t.Fatalf("%+v", stage)
	}
	earliest := p.NotBefore(stage.NotBefore, at(t, p, "2026-03-01 10:00:00"))
	if want := at(t, p, "2026-04-01 00:00:00"); !earliest.Equal(want) {
		t.Errorf("earliest %s, want %s", earliest, want)
	}
}

func TestUKRecoveryWasFortyFiveDaysUntilDecember2022(t *testing.T) {
	p := load(t, "gb")
	for day, want := range map[string]int{"2021-05-01": 45, "2022-12-12": 45, "2022-12-13": 30, "2026-01-01": 30} {
		if period, basis, ok := p.RecoveryMinimum(at(t, p, day+" 12:00:00")); !ok || period != (Period{want, Days}) || basis.Title == "" {
			t.Errorf("%s: %v %v", day, period, ok)
		}
	}
}

func TestUKReconsiderationIsThirtyCalendarDays(t *testing.T) {
	p := load(t, "gb")
	end, ok := p.ReviewEnds(at(t, p, "2026-05-01 09:00:00"))
	if want := at(t, p, "2026-05-31 23:59:59"); !ok || !end.Equal(want) {
		t.Errorf("%s, want %s", end, want)
	}
	if name, _ := p.Review().Name.Value.In("en-GB"); name != "Reconsideration" || len(p.Review().Grounds) != 2 {
		t.Errorf("%+v", p.Review())
	}
}

func TestUKAdultConsentsChildIsAlwaysReferred(t *testing.T) {
	rule := load(t, "gb").ConsentRule()
	if !rule.AdultRequired.Value || rule.ChildRequired.Value || !rule.ChildRequired.Known || !rule.ChildMustRefer.Value || !rule.MayBeAnonymous.Value {
		t.Errorf("%+v", rule)
	}
	if rule.AdultRequired.From != "gb" || !strings.Contains(rule.NotifyProvision.Value, "section 52") {
		t.Errorf("%+v", rule)
	}
}

// The source lists them in one sentence; the profile has each of them, and nobody else.
func TestUKFirstRespondersAreThoseOfTheSource(t *testing.T) {
	path := filepath.Join("..", "..", "shared", "data", "nrm-process.md")
	text, err := os.ReadFile(path)
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatal(err)
		}
		t.Skipf("the shared data are not there; put them at %s", path)
	}
	_, list, _ := strings.Cut(string(text), "only a First Responder organisation refers: ")
	list, _, found := strings.Cut(list, " [S")
	if !found {
		t.Fatal("the source has no list any more: mend this test")
	}
	keys := map[string][]string{"police": {"police"}, "local authorities": {"local_authorities"}, "N. Ireland health trusts": {"ni_health_trusts"},
		"Home Office (UKVI, Border Force, Immigration Enforcement)": {"ukvi", "border_force", "immigration_enforcement"}, "NCA": {"nca"}, "GLAA": {"glaa"},
		"Salvation Army": {"salvation_army"}, "Migrant Help": {"migrant_help"}, "Medaille Trust": {"medaille_trust"}, "Kalayaan": {"kalayaan"},
		"Barnardo's": {"barnardos"}, "Unseen": {"unseen"}, "TARA": {"tara"}, "NSPCC": {"nspcc"}, "(BAWSO, New Pathways, Refugee Council)": {"bawso", "new_pathways", "refugee_council"}}
	want := map[string]bool{}
	for _, name := range strings.Split(list, "; ") {
		if keys[name] == nil {
			t.Errorf("the source has %q", name)
		}
		for _, key := range keys[name] {
			want[key] = true
		}
	}
	for _, b := range load(t, "gb").FirstResponders() {
		if !want[b.Key] {
			t.Errorf("the source does not have %s", b.Key)
		}
		delete(want, b.Key)
	}
	if len(want) > 0 {
		t.Errorf("the profile lacks %v", want)
	}
}

func TestUKFirstRespondersAreTheNamedOrganisations(t *testing.T) {
	p := load(t, "gb")
	if n := len(p.FirstResponders()); n != 19 {
		t.Errorf("%d first responders", n)
	}
	if n := len(p.CompetentAuthorities()); n != 3 {
		t.Errorf("%d competent authorities", n)
	}
	if !p.MayFollow("rg_pending", "rg_negative") || p.MayFollow("rg_negative", "cg_pending") {
		t.Error("the procedure does not lead as the NRM does")
	}
}

func TestAnEarlyEndNeedsAListedGround(t *testing.T) {
	for code, want := range map[string]int{"gb": 2, "it": 0, "ng": 0} {
		if got := len(load(t, code).EarlyEndGrounds()); got != want {
			t.Errorf("%s: %d grounds", code, got)
		}
	}
}

func TestAFactSaysFromWhichFileItComes(t *testing.T) {
	it := load(t, "it")
	if it.Recovery.Minimum.From != "coe" || it.AgeOfMajority.From != "default" || it.Languages.From != "it" {
		t.Errorf("%s %s %s", it.Recovery.Minimum.From, it.AgeOfMajority.From, it.Languages.From)
	}
	if ng := load(t, "ng"); ng.Recovery.Minimum.Known || ng.Chain()[1] != "default" {
		t.Error("Nigeria was given a recovery period that no source bears out")
	}
}

func TestEveryFactOfAProfileHasASource(t *testing.T) {
	for _, code := range Codes() {
		p := load(t, code)
		for _, clock := range p.Clocks {
			if clock.Citation() == "" || clock.Status == "" || clock.From == "" {
				t.Errorf("%s: clock %s has no source", code, clock.Key)
			}
		}
		for _, body := range p.Bodies {
			if body.Citation() == "" {
				t.Errorf("%s: body %s has no source", code, body.Key)
			}
		}
	}
}

func TestRightsAreToldInFourLanguagesAndGapsAreSaid(t *testing.T) {
	for _, code := range Codes() {
		p := load(t, code)
		if got := p.BriefingLanguages(); len(got) != 4 {
			t.Errorf("%s: briefing is whole in %v", code, got)
		}
	}
	for _, right := range load(t, "gb").RightsItems("ar") {
		if right.Lang != "ar" || right.Title == "" || right.Text == "" {
			t.Errorf("%s is told in %s", right.Key, right.Lang)
		}
		if right.Key == "recovery" && (right.Gap || !strings.Contains(right.Here, "30")) {
			t.Errorf("recovery: %+v", right)
		}
		if right.Key == "compensation_state" && (!right.Gap || right.Here == "") {
			t.Errorf("a gap is not said: %+v", right)
		}
	}
	if right := load(t, "gb").RightsItems("th")[0]; right.Lang != "en" {
		t.Errorf("an untranslated right is told in %s", right.Lang)
	}
	if right := load(t, "ar").RightsItems("es-AR")[0]; right.Lang != "es" {
		t.Errorf("a variety falls back to %s", right.Lang)
	}
}

func TestRightsCoverEveryRouteToCompensation(t *testing.T) {
	keys := map[string]bool{}
	for _, right := range load(t, "default").RightsItems("en") {
		keys[right.Key] = true
	}
	for _, key := range []string{"legal_aid", "lawyer_advocate", "consular", "compensation_criminal", "compensation_civil",
		"compensation_wages", "compensation_state", "compensation_fund", "recovery", "asylum", "data", "non_punishment", "assistance", "permit"} {
		if !keys[key] {
			t.Errorf("%s is not told", key)
		}
	}
}

func TestAssistanceNeverDependsOnAProceeding(t *testing.T) {
	for _, code := range Codes() {
		if free, ok := load(t, code).Assistance.Unconditional.Get(); !ok || !free {
			t.Errorf("%s makes help conditional", code)
		}
	}
}

func TestAConditionedPermitIsListedAsAGap(t *testing.T) {
	for _, gap := range load(t, "it").Gaps() {
		if gap.Kind == OnCondition && strings.HasPrefix(gap.Path, "permit.depends_on") {
			return
		}
	}
	t.Error("the condition on a permit is not listed")
}

func TestTheRegisterShowsEveryParagraphOfTheProtocol(t *testing.T) {
	rows := load(t, "gb").Register()
	if len(rows) != 46 || rows[0].ID != "TIP-3a" || !rows[4].Gap {
		t.Fatalf("%d rows, %+v", len(rows), rows[4])
	}
	for _, row := range rows {
		if row.ID == "TIP-6.3a" && (row.Gap || row.Entry.From != "coe") {
			t.Errorf("%+v", row)
		}
	}
}

func TestAnUnknownEntitlementIsAGapNotANo(t *testing.T) {
	if cell := load(t, "gb").Entitlement("work", "presumed"); cell.Value != Unknown {
		t.Errorf("%+v", cell)
	}
}

func TestItalysGapsAreTheKnownOnes(t *testing.T) {
	var text strings.Builder
	for _, gap := range load(t, "it").Gaps() {
		text.WriteString(string(gap.Kind) + "\t" + gap.Path + "\t" + gap.Text + "\n")
	}
	const golden = "testdata/gaps-it.golden"
	if os.Getenv("UPDATE") != "" {
		if err := os.WriteFile(golden, []byte(text.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if text.String() != string(want) {
		t.Errorf("the gaps changed; look at them and run with UPDATE=1:\n%s", text.String())
	}
}

// The citation of CLDR is true: these are its likely languages.
func TestLanguagesAreThoseOfCLDR(t *testing.T) {
	for _, code := range []string{"gb", "it", "ng", "th", "ar"} {
		base, _ := language.MustParse("und-" + strings.ToUpper(code)).Base()
		if got := load(t, code).Languages.Value; len(got) != 1 || string(got[0]) != base.String() {
			t.Errorf("%s: %v, CLDR says %s", code, got, base)
		}
	}
}

func TestEveryRoleIsARoleOfAccess(t *testing.T) {
	for _, role := range Roles() {
		if !access.Role(role).Known() {
			t.Errorf("access knows no %s", role)
		}
	}
}

func TestAStatesOwnFileCorrectsTheBuiltInOne(t *testing.T) {
	own := fstest.MapFS{"gb.yaml": {Data: []byte(`
code: gb
kind: state
extends: gb
name: {en: UK, fr: R-U, es: RU, ar: المملكة}
sources: {gazette: {title: Official list of bank holidays}}
holidays: {value: [2026-06-05, 12-25], source: gazette, status: seen}
`)}}
	p, err := LoadFS(own, "GB")
	if err != nil {
		t.Fatal(err)
	}
	clock, _ := p.Clock("first_decision")
	if due, want := p.Due(clock, at(t, p, "2026-06-04 15:00:00")), at(t, p, "2026-06-12 23:59:59"); !due.Equal(want) {
		t.Errorf("due %s, want %s", due, want)
	}
}

func TestAProfileThatIsNotThereIsNotFound(t *testing.T) {
	for _, code := range []string{"zz", "", "../gb", "gb.yaml"} {
		if _, err := Load(code); !fault.Is(err, fault.CodeNotFound) {
			t.Errorf("%q: %v", code, err)
		}
	}
}
