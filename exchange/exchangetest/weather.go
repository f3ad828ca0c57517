package exchangetest

import (
	"errors"
	"math/rand/v2"
	"sync"

	"palermo/exchange"
)

// What a write meets: it is not done, or done and nobody hears of it.
var (
	ErrDied = errors.New("the program died")
	ErrFull = errors.New("no space left on device")
)

// Weather is all that may befall lines and programs, from one seed, so that
// what was found once is found again.
type Weather struct {
	*rand.Rand
	Calm bool // nothing goes wrong any more
	cut  map[[2]string]bool
	late []func() // copies still on their way
}

// NewWeather is the weather of a seed.
func NewWeather(seed uint64) *Weather {
	return &Weather{Rand: Random(seed), cut: map[[2]string]bool{}}
}

// Chance is true in so many of a hundred cases, and never when it is calm.
func (w *Weather) Chance(percent int) bool { return !w.Calm && w.IntN(100) < percent }

// Cut cuts a line in one direction, or mends it.
func (w *Weather) Cut(from, to string, cut bool) { w.cut[[2]string{from, to}] = cut }

// Clear ends what goes wrong, but for the copies that are on their way.
func (w *Weather) Clear() { w.Calm, w.cut = true, map[[2]string]bool{} }

// Arrive lets a late copy come, any of them: so they overtake each other. It is false when there is none.
func (w *Weather) Arrive() bool {
	if len(w.late) == 0 {
		return false
	}
	i := w.IntN(len(w.late))
	arrives := w.late[i]
	w.late = append(w.late[:i], w.late[i+1:]...)
	arrives()
	return true
}

// Travel is the way to another node and back: lost, late, doubled, with a receipt that is lost.
func (w *Weather) Travel(from, to *Program, m exchange.Signed, arrives func() (exchange.SignedReceipt, error)) (exchange.SignedReceipt, error) {
	if w.cut[[2]string{from.Name, to.Name}] || from.Down || to.Down || w.Chance(10) {
		return nil, exchange.ErrNoAnswer
	}
	if w.Chance(10) { // a copy comes later, perhaps much later
		w.late = append(w.late, func() { _, _ = arrives() }) // nobody waits for the answer
	}
	if w.Chance(10) { // this one is late itself: the sender does not wait so long
		w.late = append(w.late, func() { _, _ = arrives() })
		return nil, exchange.ErrNoAnswer
	}
	if w.Chance(5) { // twice at once
		_, _ = arrives()
	}
	receipt, err := arrives()
	switch {
	case to.Down || from.Down || w.Chance(10):
		return nil, exchange.ErrNoAnswer
	case err != nil:
		return nil, exchange.FromReason(exchange.Reason(err))
	}
	awaited, err := m.Awaited()
	if err != nil {
		return nil, err
	}
	r, err := receipt.Read()
	awaited.StoredAt = r.StoredAt
	if err != nil || r != awaited {
		return nil, exchange.ErrWrongReceipt
	}
	return receipt, nil
}

// Program is one node's program and its disk.
type Program struct {
	Name    string
	Weather *Weather
	Down    bool
	Full    bool // its disk
	dies    int  // at which write from now; 0 never

	asked sync.Mutex // a program may write to both its databases at once
}

// Start begins it anew.
func (p *Program) Start() { p.Down, p.dies = false, 0 }

// Dies has it die around the nth write from now.
func (p *Program) Dies(n int) { p.dies = n }

// Fault is asked before each write and after it; an error before means that
// nothing is written, and one after that nobody hears that it was.
func (p *Program) Fault(after bool) error {
	p.asked.Lock()
	defer p.asked.Unlock()
	switch {
	case p.Weather.Calm:
		return nil
	case p.Down:
		return ErrDied
	case p.Full && !after:
		return ErrFull
	}
	if p.dies > 0 {
		p.dies--
		if p.dies == 0 {
			p.Down = true
			return ErrDied
		}
	}
	return nil
}
