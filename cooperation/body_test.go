package cooperation

import (
	"bytes"
	"encoding/hex"
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"palermo/casework"
	"palermo/exchange"
	"palermo/ident"
)

// Another implementation reads these bytes: they change with the protocol's version only.
func TestBodiesAreAsPublished(t *testing.T) {
	words := map[string]Word{
		"enquiry.ask": {Number: 1, Type: "enquiry", Name: "ask", State: "asked", Fields: map[string][]string{"topic": {"law"}, "question": {"Who serves documents?"}}},
		"return.assess_there": {Number: 1, Type: "return", Name: "assess-there", State: "assessed", Heard: 1, Earlier: ident.ID{1, 2, 3},
			Fields: map[string][]string{"risk": {"low"}, "grounds": {"x"}, "reception": {"x"}, "help": {"x"}}},
		"referral.send_details": {Number: 2, Type: "referral", Name: "send-details", State: "details", Heard: 1, Fields: map[string][]string{"told": {"true"}},
			Sheets: []casework.Sheet{{Step: "describe-person", Fields: map[string][]string{"name": {"Made Up"}, "age": {"adult"}}}}},
	}
	var b strings.Builder
	b.WriteString("# Bodies of messages in bytes, as docs/protocol.md says: go test ./cooperation -update\n")
	for _, name := range []string{"enquiry.ask", "return.assess_there", "referral.send_details"} {
		raw, err := words[name].encode()
		must(t, err)
		again, err := decode(raw)
		must(t, err)
		twice, err := again.encode()
		must(t, err)
		if !bytes.Equal(raw, twice) {
			t.Errorf("%s: decoded and encoded again it is another", name)
		}
		fmt.Fprintf(&b, "%s %s\n", name, hex.EncodeToString(raw))
	}
	for name, e := range map[string]eraseBody{"erase": {Message: ident.ID{4}, Digest: exchange.Digest{5}}} {
		raw, err := exchange.Encode(e)
		must(t, err)
		fmt.Fprintf(&b, "%s %s\n", name, hex.EncodeToString(raw))
	}
	golden(t, filepath.Join("testdata", "bodies.txt"), b.String())
}
