package line

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/hmac"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/sha512"
	"crypto/x509"
	"encoding/base64"
	"encoding/json"
	"math/big"
	"net/http"
	"net/url"
	"os"
	"testing"

	"github.com/dunglas/httpsfv"
)

// The vectors are the RFC's own; the keys of algorithms that we do not use are
// checked here, since what is tried is the base that all of them sign.
func TestTheVectorsOfRFC9421Hold(t *testing.T) {
	var file struct {
		Keys    map[string][]byte
		Vectors []struct {
			Section, Key              string
			Message                   vectorMessage
			SignatureInput, Signature string
			Valid                     bool
		}
	}
	b, err := os.ReadFile("testdata/rfc9421.json")
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, &file); err != nil || len(file.Vectors) < 13 {
		t.Fatal(len(file.Vectors), err)
	}
	for _, v := range file.Vectors {
		t.Run(v.Section, func(t *testing.T) {
			inputs, err := httpsfv.UnmarshalDictionary([]string{v.SignatureInput})
			if err != nil {
				t.Fatal(err)
			}
			name := inputs.Names()[0]
			input, _ := inputs.Get(name)
			signatures, err := httpsfv.UnmarshalDictionary([]string{v.Signature})
			if err != nil {
				t.Fatal(err)
			}
			signature, _ := signatures.Get(name)
			base, err := v.Message.message(t).base(input.(httpsfv.InnerList))
			if err != nil {
				t.Fatal(err)
			}
			if got := holds(t, file.Keys[v.Key], []byte(base), signature.(httpsfv.Item).Value.([]byte)); got != v.Valid {
				t.Errorf("signature holds: %v, want %v, over\n%s", got, v.Valid, base)
			}
		})
	}
}

type vectorMessage struct {
	Method, Target string
	Status         int
	Fields         [][2]string
}

func (v vectorMessage) message(t *testing.T) message {
	t.Helper()
	u, err := url.Parse(v.Target)
	if err != nil {
		t.Fatal(err)
	}
	r := &http.Request{Method: v.Method, URL: u, Host: u.Host, Header: http.Header{}}
	for _, f := range v.Fields {
		r.Header.Add(f[0], f[1])
	}
	m := received(r)
	m.status = v.Status
	return m
}

func holds(t *testing.T, key, base, signature []byte) bool {
	t.Helper()
	if len(key) == 64 { // the shared secret
		mac := hmac.New(sha256.New, key)
		mac.Write(base)
		return hmac.Equal(mac.Sum(nil), signature)
	}
	public, err := x509.ParsePKIXPublicKey(key)
	if err != nil {
		t.Fatal(err)
	}
	switch k := public.(type) {
	case ed25519.PublicKey:
		return ed25519.Verify(k, base, signature)
	case *ecdsa.PublicKey:
		sum := sha256.Sum256(base)
		return ecdsa.Verify(k, sum[:], new(big.Int).SetBytes(signature[:32]), new(big.Int).SetBytes(signature[32:]))
	case *rsa.PublicKey:
		sum := sha512.Sum512(base)
		return rsa.VerifyPSS(k, crypto.SHA512, sum[:], signature, &rsa.PSSOptions{SaltLength: 64}) == nil
	}
	t.Fatalf("key %T", public)
	return false
}

// RFC 9530, Appendix B.1, and the empty content of B.2.
func TestTheDigestsOfRFC9530Hold(t *testing.T) {
	for content, want := range map[string]string{
		"{\"hello\": \"world\"}\n": "RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=",
		"":                         "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
	} {
		got, err := contentDigest([]byte(content))
		if err != nil || got != "sha-256=:"+want+":" {
			t.Errorf("%q: %s %v", content, got, err)
		}
		if _, err := base64.StdEncoding.DecodeString(want); err != nil {
			t.Fatal(err)
		}
		h := http.Header{"Content-Digest": {got + ", id-crc=:AA==:"}}
		if err := checkDigest(h, []byte(content)); err != nil {
			t.Error(err)
		}
		if err := checkDigest(h, []byte(content+" ")); err == nil {
			t.Error("another content has the digest")
		}
	}
}
