package cooperation

import (
	"slices"
	"testing"
	"time"

	"palermo/jurisdiction"
)

// Every state of every procedure has its time in the default profile, which says that it is the project's own.
func TestEveryStateOfAProcedureHasItsTimeInTheProfiles(t *testing.T) {
	in, err := jurisdiction.Load("default")
	must(t, err)
	var keys []string
	for _, d := range Definitions() {
		for _, s := range d.States {
			keys = append(keys, string(d.Move(s.State)))
		}
	}
	var said []string
	for _, m := range in.Between {
		said = append(said, string(m.Key))
		if m.Status != jurisdiction.Project || m.Period.IsZero() {
			t.Errorf("%s: %v, on the ground %q", m.Key, m.Period, m.Status)
		}
	}
	if !slices.Equal(said, keys) || !slices.Equal(jurisdiction.MoveKeys(), keys) {
		t.Errorf("the states are %v, the profile has %v, a check allows %v", keys, said, jurisdiction.MoveKeys())
	}
}

// Two States may differ: each moves within its own time.
func TestAStateMovesWithinItsOwnTime(t *testing.T) {
	in, err := jurisdiction.Load("it")
	must(t, err)
	own := *in
	own.Between = []jurisdiction.Move{{Key: "enquiry.asked", Period: jurisdiction.Period{N: 12, Unit: jurisdiction.Hours}}}
	now := time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC)
	p := &Procedure{Type: "enquiry", Side: Asked, State: "asked", Changed: now}
	for _, x := range []struct {
		in   *jurisdiction.Profile
		want time.Time
	}{{in, in.Add(jurisdiction.Period{N: 5, Unit: jurisdiction.Days}, now)}, {&own, now.Add(12 * time.Hour)}} {
		due := procedureDuties(p, x.in)
		if len(due) != 1 || due[0].Name != dutyMove || !due[0].Due.Equal(x.want) {
			t.Errorf("due is %+v, want %v", due, x.want)
		}
	}
}
