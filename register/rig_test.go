package register_test

import (
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"path/filepath"
	"testing"
	"time"

	"palermo/access"
	"palermo/cooperation"
	"palermo/directory"
	"palermo/e2e/postgrestest"
	"palermo/exchange"
	"palermo/fault"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
	"palermo/register"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// place is one node of the test, with its register.
type place struct {
	*node.Node
	desk    *cooperation.Desk
	room    *register.Room
	courier *exchange.Courier
	keys    exchange.Keys
	focal   ident.ID
}

// world is nodes with a line between them, and a clock.
type world struct {
	t      *testing.T
	now    time.Time
	places map[string]*place
	trust  *exchange.Trust
	down   map[string]bool // nodes that nothing reaches
}

// both runs a test on both databases.
func both(t *testing.T, test func(t *testing.T, w *world)) {
	t.Run("SQLite", func(t *testing.T) { test(t, newWorld(t, func() node.Config { return node.Config{} })) })
	t.Run("PostgreSQL", func(t *testing.T) {
		test(t, newWorld(t, func() node.Config { return node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)} }))
	})
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newWorld(t *testing.T, config func() node.Config) *world {
	t.Helper()
	w := &world{t: t, now: time.Date(2026, 6, 1, 9, 0, 0, 0, time.UTC), places: map[string]*place{}, down: map[string]bool{}}
	for _, name := range []string{"it", "ng"} {
		w.places[name] = w.open(name, config())
	}
	w.install()
	return w
}

func (w *world) open(name string, c node.Config) *place {
	w.t.Helper()
	ctx := context.Background()
	c.Data, c.Node, c.Jurisdiction = filepath.Join(w.t.TempDir(), name), name, name
	c = c.Filled()
	must(w.t, node.CreateKeys(c))
	n, err := node.Open(ctx, c)
	must(w.t, err)
	w.t.Cleanup(func() { must(w.t, n.Close()) })
	n.Record.Now = func() time.Time { return w.now }
	p := &place{Node: n}
	p.focal, err = n.Directory.Add(ctx, n.Record.For(access.Node(access.Administrator)), directory.AddOrganisation{Name: "Focal point", Kind: "focal_point_office", FocalPoint: true})
	must(w.t, err)
	n.FocalPoint(p.focal)
	v := n.Record.Vault
	p.keys, err = exchange.NewKeys(name, exchange.Seed{Epoch: 1, Secret: v.Named("sign")}, exchange.Seed{Epoch: 1, Secret: v.Named("seal")})
	must(w.t, err)
	return p
}

// install makes a trust list of all the places.
func (w *world) install() {
	w.t.Helper()
	public, key, err := ed25519.GenerateKey(rand.Reader)
	must(w.t, err)
	list := exchange.TrustList{Version: 1, Threshold: 1, Signers: []exchange.Signer{{Name: "secretariat", Public: public}},
		Issued: exchange.At(w.now.AddDate(0, -1, 0)), Expires: exchange.At(w.now.AddDate(5, 0, 0))}
	for name, state := range map[string]string{"it": "IT", "ng": "NG"} {
		list = list.With(w.places[name].keys.Public(exchange.Node{Name: name, State: state, Title: "Focal point of " + state, Kind: exchange.FocalPoint}))
	}
	draft, err := list.Draft()
	must(w.t, err)
	signed, err := draft.Sign(list.Signers, key)
	must(w.t, err)
	w.trust, err = exchange.Install(signed, w.now)
	must(w.t, err)
	for name, p := range w.places {
		p.desk = cooperation.NewDesk(p.Record, p.Desk, p.Directory, p.keys, func() *exchange.Trust { return w.trust }, p.focal)
		p.room = register.New(p.Record, p.desk)
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
	if h.w.down[to] {
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
	return h.w.places[to].desk.Receiver().Receive(ctx, h.from, sealed)
}

func (h hand) Ask(ctx context.Context, want exchange.Receipt) (exchange.SignedReceipt, error) {
	return h.w.places[want.By].desk.Receiver().Asked(ctx, h.from, want)
}

// rounds lets every courier go, for minutes.
func (w *world) rounds() {
	w.t.Helper()
	for range 4 {
		for _, name := range []string{"it", "ng"} {
			for more := true; more; {
				var err error
				more, err = w.places[name].courier.Round(context.Background())
				must(w.t, err)
			}
		}
		w.now = w.now.Add(time.Minute)
	}
}

func (p *place) worker(roles ...access.Role) *record.Door {
	return p.Record.For(access.Viewer{Member: ident.ID{7, byte(len(roles))}, Name: "A worker", Organisation: p.focal, Roles: roles, OnDuty: true})
}

func (p *place) keeper() *record.Door { return p.worker(access.FocalPoint) }

// set writes an entry of a node's card.
func (w *world) set(at string, x register.Item) ident.ID {
	w.t.Helper()
	id, err := w.places[at].room.Set(context.Background(), w.places[at].keeper(), x)
	must(w.t, err)
	return id
}

func (w *world) publish(at string) {
	w.t.Helper()
	w.now = w.now.Add(time.Minute)
	must(w.t, w.places[at].room.Publish(context.Background(), w.places[at].keeper()))
}

// seen is a node's card as a member of another sees it.
func (w *world) seen(at, node string, d *record.Door) register.View {
	w.t.Helper()
	c, err := w.places[at].room.Of(context.Background(), d, node)
	must(w.t, err)
	return c
}

func point() *register.Point {
	return &register.Point{Kind: "focal_point", Name: "Office", Channels: []register.Channel{register.Informal}, Languages: "en, it", Zone: "Europe/Rome",
		Days: []register.Weekday{"monday", "friday"}, Opens: "08:00", Closes: "17:00", Duty: "Duty officer", Telephone: "+39 06 000 0010",
		Deputy: "Deputy", Second: "+39 06 000 0011", Night: "Helpline", AtNight: "+39 06 000 0012"}
}

func service() *register.Service {
	return &register.Service{Kind: "legal", By: "Legal Aid", For: []directory.PersonKind{"women"}, Languages: "it, en", HowTo: "Through the focal point.",
		Town: "Catania", Latitude: "37.50", Longitude: "15.09"}
}

func refused(t *testing.T, err error, code fault.Code) {
	t.Helper()
	if !fault.Is(err, code) {
		t.Fatalf("got %v, want %s", err, code)
	}
}

// signed is a card message as a node of the world might make it, sealed to Nigeria.
func (w *world) signed(from string, version uint64, c register.Content) exchange.Sealed {
	w.t.Helper()
	body, err := register.Forged(version, w.now, c)
	must(w.t, err)
	number, err := exchange.NewID(rand.Reader)
	must(w.t, err)
	o := exchange.Object{ID: number, From: from, To: "ng", Procedure: number, Kind: "card", Purpose: "without_personal_data", Body: body,
		Sent: exchange.At(w.now), Deadline: exchange.At(w.now.Add(time.Hour)), List: 1}
	signed, err := exchange.Sign(o, w.places[from].keys)
	must(w.t, err)
	n, err := w.trust.Node("ng", w.now)
	must(w.t, err)
	sealed, err := signed.Seal(n)
	must(w.t, err)
	return sealed
}
