package casework

import (
	"slices"
	"strings"
	"testing"

	"palermo/input"
	"palermo/jurisdiction"
)

// To stay, to return, another country: always all three, in every State,
// whatever was chosen; what is not known is said (rows 8a, 28).
func TestTheThreeWaysAreAlwaysShownSideBySide(t *testing.T) {
	for _, code := range jurisdiction.Codes() {
		b := newBench(t, code, Adult)
		for _, choice := range []Where{"", "stay", "third", "removal"} {
			if choice != "" {
				b.does("ngo", "choose", &ChooseStayOrReturn{Choice: choice})
			}
			ways := (&ChooseStayOrReturn{}).Shows(&View{Case: *b.c}, b.work("ngo"))
			if len(ways) != 3 || ways[0].Title != "To stay in this country" || ways[1].Title != "To return" || ways[2].Title != "To go to another country" {
				t.Fatalf("%s, after %q: %+v", code, choice, ways)
			}
			for _, label := range []string{"Residence permit", "Legal aid", "Lawyer", "Remedy against a decision", "Remedy after that", "Compensation"} {
				if i := slices.IndexFunc(ways[0].Fields, func(f input.Field) bool { return f.Label == label }); i < 0 || ways[0].Fields[i].Value == "" {
					t.Errorf("%s: staying does not speak of %s", code, label)
				}
			}
		}
	}
}

func TestAGapOfTheStateIsShownAsAGap(t *testing.T) {
	b := newBench(t, "coe", Adult)
	delete(b.profile.Entitlements, "residence_permit")
	stay := (&View{Case: *b.c}).toStay(b.work("ngo"))
	i := slices.IndexFunc(stay.Fields, func(f input.Field) bool { return f.Label == "Residence permit" })
	if stay.Fields[i].Value != notKnown {
		t.Errorf("%+v", stay.Fields[i])
	}
}

func TestWhoFearsReturnIsWarnedBeforeIt(t *testing.T) {
	b := newBench(t, "coe", Adult)
	warned := func() error { return (&ChooseStayOrReturn{}).Shows(&View{Case: *b.c}, b.work("ngo"))[1].Warn }
	if warned() != nil {
		t.Error("warned without a fear")
	}
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "fear"})
	if warned() == nil {
		t.Error("not warned")
	}
	if strings.Contains(warned().Error(), "A. B.") {
		t.Error("the warning names the person")
	}
}

// The choice stays open: each answer can follow each other.
func TestTheChoiceCanBeChangedAtAnyTime(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "assess-risk", &AssessRisk{Level: "low", Grounds: "g", Measures: "m", Again: "2026-04-01"})
	for _, first := range Where("").Options() {
		for _, second := range Where("").Options() {
			for _, o := range []input.Option{first, second} {
				b.does("ngo", "choose", &ChooseStayOrReturn{Choice: Where(o.Value), Free: true, Assessed: true})
			}
			if got := b.c.Choices[len(b.c.Choices)-1].Fields.Choice; got != Where(second.Value) {
				t.Errorf("after %s: %s", second.Value, got)
			}
		}
	}
}
