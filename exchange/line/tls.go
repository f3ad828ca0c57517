package line

import (
	"crypto/ed25519"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	"slices"
	"time"

	"palermo/exchange"
	"palermo/vault"
)

// Certificate is the node's certificate for TLS: self-signed, without end, the
// same at each start. Nobody asks who signed it or until when it is valid: the
// trust list pins its key, and takes it away.
func Certificate(name string, secret [32]byte) (tls.Certificate, error) {
	key := ed25519.NewKeyFromSeed(secret[:])
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC),
		NotAfter:  time.Date(9999, 12, 31, 23, 59, 59, 0, time.UTC), // "no end" of RFC 5280, 4.1.2.5
		KeyUsage:  x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
	}
	der, err := x509.CreateCertificate(nil, template, template, key.Public(), key)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("certificate of %s: %w", name, err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return tls.Certificate{}, fmt.Errorf("certificate of %s: %w", name, err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}, nil
}

// Pin is the digest by which the trust list knows the key of a certificate.
func Pin(c *x509.Certificate) []byte {
	sum := sha256.Sum256(c.RawSubjectPublicKeyInfo)
	return sum[:]
}

// ServerTLS lets in only who holds a key that the trust list pins now.
func ServerTLS(own tls.Certificate, trust func() *exchange.Trust, now func() time.Time) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{own}, NextProtos: []string{"h2", "http/1.1"},
		ClientAuth: tls.RequireAnyClientCert, SessionTicketsDisabled: true,
		VerifyConnection: func(c tls.ConnectionState) error {
			_, err := caller(&c, trust(), now())
			return tolerated(err)
		},
	}
}

// clientTLS speaks only to who holds one of the node's pinned keys. Names and
// authorities of certificates are not asked: the pin says more than they do.
func clientTLS(own tls.Certificate, n exchange.Node) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS13, Certificates: []tls.Certificate{own}, NextProtos: []string{"h2", "http/1.1"},
		InsecureSkipVerify: true, // VerifyConnection does it, by the pin
		VerifyConnection: func(c tls.ConnectionState) error {
			if len(c.PeerCertificates) == 0 || !slices.ContainsFunc(n.Pins, func(p []byte) bool {
				return slices.Equal(p, Pin(c.PeerCertificates[0]))
			}) {
				return fmt.Errorf("node %s: %w", n.Name, errOtherKey)
			}
			return nil
		},
	}
}

var errOtherKey = errors.New("the trust list pins another key")

// caller is the node at the other end.
func caller(c *tls.ConnectionState, t *exchange.Trust, now time.Time) (exchange.Node, error) {
	if c == nil || len(c.PeerCertificates) == 0 {
		return exchange.Node{}, exchange.ErrUnknownNode
	}
	return t.Pinned(Pin(c.PeerCertificates[0]), now)
}

// tolerated lets nodes connect whose list has expired: how else would they come by the next one?
func tolerated(err error) error {
	if errors.Is(err, exchange.ErrExpiredTrustList) {
		return nil
	}
	return err
}

// VaultCertificate is the certificate of an epoch that the node derives from its own secret.
func VaultCertificate(v *vault.Vault, name string, epoch uint32) (tls.Certificate, error) {
	return Certificate(name, v.Named(fmt.Sprintf("exchange-tls-%d", epoch)))
}
