package node

import (
	"log/slog"
	"net/http"
	"strings"

	"palermo/openrosa"
	"palermo/record"
	"palermo/web/locale"
)

// program is the door of the member for whom a program acts: by its key as a
// bearer token (RFC 6750), or as the password of Basic authentication (RFC
// 7617), which is all that telephones in the field know. No cookie counts.
func (n *Node) program(r *http.Request) (*record.Door, error) {
	key, bearer := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !bearer {
		_, key, _ = r.BasicAuth()
	}
	viewer, err := n.Directory.ProgramViewer(r.Context(), strings.TrimSpace(key))
	if err != nil {
		return nil, err
	}
	return n.Record.For(viewer), nil
}

func (n *Node) openRosa(languages *locale.Languages, log *slog.Logger) http.Handler {
	s := &openrosa.Server{Desk: n.Desk, Enter: n.program, Now: n.Record.Now, Origin: n.Config.origin(), Languages: languages, Log: log}
	return s.Handler()
}
