package node

import (
	"errors"
	"fmt"
	"net/url"
	"os"
	"strings"

	"palermo/web"
)

// OpenIDConnect names a provider at which members sign in, such as a ministry's.
type OpenIDConnect struct {
	Name             string // as people know it; it stands on the button
	Issuer           string // https://…; empty: no single sign-on
	ClientID         string
	ClientSecretFile string // a file that only the node reads
	// SecondFactor are the values of acr or amr by which the provider says that it asked for a second factor, such as
	// "mfa" (RFC 8176). Where it says none of them, the node asks for its own one-time code; so it does without this setting.
	SecondFactor []string
}

// signOn is the provider of the settings, or nothing.
func (n *Node) signOn() (*web.SignOn, error) {
	c := n.Config.SignOn
	if c.Issuer == "" {
		return nil, nil
	}
	if n.Config.Origin == "" {
		return nil, errors.New("single sign-on needs the setting Origin: the provider leads people back to it")
	}
	issuer, err := url.Parse(c.Issuer)
	if err != nil || issuer.Scheme != "https" && issuer.Hostname() != "localhost" && issuer.Hostname() != "127.0.0.1" {
		return nil, fmt.Errorf("the setting Issuer is %q: a provider is asked over https alone", c.Issuer)
	}
	s := &web.SignOn{Name: c.Name, Issuer: c.Issuer, ClientID: c.ClientID, SecondFactor: c.SecondFactor, Redirect: strings.TrimSuffix(n.Config.Origin, "/") + "/sign-in/provider/back"}
	if s.Name == "" {
		s.Name = c.Issuer
	}
	if c.ClientSecretFile != "" {
		secret, err := os.ReadFile(c.ClientSecretFile)
		if err != nil {
			return nil, err
		}
		s.ClientSecret = strings.TrimSpace(string(secret))
	}
	return s, nil
}
