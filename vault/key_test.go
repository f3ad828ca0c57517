package vault_test

import (
	"bytes"
	"encoding/hex"
	"encoding/json"
	"encoding/xml"
	"fmt"
	"go/parser"
	"go/token"
	"log/slog"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"palermo/vault"
	"palermo/vault/vaulttest"
)

func TestAKeyIsNeverShown(t *testing.T) {
	k := vault.Key(bytes.Repeat([]byte{0xAB}, 32))
	type holder struct {
		K vault.Key
		P *vault.Key
	}
	var out strings.Builder
	// An instant holds any digits, a key's among them.
	timeless := &slog.HandlerOptions{ReplaceAttr: func(_ []string, a slog.Attr) slog.Attr {
		if a.Key == slog.TimeKey {
			return slog.Attr{}
		}
		return a
	}}
	for _, v := range []any{k, &k, holder{k, &k}, []vault.Key{k}, map[string]vault.Key{"k": k}} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "% x", "%d", "%o", "%c", "%U"} {
			fmt.Fprintf(&out, verb+"\n", v)
		}
		b, err := json.Marshal(v)
		must(t, err)
		out.Write(b)
		slog.New(slog.NewTextHandler(&out, timeless)).Info("key", "k", v)
		slog.New(slog.NewJSONHandler(&out, timeless)).Info("key", "k", v)
	}
	b, err := xml.Marshal(holder{K: k})
	must(t, err)
	out.Write(b)
	for _, shown := range []string{"171", "ab", "AB", "253", "\u00ab", "U+00AB", "q6ur"} {
		text := strings.ReplaceAll(out.String(), "0xc", "") // addresses
		if strings.Contains(strings.ReplaceAll(text, "vault", ""), shown) {
			t.Errorf("%q shows in %s", shown, out.String())
		}
	}
	if got := k.String(); got != "vault.Key(…)" {
		t.Errorf("got %s", got)
	}
}

func TestNoSecretIsPrinted(t *testing.T) {
	root := vaulttest.Root(t)
	password, err := vault.Password("correct horse battery")
	must(t, err)
	prf := [32]byte(bytes.Repeat([]byte{0xAB}, 32))
	m, err := vault.NewMember(vaulttest.Rand(1), [16]byte{1}, vault.Passkey(nil, prf))
	must(t, err)
	key, err := m.Unlock(vault.Passkey(nil, prf))
	must(t, err)
	c, recovery, err := vault.NewConfidential(vaulttest.Rand(2), [16]byte{2}, m)
	must(t, err)
	ring, err := c.Open(key)
	must(t, err)
	for _, v := range []any{root, password, vault.Passkey(nil, prf), key, recovery, ring} {
		for _, verb := range []string{"%v", "%+v", "%#v", "%x", "%d"} {
			text := fmt.Sprintf(verb, v)
			if !strings.HasPrefix(text, "vault.") || len(text) > 40 {
				t.Errorf("%T prints as %s", v, text)
			}
		}
		b, err := json.Marshal(v)
		must(t, err)
		if len(b) > 20 {
			t.Errorf("%T marshals as %s", v, b)
		}
	}
}

// The error texts go to the log, so they carry no key and no plain text.
func TestErrorsCarryNoSecret(t *testing.T) {
	k := vault.Key(bytes.Repeat([]byte{0xAB}, 32))
	sealed, err := vault.Seal(vaulttest.Rand(1), k, vault.AD{Kind: "case"}, []byte("her name"))
	must(t, err)
	_, err = vault.Unseal(k, vault.AD{Kind: "case", ID: [16]byte{0xCD}}, sealed)
	is(t, err, vault.ErrTampered)
	for _, secret := range []string{"her name", hex.EncodeToString(k[:4]), hex.EncodeToString(sealed[:8])} {
		if strings.Contains(err.Error(), secret) {
			t.Errorf("%q is in %v", secret, err)
		}
	}
}

func TestTheVaultImportsNoDatabaseAndNoNetwork(t *testing.T) {
	allowed := []string{"palermo/fault", "palermo/vault", "golang.org/x/crypto/argon2", "golang.org/x/text/secure/precis"}
	for _, pattern := range []string{"*.go", "vaulttest/*.go"} {
		files, err := filepath.Glob(pattern)
		must(t, err)
		for _, name := range files {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			f, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ImportsOnly)
			must(t, err)
			for _, imp := range f.Imports {
				path := strings.Trim(imp.Path.Value, `"`)
				outside := strings.Contains(path, ".") || strings.HasPrefix(path, "palermo/")
				banned := path == "net" || strings.HasPrefix(path, "net/") || strings.HasPrefix(path, "database/")
				if banned || outside && !slices.Contains(allowed, path) {
					t.Errorf("%s imports %s", name, path)
				}
			}
		}
	}
}
