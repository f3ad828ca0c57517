package exchange_test

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"slices"
	"testing"
	"testing/synctest"
	"time"

	. "palermo/exchange"
	"palermo/exchange/exchangetest"
)

// lines is a Line whose answers a test chooses. It notes what was carried.
type lines struct {
	answer  func(to string, m Object) error
	carried []Object
	asked   []Receipt
	world   *exchangetest.World
}

func (l *lines) Carry(_ context.Context, to string, m Signed) (SignedReceipt, error) {
	o, err := m.Object()
	if err != nil {
		return nil, err
	}
	l.carried = append(l.carried, o)
	if err := l.answer(to, o); err != nil {
		return nil, err
	}
	return SignedReceipt("receipt"), nil
}

func (l *lines) Ask(_ context.Context, awaited Receipt) (SignedReceipt, error) {
	l.asked = append(l.asked, awaited)
	return nil, ErrNeverStored
}

type rig struct {
	*exchangetest.World
	memory  *exchangetest.Memory
	lines   *lines
	courier *Courier
	now     time.Time
}

func newRig(t testing.TB) *rig {
	r := &rig{World: threeNodes(t), memory: exchangetest.NewMemory(), now: exchangetest.Noon}
	r.lines = &lines{answer: func(string, Object) error { return nil }, world: r.World}
	r.courier = &Courier{Name: "it-focal", Outbox: r.memory, Line: r.lines, Now: func() time.Time { return r.now },
		Random: func() float64 { return 0.5 }, Backoff: Usual}
	return r
}

func (r *rig) add(t testing.TB, to, n int, due time.Duration) Signed {
	t.Helper()
	m := r.Message(t, 0, to, n, r.now, due)
	if err := r.memory.Add(m); err != nil {
		t.Fatal(err)
	}
	return m
}

func (r *rig) round(t testing.TB) {
	t.Helper()
	for more := true; more; {
		var err error
		more, err = r.courier.Round(t.Context())
		if err != nil {
			t.Fatal(err)
		}
	}
}

func TestTheEarliestDeadlineGoesFirst(t *testing.T) {
	r := newRig(t)
	for i, hours := range []int{5, 1, 9, 3, 7} {
		r.add(t, 1, i, time.Duration(hours)*time.Hour)
	}
	r.round(t)
	if !slices.IsSortedFunc(r.lines.carried, func(a, b Object) int { return int(a.Deadline - b.Deadline) }) || len(r.lines.carried) != 5 {
		t.Errorf("carried in the order of %v", r.lines.carried)
	}
}

func TestANodeThatIsDownCostsOneAttempt(t *testing.T) {
	r := newRig(t)
	down := true
	r.lines.answer = func(to string, _ Object) error {
		if down && to == "ng-focal" {
			return fmt.Errorf("dial: %w", ErrNoAnswer)
		}
		return nil
	}
	for i := range 50 {
		r.add(t, 1, i, time.Duration(100-i)*time.Hour)
	}
	r.add(t, 2, 99, time.Hour)
	r.round(t)
	if len(r.lines.carried) != 2 { // one to each node
		t.Fatalf("%d attempts", len(r.lines.carried))
	}
	r.round(t)
	if len(r.lines.carried) != 2 {
		t.Error("it is tried again at once")
	}
	down, r.now = false, r.now.Add(time.Minute)
	r.lines.carried = nil
	r.round(t)
	if !slices.IsSortedFunc(r.lines.carried, func(a, b Object) int { return int(a.Deadline - b.Deadline) }) || len(r.lines.carried) != 50 {
		t.Errorf("when it returns %d come, sorted: not", len(r.lines.carried))
	}
}

// One message that the other node cannot take must not keep back those behind it.
func TestOneMessageInTroubleHoldsUpNoOther(t *testing.T) {
	r := newRig(t)
	r.add(t, 1, 0, time.Hour)
	for i := range 3 {
		r.add(t, 1, i+1, 2*time.Hour)
	}
	r.lines.answer = func(_ string, o Object) error {
		if o.ID == exchangetest.ID(0, 0) {
			return ErrUnavailable
		}
		return nil
	}
	for range 20 {
		r.round(t)
		r.now = r.now.Add(time.Second)
	}
	for i := range 3 {
		if r.memory.Out[exchangetest.ID(0, i+1)].Receipt == nil {
			t.Errorf("message %d waits behind the one in trouble", i+1)
		}
	}
}

func TestAtTheDeadlineAPersonIsToldAndTheContentGoesNoMore(t *testing.T) {
	r := newRig(t)
	m := r.add(t, 1, 0, time.Hour)
	r.lines.answer = func(string, Object) error { return ErrNoAnswer }
	r.round(t)
	r.now = r.now.Add(61 * time.Minute)
	sent := len(r.lines.carried)
	r.round(t)
	id := exchangetest.ID(0, 0)
	if r.memory.Told[id] == 0 {
		t.Error("nobody was told")
	}
	if len(r.lines.carried) != sent {
		t.Error("the content was sent after its deadline")
	}
	if len(r.lines.asked) != 1 || r.lines.asked[0].Digest != m.Digest() {
		t.Errorf("asked %v", r.lines.asked)
	}
	if row := r.memory.Out[id]; !errors.Is(row.Failure, ErrNeverStored) {
		t.Errorf("it ended with %v", row.Failure)
	}
}

func TestARefusalForGoodIsToldAndNotRepeated(t *testing.T) {
	for _, reason := range []error{ErrConsentEnded, ErrUnknownKind, ErrRevokedNode, ErrAlteredCopy, ErrNotForUs} {
		r := newRig(t)
		r.add(t, 1, 0, time.Hour)
		r.lines.answer = func(string, Object) error { return reason }
		r.round(t)
		r.now = r.now.Add(30 * time.Minute)
		r.round(t)
		row := r.memory.Out[exchangetest.ID(0, 0)]
		if !errors.Is(row.Failure, reason) || r.memory.Told[row.ID] != 1 || len(r.lines.carried) != 1 {
			t.Errorf("%s: ended %v, told %d times, sent %d times", Reason(reason), row.Failure, r.memory.Told[row.ID], len(r.lines.carried))
		}
	}
}

func TestTheWaitGrowsAndIsSpread(t *testing.T) {
	for failures, want := range map[int]time.Duration{0: 2 * time.Second, 1: 4 * time.Second, 3: 16 * time.Second, 12: 5 * time.Minute, 1 << 20: 5 * time.Minute} {
		if least, most := Usual.After(failures, 0), Usual.After(failures, 0.9999); least != want/2 || most < want*9/10 || most > want {
			t.Errorf("after %d failures between %v and %v, want up to %v", failures, least, most, want)
		}
	}
}

// Forty thousand that wait for a dead node are not held in memory.
func TestWhatWaitsIsNotHeldInMemory(t *testing.T) {
	if testing.Short() {
		t.Skip("signs forty thousand messages")
	}
	r := newRig(t)
	for i := range 40_000 {
		r.add(t, 1, i, time.Hour)
	}
	r.lines.answer = func(string, Object) error { return ErrNoAnswer }
	memory := func() uint64 {
		var s runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&s)
		return s.HeapAlloc
	}
	before := memory()
	r.round(t)
	if after := memory(); after > before+1<<20 {
		t.Errorf("a round holds %d bytes", after-before)
	}
}

// The courier as it runs, eight at a time, in a world whose clock is the test's.
func TestTheCourierComesBackByItself(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		r := newRig(t)
		began := time.Now()
		r.courier.Now = func() time.Time { return exchangetest.Noon.Add(time.Since(began)) }
		r.courier.InFlight = 8
		r.courier.Line = answering{func() error {
			if time.Since(began) < 10*time.Minute {
				return ErrNoAnswer
			}
			return nil
		}}
		for i := range 300 {
			r.add(t, 1, i, time.Hour)
		}
		ctx, stop := context.WithCancel(t.Context())
		ended := make(chan struct{})
		go func() {
			r.courier.Run(ctx, nil, time.Second, func(err error) { t.Error(err) })
			close(ended)
		}()
		time.Sleep(16 * time.Minute) // no longer than the last wait, five minutes, after the node is back
		synctest.Wait()
		stop()
		<-ended
		for id, row := range r.memory.Out {
			if row.Receipt == nil {
				t.Fatalf("%s still waits", id)
			}
		}
	})
}

// answering is a line without memory, for many at once.
type answering struct{ answer func() error }

func (a answering) Carry(context.Context, string, Signed) (SignedReceipt, error) {
	return SignedReceipt("receipt"), a.answer()
}

func (a answering) Ask(context.Context, Receipt) (SignedReceipt, error) { return nil, a.answer() }

// A node whose journal cannot be published sends emergencies and nothing else, and all of it afterwards.
func TestAHeldCourierCarriesEmergenciesAlone(t *testing.T) {
	r, held := newRig(t), true
	r.courier.Held, r.courier.Batch = func() bool { return held }, 2
	for i := range 5 {
		r.add(t, 1, i, time.Duration(i+1)*time.Hour)
	}
	r.memory.Out[exchangetest.ID(0, 4)].Emergency = true
	r.round(t)
	if len(r.lines.carried) != 1 || r.lines.carried[0].ID != exchangetest.ID(0, 4) {
		t.Errorf("held, it carried %v", r.lines.carried)
	}
	held = false
	r.round(t)
	if len(r.lines.carried) != 5 {
		t.Errorf("afterwards it had carried %d", len(r.lines.carried))
	}
}
