package health

import (
	"context"
	"io"
	"net/http"
	"sync"
	"time"
)

const (
	within = 5 * time.Second // in which everything must have answered
	fresh  = 5 * time.Second // how long a report is given again: whoever asks often must not slow the node down
)

// Server answers the machine's own watchers. It asks nobody who they are, so
// its address is one of the loopback interface.
type Server struct {
	Look     Look
	Requests *Requests
	Started  time.Time
	Now      func() time.Time

	mu   sync.Mutex
	last Report
}

// Handler gives the three addresses.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { text(w, http.StatusOK, "alive\n") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, r *http.Request) {
		troubles := s.report(r.Context()).Troubles
		if len(troubles) == 0 {
			text(w, http.StatusOK, "ready\n")
			return
		}
		lines := ""
		for _, t := range troubles {
			lines += string(t) + "\n"
		}
		text(w, http.StatusServiceUnavailable, lines)
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", ContentType)
		_, _ = w.Write(s.numbers(s.report(r.Context()))) // who asked may have gone
	})
	return mux
}

// report looks, or gives what was found a moment ago.
func (s *Server) report(ctx context.Context) Report {
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := s.Now(); s.last.At.IsZero() || now.Sub(s.last.At) >= fresh || now.Before(s.last.At) {
		ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), within)
		defer cancel()
		s.last = s.Look(ctx)
	}
	return s.last
}

func text(w http.ResponseWriter, status int, line string) {
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.Header().Set("Cache-Control", "no-store")
	w.WriteHeader(status)
	_, _ = io.WriteString(w, line) // who asked may have gone
}
