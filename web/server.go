// Package web is the pages: complete without JavaScript, in every language of
// the node. A handler reads what was sent, calls one function of a domain
// package on the viewer's door, and fills a page. It decides nothing.
//
// What may never happen here: personal data in an address, a title or a log; a
// page made of anything that did not come redacted through the door.
package web

import (
	"context"
	"embed"
	"io/fs"
	"log/slog"
	"net/http"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/cooperation"
	"palermo/document/pdf"
	"palermo/fault"
	"palermo/ident"
	"palermo/interchange"
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
	"palermo/training"
	"palermo/vault"
	"palermo/web/locale"
	"palermo/web/ui"
)

//go:embed pages/*.html
var pages embed.FS

// Accounts is what the pages need of the directory.
type Accounts interface {
	// SignIn checks a password and a one-time code and begins a session.
	SignIn(ctx context.Context, login, password, code string) (token string, err error)
	// Session gives who a session belongs to and when it ends; denied when it has ended.
	Session(ctx context.Context, token string) (Session, error)
	SignOut(ctx context.Context, token string) error
	// Organisations lists those that can be chosen.
	Organisations(ctx context.Context, d *record.Door) ([]Named, error)
	// MemberName is the name by which colleagues know a member.
	MemberName(ctx context.Context, d *record.Door, id ident.ID) (string, error)
}

// Session is somebody at work.
type Session struct {
	Viewer       access.Viewer
	Organisation string
	MustSetUp    bool // sign-in is not set up yet: no role is in force
	Ends         time.Time
}

// Named is something to choose.
type Named struct {
	ID   ident.ID
	Name string
	Node string // where it works at another node of the exchange
}

// Server serves the pages of one node.
type Server struct {
	Node      *record.Node
	Desk      *casework.Desk
	Abroad    *cooperation.Desk // nil where the node speaks to no other
	Register  *register.Room    // nil where the node speaks to no other
	Matching  *matching.Desk
	Accounts  Accounts
	Directory Directory
	Training  *training.Room
	Library   *library.Shelf
	Files     *interchange.Room

	Recommendations *recommendation.Room
	Statistics      *statistics.Room
	Answers         *answer.Room
	Reviews         *dialogue.Room
	Readings        *reading.Room
	Sessions        *floor.Room

	Passkeys   Passkeys // nil without
	SignOn     *SignOn  // nil without
	Federation Federation
	Seal       vault.Key // of what a browser keeps for a few minutes
	Languages  *locale.Languages
	Name       string // of the organisation that runs the node
	Cookie     string // each node has its own, so that two on one machine do not mix
	Secure     bool   // people reach the node by https, which may end at a proxy
	Origin     string // where people reach the node: https://palermo.example
	Zone       *time.Location
	Log        *slog.Logger
	// Unpublished says since when the journal could not be published, where nothing is sent to other nodes for that. Nil: never.
	Unpublished func() (since time.Time, held bool)

	// Operation says how the node fares.
	Operation func(ctx context.Context) (Operation, error)

	render  *ui.Renderer
	screens screens // what is on the screens that follow a reading
	printer *pdf.Printer
}

// Handler gives the routes.
func (s *Server) Handler() (http.Handler, error) {
	sub, err := fs.Sub(pages, "pages")
	if err != nil {
		return nil, err
	}
	if s.render, err = ui.New(s.Languages, ui.Identity{Organisation: s.Name}, sub); err != nil {
		return nil, err
	}
	fonts, err := ui.PrintFonts()
	if err != nil {
		return nil, err
	}
	s.printer = pdf.NewPrinter(fonts)
	mux := http.NewServeMux()
	mux.Handle("GET /static/", s.render.Static())
	mux.HandleFunc("POST /language", s.chooseLanguage)
	mux.HandleFunc("GET /sign-in", s.page(s.signInForm))
	mux.HandleFunc("POST /sign-in", s.page(s.signIn))
	mux.HandleFunc("POST /session", s.signedIn(s.extendSession))
	mux.HandleFunc("POST /sign-out", s.page(s.signOut))
	mux.HandleFunc("GET /{$}", s.signedIn(s.day))
	mux.HandleFunc("GET /cases", s.signedIn(s.cases))
	mux.HandleFunc("GET /cases.csv", s.signedIn(s.casesCSV))
	mux.HandleFunc("GET /cases.xlsx", s.signedIn(s.casesXLSX))
	mux.HandleFunc("POST /cases/search", s.signedIn(s.searchCases))
	mux.HandleFunc("GET /cases/new", s.signedIn(s.newCaseForm))
	mux.HandleFunc("POST /cases/new", s.signedIn(s.newCase))
	mux.HandleFunc("GET /cases/{id}", s.signedIn(s.showCase))
	mux.HandleFunc("GET /cases/{id}/part/{part}", s.signedIn(s.showCase))
	mux.HandleFunc("GET /cases/{id}/history", s.signedIn(s.caseHistory))
	mux.HandleFunc("GET /cases/{id}/file.docx", s.signedIn(s.caseFile))
	mux.HandleFunc("GET /cases/{id}/file.pdf", s.signedIn(s.casePDF))
	mux.HandleFunc("GET /cases/{id}/held", s.signedIn(s.held))
	s.routeConfidential(mux)
	mux.HandleFunc("GET /cases/{id}/break-glass", s.signedIn(s.breakGlassForm))
	mux.HandleFunc("POST /cases/{id}/break-glass", s.signedIn(s.breakGlass))
	mux.HandleFunc("GET /cases/{id}/forms", s.signedIn(s.forms))
	mux.HandleFunc("GET /cases/{id}/forms/{form}", s.signedIn(s.fillForm))
	mux.HandleFunc("POST /cases/{id}/forms/{form}", s.signedIn(s.answerForm))
	mux.HandleFunc("GET /cases/{id}/documents/{document}", s.signedIn(s.document))
	mux.HandleFunc("GET /cases/{id}/letters/{letter}", s.signedIn(s.letter))
	s.routePlaces(mux)
	s.routeInterpreting(mux)
	s.routeOnDuty(mux)
	mux.HandleFunc("GET /rights", s.signedIn(s.rights))
	mux.HandleFunc("GET /state", s.signedIn(s.state))
	mux.HandleFunc("GET /holds", s.signedIn(s.holds))
	mux.HandleFunc("GET /holds/{id}/acknowledge", s.signedIn(s.acknowledgeForm))
	mux.HandleFunc("POST /holds/{id}/acknowledge", s.signedIn(s.acknowledgeHold))
	mux.HandleFunc("GET /cases/{id}/do/{step}", s.signedIn(s.stepForm))
	mux.HandleFunc("POST /cases/{id}/do/{step}", s.signedIn(s.takeStep))
	s.routeAccounts(mux)
	s.routeTraining(mux)
	s.routeAbroad(mux)
	s.routeLibrary(mux)
	s.routeRecommendations(mux)
	s.routeFigures(mux)
	s.routeAnswers(mux)
	s.routeReviews(mux)
	s.routeReadings(mux)
	s.routeSessions(mux)
	mux.HandleFunc("GET /instruments", s.signedIn(s.instruments))
	s.routeRegister(mux)
	s.routeMatching(mux)
	s.routeImports(mux)
	mux.HandleFunc("GET /operation", s.signedIn(s.operation))
	mux.HandleFunc("/", s.page(func(*visit) error { return fault.NotFound("There is no such page.") }))
	return s.headers(http.NewCrossOriginProtection().Handler(mux)), nil
}

// headers keep pages out of caches, frames and searches.
func (s *Server) headers(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", "default-src 'self'; frame-ancestors 'none'; form-action 'self'; base-uri 'none'; object-src 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("X-Robots-Tag", "noindex")
		h.Set("Cache-Control", "no-store")
		if s.Secure {
			h.Set("Strict-Transport-Security", "max-age=31536000") // a year (RFC 6797)
		}
		h.Set("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
		next.ServeHTTP(w, r)
	})
}
