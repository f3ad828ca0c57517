package casework

import (
	"testing"

	"palermo/fault"
)

// What was handed over can be found again: which text, in which language, in which version (row 7b).
func TestABriefingSaysWhatWasHandedOver(t *testing.T) {
	b := newBench(t, "it", Adult)
	b.does("ngo", "explain-rights", &ExplainRights{Language: "bin", Items: []Right{"choice"}})
	if b.c.Briefings[0].Text != (BriefingText{}) {
		t.Error("nothing was handed over, and a text is recorded")
	}
	b.refused(fault.CodeInvalid, "ngo", "explain-rights", &ExplainRights{Language: "bin", Items: []Right{"choice"}, HandedOver: true}) // English does not stand in
	b.does("ngo", "explain-rights", &ExplainRights{Language: "bin", Items: []Right{"choice"}, HandedOver: true, In: "fr"})
	if got := b.c.Briefings[1].Text; got.Profile != "it" || got.Language != "fr" || got.Version != b.profile.BriefingVersion("fr") {
		t.Errorf("%+v", got)
	}
	before := b.profile.BriefingVersion("fr")
	if before == b.profile.BriefingVersion("en") {
		t.Error("two languages have one version")
	}
	b.profile.Rights.Items[0].Text["fr"] += "."
	if before == b.profile.BriefingVersion("fr") {
		t.Error("a changed text keeps its version")
	}
}

// Rule 8: the briefing names the booking, never who interprets; and nobody whom the person refused.
func TestABriefingNamesTheBookingOnly(t *testing.T) {
	b := newBench(t, "coe", Adult)
	book := b.booking(AskInterpreter{Language: "ti"})
	s := &ExplainRights{Language: "ti", Items: []Right{"choice"}, Booking: b.c.Interpreting[0].ID}
	b.refused(fault.CodeInvalid, "ngo", "explain-rights", s)
	b.does("ngo", "book-interpreter", book)
	b.does("ngo", "explain-rights", s)
	if !b.c.Briefings[0].Fields.Interpreted {
		t.Error("an interpreter helped, and the briefing does not say so")
	}
	e := b.c.Briefings[0].entry()
	for _, f := range e.Fields {
		if f.Value == book.found.Name || f.Value == book.found.Member.String() {
			t.Error("the briefing names the interpreter")
		}
	}
	b.does("ngo", "refuse-interpreter", &RefuseInterpreter{})
	b.refused(fault.CodeInvalid, "ngo", "explain-rights", s)
}
