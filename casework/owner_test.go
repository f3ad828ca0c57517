package casework

import (
	"testing"

	"palermo/access"
)

// Row 25: an organisation that is no authority owns the case that it opens. Until the person
// allows it, nobody else stands on it in any role, but the auditor, who sees who looked.
func TestAnNGOOwnsItsCaseAndNobodyElseStandsOnIt(t *testing.T) {
	b := newBench(t, "it", Adult).presumed()
	for name, org := range b.org {
		for _, role := range access.Roles() {
			v := access.Viewer{Member: b.member[name], Organisation: org, Roles: []access.Role{role}}
			standing := v.Scope().Match(relations(b.c, b.org["focal"]), b.now)
			own := name == "ngo" && (role == access.CaseWorker || role == access.FirstResponder || role == access.Advocate)
			switch {
			case own && released(b.c, v, standing, b.now) != access.Everything:
				t.Errorf("%s, %s: the owner does not work with its own case", name, role)
			case !own && role != access.Auditor && len(standing) > 0:
				t.Errorf("%s, %s stands on it as %v", name, role, standing)
			}
		}
	}
	b.does("ngo", "decline-identification", &DeclineIdentification{})
	b.does("ngo", "assess-needs", &AssessNeeds{Now: []Need{"legal"}})
	if b.c.Owner != b.org["ngo"] || len(b.c.Team) > 0 {
		t.Errorf("owner %v, team %v", b.c.Owner, b.c.Team)
	}
}
