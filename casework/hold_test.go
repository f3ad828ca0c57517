package casework

import (
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Rule 5.
func TestARemovalAuthorityIsToldNameAndBirthDateAndNothingElse(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	var asked *Hold
	w := b.work("ngo")
	w.Hold = func(h *Hold) (record.ID[Hold], error) { asked = h; return record.ID[Hold]{9}, nil }
	if err := Take(b.c, "ask-hold", &AskHold{Authority: b.org["lawyer"]}, w); !fault.Is(err, fault.CodeInvalid) {
		t.Errorf("without telling the person: %v", err)
	}
	if err := Take(b.c, "ask-hold", &AskHold{Authority: b.org["lawyer"], Told: true}, w); !fault.Is(err, fault.CodeInvalid) {
		t.Errorf("without consent: %v", err)
	}
	b.does("ngo", "give-consent", Consenting("proceedings", b.org["lawyer"], []string{"identity"}, b.now.AddDate(0, 6, 0)))
	if err := Take(b.c, "ask-hold", &AskHold{Authority: b.org["lawyer"], Told: true}, w); err != nil {
		t.Fatal(err)
	}
	kind := NewHoldKind(b.profile, b.org["focal"])
	due := kind.Duties(asked)
	if len(due) != 1 || due[0].Steps[0].Role != access.RemovalAuthority {
		t.Fatalf("due: %+v", due)
	}
	escalates := false
	for _, s := range due[0].Steps {
		escalates = escalates || s.Party == b.org["focal"] && s.Role == access.FocalPoint && s.From.Equal(due[0].Due)
	}
	if !escalates {
		t.Error("silence does not reach the focal point")
	}
	asked.Acknowledged = b.now.Add(time.Hour)
	if len(kind.Duties(asked)) != 0 {
		t.Error("an acknowledged hold is still due")
	}
	for _, d := range duties(b.c, b.profile, b.org["focal"]) {
		for _, s := range d.Steps {
			if s.Role == access.RemovalAuthority {
				t.Errorf("the removal authority is named on the case: %s", d.Name)
			}
		}
	}
}

func TestAHoldIsLiftedOnlyWhenEverythingHasEnded(t *testing.T) {
	b := newBench(t, "gb", Adult).referred()
	b.c.Hold = &HoldNotice{Authority: ident.ID{7}, At: b.now}
	lift := func() error {
		w := b.work("ngo")
		w.Lift = func(record.ID[Hold]) error { return nil }
		return Take(b.c, "lift-hold", &LiftHold{Reasons: "r"}, w)
	}
	refused := func(when string) {
		t.Helper()
		if err := lift(); !fault.Is(err, fault.CodeConflict) {
			t.Fatalf("%s: %v", when, err)
		}
	}
	refused("undecided")
	b.does("authority", "decide-first", &DecideFirst{Positive: Yes, Reasons: "r"})
	refused("in the recovery period")
	b.now = b.now.AddDate(0, 0, 40)
	refused("before the second decision")
	b.does("authority", "decide-second", &DecideSecond{Positive: No, Reasons: "r"})
	refused("while a review can be asked for")
	b.now = b.now.AddDate(0, 0, 10)
	b.does("lawyer", "ask-review", &AskReview{Grounds: "g"})
	b.now = b.now.AddDate(0, 0, 60)
	refused("while the review runs")
	b.does("authority2", "decide-review", &DecideReview{Positive: Yes, Reasons: "r"})
	if err := lift(); err != nil {
		t.Error(err)
	}
}
