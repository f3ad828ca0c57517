package line

import (
	"crypto/ed25519"
	"encoding/base64"
	"net/http"
	"os"
	"strings"
	"testing"

	"palermo/exchange/exchangetest"
)

// The signed request that docs/protocol.md prints is the one that we make, and
// its signature holds over the base that it prints.
func TestTheSignedRequestIsAsPublished(t *testing.T) {
	doc, err := os.ReadFile("../../docs/protocol.md")
	if err != nil {
		t.Fatal(err)
	}
	seed := exchangetest.Secret(1)
	key := ed25519.NewKeyFromSeed(seed[:])
	content := []byte("made up")
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, "https://ng-focal.example:8443"+pathMessages, nil)
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", typeSealed)
	if err := sign(r, content, "it-focal", key, exchangetest.Noon); err != nil {
		t.Fatal(err)
	}
	text := unfolded(string(doc))
	for _, name := range []string{"Content-Digest", "Content-Length", "Signature-Input", "Signature"} {
		if line := name + ": " + r.Header.Get(name); !strings.Contains(text, line) {
			t.Errorf("docs/protocol.md lacks\n%s", line)
		}
	}
	_, base, _ := strings.Cut(text, "\n    \"@method\": POST\n")
	base, _, _ = strings.Cut("    \"@method\": POST\n"+base, "\n\n")
	base = strings.ReplaceAll(strings.TrimPrefix(base, "    "), "\n    ", "\n")
	signature, err := base64.StdEncoding.DecodeString(strings.Trim(strings.TrimPrefix(r.Header.Get("Signature"), "palermo="), ":"))
	if err != nil || !ed25519.Verify(key.Public().(ed25519.PublicKey), []byte(base), signature) {
		t.Errorf("the signature does not hold over the printed base (%v):\n%s", err, base)
	}
}

// unfolded joins the lines that the document had to break: RFC 8792, single backslash.
func unfolded(s string) string { return strings.ReplaceAll(s, "\\\n    ", "") }
