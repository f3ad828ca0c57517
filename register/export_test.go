package register

import (
	"time"

	"palermo/exchange"
)

// Forged is the body of a card as a peer might make it.
func Forged(version uint64, published time.Time, c Content) ([]byte, error) {
	return exchange.Encode(message{Version: version, Published: exchange.At(published), Content: c})
}
