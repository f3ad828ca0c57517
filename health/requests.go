package health

import (
	"cmp"
	"net/http"
	"slices"
	"strings"
	"sync"
)

// Requests counts what was asked of the pages.
type Requests struct {
	mu     sync.Mutex
	counts map[request]uint64
}

type request struct{ route, outcome string }

// Counted counts what next answers.
func (q *Requests) Counted(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		seen := &answer{ResponseWriter: w, status: http.StatusOK}
		defer func() { q.add(request{route(r.Pattern), outcome(seen.status)}) }()
		next.ServeHTTP(seen, r)
	})
}

func (q *Requests) add(r request) {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.counts == nil {
		q.counts = map[request]uint64{}
	}
	q.counts[r]++
}

type counted struct {
	request
	n uint64
}

// list gives the counts in an order that does not change.
func (q *Requests) list() []counted {
	q.mu.Lock()
	defer q.mu.Unlock()
	list := make([]counted, 0, len(q.counts))
	for r, n := range q.counts {
		list = append(list, counted{r, n})
	}
	slices.SortFunc(list, func(a, b counted) int {
		return cmp.Or(cmp.Compare(a.route, b.route), cmp.Compare(a.outcome, b.outcome))
	})
	return list
}

// route is the first word of a pattern of the mux; never of an address, which may hold anything.
func route(pattern string) string {
	_, path, found := strings.Cut(pattern, "/")
	if !found || pattern == "/" {
		return "other" // no page has this address
	}
	word, _, _ := strings.Cut(path, "/")
	if strings.HasPrefix(word, "{") {
		return "/"
	}
	return "/" + word
}

func outcome(status int) string {
	switch {
	case status >= http.StatusInternalServerError:
		return "failed"
	case status >= http.StatusBadRequest:
		return "refused"
	}
	return "answered"
}

// answer remembers the status that was written.
type answer struct {
	http.ResponseWriter
	status int
}

// WriteHeader implements http.ResponseWriter.
func (a *answer) WriteHeader(status int) {
	a.status = status
	a.ResponseWriter.WriteHeader(status)
}

// Unwrap lets http.ResponseController reach the connection.
func (a *answer) Unwrap() http.ResponseWriter { return a.ResponseWriter }
