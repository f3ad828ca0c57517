package web

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"net/http"
	"time"

	"palermo/fault"
	"palermo/vault"
)

const sealedFor = 10 * time.Minute

// keep gives the browser something to bring back for a few minutes, sealed: it
// can be neither read nor changed there, and it belongs to one session and
// one purpose. sameSite is Lax only where somebody else's page leads back here.
func (v *visit) keep(purpose, session string, value []byte, sameSite http.SameSite) error {
	plain := binary.BigEndian.AppendUint64(nil, uint64(v.s.Node.Now().Add(sealedFor).Unix()))
	sealed, err := vault.Seal(rand.Reader, v.s.Seal, keptAD(purpose, session), append(plain, value...))
	if err != nil {
		return fault.Internal(err)
	}
	v.s.setCookie(v.w, "-"+purpose, base64.RawURLEncoding.EncodeToString(sealed), int(sealedFor/time.Second), sameSite)
	return nil
}

// kept gives back what keep sealed, or nothing when it is too old, another's or not there.
func (v *visit) kept(purpose, session string) []byte {
	cookie, err := v.r.Cookie(v.s.Cookie + "-" + purpose)
	if err != nil {
		return nil
	}
	sealed, err := base64.RawURLEncoding.DecodeString(cookie.Value)
	if err != nil {
		return nil
	}
	plain, err := vault.Unseal(v.s.Seal, keptAD(purpose, session), sealed)
	if err != nil || len(plain) < 8 || v.s.Node.Now().Unix() >= int64(binary.BigEndian.Uint64(plain)) {
		return nil
	}
	return plain[8:]
}

// drop takes it away again.
func (v *visit) drop(purpose string) {
	v.s.setCookie(v.w, "-"+purpose, "", -1, http.SameSiteStrictMode)
}

func keptAD(purpose, session string) vault.AD {
	sum := sha256.Sum256([]byte(session))
	return vault.AD{Kind: "cookie " + purpose, ID: [16]byte(sum[:16])}
}

// token is the session's, or nothing.
func (v *visit) token() string {
	cookie, err := v.r.Cookie(v.s.Cookie)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// begin puts a new session's token into the browser.
func (v *visit) begin(token string) {
	v.s.setCookie(v.w, "", token, 0, http.SameSiteStrictMode)
}

// setCookie gives the browser a cookie of this node that no script reads. Age
// is in seconds: 0 until the browser closes, below 0 takes it away. Where
// people type https it is never sent without, also when a proxy ends TLS and
// the request came here in clear.
func (s *Server) setCookie(w http.ResponseWriter, suffix, value string, age int, sameSite http.SameSite) {
	http.SetCookie(w, &http.Cookie{Name: s.Cookie + suffix, Value: value, Path: "/", MaxAge: age,
		HttpOnly: true, Secure: s.Secure, SameSite: sameSite})
}
