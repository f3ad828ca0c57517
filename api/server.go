package api

import (
	"context"
	"encoding/json"
	"log/slog"
	"net/http"
	"reflect"
	"strings"
	"sync"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/input"
	"palermo/record"
)

// Keys knows who a program acts as; denied where the key is none.
type Keys interface {
	ProgramViewer(ctx context.Context, key string) (access.Viewer, error)
}

// Server answers at /api/v1.
type Server struct {
	Node *record.Node
	Desk *casework.Desk
	Keys Keys
	Log  *slog.Logger

	busy        limit // of each key's requests
	description func() ([]byte, error)
}

// largest request, with a document of 25 MB in it.
const largest = 36 << 20

// Handler gives the addresses.
func (s *Server) Handler() http.Handler {
	s.busy = limit{most: 200, refill: 10 * time.Millisecond}
	s.description = sync.OnceValues(s.described)
	mux := http.NewServeMux()
	for _, o := range s.operations() {
		mux.HandleFunc(o.method+" /api/v1"+o.path, s.entered(o.do))
	}
	mux.HandleFunc("GET /api/v1/openapi.json", s.open(s.openAPI))
	mux.HandleFunc("/api/", s.open(func(*visit) error { return fault.NotFound("There is nothing at this address.") }))
	return mux
}

func (s *Server) operations() []operation {
	lines := reflect.TypeFor[Lines]()
	state := input.Field{Name: "state", Kind: "choice", Options: []input.Option{{Value: "open"}, {Value: "closed"}, {Value: "historical"}}}
	return []operation{
		{id: "list-cases", method: http.MethodGet, path: "/cases", does: "The worklist, newest first.", do: s.cases, answers: lines, status: http.StatusOK,
			query: []input.Field{state, {Name: "limit", Kind: "number"}, {Name: "cursor"}}},
		{id: "open-case", method: http.MethodPost, path: "/cases", does: "Open a case at first contact.", do: s.openCase, asks: &casework.DescribePerson{},
			answers: reflect.TypeFor[Line](), status: http.StatusCreated},
		{id: "search-cases", method: http.MethodPost, path: "/cases/search", does: "Find cases by name or reference.", do: s.searchCases, asks: &Search{},
			answers: lines, status: http.StatusOK},
		{id: "show-case", method: http.MethodGet, path: "/cases/{id}", does: "A case, as its pages show it.", do: s.showCase,
			answers: reflect.TypeFor[Case](), status: http.StatusOK},
		{id: "list-steps", method: http.MethodGet, path: "/cases/{id}/steps", does: "The steps of the role: possible now, or why not.", do: s.steps,
			answers: reflect.TypeFor[Offers](), status: http.StatusOK},
		{id: "show-step", method: http.MethodGet, path: "/cases/{id}/steps/{step}", does: "What a step asks, and what must be read before.", do: s.step,
			answers: reflect.TypeFor[StepForm](), status: http.StatusOK},
		{id: "take-step", method: http.MethodPost, path: "/cases/{id}/steps/{step}", does: "Take a step.", do: s.takeStep,
			answers: reflect.TypeFor[Taken](), status: http.StatusOK},
	}
}

// visit is one request; its door is that of whom the program acts for.
type visit struct {
	w    http.ResponseWriter
	r    *http.Request
	door *record.Door
}

type handler func(*visit) error

// open answers a request, or says why not.
func (s *Server) open(do handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("Cache-Control", "no-store")
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'")
		h.Set("Referrer-Policy", "no-referrer")
		r.Body = http.MaxBytesReader(w, r.Body, largest)
		if err := do(&visit{w: w, r: r}); err != nil {
			s.refuse(w, r, err)
		}
	}
}

// entered lets in who shows a key.
func (s *Server) entered(do handler) http.HandlerFunc {
	return s.open(func(v *visit) error {
		key, shown := strings.CutPrefix(v.r.Header.Get("Authorization"), "Bearer ")
		if !shown {
			return errNoKey
		}
		viewer, err := s.Keys.ProgramViewer(v.r.Context(), key)
		if fault.Is(err, fault.CodeDenied) {
			return errNoKey
		}
		if err != nil {
			return err
		}
		id, now := viewer.Program.String(), s.Node.Now()
		if s.busy.count(id, now); !s.busy.may(id, now) {
			return errOften
		}
		v.door = s.Node.For(viewer)
		return do(v)
	})
}

// answer sends JSON.
func (v *visit) answer(status int, body any) error {
	v.w.Header().Set("Content-Type", "application/json")
	v.w.WriteHeader(status)
	_ = json.NewEncoder(v.w).Encode(body) // where this fails, the program has gone
	return nil
}
