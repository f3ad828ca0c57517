package node

import (
	"log/slog"
	"net/http"

	"palermo/api"
)

// API is where programs come in with a key, in JSON.
func (n *Node) API(log *slog.Logger) http.Handler {
	return (&api.Server{Node: n.Record, Desk: n.Desk, Keys: n.Directory, Log: log}).Handler()
}
