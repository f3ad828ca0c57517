package health

import (
	"bytes"
	"runtime/metrics"
	"strconv"
	"strings"
	"time"
)

// ContentType is that of Prometheus' text format.
const ContentType = "text/plain; version=0.0.4; charset=utf-8"

const (
	gauge   = "gauge"
	counter = "counter"
)

// page writes numbers in Prometheus' text format, version 0.0.4.
type page struct{ bytes.Buffer }

// family begins the numbers of one name.
func (p *page) family(name, kind, help string) {
	p.WriteString("# HELP " + name + " " + help + "\n# TYPE " + name + " " + kind + "\n")
}

var escaped = strings.NewReplacer(`\`, `\\`, "\n", `\n`, `"`, `\"`)

// sample writes one number; labels are names and values by turns.
func (p *page) sample(name string, value float64, labels ...string) {
	p.WriteString(name)
	for i := 0; i+1 < len(labels); i += 2 {
		p.WriteString(map[bool]string{true: "{", false: ","}[i == 0] + labels[i] + `="` + escaped.Replace(labels[i+1]) + `"`)
	}
	if len(labels) > 0 {
		p.WriteByte('}')
	}
	p.WriteString(" " + strconv.FormatFloat(value, 'g', -1, 64) + "\n")
}

func (p *page) one(name, kind, help string, value float64) {
	p.family(name, kind, help)
	p.sample(name, value)
}

// numbers writes all that may be told of a node.
func (s *Server) numbers(r Report) []byte {
	var p page
	p.family("palermo_trouble", gauge, "1 where the node lacks what it needs to work.")
	for _, t := range []Trouble{Database, Keys, Journal} {
		value := 0.0
		for _, found := range r.Troubles {
			if found == t {
				value = 1
			}
		}
		p.sample("palermo_trouble", value, "what", string(t))
	}
	p.family("palermo_requests_total", counter, "Requests by the first word of the address.")
	for _, c := range s.Requests.list() {
		p.sample("palermo_requests_total", float64(c.n), "route", c.route, "outcome", c.outcome)
	}
	p.one("palermo_commits_total", counter, "Changes and looks written since the start.", float64(r.Commits))
	p.one("palermo_journal_entries", gauge, "Entries under the newest checkpoint.", float64(r.Entries))
	p.one("palermo_journal_behind_seconds", gauge, "Since all of the journal was published.", r.Behind.Seconds())
	p.one("palermo_outbox_messages", gauge, "Messages that wait for other nodes.", float64(r.Waiting))
	p.one("palermo_outbox_oldest_seconds", gauge, "Age of the oldest message that waits.", age(r.At, r.Oldest))
	p.one("palermo_duties_overdue", gauge, "Duties past their time, of everybody together.", float64(r.Overdue))
	p.one("palermo_database_bytes", gauge, "Size of the database.", float64(r.Bytes))
	p.end("palermo_trust_list_end_seconds", "When the trust list ends, in Unix time.", r.Trust)
	p.end("palermo_certificate_end_seconds", "When the TLS certificate ends, in Unix time.", r.TLS)
	p.one("palermo_uptime_seconds", gauge, "Since the program was started.", age(r.At, s.Started))
	p.one("go_memstats_heap_alloc_bytes", gauge, "Bytes of the heap in use.", heap())
	return p.Bytes()
}

// end writes an instant, and nothing where there is none.
func (p *page) end(name, help string, at time.Time) {
	if !at.IsZero() {
		p.one(name, gauge, help, float64(at.Unix()))
	}
}

func age(now, since time.Time) float64 {
	if since.IsZero() {
		return 0
	}
	return max(now.Sub(since), 0).Seconds()
}

func heap() float64 {
	sample := []metrics.Sample{{Name: "/memory/classes/heap/objects:bytes"}}
	metrics.Read(sample)
	if sample[0].Value.Kind() != metrics.KindUint64 {
		return 0 // another version of Go calls it otherwise
	}
	return float64(sample[0].Value.Uint64())
}
