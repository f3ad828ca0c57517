package casework

import (
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
)

func TestAHistoricalCaseTakesNoStepAndOwesNothing(t *testing.T) {
	c := &Case{Historical: true, Opened: time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)}
	c.happened("first_contact", c.Opened)
	for _, info := range Steps() {
		if err := Take(c, info.Name, info.New(), Work{}); !fault.Is(err, fault.CodeConflict) {
			t.Errorf("%s on a historical case: %v", info.Name, err)
		}
	}
	if due := duties(c, nil, c.Owner); len(due) > 0 {
		t.Errorf("a historical case owes %v", due)
	}
	if list := offers(c, access.Decision{}, nil); len(list) > 0 {
		t.Errorf("a historical case offers %v", list)
	}
}
