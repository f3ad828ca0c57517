package line

import (
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"palermo/exchange"
	"palermo/exchange/exchangetest"
)

// pair is two nodes on loopback that speak over real TLS: Italy and Nigeria.
type pair struct {
	*exchangetest.World
	trust  atomic.Pointer[exchange.Trust]
	certs  []tls.Certificate
	memory []*exchangetest.Memory
	client []*Client
	server []*Server
	log    bytes.Buffer
	clock  atomic.Int64 // days since the world began
}

func (p *pair) now() time.Time { return exchangetest.Noon.AddDate(0, 0, int(p.clock.Load())) }

func newPair(t testing.TB) *pair {
	t.Helper()
	p := &pair{}
	var nodes []exchangetest.Pinned
	var listeners []net.Listener
	for i, name := range []string{"it-focal", "ng-focal"} {
		cert, err := Certificate(name, exchangetest.Secret(byte(50+i)))
		if err != nil {
			t.Fatal(err)
		}
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		p.certs, listeners = append(p.certs, cert), append(listeners, l)
		nodes = append(nodes, exchangetest.Pinned{Name: name, State: strings.ToUpper(name[:2]), Kind: exchange.FocalPoint,
			URL: "https://" + l.Addr().String(), Pin: Pin(cert.Leaf)})
	}
	p.World = exchangetest.NewWorld(t, nodes...)
	p.trust.Store(p.Trust)
	for i := range nodes {
		memory := exchangetest.NewMemory()
		p.memory = append(p.memory, memory)
		p.client = append(p.client, &Client{Keys: p.Nodes[i], Certificate: p.certs[i], Trust: p.trust.Load, Now: p.now})
		s := &Server{Log: slog.New(slog.NewTextHandler(&p.log, nil)),
			Desk: &exchange.Desk{Inbox: memory, Keys: p.Nodes[i], Trust: p.trust.Load, Now: p.now}}
		p.server = append(p.server, s)
		h := s.HTTP(ServerTLS(p.certs[i], p.trust.Load, p.now))
		served := make(chan error, 1)
		go func() { served <- h.ServeTLS(listeners[i], "", "") }()
		t.Cleanup(func() {
			p.client[i].Close()
			err := errors.Join(h.Close(), <-served)
			if !errors.Is(err, http.ErrServerClosed) {
				t.Error(err)
			}
		})
	}
	return p
}

func (p *pair) message(t testing.TB, n int) exchange.Signed {
	t.Helper()
	return p.Message(t, 0, 1, n, p.now(), time.Hour)
}

func is(t *testing.T, got, want error) {
	t.Helper()
	if !errors.Is(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestAMessageIsCarriedAndReceipted(t *testing.T) {
	p := newPair(t)
	for n := range 3 {
		m := p.message(t, n)
		receipt, err := p.client[0].Carry(t.Context(), "ng-focal", m)
		if err != nil {
			t.Fatal(err)
		}
		again, err := p.client[0].Carry(t.Context(), "ng-focal", m)
		if err != nil || !bytes.Equal(receipt, again) {
			t.Errorf("a copy brings another receipt: %v", err)
		}
		awaited, err := m.Awaited()
		if err != nil {
			t.Fatal(err)
		}
		asked, err := p.client[0].Ask(t.Context(), awaited)
		if err != nil || !bytes.Equal(receipt, asked) {
			t.Errorf("asked, it gives another receipt: %v", err)
		}
	}
	if len(p.memory[1].In) != 3 {
		t.Errorf("%d stored", len(p.memory[1].In))
	}
}

func TestARefusalComesBackByItsName(t *testing.T) {
	p := newPair(t)
	late := p.Message(t, 0, 1, 0, p.now().Add(-2*time.Hour), time.Hour)
	_, err := p.client[0].Carry(t.Context(), "ng-focal", late)
	is(t, err, exchange.ErrDeadlinePassed)
	awaited, err := p.message(t, 1).Awaited()
	if err != nil {
		t.Fatal(err)
	}
	_, err = p.client[0].Ask(t.Context(), awaited)
	is(t, err, exchange.ErrNeverStored)
	p.memory[1].Fault = func(bool) error { return errors.New("disk full at /var/lib/palermo") }
	_, err = p.client[0].Carry(t.Context(), "ng-focal", p.message(t, 2))
	is(t, err, exchange.ErrUnavailable)
}

func TestANodeThatIsNotThereDoesNotAnswer(t *testing.T) {
	p := newPair(t)
	nowhere, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	n, err := p.Trust.Node("ng-focal", p.now())
	if err != nil {
		t.Fatal(err)
	}
	n.URL = "https://" + nowhere.Addr().String()
	if err := nowhere.Close(); err != nil {
		t.Fatal(err)
	}
	p.use(t, n)
	_, err = p.client[0].Carry(t.Context(), "ng-focal", p.message(t, 0))
	is(t, err, exchange.ErrNoAnswer)
}

// use puts another entry for a node into the list in force.
func (p *pair) use(t testing.TB, n exchange.Node) {
	t.Helper()
	list := p.List.With(n)
	list.Version = p.trust.Load().List().Version + 1
	trust, err := p.trust.Load().Accept(p.Sign(t, list), p.now())
	if err != nil {
		t.Fatal(err)
	}
	p.trust.Store(trust)
}

func TestOnlyPinnedKeysConnect(t *testing.T) {
	p := newPair(t)
	stranger, err := Certificate("it-focal", exchangetest.Secret(99))
	if err != nil {
		t.Fatal(err)
	}
	posing := &Client{Keys: p.Nodes[0], Certificate: stranger, Trust: p.trust.Load, Now: p.now}
	defer posing.Close()
	_, err = posing.Carry(t.Context(), "ng-focal", p.message(t, 0))
	is(t, err, exchange.ErrNoAnswer)

	n, err := p.Trust.Node("ng-focal", p.now()) // a server that poses as Nigeria
	if err != nil {
		t.Fatal(err)
	}
	n.Pins = [][]byte{Pin(stranger.Leaf)}
	p.use(t, n)
	_, err = p.client[0].Carry(t.Context(), "ng-focal", p.message(t, 0))
	is(t, err, errOtherKey)
	if len(p.memory[1].In) != 0 {
		t.Error("stored all the same")
	}
}

// Also on a connection that stands already.
func TestARevokedNodeIsShutOutAtOnce(t *testing.T) {
	p := newPair(t)
	if _, err := p.client[0].Carry(t.Context(), "ng-focal", p.message(t, 0)); err != nil {
		t.Fatal(err)
	}
	revocation, err := exchange.NewRevocation(exchange.Revocation{Node: "it-focal", Key: p.Nodes[0].Public(exchange.Node{}).Sign.Public,
		At: exchange.At(p.now()), By: "unodc"}, p.Signers[1])
	if err != nil {
		t.Fatal(err)
	}
	trust, err := p.Trust.Revoke(revocation, p.now())
	if err != nil {
		t.Fatal(err)
	}
	unaware := p.client[0]
	unaware.Trust = func() *exchange.Trust { return p.Trust }
	p.trust.Store(trust)
	_, err = unaware.Carry(t.Context(), "ng-focal", p.message(t, 1))
	is(t, err, exchange.ErrRevokedNode)
	_, err = p.client[1].Carry(t.Context(), "it-focal", p.Message(t, 1, 0, 0, p.now(), time.Hour)) // nor does anything go there
	is(t, err, exchange.ErrRevokedNode)
}

// request is a signed post to Nigeria by Italy's certificate, which a test then spoils.
func (p *pair) request(t testing.TB, content []byte, spoil func(*http.Request)) (int, error) {
	t.Helper()
	n, err := p.Trust.Node("ng-focal", p.now())
	if err != nil {
		t.Fatal(err)
	}
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, n.URL+pathMessages, bytes.NewReader(content))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", typeSealed)
	if err := sign(r, content, "it-focal", p.Nodes[0].Signer(), p.now()); err != nil {
		t.Fatal(err)
	}
	spoil(r)
	answer, err := p.client[0].to(n).Do(r)
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(answer.Body)
	if err := errors.Join(err, answer.Body.Close()); err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, refusal(answer.Header.Get("Content-Type"), body)
}

func TestARequestThatIsNotRightIsRefusedByName(t *testing.T) {
	p := newPair(t)
	n, err := p.Trust.Node("ng-focal", p.now())
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := p.message(t, 0).Seal(n)
	if err != nil {
		t.Fatal(err)
	}
	sha := func(h http.Header, by string) { h.Set("Content-Digest", by) }
	resign := func(change func(*http.Request), keyid string, key int, at time.Duration) func(*http.Request) {
		return func(r *http.Request) {
			change(r)
			if err := sign(r, sealed, keyid, p.Nodes[key].Signer(), p.now().Add(at)); err != nil {
				t.Fatal(err)
			}
		}
	}
	same := func(*http.Request) {}
	for name, test := range map[string]struct {
		spoil  func(*http.Request)
		want   error
		status int
	}{
		"no signature":               {func(r *http.Request) { r.Header.Del("Signature") }, exchange.ErrMalformed, 400},
		"no input":                   {func(r *http.Request) { r.Header.Del("Signature-Input") }, exchange.ErrMalformed, 400},
		"another label":              {func(r *http.Request) { relabel(r, "other") }, exchange.ErrMalformed, 400},
		"another's key":              {resign(same, "it-focal", 1, 0), exchange.ErrWrongSignature, 403},
		"another's name":             {resign(same, "ng-focal", 0, 0), exchange.ErrWrongSignature, 403},
		"a digest of something else": {func(r *http.Request) { sha(r.Header, "sha-256=:47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=:") }, exchange.ErrWrongSignature, 403},
		"too little covered":         {func(r *http.Request) { uncover(r, `"content-digest"`) }, exchange.ErrWrongSignature, 403},
		"another path":               {func(r *http.Request) { r.URL.Path = pathReceipts }, exchange.ErrMalformed, 400},
		"an hour old":                {resign(same, "it-focal", 0, -time.Hour), exchange.ErrClock, 503},
		"an hour early":              {resign(same, "it-focal", 0, time.Hour), exchange.ErrClock, 503},
		"another kind of content":    {resign(func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, "it-focal", 0, 0), exchange.ErrMalformed, 400},
		"another host":               {func(r *http.Request) { r.Host = "it-focal.example" }, exchange.ErrNotForUs, 403},
		"right":                      {same, exchange.ErrNoAnswer, 200}, // a receipt is no problem
	} {
		t.Run(name, func(t *testing.T) {
			status, err := p.request(t, sealed, test.spoil)
			is(t, err, test.want)
			if status != test.status {
				t.Errorf("status %d, want %d", status, test.status)
			}
		})
	}
	for name, test := range map[string]struct {
		content []byte
		want    error
	}{
		"empty":          {nil, exchange.ErrMalformed},
		"no size class":  {sealed[:100], exchange.ErrMalformed},
		"larger than is": {make([]byte, exchange.MaxSealed+1), exchange.ErrOversize},
	} {
		_, err := p.request(t, test.content, same)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if refused := len(p.memory[1].Turned); refused != 15 {
		t.Errorf("%d refusals journalled, want 15", refused)
	}
}

func relabel(r *http.Request, label string) {
	for _, name := range []string{"Signature", "Signature-Input"} {
		r.Header.Set(name, strings.Replace(r.Header.Get(name), "palermo=", label+"=", 1))
	}
}

func uncover(r *http.Request, component string) {
	r.Header.Set("Signature-Input", strings.Replace(r.Header.Get("Signature-Input"), " "+component, "", 1))
}

// A body of more than it was announced to be, or without end, is cut off.
func TestAnEndlessBodyIsCut(t *testing.T) {
	p := newPair(t)
	n, err := p.Trust.Node("ng-focal", p.now())
	if err != nil {
		t.Fatal(err)
	}
	var read atomic.Int64
	r, err := http.NewRequestWithContext(t.Context(), http.MethodPost, n.URL+pathMessages, &endless{&read})
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", typeSealed)
	if err := sign(r, []byte("x"), "it-focal", p.Nodes[0].Signer(), p.now()); err != nil {
		t.Fatal(err)
	}
	r.ContentLength = -1
	answer, err := p.client[0].to(n).Do(r)
	if err == nil {
		err = answer.Body.Close()
		if answer.StatusCode != http.StatusBadRequest {
			t.Errorf("status %d", answer.StatusCode)
		}
	}
	if err != nil {
		t.Log(err) // the server hung up while we still wrote: as good
	}
	if read.Load() > 8<<20 {
		t.Errorf("%d bytes were taken", read.Load())
	}
}

type endless struct{ read *atomic.Int64 }

func (e *endless) Read(p []byte) (int, error) {
	e.read.Add(int64(len(p)))
	return len(p), nil
}

func TestTheLogTellsNothingOfAMessage(t *testing.T) {
	p := newPair(t)
	m := p.message(t, 0)
	if _, err := p.client[0].Carry(t.Context(), "ng-focal", m); err != nil {
		t.Fatal(err)
	}
	if _, err := p.client[0].Carry(t.Context(), "ng-focal", p.Message(t, 0, 1, 0, p.now(), 2*time.Hour)); !errors.Is(err, exchange.ErrAlteredCopy) {
		t.Fatal(err)
	}
	logged := p.log.String()
	if !strings.Contains(logged, "from=it-focal") || !strings.Contains(logged, "reason=altered-copy") {
		t.Errorf("who and why is missing:\n%s", logged)
	}
	o, err := m.Object()
	if err != nil {
		t.Fatal(err)
	}
	for _, told := range []string{o.ID.String(), fmt.Sprintf("%x", o.ID[:]), o.Kind, o.Purpose} {
		if strings.Contains(logged, told) {
			t.Errorf("%q is logged:\n%s", told, logged)
		}
	}
}

func TestANodeWhoseListHasExpiredLearnsTheNext(t *testing.T) {
	p := newPair(t)
	old := p.Trust
	n, err := old.Node("ng-focal", p.now())
	if err != nil {
		t.Fatal(err)
	}
	list := p.List
	list.Version, list.Expires = 2, exchange.At(p.now().AddDate(3, 0, 0))
	newer, err := old.Accept(p.Sign(t, list.With(n)), p.now())
	if err != nil {
		t.Fatal(err)
	}
	p.clock.Store(2 * 365)
	p.trust.Store(newer)
	behind := p.client[0]
	behind.Trust = func() *exchange.Trust { return old }
	_, err = behind.Carry(t.Context(), "ng-focal", p.message(t, 0))
	is(t, err, exchange.ErrExpiredTrustList)
	bundle, err := behind.Learn(t.Context(), "ng-focal")
	if err != nil {
		t.Fatal(err)
	}
	learnt, err := old.Learn(bundle, p.now())
	if err != nil || learnt.List().Version != 2 {
		t.Errorf("version %d: %v", learnt.List().Version, err)
	}
}

func TestARevocationIsHandedOn(t *testing.T) {
	p := newPair(t)
	p.server[1].Revoke = func(_ context.Context, r exchange.SignedRevocation) error {
		trust, err := p.trust.Load().Revoke(r, p.now())
		if err == nil {
			p.trust.Store(trust)
		}
		return err
	}
	r := exchange.Revocation{Node: "it-focal", Key: p.Nodes[0].Public(exchange.Node{}).Sign.Public, At: exchange.At(p.now()), By: "unodc"}
	forged, err := exchange.NewRevocation(r, p.Nodes[1].Signer())
	if err != nil {
		t.Fatal(err)
	}
	is(t, p.client[0].Tell(t.Context(), "ng-focal", forged), exchange.ErrWrongSignature)
	right, err := exchange.NewRevocation(r, p.Signers[1])
	if err != nil {
		t.Fatal(err)
	}
	if err := p.client[0].Tell(t.Context(), "ng-focal", right); err != nil {
		t.Fatal(err)
	}
	_, err = p.trust.Load().Node("it-focal", p.now())
	is(t, err, exchange.ErrRevokedNode)
}

func BenchmarkCarry(b *testing.B) {
	p := newPair(b)
	m := p.message(b, 0)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			if _, err := p.client[0].Carry(b.Context(), "ng-focal", m); err != nil {
				b.Error(err)
			}
		}
	})
}
