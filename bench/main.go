// Command bench measures the figures that the project holds itself to, each
// against a peer or a physical limit in the same run, and prints them as a
// page:
//
//	go run . -data ../../shared/data > RESULTS.md
//
// takes a quarter of an hour on an idle machine, with -full an hour. peer.sh
// builds and fills the peer, and says how to name it here.
//
// It is a module of its own, so that peers stay out of the program. Nothing in
// the suite is timed.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"runtime"
	"runtime/debug"
	"runtime/pprof"
	"slices"
	"strings"
	"time"
)

// figure is one measured part of the page.
type figure struct {
	name string
	run  func(context.Context, *page) error
}

// parts are what this program plays in processes of its own.
var parts = map[string]func([]string) error{"node": playNode, "worked": playWorked}

func main() {
	debug.SetGCPercent(200) // as a node that serves
	if len(os.Args) > 1 && parts[os.Args[1]] != nil {
		if err := parts[os.Args[1]](os.Args[2:]); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	only := flag.String("only", "", "names of figures, with commas; empty for all")
	data := flag.String("data", "", "the folder with the field's data; without it what needs it is left out, and the page says so")
	scratch := flag.String("scratch", "", "folder for the nodes' data, on the disk that is measured; empty for the temporary one")
	profile := flag.String("profile", "", "file for a profile of the processor")
	full := flag.Bool("full", false, "the whole sizes: 1,000,000 cases, 40,000 messages that wait, 200 kills of each database; an hour and 25 GB instead of a quarter of an hour")
	many := flag.Int("cases", 100_000, "how many cases the node with many has, without -full")
	postgres := flag.String("postgres", "", "postgres:// address of an empty database, for the kills; empty to leave them out there")
	postgresKeys := flag.String("postgres-keys", "", "postgres:// address of another, for the keys")
	peer := flag.String("peer", "", "address of PocketBase with the records of its own set-up; empty to leave it out")
	peerToken := flag.String("peer-token", "tok.txt", "file with the token of its user")
	flag.Parse()
	if *profile != "" {
		f, err := os.Create(*profile)
		if err != nil || pprof.StartCPUProfile(f) != nil {
			fmt.Fprintln(os.Stderr, "no profile:", err)
		}
		defer pprof.StopCPUProfile()
	}
	p := &page{data: *data, scratch: *scratch, cases: *many, waiting: 4000, kills: 50, peer: *peer, peerToken: *peerToken,
		postgres: *postgres, postgresKeys: *postgresKeys}
	if *full {
		p.cases, p.waiting, p.kills = 1_000_000, 40_000, 200
	}
	p.head()
	for _, f := range []figure{{"disk", disk}, {"referral", referral}, {"waiting", waiting}, {"keys", obliviousKeys}, {"febrl", febrl}, {"cases", cases}, {"kill", killed}} {
		if *only != "" && !slices.Contains(strings.Split(*only, ","), f.name) {
			continue
		}
		fmt.Fprintln(os.Stderr, f.name)
		if err := f.run(context.Background(), p); err != nil {
			p.say("Not measured: %v", err)
			fmt.Fprintln(os.Stderr, f.name, err)
		}
	}
}

// page is the results as they are printed.
type page struct {
	data, scratch string

	cases, waiting, kills  int
	peer, peerToken        string
	postgres, postgresKeys string

	fsync              time.Duration // of the disk, the median
	rawAlone, rawEight float64       // single rows a second that the driver commits to an encrypted file
}

func (p *page) say(format string, args ...any) { fmt.Printf(format+"\n", args...) }

func (p *page) head() {
	p.say("# Figures\n\nMade by `go run . -data ../../shared/data > RESULTS.md` in `bench/`. Ratios are what counts: the peer or the limit is")
	p.say("measured in the same run.\n\nMachine: %d processors, %s %s/%s. Load over the last minute when it began: %s.", runtime.NumCPU(), runtime.Version(), runtime.GOOS, runtime.GOARCH, load())
}

func load() string {
	text, err := os.ReadFile("/proc/loadavg")
	if err != nil {
		return "not known"
	}
	return strings.Fields(string(text))[0]
}

// row prints a line of a table.
func (p *page) row(cells ...string) { p.say("| %s |", strings.Join(cells, " | ")) }

func (p *page) table(heads ...string) {
	p.say("")
	p.row(heads...)
	p.row(slices.Repeat([]string{"---"}, len(heads))...)
}

// quantile of sorted durations.
func quantile(sorted []time.Duration, q float64) time.Duration {
	if len(sorted) == 0 {
		return 0
	}
	return sorted[min(int(q*float64(len(sorted))), len(sorted)-1)]
}

func ms(d time.Duration) string { return fmt.Sprintf("%.2f ms", float64(d.Microseconds())/1000) }

func met(ok bool) string {
	if ok {
		return "met"
	}
	return "**missed**"
}
