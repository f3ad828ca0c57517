package cooperation_test

import (
	"context"
	"crypto/rand"
	"errors"
	"os"
	"strconv"
	"testing"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/exchange"
	"palermo/exchange/exchangetest"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
)

// troubled is a node's database, in the weather of a simulation.
type troubled struct {
	record.Store
	p *exchangetest.Program
}

func (s troubled) Commit(ctx context.Context, b record.Batch) error {
	return around(s.p, func() error { return s.Store.Commit(ctx, b) })
}

// around is a write, between two moments at which the program may die.
func around(p *exchangetest.Program, write func() error) error {
	if err := p.Fault(false); err != nil {
		return err
	}
	if err := write(); err != nil {
		return err
	}
	return p.Fault(true)
}

// troubledKeys is its other database.
type troubledKeys struct {
	vault.Keystore
	p *exchangetest.Program
}

func (k troubledKeys) PutWraps(ctx context.Context, wraps []vault.Wrap) error {
	return around(k.p, func() error { return k.Keystore.PutWraps(ctx, wraps) })
}

func (k troubledKeys) DropWraps(ctx context.Context, subject [16]byte, h vault.Holder) error {
	return around(k.p, func() error { return k.Keystore.DropWraps(ctx, subject, h) })
}

// trial is two nodes whose people do things to procedures while programs
// die between any two writes, disks are full, and lines do what they can.
type trial struct {
	*exchangetest.Weather
	w      *world
	nodes  []*seat
	person casework.CaseID
	begun  map[cooperation.ProcedureID]string // at which node
	order  []cooperation.ProcedureID
	done   map[string]int // what was committed, to see that the histories are not tame
}

// seat is one node of a history.
type seat struct {
	*exchangetest.Program
	*place
	h     *trial
	door  *record.Door // of who works on what was begun here; what comes in goes to the focal point
	clock time.Duration
}

func newTrial(t *testing.T, w *world, person casework.CaseID, seed uint64, done map[string]int) *trial {
	h := &trial{Weather: exchangetest.NewWeather(seed), w: w, person: person, done: done, begun: map[cooperation.ProcedureID]string{}}
	for _, name := range []string{"it", "ngo"} {
		p := w.places[name]
		s := &seat{Program: &exchangetest.Program{Name: name, Weather: h.Weather}, place: p, h: h, door: p.focal()}
		if name == "it" {
			s.door = p.ngo()
		}
		p.Record.Store = troubled{p.Store, s.Program}
		p.Record.Now = func() time.Time { return w.now.Add(s.clock) }
		h.nodes = append(h.nodes, s)
		s.start(t)
	}
	return h
}

// start is the program begun anew: what was in memory only is gone.
func (s *seat) start(t *testing.T) {
	t.Helper()
	s.Start()
	root, err := vault.ReadRootFile(s.Config.RootFile)
	must(t, err)
	s.Record.Vault, err = vault.Open(context.Background(), root, troubledKeys{s.Keys, s.Program}, rand.Reader)
	must(t, err)
	s.desk = cooperation.NewDesk(s.Record, s.Node.Desk, s.Directory, s.desk.Keys, s.desk.Trust, s.desk.Focal)
	s.courier = s.desk.NewCourier(s, s.h.Float64)
	s.courier.InFlight, s.courier.Batch = 1, 5
}

func (s *seat) other() *seat {
	if s == s.h.nodes[0] {
		return s.h.nodes[1]
	}
	return s.h.nodes[0]
}

// Carry is the way to the other node and back.
func (s *seat) Carry(ctx context.Context, _ string, m exchange.Signed) (exchange.SignedReceipt, error) {
	o := s.other()
	return s.h.Travel(s.Program, o.Program, m, func() (exchange.SignedReceipt, error) {
		to, err := s.h.w.trust.Node(o.Program.Name, s.h.w.now)
		if err != nil {
			return nil, err
		}
		sealed, err := m.Seal(to)
		if err != nil {
			return nil, err
		}
		return o.desk.Receiver().Receive(ctx, s.Program.Name, sealed)
	})
}

// Ask travels as a message does.
func (s *seat) Ask(ctx context.Context, want exchange.Receipt) (exchange.SignedReceipt, error) {
	o := s.other()
	if o.Down || s.Down || s.h.Chance(10) {
		return nil, exchange.ErrNoAnswer
	}
	return o.desk.Receiver().Asked(ctx, s.Program.Name, want)
}

// step lets one thing happen.
func (h *trial) step(t *testing.T) {
	s := h.nodes[h.IntN(len(h.nodes))]
	switch h.IntN(30) {
	case 0, 1:
		h.begin(s)
	case 2:
		s.Dies(1 + h.IntN(8))
	case 3, 4, 5:
		s.start(t)
	case 6:
		s.Full = h.IntN(8) == 0
	case 7:
		h.Cut(s.Program.Name, s.other().Program.Name, h.IntN(4) == 0)
	case 8:
		s.clock = time.Duration(h.IntN(5)-2) * time.Minute
	case 9:
		if h.IntN(20) == 0 {
			h.w.now = h.w.now.AddDate(0, 0, 8) // past every deadline
		}
	case 10, 11:
		h.Arrive()
	case 12:
		h.consent()
	case 13, 14, 15, 16, 17, 18, 19, 20:
		h.w.now = h.w.now.Add(time.Duration(1+h.IntN(1200)) * time.Second)
		if !s.Down {
			_, _ = s.courier.Round(context.Background()) // its errors are the faults above
		}
	default:
		h.act(s)
	}
}

// count keeps what was committed; a refusal of a rule, or a fault, changes nothing.
func (h *trial) count(what string, err error) bool {
	if err == nil {
		h.done[what]++
	}
	return err == nil
}

func (h *trial) begin(s *seat) {
	if s.Down || len(h.order) >= 3 {
		return
	}
	types := []cooperation.Type{"enquiry", "interpreter", "joint_team"}
	start := cooperation.Start{Type: types[h.IntN(len(types))], Recipient: s.org["at "+s.other().Program.Name]}
	if s == h.nodes[0] && h.IntN(3) > 0 {
		start.Type, start.Case = "referral", h.person
	}
	d, _ := cooperation.Find(start.Type)
	info, _ := d.Act(d.Begin)
	id, err := s.desk.Begin(context.Background(), s.door, start, cooperation.Filled(info.New(), h.w.now))
	if h.count("begun", err) || id != (cooperation.ProcedureID{}) {
		h.begun[id] = s.Program.Name
		h.order = append(h.order, id)
	}
}

// act does something to a procedure, where this node knows of it by now: what
// moves it on if anything can, or else, now and then, a word between the two.
func (h *trial) act(s *seat) {
	if s.Down || len(h.order) == 0 {
		return
	}
	id := h.order[h.IntN(len(h.order))]
	p, err := h.see(s, id)
	if err != nil {
		return
	}
	var words, moves []cooperation.Info
	for _, o := range p.Offers {
		switch {
		case o.WhyNot != nil || o.Name == "take-over" || o.To.Ended() && h.IntN(40) > 0: // a case that was opened there is for other tests
		case o.To != "":
			moves = append(moves, o.Info)
		case h.IntN(4) == 0:
			words = append(words, o.Info)
		}
	}
	if len(moves) == 0 {
		moves = words
	}
	if len(moves) > 0 {
		h.take(s, id, moves[h.IntN(len(moves))])
	}
}

func (h *trial) take(s *seat, id cooperation.ProcedureID, info cooperation.Info) {
	if stands, err := h.allowed(); info.Draws != 0 && err == nil && stands.IsZero() {
		h.consent()
	}
	err := s.desk.Take(context.Background(), s.at(id), id, info.Name, cooperation.Filled(info.New(), h.w.now))
	if !h.count("acts", err) || info.Draws == 0 {
		return
	}
	h.done["acts with what was allowed"]++
	if h.IntN(2) == 0 {
		h.consent() // withdrawn while the message waits
	}
}

func (h *trial) see(s *seat, id cooperation.ProcedureID) (cooperation.ProcedureView, error) {
	r, err := record.View(context.Background(), s.at(id), s.desk.Procedures, id, record.Reason{Action: access.Look})
	if err != nil {
		return cooperation.ProcedureView{}, err
	}
	return r.Value(), nil
}

// at is the door of who works on a procedure at this node.
func (s *seat) at(id cooperation.ProcedureID) *record.Door {
	if s.h.begun[id] == s.Program.Name {
		return s.door
	}
	return s.focal()
}

// consent is given, or withdrawn, which recalls what was sent under it.
func (h *trial) consent() {
	s := h.nodes[0]
	stands, err := h.allowed()
	if err != nil {
		return
	}
	if !stands.IsZero() {
		h.count("withdrawals", s.Node.Desk.Take(context.Background(), s.door, h.person, "withdraw-consent", &casework.WithdrawConsent{Consent: stands}, 0))
		return
	}
	give := casework.Consenting("assistance", s.org["at ngo"], []string{"identity"}, h.w.now.AddDate(0, 6, 0))
	h.count("consents", s.Node.Desk.Take(context.Background(), s.door, h.person, "give-consent", give, 0))
}

// allowed is the consent that stands, or zero.
func (h *trial) allowed() (stands ident.ID, err error) {
	s := h.nodes[0]
	r, err := record.View(context.Background(), s.door, s.Node.Desk.Kind, h.person, record.Reason{Action: access.Look})
	if err != nil {
		return stands, err
	}
	for _, g := range r.Value().Consents {
		if g.Stands(h.w.now) {
			stands = g.ID
		}
	}
	return stands, nil
}

// welcomed has a referral come, while it is calm, to where the person's details can be sent.
func (h *trial) welcomed(t *testing.T) {
	t.Helper()
	h.Calm = true
	here, there := h.nodes[0], h.nodes[1]
	id, err := here.desk.Begin(context.Background(), here.door, cooperation.Start{Type: "referral", Recipient: here.org["at ngo"], Case: h.person}, proposal)
	must(t, err)
	h.begun[id], h.order = here.Program.Name, append(h.order, id)
	h.rounds(t)
	d, _ := cooperation.Find("referral")
	info, _ := d.Act("welcome")
	must(t, there.desk.Take(context.Background(), there.at(id), id, info.Name, cooperation.Filled(info.New(), h.w.now)))
	h.rounds(t)
	h.Calm = false
}

// trials is how many are played: PALERMO_TRIALS, or as many as take some seconds.
func trials(t *testing.T) (from, to uint64) {
	if one := os.Getenv("PALERMO_TRIAL"); one != "" {
		n, err := strconv.ParseUint(one, 10, 64)
		must(t, err)
		return n, n + 1
	}
	if more := os.Getenv("PALERMO_TRIALS"); more != "" {
		n, err := strconv.ParseUint(more, 10, 64)
		must(t, err)
		return 0, n
	}
	return 0, 8
}

// Records, keys and messages in real databases: whatever dies between any two
// writes, both sides come to the same state, nothing is lost or doubled, and
// what a consent no longer covers is erased.
func TestRecordsOfBothSidesAgreeWhateverFails(t *testing.T) {
	w := newWorld(t, sqlite)
	person, done := w.person(casework.Adult), map[string]int{}
	from, to := trials(t)
	for seed := from; seed < to; seed++ {
		h := newTrial(t, w, person, seed, done)
		h.welcomed(t)
		h.consent()
		for range 150 {
			h.step(t)
		}
		h.settle(t)
		if err := h.verdict(); err != nil {
			t.Fatalf("trial %d: %v", seed, err)
		}
		w.withdraw(person)
		h.settle(t)
		if err := errors.Join(h.verdict(), h.holds()); err != nil {
			t.Fatalf("trial %d, after consent was withdrawn: %v", seed, err)
		}
	}
	t.Logf("what happened: %v", done)
	for _, what := range []string{"begun", "acts", "withdrawals", "consents", "acts with what was allowed", "delivered", "recalled", "failed: never-stored"} {
		if done[what] == 0 && to-from > 1 {
			t.Errorf("the histories never come to %q: they are too tame", what)
		}
	}
}
