package main

import (
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"html/template"
	"io"
	"net"
	"net/http"
	"os"
	"strconv"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/demo"
	"palermo/demo/stage"
	"palermo/demo/walk"
)

func demoCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("demo", flag.ContinueOnError)
	addr := f.String("addr", "localhost:8080", "host:port of the first node; the others have the ports after it")
	data := f.String("data", "", "folder to keep; empty for one that is thrown away")
	walks := f.Bool("walk", false, "walk through a case in two States, say what each side knows at each step, and end")
	asJSON := f.Bool("json", false, "with --walk: a line of JSON for each step")
	if done, err := parse(f, args, out, "palermo demo --addr localhost:8080"); done {
		return err
	}
	dir := *data
	if dir == "" {
		var err error
		if dir, err = os.MkdirTemp("", "palermo-demo-"); err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }() // a folder left behind in the temporary files does no harm
	}
	if *walks {
		*addr = "localhost:0"
	}
	self, err := os.Executable()
	if err != nil {
		return err
	}
	nodes, err := stage.Start(ctx, stage.Options{Program: self, Address: *addr, Folder: dir})
	if ctx.Err() != nil {
		return nil // interrupted before it began
	}
	if err != nil {
		return err
	}
	if *walks {
		return errors.Join(walk.Walk(ctx, nodes.Places(), narrator(out, *asJSON)), nodes.End())
	}
	announce(out, dir, nodes)
	return nodes.Wait(ctx)
}

// narrator prints the steps of a walk.
func narrator(out io.Writer, asJSON bool) func(walk.Step) {
	if asJSON {
		encoder := json.NewEncoder(out)
		return func(s walk.Step) { _ = encoder.Encode(s) } // whoever reads may have gone
	}
	return func(s walk.Step) {
		fmt.Fprintf(out, "\n%s\n", s.Title)
		for _, k := range s.Known {
			fmt.Fprintf(out, "  %s: %s\n", k.Where, k.What)
		}
	}
}

// served is the address as people type it, with the port that the system chose.
func served(asked string, l net.Listener) string {
	host, _, err := net.SplitHostPort(asked)
	if err != nil || host == "" {
		host = "localhost"
	}
	return net.JoinHostPort(host, strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
}

func announce(out io.Writer, dir string, s *stage.Stage) {
	fmt.Fprintf(out, "\nPalermo, three nodes that speak with each other. Everything in them is made up.\nPassword of every account: %s\n", demo.Password)
	for _, n := range s.Nodes {
		fmt.Fprintf(out, "\n%s is served at http://%s (one-time codes: http://%s/demo)\n\n", n.Cast.Title, n.Said.Address, n.Said.Address)
		for _, a := range n.Said.Accounts {
			fmt.Fprintf(out, "  %-8s %s %s\n", a.Login, a.Name, a.Does)
		}
	}
	fmt.Fprintf(out, "\nData: %s. Stop with Ctrl-C.\n", dir)
}

var demoPage = template.Must(template.New("demo").Parse(`<!doctype html><html lang="en"><meta charset="utf-8"><meta http-equiv="refresh" content="15">
<meta name="viewport" content="width=device-width"><title>Accounts of the demonstration</title>
<h1>Accounts of the demonstration</h1><p>Everything here is made up. Password of every account: <code>{{.Password}}</code></p>
<table><caption>Codes change every 30 seconds; each works once.</caption><tr><th scope="col">User name</th><th scope="col">Code</th><th scope="col">Who</th></tr>
{{range .Rows}}<tr><td><code>{{.Login}}</code></td><td><code>{{.Code}}</code></td><td>{{.Name}} {{.Does}}</td></tr>{{end}}</table>
<p><a href="/sign-in">Sign in</a></p></html>`))

// demoAccounts shows what a member's own authenticator would: only a demonstration has it.
func demoAccounts(accounts []*demo.Account) http.Handler {
	type row struct{ Login, Code, Name, Does string }
	return http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		var page struct {
			Password string
			Rows     []row
		}
		page.Password = demo.Password
		for _, a := range accounts {
			code, err := totp.GenerateCode(a.Secret, time.Now())
			if err != nil {
				http.Error(w, "codes cannot be made", http.StatusInternalServerError)
				return
			}
			page.Rows = append(page.Rows, row{a.Login, code, a.Name, a.Does})
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		_ = demoPage.Execute(w, page) // the reader may have gone
	})
}
