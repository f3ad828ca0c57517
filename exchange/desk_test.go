package exchange_test

import (
	"errors"
	"testing"
	"time"

	. "palermo/exchange"
	"palermo/exchange/exchangetest"
)

// desk is Nigeria's, in a world whose first node is Italy.
func newDesk(t testing.TB) (*exchangetest.World, *Desk, *exchangetest.Memory, *time.Time) {
	w, memory, now := threeNodes(t), exchangetest.NewMemory(), exchangetest.Noon
	return w, &Desk{Inbox: memory, Keys: w.Nodes[1], Trust: func() *Trust { return w.Trust }, Now: func() time.Time { return now }}, memory, &now
}

func seal(t testing.TB, w *exchangetest.World, m Signed) Sealed {
	t.Helper()
	n, err := w.Trust.Node("ng-focal", exchangetest.Noon)
	if err != nil {
		t.Fatal(err)
	}
	s, err := m.Seal(n)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestACopyGetsTheStoredReceipt(t *testing.T) {
	w, desk, memory, now := newDesk(t)
	m := w.Message(t, 0, 1, 0, *now, time.Hour)
	first, err := desk.Receive(t.Context(), "it-focal", seal(t, w, m))
	if err != nil {
		t.Fatal(err)
	}
	*now = now.Add(2 * time.Hour) // also after the deadline: it is stored, and its sender may not know it
	second, err := desk.Receive(t.Context(), "it-focal", seal(t, w, m))
	if err != nil || string(first) != string(second) {
		t.Errorf("another receipt: %v", err)
	}
	if s := memory.In[exchangetest.Key{From: "it-focal", ID: exchangetest.ID(0, 0)}]; s.Effects != 1 {
		t.Errorf("acted on %d times", s.Effects)
	}
}

func TestAnotherMessageUnderAKnownIDIsAnAlarm(t *testing.T) {
	w, desk, memory, now := newDesk(t)
	if _, err := desk.Receive(t.Context(), "it-focal", seal(t, w, w.Message(t, 0, 1, 0, *now, time.Hour))); err != nil {
		t.Fatal(err)
	}
	_, err := desk.Receive(t.Context(), "it-focal", seal(t, w, w.Message(t, 0, 1, 0, *now, 2*time.Hour)))
	if !errors.Is(err, ErrAlteredCopy) || len(memory.Turned) != 1 || memory.Turned[0].ID != exchangetest.ID(0, 0) {
		t.Errorf("%v, journalled %+v", err, memory.Turned)
	}
}

func TestTwoSendersMayUseOneID(t *testing.T) {
	w, desk, memory, now := newDesk(t)
	for from, name := range map[int]string{0: "it-focal", 2: "secretariat"} {
		o := w.Object(from, 1, 0, *now, time.Hour)
		o.ID = exchangetest.ID(9, 9)
		m, err := Sign(o, w.Nodes[from])
		if err != nil {
			t.Fatal(err)
		}
		if _, err := desk.Receive(t.Context(), name, seal(t, w, m)); err != nil {
			t.Error(err)
		}
	}
	if len(memory.In) != 2 {
		t.Errorf("%d stored", len(memory.In))
	}
}

func TestOnALineOnlyTheSenderBringsItsMessage(t *testing.T) {
	w, desk, memory, now := newDesk(t)
	s := seal(t, w, w.Message(t, 0, 1, 0, *now, time.Hour))
	_, err := desk.Receive(t.Context(), "secretariat", s)
	if !errors.Is(err, ErrOtherCarrier) || len(memory.In) != 0 {
		t.Error(err)
	}
	if _, err := desk.File(t.Context(), s); err != nil { // by hand, whoever carries it
		t.Error(err)
	}
}

func TestWhatIsSettledStaysSettled(t *testing.T) {
	w, desk, memory, now := newDesk(t)
	late := seal(t, w, w.Message(t, 0, 1, 0, *now, time.Hour))
	*now = now.Add(61 * time.Minute)
	_, err := desk.Receive(t.Context(), "it-focal", late)
	if !errors.Is(err, ErrDeadlinePassed) {
		t.Error(err)
	}
	*now = now.Add(-30 * time.Minute) // the clock is set back
	_, err = desk.Receive(t.Context(), "it-focal", late)
	if !errors.Is(err, ErrNeverStored) {
		t.Errorf("its sender was told that it is not stored; now: %v", err)
	}

	asked := w.Message(t, 0, 1, 1, *now, time.Hour)
	awaited, err := asked.Awaited()
	if err != nil {
		t.Fatal(err)
	}
	_, err = desk.Asked(t.Context(), "it-focal", awaited)
	if !errors.Is(err, ErrNeverStored) {
		t.Error(err)
	}
	_, err = desk.Receive(t.Context(), "it-focal", seal(t, w, asked)) // a copy that was under way
	if !errors.Is(err, ErrNeverStored) {
		t.Error(err)
	}
	for key, s := range memory.In {
		if !s.Closed {
			t.Errorf("%s is stored", key.ID)
		}
	}
}

func TestOnlyTheSenderAsksAfterItsMessage(t *testing.T) {
	w, desk, memory, now := newDesk(t)
	awaited, err := w.Message(t, 0, 1, 0, *now, time.Hour).Awaited()
	if err != nil {
		t.Fatal(err)
	}
	_, err = desk.Asked(t.Context(), "secretariat", awaited)
	if !errors.Is(err, ErrOtherCarrier) || len(memory.In) != 0 {
		t.Errorf("somebody else closed it: %v", err)
	}
	awaited.By = "it-focal"
	_, err = desk.Asked(t.Context(), "it-focal", awaited)
	if !errors.Is(err, ErrNotForUs) {
		t.Error(err)
	}
}

// No refusal without an entry in the journal; if that fails, it is no refusal.
func TestNothingIsRefusedInSilence(t *testing.T) {
	w, desk, memory, _ := newDesk(t)
	bad := seal(t, w, w.Message(t, 0, 1, 0, exchangetest.Noon, time.Hour))
	bad[len(bad)-1] ^= 1
	_, err := desk.Receive(t.Context(), "it-focal", bad)
	if !errors.Is(err, ErrDoesNotOpen) || len(memory.Turned) != 1 || memory.Turned[0].Carrier != "it-focal" {
		t.Errorf("%v, journalled %+v", err, memory.Turned)
	}
	memory.Fault = func(bool) error { return exchangetest.ErrFull }
	_, err = desk.Receive(t.Context(), "it-focal", bad)
	if Reason(err) != "unavailable" || !Passes(err) {
		t.Errorf("the journal is full, and the sender hears %q", Reason(err))
	}
}

func TestADiskThatIsFullMakesNoReceipt(t *testing.T) {
	w, desk, memory, now := newDesk(t)
	memory.Fault = func(bool) error { return exchangetest.ErrFull }
	r, err := desk.Receive(t.Context(), "it-focal", seal(t, w, w.Message(t, 0, 1, 0, *now, time.Hour)))
	if r != nil || !Passes(err) || Settles(err) {
		t.Errorf("%x %v", r, err)
	}
}
