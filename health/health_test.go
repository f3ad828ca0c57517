package health

import (
	"context"
	"net/http"
	"net/http/httptest"
	"regexp"
	"strings"
	"testing"
	"time"
)

var noon = time.Date(2027, 3, 1, 12, 0, 0, 0, time.UTC)

// watched asks a server of a node that reports r.
func watched(t *testing.T, q *Requests, r Report, path string) *httptest.ResponseRecorder {
	t.Helper()
	s := &Server{Look: func(context.Context) Report { return r }, Requests: q, Started: noon.Add(-time.Minute), Now: func() time.Time { return noon }}
	w := httptest.NewRecorder()
	s.Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w
}

func TestANodeThatLacksSomethingLivesAndIsNotReady(t *testing.T) {
	r := Report{At: noon, Troubles: []Trouble{Keys, Journal}}
	if w := watched(t, &Requests{}, r, "/healthz"); w.Code != http.StatusOK {
		t.Errorf("it does not live: %d", w.Code)
	}
	if w := watched(t, &Requests{}, r, "/readyz"); w.Code != http.StatusServiceUnavailable || w.Body.String() != "keys\njournal\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if w := watched(t, &Requests{}, Report{At: noon}, "/readyz"); w.Code != http.StatusOK || w.Body.String() != "ready\n" {
		t.Errorf("%d %q", w.Code, w.Body)
	}
	if text := watched(t, &Requests{}, r, "/metrics").Body.String(); !strings.Contains(text, "palermo_trouble{what=\"keys\"} 1\n") ||
		!strings.Contains(text, "palermo_trouble{what=\"database\"} 0\n") {
		t.Error(text)
	}
}

// Looks and acts are in one number, and of an address only its first word is
// kept: no number says how many cases were opened, or which was read.
func TestNoNumberTellsOfCasework(t *testing.T) {
	mux := http.NewServeMux()
	answer := func(status int) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }
	}
	mux.HandleFunc("GET /{$}", func(http.ResponseWriter, *http.Request) {})
	mux.HandleFunc("GET /cases/{id}", answer(http.StatusOK))
	mux.HandleFunc("POST /cases/new", answer(http.StatusSeeOther))
	mux.HandleFunc("POST /cases/{id}/do/{step}", answer(http.StatusUnprocessableEntity))
	mux.HandleFunc("GET /holds", answer(http.StatusInternalServerError))
	mux.HandleFunc("/", answer(http.StatusNotFound))
	var q Requests
	for _, ask := range []string{"GET /", "GET /cases/MARKER", "POST /cases/new", "POST /cases/MARKER/do/MARKER", "GET /holds", "GET /MARKER"} {
		method, path, _ := strings.Cut(ask, " ")
		q.Counted(mux).ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(method, path, nil))
	}
	text := watched(t, &q, Report{At: noon}, "/metrics").Body.String()
	var got []string
	for line := range strings.Lines(text) {
		if strings.HasPrefix(line, "palermo_requests_total{") {
			got = append(got, strings.TrimPrefix(strings.TrimSpace(line), "palermo_requests_total"))
		}
	}
	want := `{route="/",outcome="answered"} 1
{route="/cases",outcome="answered"} 2
{route="/cases",outcome="refused"} 1
{route="/holds",outcome="failed"} 1
{route="other",outcome="refused"} 1`
	if strings.Join(got, "\n") != want || strings.Contains(text, "MARKER") {
		t.Error(text)
	}
}

func TestTheNumbersAreInPrometheusFormat(t *testing.T) {
	w := watched(t, &Requests{}, Report{At: noon, Entries: 7, Behind: 1500 * time.Millisecond, Waiting: 2, Oldest: noon.Add(-time.Hour),
		Trust: noon.Add(time.Hour)}, "/metrics")
	if w.Header().Get("Content-Type") != "text/plain; version=0.0.4; charset=utf-8" {
		t.Error(w.Header())
	}
	line := regexp.MustCompile(`^(# (HELP|TYPE) [a-z_]+ .+|[a-z_]+({[a-z]+="[^"]*"(,[a-z]+="[^"]*")*})? [0-9.e+]+)\n$`)
	for l := range strings.Lines(w.Body.String()) {
		if !line.MatchString(l) {
			t.Errorf("%q", l)
		}
	}
	for _, want := range []string{"palermo_journal_entries 7", "palermo_journal_behind_seconds 1.5", "palermo_outbox_oldest_seconds 3600",
		"palermo_uptime_seconds 60"} {
		if !strings.Contains(w.Body.String(), "\n"+want+"\n") {
			t.Errorf("%s is not in\n%s", want, w.Body)
		}
	}
	if strings.Contains(w.Body.String(), "palermo_certificate_end_seconds") {
		t.Error("a certificate that is not there ends")
	}
	var p page
	p.sample("x", 1, "a", "b\"\\\n")
	if p.String() != `x{a="b\"\\\n"} 1`+"\n" {
		t.Error(p.String())
	}
}
