package country

import (
	"crypto/sha256"
	"encoding/binary"
)

// lots gives numbers that follow from a seed alone: the first eight bytes of
// SHA-256 over the seed and a counter, both as eight bytes, big-endian. Whoever
// doubts a draw can make them again with any tool.
type lots struct{ seed, counter uint64 }

func (l *lots) next() uint64 {
	var b [16]byte
	binary.BigEndian.PutUint64(b[:8], l.seed)
	binary.BigEndian.PutUint64(b[8:], l.counter)
	l.counter++
	sum := sha256.Sum256(b[:])
	return binary.BigEndian.Uint64(sum[:8])
}

// below gives a number under n, each equally likely: what would favour the low ones is thrown away.
func (l *lots) below(n int) int {
	fair := ^uint64(0) - ^uint64(0)%uint64(n)
	for {
		if x := l.next(); x < fair {
			return int(x % uint64(n))
		}
	}
}

// shuffle puts a list into an order by lot.
func (l *lots) shuffle(list []int) {
	for i := len(list) - 1; i > 0; i-- {
		j := l.below(i + 1)
		list[i], list[j] = list[j], list[i]
	}
}
