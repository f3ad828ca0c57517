package cooperation_test

import (
	"context"
	"testing"

	"palermo/casework"
	"palermo/cooperation"
	"palermo/exchange"
)

// What goes out also while the journal cannot be published: what cannot wait, and what ends something.
func TestWhatIsUrgentAndWhatEndsSomethingIsAnEmergency(t *testing.T) {
	w := newWorld(t, sqlite)
	it := w.places["it"]
	start := cooperation.Start{Type: "enquiry", Recipient: it.org["at ng"]}
	waits := func() map[bool]int {
		rows, err := it.desk.Outbox().Ready(context.Background(), "ng", exchange.At(w.now.AddDate(0, 0, 1)), 100)
		must(t, err)
		count := map[bool]int{}
		for _, r := range rows {
			count[r.Emergency]++
		}
		return count
	}
	calm, err := it.desk.Begin(context.Background(), it.focal(), start, &cooperation.Enquire{Topic: "law", Question: "Which form?"})
	must(t, err)
	if c := waits(); c[true] != 0 || c[false] != 1 {
		t.Errorf("a calm question: %v", c)
	}
	_, err = it.desk.Begin(context.Background(), it.focal(), start, &cooperation.Enquire{Topic: "law", Question: "Which form?", Urgent: true})
	must(t, err)
	if c := waits(); c[true] != 1 {
		t.Errorf("an urgent one: %v", c)
	}
	w.act("it", it.focal(), calm, "withdraw", &cooperation.Withdraw{})
	if c := waits(); c[true] != 2 || c[false] != 1 {
		t.Errorf("a withdrawal: %v", c)
	}
	id := w.person(casework.Adult)
	p := w.proposed(id, "at ng", "ng")
	w.allow(id, "at ng", "assistance", "identity")
	w.act("it", it.ngo(), p, "send-details", &cooperation.SendDetails{Told: true})
	before := waits()
	w.withdraw(id)
	if c := waits(); c[true] != before[true]+1 {
		t.Errorf("a request to erase: %v, before it %v", c, before)
	}
}
