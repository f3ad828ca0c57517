// Package node plugs the rooms of the house together into one node: keys,
// database, door, directory, casework and pages, as the settings say.
package node

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/directory"
	"palermo/fault"
	"palermo/form"
	"palermo/health"
	"palermo/ident"
	"palermo/interchange"
	"palermo/journal"
	"palermo/jurisdiction"
	"palermo/library"
	"palermo/matching"
	"palermo/record"
	"palermo/register"
	"palermo/review/answer"
	"palermo/review/dialogue"
	"palermo/review/floor"
	"palermo/review/reading"
	"palermo/review/recommendation"
	"palermo/statistics"
	"palermo/store"
	"palermo/training"
	"palermo/vault"
	"palermo/web"
	"palermo/web/locale"
)

// Node is everything of one node.
type Node struct {
	Config    Config
	Keys      *store.Keys
	Store     *store.Store
	Record    *record.Node
	Desk      *casework.Desk
	Directory *directory.Book
	Forms     *form.Library
	Files     *interchange.Room
	Training  *training.Room
	Library   *library.Shelf

	Recommendations *recommendation.Room
	Statistics      *statistics.Room
	Answers         *answer.Room
	Reviews         *dialogue.Room
	Readings        *reading.Room
	Sessions        *floor.Room

	Signer   *journal.Signer
	Profile  *jurisdiction.Profile
	Exchange *Exchange
	Abroad   *cooperation.Desk // nil until a trust list is installed
	Register *register.Room    // nil until then, too
	Matching *matching.Desk

	published atomic.Pointer[time.Time] // when the journal was last published; nil where this process does not
	requests  health.Requests           // asked of the pages
}

// Open opens a node. It opens the keys first: the database's own key comes out of them.
func Open(ctx context.Context, c Config) (*Node, error) {
	n := &Node{Config: c}
	root, err := vault.ReadRootFile(c.RootFile)
	if err != nil {
		return nil, err
	}
	if n.Keys, err = openKeys(ctx, c); err != nil {
		return nil, err
	}
	v, err := vault.Open(ctx, root, n.Keys, rand.Reader)
	if err != nil {
		return nil, errors.Join(err, n.Keys.Close())
	}
	if n.Store, err = openStore(ctx, c, v.Named("database")); err != nil {
		return nil, errors.Join(err, n.Keys.Close())
	}
	policy, err := access.NewPolicy()
	if err != nil {
		return nil, errors.Join(err, n.Close())
	}
	n.Record = &record.Node{Store: n.Store, Vault: v, Policy: policy, Now: time.Now, Random: rand.Reader}
	cost := c.PasswordCost
	if cost == (vault.Params{}) {
		cost = vault.MemberParams()
	}
	if err := n.Record.Replay(ctx); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	if err := n.keepErasures(ctx); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	n.Directory = directory.New(n.Record, n.Store, directory.WithCost(cost))
	if n.Signer, err = journal.NewSigner(c.Node, v.Named("checkpoint")); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	if n.Profile, err = loadProfile(c.Jurisdiction); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	n.Forms, n.Library = form.NewLibrary(), library.New()
	n.Readings, n.Sessions = reading.New(), floor.New()
	if n.Training, err = training.New(n.Directory, n.Forms); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	if n.Recommendations, err = recommendation.New(); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	if err := n.openExchange(); err != nil {
		return nil, errors.Join(err, n.Close())
	}
	var focal ident.ID
	if c.FocalPoint != "" {
		if focal, err = ident.Parse(c.FocalPoint); err != nil {
			return nil, errors.Join(fmt.Errorf("FocalPoint: %w", err), n.Close())
		}
	}
	n.FocalPoint(focal)
	return n, nil
}

// FocalPoint says which organisation is the national focal point's.
func (n *Node) FocalPoint(organisation ident.ID) {
	n.Config.FocalPoint = organisation.String()
	n.Desk = casework.NewDesk(n.Profile, organisation, organisations{n})
	n.Desk.Forms = n.Forms
	n.Desk.Register = interpreters{n.Directory}
	n.Matching = matching.New(n.Record, n.Desk)
	n.Statistics = statistics.New(n.Record, n.Desk, n.Signer, organisations{n}.kind)
	n.Files = interchange.NewRoom(n.Desk)
	n.Answers, n.Reviews = answer.New(n.Statistics), dialogue.NewRoom()
	n.cooperate()
}

// organisations tells casework of organisations what the directory knows.
type organisations struct{ n *Node }

func (o organisations) Learn(ctx context.Context) error { return o.n.Directory.Learn(ctx) }

func (o organisations) Of(id ident.ID) casework.Organisation {
	nature, known := o.n.Directory.NatureOf(id)
	return casework.Organisation{Country: nature.Country, Authority: nature.Authority || !known,
		Immigration: nature.Kind == directory.ImmigrationService, Police: nature.Kind == directory.PoliceForce}
}

// kind is what statistics divides referrals by.
func (o organisations) kind(id ident.ID) string {
	nature, _ := o.n.Directory.NatureOf(id)
	return string(nature.Kind)
}

func loadProfile(code string) (*jurisdiction.Profile, error) {
	if strings.HasSuffix(code, ".yaml") {
		return jurisdiction.LoadFile(code)
	}
	return jurisdiction.Load(code)
}

func openKeys(ctx context.Context, c Config) (*store.Keys, error) {
	if c.Keys != "" {
		return store.OpenPostgresKeys(ctx, c.Keys)
	}
	return store.OpenSQLiteKeys(ctx, filepath.Join(c.Data, "keys.db"))
}

func openStore(ctx context.Context, c Config, key vault.Key) (*store.Store, error) {
	if c.Database != "" {
		return store.OpenPostgres(ctx, c.Database, key)
	}
	return store.OpenSQLite(ctx, filepath.Join(c.Data, "node.db"), key)
}

// Close closes both databases.
func (n *Node) Close() error {
	if n.Exchange != nil && n.Exchange.client != nil {
		n.Exchange.client.Close()
	}
	return errors.Join(n.Store.Close(), n.Keys.Close())
}

// CreateKeys makes the folder and the root key of a new node. A root key that
// is there stays: what was broken off can be begun again.
func CreateKeys(c Config) error {
	if err := os.MkdirAll(c.Data, 0o700); err != nil {
		return err
	}
	_, err := vault.NewRootFile(rand.Reader, c.RootFile)
	if fault.Is(err, fault.CodeConflict) {
		return nil
	}
	return err
}

// Handler gives the node's pages; their failures go to log, without personal data.
func (n *Node) Handler(log *slog.Logger) (http.Handler, error) {
	server, err := n.Server(log)
	if err != nil {
		return nil, err
	}
	handler, err := server.Handler()
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("/", handler)
	mux.Handle("/openrosa/", n.openRosa(server.Languages, log))
	mux.Handle("/api/", n.API(log))
	return n.requests.Counted(mux), nil
}

// Server is the pages before they are opened to anybody.
func (n *Node) Server(log *slog.Logger) (*web.Server, error) {
	n.Record.Log = log
	languages, err := locale.Load()
	if err != nil {
		return nil, err
	}
	passkeys, err := n.passkeys()
	if err != nil {
		return nil, err
	}
	signOn, err := n.signOn()
	if err != nil {
		return nil, err
	}
	return &web.Server{SignOn: signOn, Federation: n.Directory, Node: n.Record, Desk: n.Desk, Abroad: n.Abroad, Register: n.Register, Matching: n.Matching, Accounts: accounts{n.Directory}, Directory: n.Directory, Training: n.Training, Library: n.Library, Recommendations: n.Recommendations, Statistics: n.Statistics, Files: n.Files, Answers: n.Answers, Reviews: n.Reviews, Passkeys: passkeys,
		Readings: n.Readings, Sessions: n.Sessions,
		Origin: n.Config.origin(),
		Seal:   n.Record.Vault.Named("cookies"), Languages: languages, Name: n.Config.Name,
		Cookie: "palermo-" + n.Config.Node, Secure: strings.HasPrefix(strings.ToLower(n.Config.origin()), "https://"), Zone: n.Profile.Location(), Log: log, Unpublished: n.Unpublished, Operation: n.Operation}, nil
}

// Reindex writes what is derived from every record anew.
func (n *Node) Reindex(ctx context.Context, done func(kind string, records int)) error {
	if err := n.Directory.Learn(ctx); err != nil { // who stands on a case depends on it
		return err
	}
	say := func(kind string) func(int) { return func(records int) { done(kind, records) } }
	return errors.Join(
		record.Reindex(ctx, n.Record, n.Desk.Kind, say("cases")), record.Reindex(ctx, n.Record, n.Desk.Holds, say("holds")), n.reindexAbroad(ctx, say),
		record.Reindex(ctx, n.Record, n.Desk.Engagements, say("engagements")),
		record.Reindex(ctx, n.Record, n.Files.Kind, say("imports")),
		record.Reindex(ctx, n.Record, directory.Organisations(), say("organisations")),
		record.Reindex(ctx, n.Record, directory.Members(), say("members")), record.Reindex(ctx, n.Record, directory.Courses(), say("courses")),
		record.Reindex(ctx, n.Record, directory.Keyrings(), say("keyrings")),
		record.Reindex(ctx, n.Record, n.Training.Kind, say("practice")),
		record.Reindex(ctx, n.Record, n.Recommendations.Kind, say("follow-up of recommendations")),
		record.Reindex(ctx, n.Record, n.Statistics.Kind, say("figures")), record.Reindex(ctx, n.Record, n.Answers.Kind, say("answers")),
		record.Reindex(ctx, n.Record, n.Reviews.Kind, say("reviews of States")),
		n.reindexReadings(ctx, say),
		record.Reindex(ctx, n.Record, n.Library.Kind, say("good practices")))
}

func (n *Node) reindexReadings(ctx context.Context, say func(kind string) func(int)) error {
	return errors.Join(record.Reindex(ctx, n.Record, n.Readings.Readings, say("readings")), record.Reindex(ctx, n.Record, n.Readings.Proposals, say("proposals")),
		record.Reindex(ctx, n.Record, n.Readings.NonPapers, say("non-papers")), record.Reindex(ctx, n.Record, n.Sessions.Kind, say("sessions")))
}

func (n *Node) reindexAbroad(ctx context.Context, say func(kind string) func(int)) error {
	if n.Abroad == nil {
		return nil
	}
	m := n.Matching
	return errors.Join(record.Reindex(ctx, n.Record, n.Abroad.Procedures, say("procedures")),
		record.Reindex(ctx, n.Record, m.Entries, say("persons who agreed to matching")), record.Reindex(ctx, n.Record, m.Shares, say("shares of keys")),
		record.Reindex(ctx, n.Record, m.Questions, say("questions")), record.Reindex(ctx, n.Record, m.Heards, say("questions of others")),
		record.Reindex(ctx, n.Record, m.Matches, say("matches")), record.Reindex(ctx, n.Record, m.Counts, say("counts")),
		record.Reindex(ctx, n.Record, n.Abroad.Messages, say("messages")), record.Reindex(ctx, n.Record, n.Abroad.Refusals, say("refusals")),
		record.Reindex(ctx, n.Record, n.Abroad.Watches, say("the end of the trust list")),
		record.Reindex(ctx, n.Record, n.Register.Kind, say("cards")))
}
