package line

import (
	"crypto/sha256"
	"crypto/subtle"
	"fmt"
	"net/http"

	"github.com/dunglas/httpsfv"

	"palermo/exchange"
)

// contentDigest is the field value for the content (RFC 9530, 2).
func contentDigest(content []byte) (string, error) {
	sum := sha256.Sum256(content)
	d := httpsfv.NewDictionary()
	d.Add("sha-256", httpsfv.NewItem(sum[:]))
	return httpsfv.Marshal(d)
}

// checkDigest holds the content against the field. Algorithms that are not
// asked for are passed over, as the RFC has it; SHA-256 must be there.
func checkDigest(h http.Header, content []byte) error {
	d, err := httpsfv.UnmarshalDictionary(h.Values("Content-Digest"))
	if err != nil {
		return fmt.Errorf("content-digest: %w: %w", exchange.ErrMalformed, err)
	}
	member, _ := d.Get("sha-256")
	item, ok := member.(httpsfv.Item)
	if !ok {
		return fmt.Errorf("content-digest without sha-256: %w", exchange.ErrMalformed)
	}
	given, ok := item.Value.([]byte)
	sum := sha256.Sum256(content)
	if !ok || subtle.ConstantTimeCompare(given, sum[:]) != 1 {
		return fmt.Errorf("content-digest: %w", exchange.ErrDoesNotOpen)
	}
	return nil
}
