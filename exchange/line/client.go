package line

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net/http"
	"slices"
	"sync"
	"time"

	"palermo/exchange"
)

// Client speaks to other nodes. It is an exchange.Line.
type Client struct {
	Keys        exchange.Keys
	Certificate tls.Certificate
	Trust       func() *exchange.Trust
	Now         func() time.Time
	Timeout     time.Duration // of one request; zero is thirty seconds

	mu    sync.Mutex
	peers map[string]peer
}

// peer keeps the connections to one node under the pins they were made with.
type peer struct {
	pins [][]byte
	http *http.Client
}

var _ exchange.Line = (*Client)(nil)

// Carry seals the message to the node's key of now, sends it, and gives the
// receipt, verified. It fails as exchange.Line says.
func (c *Client) Carry(ctx context.Context, to string, m exchange.Signed) (exchange.SignedReceipt, error) {
	t := c.Trust()
	n, err := t.Node(to, c.Now())
	if err != nil {
		return nil, err
	}
	awaited, err := m.Awaited()
	if err != nil {
		return nil, err
	}
	sealed, err := m.Seal(n)
	if err != nil {
		return nil, err
	}
	return c.receipt(ctx, t, n, pathMessages, typeSealed, sealed, awaited)
}

// Ask asks for good whether a message is stored.
func (c *Client) Ask(ctx context.Context, awaited exchange.Receipt) (exchange.SignedReceipt, error) {
	t := c.Trust()
	n, err := t.Node(awaited.By, c.Now())
	if err != nil {
		return nil, err
	}
	content, err := exchange.Encode(awaited)
	if err != nil {
		return nil, err
	}
	return c.receipt(ctx, t, n, pathReceipts, typeAwaited, content, awaited)
}

func (c *Client) receipt(ctx context.Context, t *exchange.Trust, n exchange.Node, path, contentType string,
	content []byte, awaited exchange.Receipt) (exchange.SignedReceipt, error) {
	body, err := c.post(ctx, n, path, contentType, content, typeReceipt, exchange.MaxReceipt)
	if err != nil {
		return nil, err
	}
	receipt := exchange.SignedReceipt(body)
	if _, err := receipt.Verify(awaited, t); err != nil {
		return nil, fmt.Errorf("%w: %v", exchange.ErrWrongReceipt, err) // whatever is wrong with it, the message may be stored
	}
	return receipt, nil
}

// Tell hands a revocation on.
func (c *Client) Tell(ctx context.Context, to string, r exchange.SignedRevocation) error {
	n, err := c.Trust().Node(to, c.Now())
	if err != nil {
		return err
	}
	_, err = c.post(ctx, n, pathRevocations, typeRevocation, r, "", exchange.MaxReceipt)
	return err
}

// Evaluate has an operator of matching raise blinded elements to its share. The
// answer bears no signature: the proof in it is the operator's own.
func (c *Client) Evaluate(ctx context.Context, operator string, request []byte) ([]byte, error) {
	n, err := c.Trust().Node(operator, c.Now())
	if err != nil {
		return nil, err
	}
	padded, err := exchange.PadEvaluation(request)
	if err != nil {
		return nil, err
	}
	answer, err := c.post(ctx, n, pathEvaluations, typeElements, padded, typeEvaluated, exchange.MaxEvaluation)
	if err != nil {
		return nil, err
	}
	return exchange.UnpadEvaluation(answer)
}

// Learn asks a node for the trust that it has in force, also when ours has
// expired. The caller holds it against its own with Trust.Learn.
func (c *Client) Learn(ctx context.Context, from string) (exchange.Bundle, error) {
	n, err := c.Trust().Node(from, c.Now())
	if tolerated(err) != nil {
		return exchange.Bundle{}, err
	}
	if n.URL == "" {
		return exchange.Bundle{}, exchange.ErrNoAnswer
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodGet, n.URL+pathTrust, nil)
	if err != nil {
		return exchange.Bundle{}, err
	}
	body, err := c.do(n, r, typeBundle, exchange.MaxList)
	if err != nil {
		return exchange.Bundle{}, err
	}
	return exchange.ParseBundle(body)
}

func (c *Client) post(ctx context.Context, n exchange.Node, path, contentType string, content []byte, want string, most int64) ([]byte, error) {
	if n.URL == "" { // reached by files only
		return nil, exchange.ErrNoAnswer
	}
	r, err := http.NewRequestWithContext(ctx, http.MethodPost, n.URL+path, bytes.NewReader(content))
	if err != nil {
		return nil, err
	}
	r.Header.Set("Content-Type", contentType)
	if err := sign(r, content, c.Keys.Name(), c.Keys.Signer(), c.Now()); err != nil {
		return nil, err
	}
	return c.do(n, r, want, most)
}

// do sends, and reads no more than may come.
func (c *Client) do(n exchange.Node, r *http.Request, want string, most int64) ([]byte, error) {
	answer, err := c.to(n).Do(r)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", exchange.ErrNoAnswer, err)
	}
	body, err := io.ReadAll(io.LimitReader(answer.Body, max(most, maxProblem)+1))
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		return nil, fmt.Errorf("%w: %w", exchange.ErrNoAnswer, err)
	}
	kind := answer.Header.Get("Content-Type")
	switch {
	case answer.StatusCode >= 300:
		return nil, refusal(kind, body)
	case kind != want || int64(len(body)) > most:
		return nil, exchange.ErrNoAnswer
	}
	return body, nil
}

// to gives the connections to the node; under other pins it makes new ones.
func (c *Client) to(n exchange.Node) *http.Client {
	c.mu.Lock()
	defer c.mu.Unlock()
	p, ok := c.peers[n.Name]
	if ok && slices.EqualFunc(p.pins, n.Pins, slices.Equal) {
		return p.http
	}
	if ok {
		p.http.CloseIdleConnections()
	}
	timeout := c.Timeout
	if timeout == 0 {
		timeout = 30 * time.Second
	}
	p = peer{pins: n.Pins, http: &http.Client{
		Timeout: timeout, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{TLSClientConfig: clientTLS(c.Certificate, n), MaxIdleConnsPerHost: 16, IdleConnTimeout: time.Minute,
			MaxResponseHeaderBytes: 16 << 10, ForceAttemptHTTP2: true, DisableCompression: true},
	}}
	if c.peers == nil {
		c.peers = map[string]peer{}
	}
	c.peers[n.Name] = p
	return p.http
}

// Close lets the connections go.
func (c *Client) Close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for _, p := range c.peers {
		p.http.CloseIdleConnections()
	}
}
