package casework

import (
	"testing"

	"palermo/jurisdiction"
)

// A line of somebody's day leads to what does it: every clock that a step of the case stops names that step.
func TestWhatIsDueLeadsToAStepThatDoesIt(t *testing.T) {
	elsewhere := map[string]bool{"removal_authority_acknowledged": true, "followed_up": true} // by the other authority; by a procedure
	for _, code := range jurisdiction.Codes() {
		profile, err := jurisdiction.Load(code)
		if err != nil {
			t.Fatal(err)
		}
		desk := Desk{Profile: profile}
		for _, clock := range profile.Clocks {
			step := desk.DutyStep(clock.Key)
			if _, known := Find(step); !known && !elsewhere[string(clock.Until)] {
				t.Errorf("%s, %s until %s: no step is called %q", code, clock.Key, clock.Until, step)
			}
		}
		for _, name := range []string{contactDangerDuty, contactAgainDuty, withdrawnDuty, measuresAnswerDuty, measuresKeptDuty,
			addressDuty, erasureDuty, partErasureDuty, bookingDuty, emergencyDuty} {
			if _, known := Find(desk.DutyStep(name)); !known {
				t.Errorf("%s: no step is called %q", name, desk.DutyStep(name))
			}
		}
	}
}
