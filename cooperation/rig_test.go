package cooperation_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/directory"
	"palermo/e2e/postgrestest"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// place is one node with the people of the test.
type place struct {
	*node.Node
	desk    *cooperation.Desk
	courier *exchange.Courier
	org     map[string]ident.ID
}

// world is two States, a line between them, and a clock.
type world struct {
	t      *testing.T
	now    time.Time
	places map[string]*place
	trust  *exchange.Trust
	down   bool   // the line
	lose   bool   // the receipt, after the message was stored
	carry  func() // before something is carried
}

func sqlite() node.Config { return node.Config{} }

// both runs a test on both databases.
func both(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("SQLite", func(t *testing.T) { test(t, newWorld(t, sqlite)) })
	t.Run("PostgreSQL", func(t *testing.T) {
		test(t, newWorld(t, func() node.Config { return node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)} }))
	})
}

func newWorld(t *testing.T, config func() node.Config) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), places: map[string]*place{}}
	for name, state := range map[string]string{"it": "it", "ng": "ng", "ngo": "ng"} {
		w.places[name] = w.open(name, state, config())
	}
	w.install(w.nodes())
	return w
}

func (w *world) nodes() map[string]exchange.Node {
	return map[string]exchange.Node{"it": {State: "IT", Kind: exchange.FocalPoint}, "ng": {State: "NG", Kind: exchange.FocalPoint}, "ngo": {State: "NG", Kind: exchange.NGO}}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func (w *world) open(name, state string, c node.Config) *place {
	w.t.Helper()
	ctx := context.Background()
	c.Data, c.Node, c.Jurisdiction = filepath.Join(w.t.TempDir(), name), name, state
	c = c.Filled()
	must(w.t, node.CreateKeys(c))
	n, err := node.Open(ctx, c)
	must(w.t, err)
	w.t.Cleanup(func() { _ = n.Close() }) // a test may have closed it
	n.Record.Now = func() time.Time { return w.now }
	p := &place{Node: n, org: map[string]ident.ID{}}
	d := n.Record.For(access.Node(access.Administrator))
	for key, o := range map[string]directory.AddOrganisation{
		"focal": {Name: "Focal point", Kind: "focal_point_office", FocalPoint: true}, "ngo": {Name: "Porto Aperto", Kind: "ngo"},
		"at it": {Name: "Italy", Kind: "focal_point_office", Country: "IT", Node: "it"}, "at ng": {Name: "Nigeria", Kind: "focal_point_office", Country: "NG", Node: "ng"},
		"at ngo": {Name: "Idia Renaissance House", Kind: "ngo", Country: "NG", Node: "ngo"}} {
		p.org[key], err = n.Directory.Add(ctx, d, o)
		must(w.t, err)
	}
	n.FocalPoint(p.org["focal"])
	return p
}

// install makes the trust list, and each node's desk.
func (w *world) install(nodes map[string]exchange.Node) {
	w.t.Helper()
	public, key, err := ed25519.GenerateKey(rand.Reader)
	must(w.t, err)
	list := exchange.TrustList{Version: 1, Threshold: 1, Signers: []exchange.Signer{{Name: "secretariat", Public: public}},
		Issued: exchange.At(w.now.AddDate(0, -1, 0)), Expires: exchange.At(w.now.AddDate(5, 0, 0))}
	keys := map[string]exchange.Keys{}
	for name, n := range nodes {
		v := w.places[name].Record.Vault
		keys[name], err = exchange.NewKeys(name, exchange.Seed{Epoch: 1, Secret: v.Named("sign")}, exchange.Seed{Epoch: 1, Secret: v.Named("seal")})
		must(w.t, err)
		n.Title = name
		list = list.With(keys[name].Public(n))
	}
	draft, err := list.Draft()
	must(w.t, err)
	signed, err := draft.Sign(list.Signers, key)
	must(w.t, err)
	w.trust, err = exchange.Install(signed, w.now)
	must(w.t, err)
	for name, p := range w.places {
		p.desk = cooperation.NewDesk(p.Record, p.Desk, p.Directory, keys[name], func() *exchange.Trust { return w.trust }, p.org["focal"])
		p.courier = p.desk.NewCourier(hand{w, name}, func() float64 { return 0 })
		p.courier.InFlight = 1
	}
}

// hand is a line that carries from one node of the world to the others.
type hand struct {
	w    *world
	from string
}

func (h hand) Carry(ctx context.Context, to string, m exchange.Signed) (exchange.SignedReceipt, error) {
	if h.w.carry != nil {
		h.w.carry()
	}
	if h.w.down {
		return nil, exchange.ErrUnavailable
	}
	n, err := h.w.trust.Node(to, h.w.now)
	if err != nil {
		return nil, err
	}
	sealed, err := m.Seal(n)
	if err != nil {
		return nil, err
	}
	r, err := h.w.places[to].desk.Receiver().Receive(ctx, h.from, sealed)
	if err == nil && h.w.lose {
		return nil, exchange.ErrUnavailable
	}
	return r, err
}

func (h hand) Ask(ctx context.Context, want exchange.Receipt) (exchange.SignedReceipt, error) {
	if h.w.down {
		return nil, exchange.ErrUnavailable
	}
	return h.w.places[want.By].desk.Receiver().Asked(ctx, h.from, want)
}

// rounds lets every courier go until nothing is left to do now.
func (w *world) rounds() {
	w.t.Helper()
	for range 4 {
		for _, name := range []string{"it", "ng", "ngo"} {
			for more := true; more; {
				var err error
				more, err = w.places[name].courier.Round(context.Background())
				must(w.t, err)
			}
		}
		w.now = w.now.Add(10 * time.Minute)
	}
}

// worker is somebody at work at an organisation of a node.
func (p *place) worker(org string, roles ...access.Role) *record.Door {
	return p.Record.For(access.Viewer{Member: ident.ID{7, byte(len(org)), byte(len(roles))}, Name: "A worker", Organisation: p.org[org], Roles: roles, OnDuty: true})
}

func (p *place) ngo() *record.Door   { return p.worker("ngo", access.CaseWorker) }
func (p *place) focal() *record.Door { return p.worker("focal", access.FocalPoint, access.CaseWorker) }

// open opens a case of somebody from Nigeria in Italy.
func (w *world) person(age casework.AgeGroup) casework.CaseID {
	w.t.Helper()
	id, err := w.places["it"].Node.Desk.OpenCase(context.Background(), w.places["it"].ngo(), casework.DescribePerson{Name: "Esohe Marker-Name", Age: age, Nationality: "NG"})
	must(w.t, err)
	return id
}

// on takes a step on a case in Italy.
func (w *world) on(id casework.CaseID, name string, s casework.Step) {
	w.t.Helper()
	must(w.t, w.try(id, name, s))
}

func (w *world) try(id casework.CaseID, name string, s casework.Step) error {
	w.now = w.now.Add(time.Minute)
	return w.places["it"].Node.Desk.Take(context.Background(), w.places["it"].ngo(), id, name, s, 0)
}

// allow records the person's consent to an organisation of the Italian directory.
func (w *world) allow(id casework.CaseID, org, purpose string, data ...string) {
	w.t.Helper()
	w.on(id, "give-consent", casework.Consenting(purpose, w.places["it"].org[org], data, w.now.AddDate(0, 6, 0)))
}

// act does an act on a procedure.
func (w *world) act(at string, d *record.Door, id cooperation.ProcedureID, name string, a cooperation.Act) {
	w.t.Helper()
	w.now = w.now.Add(time.Minute)
	if err := w.places[at].desk.Take(context.Background(), d, id, name, a); err != nil {
		w.t.Fatalf("%s, %s: %v", at, name, err)
	}
}

// seen gives a procedure as somebody sees it.
func (w *world) seen(at string, d *record.Door, id cooperation.ProcedureID) cooperation.ProcedureView {
	w.t.Helper()
	r, err := record.View(context.Background(), d, w.places[at].desk.Procedures, id, record.Reason{Action: access.Look})
	must(w.t, err)
	return r.Value()
}

// first gives the newest procedure at a node.
func (w *world) first(at string) cooperation.ProcedureID {
	w.t.Helper()
	list, err := w.places[at].desk.List(context.Background(), w.places[at].focal(), record.Cursor{}, 10)
	must(w.t, err)
	if len(list) == 0 {
		w.t.Fatalf("%s has no procedure", at)
	}
	return cooperation.ProcedureID(list[0].ID())
}

func refused(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want %s", err, code)
	}
}
