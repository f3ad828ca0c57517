package directory

import (
	"encoding/base32"
	"io"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"palermo/fault"
)

const (
	totpPeriod = 30 // seconds
	totpSecret = 20 // bytes, RFC 4226, 4
)

// TOTP is a one-time code by the clock (RFC 6238), six digits, 30 seconds.
type TOTP struct {
	Secret    string `json:",omitempty"` // base32
	Confirmed bool   // the member showed a code of it
	LastStep  int64  // the newest step a code was accepted for: each works once (RFC 6238, 5.2)
}

// newTOTP makes a secret and the address that an authenticator reads as a picture.
func newTOTP(random io.Reader, issuer, login string) (TOTP, string, error) {
	raw := make([]byte, totpSecret)
	if _, err := io.ReadFull(random, raw); err != nil {
		return TOTP{}, "", fault.Internal(err)
	}
	secret := base32.StdEncoding.WithPadding(base32.NoPadding).EncodeToString(raw)
	address := url.URL{Scheme: "otpauth", Host: "totp", Path: "/" + issuer + ":" + login}
	query := url.Values{"secret": {secret}, "issuer": {issuer}, "algorithm": {"SHA1"}, "digits": {"6"}, "period": {"30"}}
	address.RawQuery = strings.ReplaceAll(query.Encode(), "+", "%20") // some authenticators show a plus as it is
	return TOTP{Secret: secret}, address.String(), nil
}

// accept takes a code of the step before, now or after, newer than any accepted before.
func (t *TOTP) accept(code string, now time.Time) bool {
	code = strings.ReplaceAll(strings.TrimSpace(code), " ", "")
	if t.Secret == "" || len(code) != 6 {
		return false
	}
	step := now.Unix() / totpPeriod
	for s := step - 1; s <= step+1; s++ {
		right, err := hotp.ValidateCustom(code, uint64(s), t.Secret, hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err == nil && right && s > t.LastStep {
			t.LastStep = s
			return true
		}
	}
	return false
}
