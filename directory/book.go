package directory

import (
	"context"
	"errors"
	"sync"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
)

// Book is the directory of one node: it checks credentials and keeps sessions.
// It is safe for use by several goroutines.
type Book struct {
	node          *record.Node
	sessions      Sessions
	members       *record.Kind[Member, MemberView]
	organisations *record.Kind[Organisation, OrganisationView]
	courses       *record.Kind[Course, CourseView]
	keyrings      *record.Kind[Keyring, KeyringView]
	cost          vault.Params
	guesses       chan struct{} // bounds the memory that sign-ins under way take

	adding sync.Mutex // held while a member is added
	mu     sync.Mutex
	known  map[ident.ID]atWork // who members are at work, for freshFor

	named   []Named             // organisations that take part, for freshFor; nil when they are to be read
	namedAt time.Time           // when they were read
	changes int                 // of organisations and courses, since the book was opened
	natures map[ident.ID]Nature // what organisations are, as last read or changed
	learned bool                // all of them were read once

	open     map[[32]byte]unlocked // members' own keys, by the hash of a session's token: in memory alone
	guessing map[ident.ID]guessing // wrong passwords for confidential notes

	keys     map[ident.ID]ident.ID // whose a program's key is, of those that were found
	programs wrongKeys
}

const guessesAtOnce = 4 // each takes the memory of the cost: 64 MiB with vault.MemberParams

// Option changes how a Book works.
type Option func(*Book)

// WithCost sets the price of a guess at passwords set from now on; without it, vault.MemberParams.
func WithCost(p vault.Params) Option { return func(b *Book) { b.cost = p } }

// New opens the directory.
func New(node *record.Node, sessions Sessions, options ...Option) *Book {
	b := &Book{node: node, sessions: sessions, members: Members(), organisations: Organisations(), courses: Courses(), keyrings: Keyrings(),
		cost: vault.MemberParams(), guesses: make(chan struct{}, guessesAtOnce), known: map[ident.ID]atWork{}, natures: map[ident.ID]Nature{},
		open: map[[32]byte]unlocked{}, guessing: map[ident.ID]guessing{}, keys: map[ident.ID]ident.ID{}}
	for _, o := range options {
		o(b)
	}
	return b
}

// door is the node's own, for checking credentials.
func (b *Book) door() *record.Door { return b.node.For(access.Node(access.SignIn)) }

// match compares a password, when its turn comes.
func (b *Book) match(ctx context.Context, phc, password string) (bool, error) {
	select {
	case b.guesses <- struct{}{}:
	case <-ctx.Done():
		return false, fault.Unavailable(ctx.Err(), "Too many people are signing in. Try again.")
	}
	defer func() { <-b.guesses }()
	return passwordMatches(phc, password, b.cost), nil
}

// one gives the only member that the word belongs to, with what a sign-in
// needs, or else the stranger. The look is journalled, and costs the same for both.
func (b *Book) one(ctx context.Context, word string) (*Member, error) {
	stranger := &Member{Stranger: true}
	var people []*Member
	q := record.Query[Member]{Why: record.Reason{Action: ActSignIn}, Words: [][]string{{word, strangerWord}}, Limit: 10}
	for r, err := range record.List(ctx, b.door(), b.members, q) {
		if err != nil {
			return nil, err
		}
		m := r.Value().whole
		switch {
		case m == nil:
		case m.Stranger:
			stranger = m
		default:
			people = append(people, m)
		}
	}
	if len(people) == 1 {
		return people[0], nil
	}
	return stranger, nil // two with one user name are nobody
}

// atWork is who a member is at work, as read at an instant.
type atWork struct {
	viewer       access.Viewer
	organisation string
	setUp        bool
	programs     []Program
	read         time.Time
}

// at gives who a member is at work: what is known, when it is fresh, or else read again.
func (b *Book) at(ctx context.Context, id ident.ID) (atWork, error) {
	now := b.node.Now()
	b.mu.Lock()
	w, ok := b.known[id]
	b.mu.Unlock()
	if ok && now.Before(w.read.Add(freshFor)) {
		return w, nil
	}
	w, err := b.readAt(ctx, id, now)
	if err != nil {
		return w, err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	for other, known := range b.known {
		if !now.Before(known.read.Add(freshFor)) {
			delete(b.known, other)
		}
	}
	b.known[id] = w
	return w, nil
}

// forget makes the next look at a member's session read the member again.
func (b *Book) forget(id ident.ID) {
	b.mu.Lock()
	defer b.mu.Unlock()
	delete(b.known, id)
}

// forgetAll does it for everybody, after a change that many roles may hang on.
func (b *Book) forgetAll() {
	b.mu.Lock()
	defer b.mu.Unlock()
	clear(b.known)
	b.named, b.changes = nil, b.changes+1
}

func (b *Book) readAt(ctx context.Context, id ident.ID, now time.Time) (atWork, error) {
	m, o, courses, err := b.read(ctx, id)
	if err != nil {
		return atWork{}, err
	}
	if !m.Active() || !o.Active() {
		return atWork{}, errEnded
	}
	return atWork{viewer: Viewer(m, o, courses, now), organisation: o.Name, setUp: m.MustSetUp(), programs: m.Credentials.Programs, read: now}, nil
}

// read gives a member with all that their roles hang on, for the node's own use.
func (b *Book) read(ctx context.Context, id ident.ID) (*Member, *Organisation, []Course, error) {
	why := record.Reason{Action: ActSignIn}
	seen, err := record.View(ctx, b.door(), b.members, record.ID[Member](id), why)
	if err != nil {
		return nil, nil, nil, err
	}
	m := seen.Value().whole
	if m == nil {
		return nil, nil, nil, fault.Internal(errors.New("the node may not check credentials"))
	}
	org, err := record.View(ctx, b.door(), b.organisations, record.ID[Organisation](m.Organisation), why)
	if err != nil {
		return nil, nil, nil, err
	}
	b.note(org.Value())
	o := org.Value().Organisation
	courses, err := b.allCourses(ctx, b.door(), why)
	return m, &o, courses, err
}

func (b *Book) allCourses(ctx context.Context, d *record.Door, why record.Reason) ([]Course, error) {
	views, err := all(ctx, d, b.courses, record.Query[Course]{Why: why})
	courses := make([]Course, len(views))
	for i, v := range views {
		courses[i] = v.Course
	}
	return courses, err
}

// all gives what may be seen of every record of a list.
func all[T, R any](ctx context.Context, d *record.Door, k *record.Kind[T, R], q record.Query[T]) ([]R, error) {
	var list []R
	for r, err := range record.Every(ctx, d, k, q) {
		if err != nil {
			return nil, err
		}
		list = append(list, r.Value())
	}
	return list, nil
}
