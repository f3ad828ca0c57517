package node

import (
	"fmt"
	"net/url"

	"palermo/directory"
)

// passkeys is the exchange for the origin that people type: a passkey belongs
// to that name and to no other.
func (n *Node) passkeys() (*directory.Ceremony, error) {
	origin := n.Config.origin()
	u, err := url.Parse(origin)
	if err != nil || u.Hostname() == "" {
		return nil, fmt.Errorf("the setting Origin is %q: write it as people type it, such as https://palermo.example", origin)
	}
	return directory.NewCeremony(n.Directory, u.Hostname(), n.Config.Name, u.Scheme+"://"+u.Host)
}
