package register

import (
	"time"

	"palermo/exchange"
)

// Forged is the body of a card as a peer might make it.
func Forged(version uint64, published time.Time, c Content) ([]byte, error) {
	return exchange.Encode(message{Version: version, Published: exchange.At(published), Content: c})
}

// Kilometres between two places, for tests of distance.
var Kilometres = func(a, b [2]float64) int { return kilometres(coordinates{a[0], a[1]}, coordinates{b[0], b[1]}) }
