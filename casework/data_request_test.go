package casework

import (
	"slices"
	"testing"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
)

// dueOn gives when a duty of the case is due.
func (b *bench) dueOn(name string) (time.Time, bool) {
	for _, d := range duties(b.c, b.profile, b.org["focal"]) {
		if d.Name == name {
			return d.Due, true
		}
	}
	return time.Time{}, false
}

func (b *bench) answers(r DataRequest, a dataAnswer, provision, complain string) *AnswerDataRequest {
	return &AnswerDataRequest{Request: r.ID, Answer: a, Done: "d", Provision: provision, Complain: complain, Told: true}
}

func TestARequestAboutDataIsAnsweredByItsClockAlsoWhenTheCaseIsClosed(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("lawyer", "ask-about-data", &AskAboutData{Wish: "see", What: "all of it"})
	first, running := b.dueOn("answer_data_request")
	if !running {
		t.Fatal("no clock runs")
	}
	b.now = b.now.AddDate(0, 0, 10)
	b.does("ngo", "ask-about-data", &AskAboutData{Wish: "correct", What: "the date of birth"})
	if due, _ := b.dueOn("answer_data_request"); !due.Equal(first) {
		t.Errorf("a second request puts the first off: %s, then %s", first, due)
	}
	b.does("ngo", "close", &Close{Reason: "wish", Note: "n", Informed: true})
	if _, running := b.dueOn("answer_data_request"); !running {
		t.Error("closing the case stopped the clock")
	}
	b.refused(fault.CodeConflict, "lawyer", "answer-data-request", b.answers(b.c.DataRequests[0], "done", "", ""))
	b.does("ngo", "answer-data-request", b.answers(b.c.DataRequests[0], "done", "", ""))
	if due, running := b.dueOn("answer_data_request"); !running || !due.After(first) {
		t.Errorf("the second request is due %s, %t", due, running)
	}
	b.does("ngo", "answer-data-request", b.answers(b.c.DataRequests[1], "done", "", ""))
	if _, running := b.dueOn("answer_data_request"); running {
		t.Error("due after every answer")
	}
}

func TestARefusalNamesItsProvisionAndHowToComplain(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "ask-about-data", &AskAboutData{Wish: "erase", What: "all of it"})
	r := b.c.DataRequests[0]
	for _, a := range []dataAnswer{"refused", "partly"} {
		b.refused(fault.CodeInvalid, "ngo", "answer-data-request", b.answers(r, a, "", "the data protection authority"))
		b.refused(fault.CodeInvalid, "ngo", "answer-data-request", b.answers(r, a, "Act 1, s. 2", ""))
	}
	untold := b.answers(r, "done", "", "")
	untold.Told = false
	b.refused(fault.CodeInvalid, "ngo", "answer-data-request", untold)
	b.does("ngo", "answer-data-request", b.answers(r, "refused", "Act 1, s. 2", "the data protection authority"))
}

// Rule 2.
func TestEachRecipientAnswersErasedOrRetainedUnderAProvision(t *testing.T) {
	b := newBench(t, "coe", Adult)
	b.does("ngo", "give-consent", Consenting("assistance", b.org["shelter"], []string{"identity"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[0].ID})
	if _, running := b.dueOn("ask_erasure"); !running {
		t.Fatal("nobody is told to ask the recipient")
	}
	b.does("ngo", "ask-to-erase", &AskToErase{Recipient: b.org["shelter"], What: "identity", How: "by letter"})
	if _, running := b.dueOn("ask_erasure"); !running {
		t.Error("the clock stops before everybody was asked")
	}
	b.does("ngo", "ask-to-erase", &AskToErase{Recipient: b.org["lawyer"], What: "identity", How: "by letter", All: true})
	if _, running := b.dueOn("ask_erasure"); running {
		t.Error("still due")
	}
	asked := b.c.ErasuresAsked[0].ID
	b.refused(fault.CodeInvalid, "ngo", "record-erasure-answer", &RecordErasureAnswer{Asked: asked, Answer: "retained"})
	b.does("ngo", "record-erasure-answer", &RecordErasureAnswer{Asked: asked, Answer: "retained", Provision: "Act 1, s. 2"})
	b.refused(fault.CodeInvalid, "ngo", "record-erasure-answer", &RecordErasureAnswer{Asked: asked, Answer: "erased"}) // answered
}

func TestALookIsKeptFromThePersonOnlyByAnOrderThatASecondPersonConfirmed(t *testing.T) {
	b := newBench(t, "coe", Adult)
	police := b.org["authority"]
	line := record.Line{Header: journal.Header{Organisation: police, Action: "look", Standing: []string{"police"}}}
	tells := func() bool {
		var v View
		delaysApart(&v, b.c, access.Decision{At: b.now})
		return len(looks(told([]record.Line{line}, access.Viewer{}, v.untold))) == 1
	}
	b.refused(fault.CodeInvalid, "authority", "delay-telling", &DelayTelling{Order: "o", Provision: "p", Reason: "r", Until: b.now.AddDate(1, 0, 0).Format(time.DateOnly)})
	b.does("authority", "delay-telling", &DelayTelling{Order: "o", Provision: "p", Reason: "r", Until: b.now.AddDate(0, 1, 0).Format(time.DateOnly)})
	if !tells() {
		t.Error("one person alone keeps a look back")
	}
	b.refused(fault.CodeConflict, "authority", "confirm-delay", &ConfirmDelay{Confirm: Yes})
	b.does("focal", "confirm-delay", &ConfirmDelay{Confirm: Yes})
	if tells() {
		t.Error("the order does not hold")
	}
	b.now = b.now.AddDate(0, 1, 1)
	if !tells() {
		t.Error("the order has no end")
	}
}

func TestWhatIsToldOfLooksNamesNoInterpreterAndNoComplaint(t *testing.T) {
	org := ident.ID{1}
	header := func(action, why string, standing ...string) record.Line {
		return record.Line{Header: journal.Header{Organisation: org, Name: "N", Action: action, Why: why, Standing: standing}}
	}
	lines := []record.Line{header("look", "", "interpreter"), header("complain", "", "lawyer"), header("look", "complain", "lawyer"),
		header("look", "", "complaints_body"), header("delay-telling", "", "police"), header("look", "", "case_worker"), header("look", "day", "case_worker")}
	got := looks(told(slices.Clone(lines), access.Viewer{}, nil))
	if len(got) != 1 || got[0].Roles[0] != "case_worker" || got[0].Times != 2 {
		t.Errorf("told: %+v", got)
	}
	all := told(lines, access.Viewer{Roles: []access.Role{access.Auditor}}, []ident.ID{org})
	if len(all) != len(lines) {
		t.Errorf("the auditor is told %d of %d", len(all), len(lines))
	}
}
