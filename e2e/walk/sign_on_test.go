package walk

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"

	"palermo/e2e/browser"
	"palermo/e2e/postgrestest"
	"palermo/node"
)

// provider is an OpenID Connect provider on loopback at which one person is
// signed in: discovery, keys, code flow with PKCE and a client secret.
type provider struct {
	*httptest.Server
	t       *testing.T
	key     *rsa.PrivateKey
	asked   url.Values // of the last authorization
	subject string
	nonce   string // said in place of the right one
}

const clientSecret = "only the node and the provider know it"

func newProvider(t *testing.T) *provider {
	key, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	p := &provider{t: t, key: key, subject: "rosa.f"}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /.well-known/openid-configuration", func(w http.ResponseWriter, _ *http.Request) {
		p.send(w, map[string]any{"issuer": p.URL, "authorization_endpoint": p.URL + "/authorize", "token_endpoint": p.URL + "/token",
			"jwks_uri": p.URL + "/keys", "id_token_signing_alg_values_supported": []string{"RS256"}})
	})
	mux.HandleFunc("GET /keys", func(w http.ResponseWriter, _ *http.Request) {
		p.send(w, map[string]any{"keys": []any{map[string]any{"kty": "RSA", "kid": "1", "alg": "RS256", "use": "sig",
			"n": base64.RawURLEncoding.EncodeToString(key.N.Bytes()), "e": "AQAB"}}})
	})
	mux.HandleFunc("GET /authorize", func(w http.ResponseWriter, r *http.Request) {
		p.asked = r.URL.Query()
		back := url.Values{"state": {p.asked.Get("state")}, "code": {"the code"}}
		http.Redirect(w, r, p.asked.Get("redirect_uri")+"?"+back.Encode(), http.StatusFound)
	})
	mux.HandleFunc("POST /token", p.token)
	p.Server = httptest.NewServer(mux)
	t.Cleanup(p.Close)
	return p
}

func (p *provider) send(w http.ResponseWriter, v any) {
	w.Header().Set("Content-Type", "application/json")
	if err := json.NewEncoder(w).Encode(v); err != nil {
		p.t.Error(err)
	}
}

func (p *provider) token(w http.ResponseWriter, r *http.Request) {
	id, secret, _ := r.BasicAuth()
	if id == "" {
		id, secret = r.PostFormValue("client_id"), r.PostFormValue("client_secret")
	}
	secret, _ = url.QueryUnescape(secret)
	sum := sha256.Sum256([]byte(r.PostFormValue("code_verifier")))
	if id != "palermo" || secret != clientSecret || r.PostFormValue("code") != "the code" || p.asked.Get("code_challenge_method") != "S256" ||
		p.asked.Get("code_challenge") != base64.RawURLEncoding.EncodeToString(sum[:]) {
		http.Error(w, `{"error":"invalid_grant"}`, http.StatusBadRequest)
		return
	}
	nonce := p.asked.Get("nonce")
	if p.nonce != "" {
		nonce = p.nonce
	}
	token := jwt.NewWithClaims(jwt.SigningMethodRS256, jwt.MapClaims{"iss": p.URL, "sub": p.subject, "aud": "palermo", "nonce": nonce,
		"iat": time.Now().Unix(), "exp": time.Now().Add(time.Minute).Unix()})
	token.Header["kid"] = "1"
	signed, err := token.SignedString(p.key)
	if err != nil {
		p.t.Error(err)
	}
	p.send(w, map[string]any{"access_token": "unused", "token_type": "Bearer", "expires_in": 60, "id_token": signed})
}

func TestSingleSignOn(t *testing.T) {
	try := func(t *testing.T, c node.Config) {
		p := newProvider(t)
		file := filepath.Join(t.TempDir(), "secret")
		if err := os.WriteFile(file, []byte(clientSecret+"\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		c.SignOn = node.OpenIDConnect{Name: "Ministry sign-in", Issuer: p.URL, ClientID: "palermo", ClientSecretFile: file}
		s := serve(t, c)
		b := browser.New(t, browser.Options{})
		stranger := b.NewPage()
		stranger.Go(s.url + "/sign-in")
		shoot(t, stranger, "sign-in-provider-en")
		stranger.Click("Ministry sign-in")
		stranger.See("Sign in", "is not right") // nobody here has this identity

		rosa := s.signIn(t, b, "rosa")
		rosa.Go(s.url + "/account")
		rosa.Click("Link")
		rosa.See("My account", "Linked")
		shoot(t, rosa, "account-linked-en")
		rosa.Click("Sign out")
		rosa.Click("Ministry sign-in")
		rosa.See("My day", "Rosa Ferlito")

		p.nonce = "of another sign-in"
		stranger.Go(s.url + "/sign-in")
		stranger.Click("Ministry sign-in")
		stranger.See("The other provider's answer could not be used.")
		p.nonce = ""
		stranger.Go(s.url + "/sign-in/provider/back?state=forged&code=the+code")
		stranger.See("The other provider's answer could not be used.")

		rosa.Go(s.url + "/account")
		rosa.Click("Undo the link to Ministry sign-in")
		rosa.Click("Ministry sign-in")
		rosa.See("Sign in", "is not right")
	}
	t.Run("SQLite", func(t *testing.T) { try(t, node.Config{}) })
	t.Run("PostgreSQL", func(t *testing.T) { try(t, node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}) })
}
