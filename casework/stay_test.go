package casework

import (
	"testing"

	"palermo/access"
)

// Rule 4: a removal ordered by law is not a choice; lawyer and focal point are alerted.
func TestAnOrderedRemovalAlertsLawyerAndFocalPoint(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "give-consent", Consenting("legal_help", b.org["lawyer"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "join", Joining(b.org["lawyer"], "lawyer"))
	b.does("ngo", "choose", &ChooseStayOrReturn{Choice: "removal"})
	told := map[access.Role]bool{}
	for _, d := range duties(b.c, b.profile, b.org["focal"]) {
		if d.Name == removalDuty {
			for _, s := range d.Steps {
				told[s.Role] = true
			}
		}
	}
	if !told[access.Lawyer] || !told[access.FocalPoint] {
		t.Errorf("told: %v", told)
	}
	for _, o := range b.c.Happened {
		if o.Event == "return_chosen" || o.Event == "negative_decision" {
			t.Errorf("a removal was recorded as %s", o.Event)
		}
	}
}
