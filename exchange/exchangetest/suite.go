package exchangetest

import (
	"errors"
	"slices"
	"testing"
	"time"

	"palermo/exchange"
	"palermo/ident"
)

// Boxes is what a store of an outbox and an inbox offers to its test.
type Boxes interface {
	exchange.Outbox
	exchange.Inbox
	// Add puts a message into the outbox; Withdraw takes it back.
	Add(exchange.Signed) error
	Withdraw(ident.ID) error
}

// Suite holds boxes to what the courier and the desk rely on. Open gives empty
// boxes of the world's first node, which the second one also writes to.
func Suite(t *testing.T, open func(*testing.T, *World) Boxes) {
	world := func(t *testing.T) *World {
		return NewWorld(t, Pinned{Name: "it-focal", State: "IT"}, Pinned{Name: "ng-focal", State: "NG"}, Pinned{Name: "secretariat"})
	}
	t.Run("OutboxGivesTheEarliestDeadlineFirst", func(t *testing.T) { w := world(t); outboxOrder(t, w, open(t, w)) })
	t.Run("OutboxForgetsNothingButWhatHasEnded", func(t *testing.T) { w := world(t); outboxEnds(t, w, open(t, w)) })
	t.Run("OutboxAsksAfterWhatIsLate", func(t *testing.T) { w := world(t); outboxLate(t, w, open(t, w)) })
	t.Run("InboxStoresOnce", func(t *testing.T) { w := world(t); inboxOnce(t, w, open(t, w)) })
	t.Run("InboxStoresNothingUnderAClosedID", func(t *testing.T) { w := world(t); inboxClosed(t, w, open(t, w)) })
}

func check(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func want(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func ready(t *testing.T, b Boxes, to string, now time.Time, limit int) []exchange.Waiting {
	t.Helper()
	rows, err := b.Ready(t.Context(), to, exchange.At(now), limit)
	check(t, err)
	return rows
}

func outboxOrder(t *testing.T, w *World, b Boxes) {
	for i, hours := range []int{3, 1, 2} {
		check(t, b.Add(w.Message(t, 0, 1, i, Noon, time.Duration(hours)*time.Hour)))
	}
	check(t, b.Add(w.Message(t, 0, 2, 3, Noon, time.Minute)))
	peers, err := b.Peers(t.Context())
	check(t, err)
	if !slices.Equal(slices.Sorted(slices.Values(peers)), []string{"ng-focal", "secretariat"}) {
		t.Errorf("peers %v", peers)
	}
	rows := ready(t, b, "ng-focal", Noon, 2)
	if len(rows) != 2 || rows[0].ID != ID(0, 1) || rows[1].ID != ID(0, 2) {
		t.Errorf("ready %v", rows)
	}
	m, err := b.Load(t.Context(), rows[0].ID)
	check(t, err)
	if m.Digest() != rows[0].Digest {
		t.Error("the row has another digest than its message")
	}
	check(t, b.Postponed(t.Context(), rows[0].ID, 1, exchange.At(Noon.Add(time.Minute)), exchange.ErrUnavailable))
	if rows := ready(t, b, "ng-focal", Noon, 1); rows[0].ID != ID(0, 2) {
		t.Error("a row that waits is tried at once")
	}
	if rows := ready(t, b, "ng-focal", Noon.Add(time.Minute), 1); rows[0].ID != ID(0, 1) || rows[0].Attempts != 1 {
		t.Errorf("after its wait: %v", rows)
	}
}

func outboxEnds(t *testing.T, w *World, b Boxes) {
	for i := range 3 {
		check(t, b.Add(w.Message(t, 0, 1, i, Noon, time.Hour)))
	}
	check(t, b.Delivered(t.Context(), ID(0, 0), receiptOf(t, w, w.Message(t, 0, 1, 0, Noon, time.Hour), 1)))
	check(t, b.Failed(t.Context(), ID(0, 1), exchange.ErrUnknownKind, exchange.At(Noon)))
	if rows := ready(t, b, "ng-focal", Noon.Add(24*time.Hour), 9); len(rows) != 1 || rows[0].ID != ID(0, 2) {
		t.Errorf("left %v", rows)
	}
}

func outboxLate(t *testing.T, w *World, b Boxes) {
	for i := range 2 {
		check(t, b.Add(w.Message(t, 0, 1, i, Noon, time.Duration(i+1)*time.Hour)))
	}
	late := exchange.At(Noon.Add(90 * time.Minute))
	rows, err := b.Overdue(t.Context(), late, 9)
	check(t, err)
	if len(rows) != 1 || rows[0].ID != ID(0, 0) || rows[0].Ask {
		t.Fatalf("overdue %v", rows)
	}
	check(t, b.Late(t.Context(), ID(0, 0), late))
	rows, err = b.Overdue(t.Context(), late, 9)
	check(t, err)
	if len(rows) != 0 {
		t.Error("a person is told twice")
	}
	check(t, b.Withdraw(ID(0, 1)))
	for _, row := range ready(t, b, "ng-focal", Noon.Add(90*time.Minute), 9) {
		if !row.Ask {
			t.Errorf("%s would be sent, late or taken back", row.ID)
		}
	}
	_, err = b.Load(t.Context(), ID(0, 1))
	want(t, err, exchange.ErrWithdrawn)
}

func opened(t *testing.T, m exchange.Signed) exchange.Opened {
	t.Helper()
	o, err := m.Object()
	check(t, err)
	return exchange.Opened{Object: o, Signed: m, Digest: m.Digest()}
}

func receiptOf(t *testing.T, w *World, m exchange.Signed, by int) exchange.SignedReceipt {
	t.Helper()
	r, err := exchange.NewReceipt(opened(t, m), w.Nodes[by], Noon)
	check(t, err)
	return r
}

func inboxOnce(t *testing.T, w *World, b Boxes) {
	_, err := b.Find(t.Context(), "ng-focal", ID(1, 0))
	want(t, err, exchange.ErrNeverStored)
	m := w.Message(t, 1, 0, 0, Noon, time.Hour)
	r := receiptOf(t, w, m, 0)
	check(t, b.Store(t.Context(), opened(t, m), r))
	other := w.Message(t, 1, 0, 0, Noon, 2*time.Hour)
	want(t, b.Store(t.Context(), opened(t, other), receiptOf(t, w, other, 0)), exchange.ErrAlteredCopy)
	want(t, b.Store(t.Context(), opened(t, m), r), exchange.ErrAlteredCopy)
	want(t, b.Close(t.Context(), "ng-focal", ID(1, 0), exchange.At(Noon)), exchange.ErrAlteredCopy)
	e, err := b.Find(t.Context(), "ng-focal", ID(1, 0))
	check(t, err)
	if e.Digest != m.Digest() || !slices.Equal(e.Receipt, r) || e.Closed {
		t.Errorf("found %+v", e)
	}
	_, err = b.Find(t.Context(), "secretariat", ID(1, 0))
	want(t, err, exchange.ErrNeverStored)
}

func inboxClosed(t *testing.T, w *World, b Boxes) {
	m := w.Message(t, 1, 0, 0, Noon, time.Hour)
	check(t, b.Close(t.Context(), "ng-focal", ID(1, 0), exchange.At(Noon)))
	e, err := b.Find(t.Context(), "ng-focal", ID(1, 0))
	check(t, err)
	if !e.Closed {
		t.Error("it is not closed")
	}
	want(t, b.Store(t.Context(), opened(t, m), receiptOf(t, w, m, 0)), exchange.ErrAlteredCopy)
}
