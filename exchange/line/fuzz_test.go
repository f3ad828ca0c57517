package line

import (
	"net/http"
	"testing"

	"palermo/exchange"
	"palermo/exchange/exchangetest"
)

func FuzzSignature(f *testing.F) {
	world := exchangetest.NewWorld(f, exchangetest.Pinned{Name: "it-focal", State: "IT"})
	n, err := world.Trust.Node("it-focal", exchangetest.Noon)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(`palermo=("@method" "@authority" "@path" "content-type" "content-length" "content-digest");created=1803900000;keyid="it-focal";alg="ed25519";tag="palermo-exchange"`,
		"palermo=:AAAA:", "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:")
	f.Add(`palermo=("@query-param";name="%zz" "date";sf)`, `palermo=1;a`, `sha-256=(a b)`)
	f.Fuzz(func(t *testing.T, input, signature, digest string) {
		h := http.Header{"Signature-Input": {input}, "Signature": {signature}, "Content-Digest": {digest},
			"Content-Type": {typeSealed}, "Content-Length": {"0"}}
		m := message{method: "POST", scheme: "https", authority: "it-focal.example", path: pathMessages, header: h}
		err := check(m, world.Trust, n, exchangetest.Noon)
		if err == nil || exchange.Reason(err) == "unavailable" {
			t.Errorf("%v", err)
		}
		if err := checkDigest(h, []byte("x")); err == nil || exchange.Reason(err) == "unavailable" {
			t.Errorf("digest: %v", err)
		}
	})
}

func FuzzProblem(f *testing.F) {
	f.Add(problemType, []byte(`{"type":"urn:palermo:exchange:clock","title":"","status":503}`))
	f.Add("text/html", []byte(`<html>`))
	f.Fuzz(func(t *testing.T, kind string, body []byte) {
		if err := refusal(kind, body); err == nil || !exchange.Passes(err) && exchange.Reason(err) == "unavailable" {
			t.Errorf("%v", err)
		}
	})
}
