package line

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/url"
	"time"

	"palermo/exchange"
)

// The paths and kinds of content of the line.
const (
	pathMessages    = "/exchange/1/messages"
	pathReceipts    = "/exchange/1/receipts"
	pathTrust       = "/exchange/1/trust"
	pathRevocations = "/exchange/1/revocations"
	pathEvaluations = "/exchange/1/evaluations"

	typeSealed     = "application/vnd.palermo.sealed"
	typeReceipt    = "application/vnd.palermo.receipt"
	typeAwaited    = "application/vnd.palermo.awaited"
	typeBundle     = "application/vnd.palermo.trust"
	typeRevocation = "application/vnd.palermo.revocation"
	typeElements   = "application/vnd.palermo.elements"
	typeEvaluated  = "application/vnd.palermo.evaluated"
)

// Server answers other nodes.
type Server struct {
	Desk *exchange.Desk
	// Revoke takes a revocation that another node hands on, keeps it, and puts
	// the new trust in force. Nil refuses all.
	Revoke func(context.Context, exchange.SignedRevocation) error
	// Evaluate raises the blinded elements of a request to this operator's share
	// of the key of matching; nil where the node is none. It journals what it refuses.
	Evaluate func(ctx context.Context, from exchange.Node, request []byte) ([]byte, error)
	Log      *slog.Logger
}

// Handler is the line's paths. They need TLS by ServerTLS in front of them, and no proxy between.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	mux.Handle("POST "+pathMessages, s.content(typeSealed, exchange.MaxSealed, s.messages))
	mux.Handle("POST "+pathReceipts, s.content(typeAwaited, exchange.MaxReceipt, s.receipts))
	mux.Handle("POST "+pathRevocations, s.content(typeRevocation, exchange.MaxRevocation, s.revocations))
	mux.Handle("POST "+pathEvaluations, s.content(typeElements, exchange.MaxEvaluation, s.evaluations))
	mux.HandleFunc("GET "+pathTrust, s.trust)
	return mux
}

// HTTP is a server for the handler with bounds on everything that a node could
// make last or grow.
func (s *Server) HTTP(config *tls.Config) *http.Server {
	return &http.Server{
		Handler: s.Handler(), TLSConfig: config, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: time.Minute,
		WriteTimeout: time.Minute, IdleTimeout: 2 * time.Minute, MaxHeaderBytes: 16 << 10,
		ErrorLog: slog.NewLogLogger(s.Log.Handler(), slog.LevelDebug),
	}
}

func (s *Server) messages(ctx context.Context, from exchange.Node, content []byte) (string, []byte, error) {
	receipt, err := s.Desk.Receive(ctx, from.Name, content)
	return typeReceipt, receipt, err
}

func (s *Server) receipts(ctx context.Context, from exchange.Node, content []byte) (string, []byte, error) {
	var awaited exchange.Receipt
	if err := exchange.Decode(content, &awaited); err != nil {
		return "", nil, s.Desk.Refuse(ctx, from.Name, err)
	}
	receipt, err := s.Desk.Asked(ctx, from.Name, awaited)
	return typeReceipt, receipt, err
}

func (s *Server) revocations(ctx context.Context, from exchange.Node, content []byte) (string, []byte, error) {
	if s.Revoke == nil {
		return "", nil, exchange.ErrUnavailable
	}
	if err := s.Revoke(ctx, content); err != nil {
		return "", nil, s.Desk.Refuse(ctx, from.Name, err)
	}
	return "", nil, nil
}

func (s *Server) evaluations(ctx context.Context, from exchange.Node, content []byte) (string, []byte, error) {
	if s.Evaluate == nil {
		return "", nil, s.Desk.Refuse(ctx, from.Name, exchange.ErrNotAnswered)
	}
	request, err := exchange.UnpadEvaluation(content)
	if err != nil {
		return "", nil, s.Desk.Refuse(ctx, from.Name, err)
	}
	answer, err := s.Evaluate(ctx, from, request)
	if err != nil {
		return "", nil, err
	}
	padded, err := exchange.PadEvaluation(answer)
	return typeEvaluated, padded, err
}

// trust hands the trust in force to any node that is listed, also when it has expired.
func (s *Server) trust(w http.ResponseWriter, r *http.Request) {
	t := s.Desk.Trust()
	if _, err := caller(r.TLS, t, s.Desk.Now()); tolerated(err) != nil {
		refuse(w, err)
		return
	}
	b, err := exchange.Encode(t.Bundle())
	if err != nil {
		refuse(w, err)
		return
	}
	w.Header().Set("Content-Type", typeBundle)
	_, _ = w.Write(b) // the caller has gone: it will ask again
}

type answer func(ctx context.Context, from exchange.Node, content []byte) (contentType string, body []byte, err error)

// content is the way in for whatever has content: who is it, did it sign, how
// much is it, and only then is it read.
func (s *Server) content(contentType string, most int64, next answer) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		ctx := r.Context()
		from, content, err := s.admit(w, r, contentType, most)
		if err != nil {
			s.done(ctx, w, r, from.Name, "", nil, s.Desk.Refuse(ctx, from.Name, err))
			return
		}
		kind, body, err := next(ctx, from, content)
		s.done(ctx, w, r, from.Name, kind, body, err)
	})
}

func (s *Server) admit(w http.ResponseWriter, r *http.Request, contentType string, most int64) (exchange.Node, []byte, error) {
	t, now := s.Desk.Trust(), s.Desk.Now()
	from, err := caller(r.TLS, t, now)
	if err != nil {
		return from, nil, err
	}
	switch {
	case r.Header.Get("Content-Type") != contentType || r.ContentLength < 0:
		return from, nil, fmt.Errorf("content type or length: %w", exchange.ErrMalformed)
	case r.ContentLength > most:
		return from, nil, exchange.ErrOversize
	}
	m := received(r)
	if own, err := t.Node(s.Desk.Keys.Name(), now); err != nil || m.authority != authorityOf(own) {
		return from, nil, errors.Join(exchange.ErrNotForUs, err)
	}
	// The server takes Content-Length out of the fields when it has read it.
	m.header = r.Header.Clone()
	m.header.Set("Content-Length", fmt.Sprint(r.ContentLength))
	if err := check(m, t, from, now); err != nil {
		return from, nil, err
	}
	var b bytes.Buffer
	_, err = io.Copy(&b, http.MaxBytesReader(w, r.Body, r.ContentLength))
	if err != nil {
		return from, nil, fmt.Errorf("read content: %w", exchange.ErrUnavailable)
	}
	return from, b.Bytes(), checkDigest(r.Header, b.Bytes())
}

func authorityOf(n exchange.Node) string {
	u, err := url.Parse(n.URL)
	if err != nil {
		return ""
	}
	return received(&http.Request{Host: u.Host, URL: u}).authority
}

// done answers, and logs who, what path, how large and with which result: no id, no kind, no content.
func (s *Server) done(ctx context.Context, w http.ResponseWriter, r *http.Request, from, kind string, body []byte, err error) {
	if err != nil {
		s.Log.WarnContext(ctx, "exchange refused", "from", from, "path", r.Pattern, "size", r.ContentLength, "reason", exchange.Reason(err))
		refuse(w, err)
		return
	}
	s.Log.InfoContext(ctx, "exchange taken", "from", from, "path", r.Pattern, "size", r.ContentLength)
	if kind == "" {
		w.WriteHeader(http.StatusNoContent)
		return
	}
	w.Header().Set("Content-Type", kind)
	_, _ = w.Write(body) // the caller has gone: it will ask again
}
