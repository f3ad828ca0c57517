package cooperation

import (
	"testing"
	"time"

	"palermo/jurisdiction"
)

// Nobody is asked why a person has not arrived before the day of the arrival, nor before the hearing.
func TestTheTimeToMoveRunsFromTheDayThatIsWaitedFor(t *testing.T) {
	now := time.Date(2026, 1, 1, 9, 0, 0, 0, time.UTC)
	in, err := jurisdiction.Load("default")
	must(t, err)
	travel := &ArrangeTravel{Leaves: now.AddDate(0, 0, 20), Arrives: now.AddDate(0, 0, 21), Zone: "Africa/Lagos", Means: "words", StillWants: true}
	hearing := &Schedule{When: now.AddDate(0, 0, 90), Minutes: 60, Room: "words", Test: now.AddDate(0, 0, 80), Fallback: "words"}
	later := &Schedule{When: now.AddDate(0, 0, 120), Minutes: 60, Room: "words", Test: now.AddDate(0, 0, 80), Fallback: "words"}
	for _, x := range []struct {
		p    Procedure
		acts []string
		how  []Act
		want time.Time
	}{
		{Procedure{Type: "return", State: "documents"}, []string{"travel"}, []Act{travel}, travel.Arrives},
		{Procedure{Type: "testimony", State: "agreed"}, []string{"schedule"}, []Act{hearing}, hearing.When},
		{Procedure{Type: "testimony", State: "agreed"}, []string{"schedule", "reschedule"}, []Act{hearing, later}, later.When},
		{Procedure{Type: "return", State: "confirmed", Side: Asked}, []string{"verify"}, []Act{&VerifyNationality{Tie: "national", Documents: "words"}}, now},
	} {
		p := x.p
		if p.Side == "" {
			p.Side = Asking
		}
		for i, name := range x.acts {
			if _, err := p.Do(name, x.how[i], nil, Work{Now: now}); err != nil {
				t.Fatalf("%s: %v", name, err)
			}
		}
		stage, _ := p.Definition().Stage(p.State)
		within := in.Move(p.Definition().Move(p.State)).Period
		if got := p.until(stage, in); !got.Equal(in.Add(within, x.want)) {
			t.Errorf("%s, %s: due %v, want %v after %v", p.Type, p.State, got, within, x.want)
		}
	}
}
