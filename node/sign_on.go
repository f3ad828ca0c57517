package node

import (
	"errors"
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
	s := &web.SignOn{Name: c.Name, Issuer: c.Issuer, ClientID: c.ClientID, Redirect: strings.TrimSuffix(n.Config.Origin, "/") + "/sign-in/provider/back"}
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
