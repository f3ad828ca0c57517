package abroad

import (
	"encoding/binary"
	"net"
	"strings"
	"sync"
)

// relay stands on the line before a node, as whoever runs the network would:
// it carries bytes both ways and keeps them all.
type relay struct {
	node     string
	target   string
	listener net.Listener

	mu    sync.Mutex
	lines []*heard
	open  map[net.Conn]bool
}

// heard is one connection: what went each way, in the order in which it went.
type heard struct {
	parts []part
}

type part struct {
	in    bool // towards the node
	bytes []byte
}

// listen stands before a node whose address is https://host:port.
func listen(node, address string) (*relay, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	r := &relay{node: node, target: strings.TrimPrefix(address, "https://"), listener: l, open: map[net.Conn]bool{}}
	go r.serve()
	return r, nil
}

func (r *relay) url() string { return "https://" + r.listener.Addr().String() }

func (r *relay) close() {
	_ = r.listener.Close() // nothing depends on it any more
	r.mu.Lock()
	defer r.mu.Unlock()
	for c := range r.open {
		_ = c.Close() // likewise
	}
}

func (r *relay) serve() {
	for {
		from, err := r.listener.Accept()
		if err != nil {
			return // closed
		}
		to, err := net.Dial("tcp", r.target)
		if err != nil {
			_ = from.Close() // the node is down: whoever called learns just that
			continue
		}
		h := &heard{}
		r.mu.Lock()
		r.lines = append(r.lines, h)
		r.open[from], r.open[to] = true, true
		r.mu.Unlock()
		go r.carry(h, from, to, true)
		go r.carry(h, to, from, false)
	}
}

func (r *relay) carry(h *heard, from, to net.Conn, in bool) {
	buffer := make([]byte, 32<<10)
	for {
		n, err := from.Read(buffer)
		if n > 0 {
			r.mu.Lock()
			h.parts = append(h.parts, part{in, append([]byte(nil), buffer[:n]...)})
			r.mu.Unlock()
			if _, err := to.Write(buffer[:n]); err != nil {
				break
			}
		}
		if err != nil {
			break
		}
	}
	_, _ = from.Close(), to.Close() // whichever end was first
}

// all is everything that was heard, connection by connection and each way by itself.
func (r *relay) all() []byte {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []byte
	for _, h := range r.lines {
		for _, in := range []bool{true, false} {
			all = append(all, h.way(in)...)
		}
	}
	return all
}

func (h *heard) way(in bool) []byte {
	var all []byte
	for _, p := range h.parts {
		if p.in == in {
			all = append(all, p.bytes...)
		}
	}
	return all
}

// turns gives the lengths of what was said before the other end answered, as
// somebody who cannot read it would count: the content of TLS records of
// application data (RFC 8446, section 5.1), without handshakes.
func (r *relay) turns(in bool) []int {
	r.mu.Lock()
	defer r.mu.Unlock()
	var lengths []int
	for _, h := range r.lines {
		var rest [2][]byte // of a record that has not ended
		sum, last := 0, false
		for _, p := range h.parts {
			way := 0
			if p.in {
				way = 1
			}
			if p.in != last && last == in && sum > 0 {
				lengths, sum = append(lengths, sum), 0
			}
			last = p.in
			rest[way] = append(rest[way], p.bytes...)
			n := 0
			n, rest[way] = records(rest[way])
			if p.in == in {
				sum += n
			}
		}
		if sum > 0 {
			lengths = append(lengths, sum)
		}
	}
	return lengths
}

// records adds up the whole records of application data at the beginning, and gives what is left.
func records(b []byte) (sum int, rest []byte) {
	const head, applicationData = 5, 23
	for len(b) >= head {
		n := int(binary.BigEndian.Uint16(b[3:]))
		if len(b) < head+n {
			break
		}
		if b[0] == applicationData {
			sum += n
		}
		b = b[head+n:]
	}
	return sum, b
}
