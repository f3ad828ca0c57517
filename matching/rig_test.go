package matching_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/directory"
	"palermo/e2e/postgrestest"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/matching"
	"palermo/node"
	"palermo/record"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// place is one node with the people of the test.
type place struct {
	*node.Node
	courier *exchange.Courier
	org     map[string]ident.ID
}

// world is two States and a secretariat that hold the key together, a ministry
// beside them, and a clock.
type world struct {
	t      *testing.T
	now    time.Time
	places map[string]*place
	list   exchange.TrustList
	signer ed25519.PrivateKey
	silent map[string]bool // operators that do not answer
	sent   []sent
}

// sent is what went over the line: who, to whom, and how much.
type sent struct {
	from, to string
	size     int
	at       time.Time
}

var bodies = []struct {
	name, profile string
	entry         exchange.Node
}{
	{"it", "it", exchange.Node{State: "IT", Kind: exchange.FocalPoint}},
	{"ministry", "it", exchange.Node{State: "IT", Kind: exchange.Ministry}},
	{"ng", "ng", exchange.Node{State: "NG", Kind: exchange.FocalPoint}},
	{"secretariat", "coe", exchange.Node{Kind: exchange.Secretariat}},
}

var operators = []string{"it", "ng", "secretariat"}

// both runs a test on both databases.
func both(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("SQLite", func(t *testing.T) { test(t, newWorld(t, sqlite)) })
	t.Run("PostgreSQL", func(t *testing.T) {
		test(t, newWorld(t, func() node.Config { return node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)} }))
	})
}

func sqlite() node.Config { return node.Config{} }

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func refused(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want %s", err, code)
	}
}

func newWorld(t *testing.T, config func() node.Config) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), places: map[string]*place{}, silent: map[string]bool{}}
	public, key, err := ed25519.GenerateKey(rand.Reader)
	must(t, err)
	w.signer = key
	w.list = exchange.TrustList{Version: 1, Threshold: 1, Signers: []exchange.Signer{{Name: "unodc", Public: public}},
		Issued: exchange.At(w.now.AddDate(0, -1, 0)), Expires: exchange.At(w.now.AddDate(5, 0, 0))}
	for _, b := range bodies {
		p := w.open(b.name, b.profile, config())
		b.entry.Title = b.name
		w.list = w.list.With(p.Exchange.Entry(b.entry))
		w.places[b.name] = p
	}
	w.install()
	w.key(1)
	return w
}

func (w *world) open(name, profile string, c node.Config) *place {
	w.t.Helper()
	ctx := w.t.Context()
	c.Data, c.Node, c.Jurisdiction = filepath.Join(w.t.TempDir(), name), name, profile
	c = c.Filled()
	must(w.t, node.CreateKeys(c))
	n, err := node.Open(ctx, c)
	must(w.t, err)
	w.t.Cleanup(func() { must(w.t, n.Close()) })
	n.Record.Now = func() time.Time { return w.now }
	p := &place{Node: n, org: map[string]ident.ID{}}
	d := n.Record.For(access.Node(access.Administrator))
	for key, o := range map[string]directory.AddOrganisation{
		"focal": {Name: "Focal point", Kind: "focal_point_office", FocalPoint: true}, "ngo": {Name: "Porto Aperto", Kind: "ngo"},
		"at it": {Name: "Italy", Kind: "focal_point_office", Country: "IT", Node: "it"}, "at ng": {Name: "Nigeria", Kind: "focal_point_office", Country: "NG", Node: "ng"},
		"at ministry": {Name: "Ministry", Kind: "other", Country: "IT", Node: "ministry"}} {
		p.org[key], err = n.Directory.Add(ctx, d, o)
		must(w.t, err)
	}
	n.FocalPoint(p.org["focal"])
	return p
}

// install has every node trust the list as it is.
func (w *world) install() {
	w.t.Helper()
	draft, err := w.list.Draft()
	must(w.t, err)
	signed, err := draft.Sign(w.list.Signers, w.signer)
	must(w.t, err)
	trust, err := exchange.Install(signed, w.now)
	must(w.t, err)
	bundle, err := exchange.Encode(trust.Bundle())
	must(w.t, err)
	for name, p := range w.places {
		must(w.t, p.Install(bundle))
		p.Matching.Join(p.Abroad, hand{w, name})
		p.courier = p.Abroad.NewCourier(hand{w, name}, func() float64 { return 0 })
		p.courier.InFlight = 1
	}
}

// key makes the key of an epoch, as the operators do, and puts it into the list.
func (w *world) key(epoch uint32) {
	w.t.Helper()
	var dealt []exchange.Sealed
	for _, name := range operators {
		part, err := w.places[name].Matching.Deal(w.t.Context(), epoch, operators)
		must(w.t, err)
		dealt = append(dealt, part...)
	}
	for _, name := range operators {
		made, err := w.places[name].Matching.Assemble(w.t.Context(), epoch, dealt)
		must(w.t, err)
		made = matching.Terms(made, w.now.AddDate(0, 3, 0), 5, 500)
		w.list.Matching = &made
	}
	w.list.Version++
	w.install()
}

// hand is a line that carries from one node of the world to the others.
type hand struct {
	w    *world
	from string
}

func (h hand) Carry(ctx context.Context, to string, m exchange.Signed) (exchange.SignedReceipt, error) {
	n, err := h.w.places[h.from].Exchange.Trust().Node(to, h.w.now)
	if err != nil {
		return nil, err
	}
	sealed, err := m.Seal(n)
	if err != nil {
		return nil, err
	}
	h.w.sent = append(h.w.sent, sent{h.from, to, len(sealed), h.w.now})
	return h.w.places[to].Abroad.Receiver().Receive(ctx, h.from, sealed)
}

func (h hand) Ask(ctx context.Context, want exchange.Receipt) (exchange.SignedReceipt, error) {
	return h.w.places[want.By].Abroad.Receiver().Asked(ctx, h.from, want)
}

func (h hand) Evaluate(ctx context.Context, operator string, request []byte) ([]byte, error) {
	if h.w.silent[operator] {
		return nil, exchange.ErrNoAnswer
	}
	n, err := h.w.places[operator].Exchange.Trust().Node(h.from, h.w.now)
	if err != nil {
		return nil, err
	}
	return h.w.places[operator].Matching.Evaluate(ctx, n, request)
}

// rounds lets every node do what it can now, and carry what waits.
func (w *world) rounds() {
	w.t.Helper()
	for range 3 {
		for _, b := range bodies {
			p := w.places[b.name]
			must(w.t, p.Matching.Round(w.t.Context()))
			for more := true; more; {
				var err error
				more, err = p.courier.Round(w.t.Context())
				must(w.t, err)
			}
		}
		w.now = w.now.Add(time.Minute)
	}
}

// worker is somebody at work at an organisation of a node.
func (p *place) worker(org string, onDuty bool, roles ...access.Role) *record.Door {
	return p.Record.For(access.Viewer{Member: ident.ID{7, byte(len(org)), byte(len(roles))}, Name: "A worker", Organisation: p.org[org], Roles: roles, OnDuty: onDuty})
}

func (p *place) ngo() *record.Door   { return p.worker("ngo", true, access.CaseWorker) }
func (p *place) focal() *record.Door { return p.worker("focal", true, access.FocalPoint) }

// somebody is a case at a node.
type somebody struct {
	w  *world
	at *place
	id casework.CaseID
}

var itohan = casework.DescribePerson{Name: "Itohan Edosa", Age: casework.Adult, BirthDate: "1999-03-12", Nationality: "NG"}

func (w *world) person(at string, first casework.DescribePerson) somebody {
	w.t.Helper()
	p := w.places[at]
	id, err := p.Desk.OpenCase(w.t.Context(), p.ngo(), first)
	must(w.t, err)
	return somebody{w, p, id}
}

// takes takes a step on the case.
func (s somebody) takes(name string, step casework.Step) {
	s.w.t.Helper()
	s.w.now = s.w.now.Add(time.Minute)
	must(s.w.t, s.at.Desk.Take(s.w.t.Context(), s.at.ngo(), s.id, name, step, 0))
}

// agrees records the person's consent to be matched with a State.
func (s somebody) agrees(with string, data ...string) {
	s.w.t.Helper()
	if data == nil {
		data = []string{"identity"}
	}
	s.takes("give-consent", casework.Consenting("matching", s.at.org[with], data, s.w.now.AddDate(0, 6, 0)))
}

// withdraws ends the newest consent.
func (s somebody) withdraws() {
	s.w.t.Helper()
	seen, err := record.View(s.w.t.Context(), s.at.ngo(), s.at.Desk.Kind, s.id, record.Reason{Action: access.Look})
	must(s.w.t, err)
	all := seen.Value().Consents
	s.takes("withdraw-consent", &casework.WithdrawConsent{Consent: all[len(all)-1].ID})
}

// asks asks a State from the case.
func (s somebody) asks(org string) (matching.QuestionID, error) {
	return s.at.Matching.Ask(s.w.t.Context(), s.at.ngo(), s.id, s.at.org[org])
}

// said is what the case worker sees of a question.
func (s somebody) said() matching.Question {
	s.w.t.Helper()
	list, err := s.at.Matching.OfCase(s.w.t.Context(), s.at.ngo(), s.id)
	must(s.w.t, err)
	if len(list) == 0 {
		s.w.t.Fatal("nothing was asked")
	}
	return list[0].Value()
}

// found is what the duty officer of a node sees.
func (w *world) found(at string) []record.Redacted[matching.MatchView] {
	w.t.Helper()
	list, err := w.places[at].Matching.Found(w.t.Context(), w.places[at].focal(), record.Cursor{}, 50)
	must(w.t, err)
	return list
}

// answers decides on the newest match.
func (w *world) answers(at string, speak bool) error {
	return w.places[at].Matching.Answer(w.t.Context(), w.places[at].focal(), matching.MatchID(w.found(at)[0].ID()), speak)
}
