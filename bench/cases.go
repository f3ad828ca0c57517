package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"runtime"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/record"
)

// cases measures a node with many cases: opening one over HTTP beside a peer
// that serves a plain record, changing one, a page of the worklist, a search
// for a name, memory, and a cold start.
func cases(ctx context.Context, p *page) error {
	dir, clean, err := scratchFolder(p)
	if err != nil {
		return err
	}
	defer clean()
	f := &filled{}
	if f.place, err = openPlace(ctx, "it", in(dir, "it"), "127.0.0.1:0"); err != nil {
		return err
	}
	running, stop := context.WithCancel(ctx)
	sequenced := make(chan error, 1)
	go func() { sequenced <- f.Sequence(running) }()
	begun := time.Now()
	err = f.fill(ctx, p.cases)
	filling := time.Since(begun)
	p.say("\n## A node with %d cases of about 4 KiB\n\nOpened one by one through the door (%.0f a second, everything on). Clients and node are one process.", p.cases, float64(p.cases)/filling.Seconds())
	for _, part := range []func(context.Context, *page) error{f.opening, f.changing, f.listing} {
		if err == nil {
			err = part(ctx, p)
		}
	}
	held := memory() // clients included
	stop()
	if err = errors.Join(err, <-sequenced, f.Close()); err != nil {
		return err
	}
	begun = time.Now()
	again, err := openPlaceAgain(ctx, f.place)
	if err != nil {
		return err
	}
	_, err = record.View(ctx, f.worker(again), again.Desk.Kind, f.ids[0], record.Reason{Action: access.Look})
	cold := time.Since(begun)
	p.table("what", "figure", "wanted")
	p.row("memory of the node after all that, clients included", fmt.Sprintf("%d MiB", held>>20), "under 256 MiB: "+met(held < 256<<20))
	p.row("cold start until a first case is shown", ms(cold), "under 300 ms: "+met(cold < 300*time.Millisecond))
	return errors.Join(err, again.Close())
}

// filled is a node with cases.
type filled struct {
	*place
	ids []casework.CaseID
}

// syllables make names that are names in any script.
var syllables = [...]string{"ba", "de", "ki", "lo", "mu", "na", "pe", "ri", "so", "tu"}

func called(n int) string {
	return "A" + syllables[n/100%10] + syllables[n/10%10] + syllables[n%10]
}

const families = 1000 // of names, and as many names given

func person(i int) casework.DescribePerson {
	return casework.DescribePerson{Name: called(i/families%1000) + " " + called(i%families), BirthDate: fmt.Sprint(1970 + i%30), Age: casework.Adult,
		Nationality: "NG", Languages: "Edo, English", Documents: strings.Repeat("A passport that somebody else holds. ", 100)}
}

func (f *filled) fill(ctx context.Context, many int) error {
	const hands = 64
	f.ids = make([]casework.CaseID, many)
	errs := make([]error, hands)
	var next atomic.Int64
	var all sync.WaitGroup
	door := f.place.worker()
	for hand := range hands {
		all.Go(func() {
			for i := int(next.Add(1)) - 1; i < many && errs[hand] == nil; i = int(next.Add(1)) - 1 {
				f.ids[i], errs[hand] = f.Desk.OpenCase(ctx, door, person(i))
			}
		})
	}
	all.Wait()
	return errors.Join(errs...)
}

func (f *filled) worker(at *place) *record.Door { return at.Record.For(f.place.worker().Viewer()) }

func (f *filled) any(r *rand.Rand) casework.CaseID { return f.ids[r.IntN(len(f.ids))] }

// opening asks for cases over HTTP, as JSON.
func (f *filled) opening(ctx context.Context, p *page) error {
	line, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return err
	}
	mux := http.NewServeMux()
	door := f.place.worker()
	mux.HandleFunc("GET /cases/{id}", func(w http.ResponseWriter, r *http.Request) {
		id, err := record.ParseID[casework.Case](r.PathValue("id"))
		if err != nil {
			http.Error(w, "no such case", http.StatusNotFound)
			return
		}
		seen, err := record.View(r.Context(), door, f.Desk.Kind, id, record.Reason{Action: access.Look})
		if err != nil {
			http.Error(w, "not shown", http.StatusServiceUnavailable)
			return
		}
		_ = json.NewEncoder(w).Encode(seen.Value()) // the client counts what fails
	})
	server := &http.Server{Handler: mux}
	served := make(chan error, 1)
	go func() { served <- server.Serve(line) }()
	ours := "http://" + line.Addr().String() + "/cases/"
	p.table("opening a case: authorised, unsealed, redacted, as JSON, its journal entry durable", "a second", "p99", "wanted")
	for _, many := range []int{32, 8} {
		w, failed := asked(many, "", func(r *rand.Rand) string { return ours + f.any(r).String() })
		if err = errors.Join(err, failed); err != nil {
			break
		}
		p.row(fmt.Sprintf("%d clients", many), fmt.Sprintf("%.0f", w.rate), ms(w.p99()), "p99 under 15 ms: "+met(w.p99() < 15*time.Millisecond))
		if err = p.beside(many, w); err != nil {
			break
		}
	}
	err = errors.Join(err, server.Shutdown(ctx))
	if end := <-served; !errors.Is(end, http.ErrServerClosed) {
		err = errors.Join(err, end)
	}
	return err
}

// beside prints what the peer does with as many clients. It writes nothing when it answers.
func (p *page) beside(many int, ours worked) error {
	if p.peer == "" {
		p.row("PocketBase, a plain record by id", "not measured: -peer URL was not given", "", "")
		return nil
	}
	token, err := os.ReadFile(p.peerToken)
	if err != nil {
		return err
	}
	for _, table := range []string{"cases2", "cases"} {
		w, err := asked(many, strings.TrimSpace(string(token)), func(r *rand.Rand) string {
			i := r.IntN(100_000)
			if table == "cases" { // its rule shows one district of twenty
				i = i/20*20 + 7
			}
			return fmt.Sprintf("%s/api/collections/%s/records/c%014d", p.peer, table, i)
		})
		if err != nil {
			return err
		}
		wanted := ""
		if many == 32 && table == "cases2" {
			wanted = "not more than ours: " + met(ours.rate >= w.rate)
		}
		p.row(fmt.Sprintf("PocketBase, %s by id, %d clients; ours is %.2f of it", table, many, ours.rate/w.rate), fmt.Sprintf("%.0f", w.rate), ms(w.p99()), wanted)
	}
	return nil
}

// asked gets addresses with so many clients.
func asked(many int, token string, address func(*rand.Rand) string) (worked, error) {
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: many}, Timeout: 30 * time.Second}
	defer client.CloseIdleConnections()
	return hands(many, 5*time.Second, func(r *rand.Rand) error {
		request, err := http.NewRequest(http.MethodGet, address(r), nil)
		if err != nil {
			return err
		}
		if token != "" {
			request.Header.Set("Authorization", token)
		}
		answer, err := client.Do(request)
		if err != nil {
			return err
		}
		_, err = io.Copy(io.Discard, answer.Body)
		if answer.StatusCode != http.StatusOK {
			err = errors.Join(err, errors.New(answer.Status))
		}
		return errors.Join(err, answer.Body.Close())
	})
}

// changing takes a step on cases.
func (f *filled) changing(ctx context.Context, p *page) error {
	door := f.place.worker()
	p.table("a durable change to a case", "a second", "p99", "of single rows of the driver", "wanted")
	for _, many := range []int{8, 1} {
		w, err := hands(many, 5*time.Second, func(r *rand.Rand) error {
			return f.Desk.Take(ctx, door, f.any(r), "write-note", &casework.WriteNote{Text: "Accompanied to the clinic.", Readers: "team"}, 0)
		})
		if err != nil {
			return err
		}
		raw, wanted := p.rawAlone, ""
		if many == 8 {
			raw, wanted = p.rawEight, "at least 1: "+met(w.rate >= p.rawEight)
		}
		ratio := fmt.Sprintf("%.2f", w.rate/raw)
		if raw == 0 { // the part disk measures it
			ratio, wanted = "not measured", ""
		}
		p.row(fmt.Sprintf("%d clients", many), fmt.Sprintf("%.0f", w.rate), ms(w.p99()), ratio, wanted)
	}
	return nil
}

// listing reads worklists and looks for names, while one writes.
func (f *filled) listing(ctx context.Context, p *page) error {
	door := f.place.worker()
	writing, stop := context.WithCancel(ctx)
	wrote := make(chan error, 1)
	go func() {
		r := rand.New(rand.NewPCG(1, 1))
		for writing.Err() == nil {
			if err := f.Desk.Take(ctx, door, f.any(r), "write-note", &casework.WriteNote{Text: "Accompanied to the clinic.", Readers: "team"}, 0); err != nil {
				wrote <- err
				return
			}
		}
		wrote <- nil
	}()
	p.table("8 readers and a writer", "a second", "p99", "wanted at 1,000,000 cases")
	found := 0
	var err error
	for what, do := range map[string]func(*rand.Rand) error{
		"a page of 50 of the worklist": func(*rand.Rand) error {
			_, err := f.Desk.Cases(ctx, door, "", record.Cursor{}, 50)
			return err
		},
		"a search for a name of two words": func(r *rand.Rand) error {
			hits, err := f.Desk.SearchCases(ctx, door, person(r.IntN(len(f.ids))).Name)
			if len(hits) == 0 && err == nil {
				err = errors.New("a search found nobody")
			}
			return err
		},
	} {
		w, failed := hands(8, 5*time.Second, do)
		if err = errors.Join(err, failed); err != nil {
			break
		}
		found++
		p.row(what, fmt.Sprintf("%.0f", w.rate), ms(w.p99()), "p99 under 25 ms: "+met(w.p99() < 25*time.Millisecond))
	}
	stop()
	runtime.GC()
	return errors.Join(err, <-wrote)
}
