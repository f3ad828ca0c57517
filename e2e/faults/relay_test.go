package faults

import (
	"io"
	"net"
	"sync"
	"testing"
	"time"
)

// relay is the way to a node's line. It can hold back what it carries, be slow, or break off.
type relay struct {
	listener net.Listener
	to       string

	mu    sync.Mutex
	open  chan struct{} // closed while it carries
	delay time.Duration
	conns map[net.Conn]bool
}

func startRelay(t *testing.T, at, to string) *relay {
	t.Helper()
	l, err := net.Listen("tcp", at)
	if err != nil {
		t.Fatal(err)
	}
	r := &relay{listener: l, to: to, open: make(chan struct{}), conns: map[net.Conn]bool{}}
	close(r.open)
	go r.accept()
	t.Cleanup(func() {
		_ = l.Close() // the test is over
		r.heal()
		r.reset()
	})
	return r
}

func (r *relay) address() string { return r.listener.Addr().String() }

func (r *relay) accept() {
	for {
		from, err := r.listener.Accept()
		if err != nil {
			return
		}
		go r.carry(from)
	}
}

func (r *relay) carry(from net.Conn) {
	r.pass()
	to, err := net.DialTimeout("tcp", r.to, 10*time.Second)
	if err != nil {
		_ = from.Close() // the node is down: so the caller sees it
		return
	}
	r.mu.Lock()
	r.conns[from], r.conns[to] = true, true
	r.mu.Unlock()
	ended := make(chan struct{}, 2)
	for _, way := range [][2]net.Conn{{from, to}, {to, from}} {
		go func() {
			r.copy(way[1], way[0])
			ended <- struct{}{}
		}()
	}
	<-ended
	r.mu.Lock()
	delete(r.conns, from)
	delete(r.conns, to)
	r.mu.Unlock()
	_, _ = from.Close(), to.Close() // one way has ended, so has the other
}

func (r *relay) copy(to io.Writer, from io.Reader) {
	piece := make([]byte, 4<<10)
	for {
		n, err := from.Read(piece)
		r.pass()
		if n > 0 {
			if _, err := to.Write(piece[:n]); err != nil {
				return
			}
		}
		if err != nil {
			return
		}
	}
}

// pass waits as long as the line is held or slow.
func (r *relay) pass() {
	r.mu.Lock()
	open, delay := r.open, r.delay
	r.mu.Unlock()
	time.Sleep(delay)
	<-open
}

// hold has nothing pass, and nobody told.
func (r *relay) hold() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.open = make(chan struct{})
}

// slow delays each piece of what passes.
func (r *relay) slow(by time.Duration) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.delay = by
}

// heal makes it a good line again.
func (r *relay) heal() {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.delay = 0
	select {
	case <-r.open:
	default:
		close(r.open)
	}
}

// reset breaks off what is under way.
func (r *relay) reset() {
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.conns {
		if tcp, ok := c.(*net.TCPConn); ok {
			_ = tcp.SetLinger(0) // a reset, not an end
		}
		_ = c.Close()
	}
}
