package casework

import (
	"slices"
	"testing"

	"palermo/access"
	"palermo/duty"
	"palermo/fault"
)

func TestACaseIsHandedOverOnlyWithConsent(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.refused(fault.CodeInvalid, "ngo", "hand-over", &HandOver{Organisation: b.org["shelter"], Agreed: true})
	b.does("ngo", "give-consent", Consenting("assistance", b.org["shelter"], []string{"identity", "needs"}, b.now.AddDate(0, 1, 0)))
	b.refused(fault.CodeInvalid, "ngo", "hand-over", &HandOver{Organisation: b.org["shelter"]})
	b.does("ngo", "hand-over", &HandOver{Organisation: b.org["shelter"], Agreed: true})
	if b.c.Owner != b.org["shelter"] {
		t.Error("nobody took over")
	}
	seen := released(b.c, b.work("ngo").By, []access.Role{access.FirstResponder}, b.now)
	if seen != access.Of(access.Summary) {
		t.Errorf("the organisation before sees %v", seen)
	}
	b.refused(fault.CodeConflict, "ngo", "hand-over", &HandOver{Organisation: b.org["lawyer"], Agreed: true})
}

func TestAnOrganisationThatLeftSeesNothing(t *testing.T) {
	b := newBench(t, "coe", Adult).referred()
	b.does("ngo", "give-consent", Consenting("legal_help", b.org["lawyer"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "join", Joining(b.org["lawyer"], "lawyer"))
	b.does("ngo", "end-part", &EndPart{Organisation: b.org["lawyer"], Reason: "r"})
	for _, r := range index(b.c, b.fence()).Relations {
		if r.Party == b.org["lawyer"] && (r.Until.IsZero() || b.now.Before(r.Until)) {
			t.Errorf("%+v", r)
		}
	}
	b.refused(fault.CodeConflict, "ngo", "end-part", &EndPart{Organisation: b.org["authority"], Reason: "r"})
}

func TestAnEmergencyOpeningIsToldAndReviewedBySomebodyElse(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.c.Emergencies = []Emergency{{By: b.member["ngo2"], At: b.now, Until: b.now.Add(emergencyLasts), Reason: "a child is missing"}}
	told := map[access.Role]bool{}
	for _, d := range duties(b.c, b.profile, b.org["focal"]) {
		if d.Name == emergencyDuty {
			for _, s := range d.Steps {
				told[s.Role] = true
			}
		}
	}
	if !told[access.CaseWorker] || !told[access.FocalPoint] || !told[access.Auditor] {
		t.Errorf("told: %v", told)
	}
	b.refused(fault.CodeConflict, "ngo2", "review-emergency", &ReviewEmergency{Right: Yes, Finding: "f"})
	b.does("ngo", "review-emergency", &ReviewEmergency{Right: Yes, Finding: "f"})
	if slices.ContainsFunc(duties(b.c, b.profile, b.org["focal"]), func(d duty.Duty) bool { return d.Name == emergencyDuty }) {
		t.Error("still due after the review")
	}
}

func TestAComplaintReachesSomebodyIndependent(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "complain", &Complain{About: "a shelter", What: "w"})
	reached := false
	for _, d := range duties(b.c, b.profile, b.org["focal"]) {
		if d.Name != "acknowledge_complaint" {
			continue
		}
		reached = d.Steps[0].Role == access.ComplaintsBody
		for _, s := range d.Steps {
			if s.Party == b.c.Owner {
				t.Errorf("the owner is told of a complaint: %+v", s)
			}
		}
	}
	if !reached {
		t.Error("no independent body is told")
	}
}
