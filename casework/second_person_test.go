package casework

import (
	"encoding/json"
	"testing"

	"palermo/access"
	"palermo/consent"
	"palermo/ident"
)

// answered is a step that needs a second person: what leads up to it, and who of the bench answers it.
type answered struct {
	rule   string
	before func(b *bench)
	by     string // who proposed or did it
	second string
	role   access.Role // that the second person has
	answer Step
}

func secondPersons() map[string]answered {
	override := func(ground string) func(*bench) {
		return func(b *bench) {
			b.does("ngo", "propose-override", &ProposeOverride{Ground: overrideGround(ground), Provision: "Act, s. 1", Reason: "r",
				Recipient: b.org["authority"], Data: dataSet{"identity"}, Days: 3})
		}
	}
	closed := func(b *bench) {
		b.c.Closed = &Closure{At: b.now}
		b.does("ngo", "propose-erasure", &ProposeErasure{Ground: "asked", Reason: "r", Told: true})
	}
	return map[string]answered{
		"approve-override": {"rule 2: a legal duty", override("legal_duty"), "ngo", "ngo2", "", &AnswerOverride{Approve: Yes, Reason: "r"}},
		"approve-override afterwards": {"rule 2: vital interest", override("vital_interest"), "ngo", "ngo2", "",
			&AnswerOverride{Approve: Yes, Reason: "r"}},
		"answer-erasure": {"rule 2: erasure", closed, "ngo", "ngo2", "", &AnswerErasure{Erase: Yes, Reason: "r"}},
		"answer-part-erasure": {"rule 2: erasure of a part", func(b *bench) {
			b.does("ngo", "write-note", &WriteNote{Text: "n", Readers: "own"})
			b.does("ngo", "propose-part-erasure", &ProposePartErasure{Part: b.c.parts(b.org["ngo"])[0].key, Reason: "r", Told: true})
		}, "ngo", "ngo2", "", &AnswerPartErasure{Erase: Yes}},
		"end-recovery-early": {"rule 5: an early end", func(b *bench) {
			b.referred()
			b.does("authority", "decide-first", &DecideFirst{Positive: Yes, Reasons: "r"})
			b.does("authority", "propose-early-end", &ProposeEarlyEnd{Ground: b.profile.EarlyEndGrounds()[0].Key, Reasons: "r"})
		}, "authority", "authority2", "", &DecideEarlyEnd{End: Yes, Decision: "d", Appeal: true}},
		"decide-review": {"rule 5: an appeal", func(b *bench) {
			b.referred()
			b.does("authority", "decide-first", &DecideFirst{Positive: No, Reasons: "r", Told: true})
			b.does("lawyer", "ask-review", &AskReview{Grounds: "g"})
		}, "authority", "authority2", "", &DecideReview{Positive: No, Reasons: "r", Told: true}},
		"review-emergency": {"break-glass", func(b *bench) {
			b.c.Emergencies = []Emergency{{By: b.member["focal"], At: b.now, Until: b.now.Add(emergencyLasts), Reason: "r"}}
		}, "focal", "ngo", "", &ReviewEmergency{Right: Yes, Finding: "f"}},
		"review-address": {"rule 7: an address in an emergency", func(b *bench) {
			b.c.Addresses = []OpenedAddress{{By: b.member["ngo"], At: b.now, Until: b.now.Add(addressHours), Fields: OpenAddress{Police: b.org["police"]}}}
		}, "ngo", "ngo2", "", &ReviewOpenedAddress{Right: Yes, Finding: "f"}},
		"confirm-delay": {"telling who looked", func(b *bench) {
			b.does("authority", "delay-telling", &DelayTelling{Order: "o", Provision: "p", Reason: "r", Until: b.now.AddDate(0, 1, 0).Format("2006-01-02")})
		}, "authority", "focal", "", &ConfirmDelay{Confirm: Yes}},
	}
}

// Whoever proposed, released, opened or decided something is not the second person for it: in no role, and of no organisation.
func TestNobodyIsTheirOwnSecondPerson(t *testing.T) {
	for name, path := range secondPersons() {
		t.Run(path.rule, func(t *testing.T) {
			b := newBench(t, "gb", Adult)
			path.before(b)
			step := stepName(name)
			before := inJSON(t, b.c)
			for _, organisation := range b.org {
				for _, role := range access.Roles() {
					w := b.work(path.by)
					w.By.Organisation, w.By.Roles = organisation, []access.Role{role}
					if err := Take(b.c, step, path.answer, w); err == nil {
						t.Fatalf("alone, as %s", role)
					}
				}
			}
			if inJSON(t, b.c) != before {
				t.Error("a refused answer changed the case")
			}
			w := b.work(path.second)
			if path.role != "" {
				w.By.Roles = []access.Role{path.role}
			}
			if err := Take(b.c, step, path.answer, w); err != nil {
				t.Errorf("nor by somebody else: %v", err)
			}
		})
	}
}

// By construction: a step that answers for somebody else's act stands in the test above.
func TestEveryStepThatDecidesOnAnothersActNeedsASecondPerson(t *testing.T) {
	known := map[string]bool{}
	for name := range secondPersons() {
		known[stepName(name)] = true
	}
	for _, info := range Steps() {
		if _, decides := info.New().(Decides); decides && !known[info.Name] {
			t.Errorf("%s answers what somebody did, and nobody tried to do both", info.Name)
		}
	}
}

// Rule 2: what somebody proposes under a legal duty, again and again and to whomever, releases nothing until another agrees;
// a proposal of one's own does not pass as the answer to another's.
func TestTwoProposalsOfOnePersonApproveNeither(t *testing.T) {
	b := newBench(t, "coe", Adult)
	for range 2 {
		b.does("ngo", "propose-override", &ProposeOverride{Ground: "legal_duty", Provision: "Act, s. 1", Reason: "r",
			Recipient: b.org["authority"], Data: dataSet{"identity"}, Days: 30})
	}
	if got := consent.Released(nil, b.c.Overrides, b.org["authority"], b.now); got != 0 {
		t.Errorf("released: %v", got)
	}
	for i := range b.c.Overrides { // a document in which one person stands twice releases nothing either
		o := &b.c.Overrides[i]
		o.ApprovedAt, o.ApprovedBy = b.now, o.ProposedBy
	}
	if got := consent.Released(nil, b.c.Overrides, b.org["authority"], b.now); got != 0 {
		t.Errorf("released by the same person twice: %v", got)
	}
	for i := range b.c.Overrides {
		b.c.Overrides[i].ApprovedBy = ident.ID{}
	}
	if got := consent.Released(nil, b.c.Overrides, b.org["authority"], b.now); got != 0 {
		t.Errorf("released by nobody: %v", got)
	}
}

// stepName takes off what tells two paths of one step apart.
func stepName(name string) string {
	if name == "approve-override afterwards" {
		return "approve-override"
	}
	return name
}

func inJSON(t *testing.T, c *Case) string {
	t.Helper()
	b, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
