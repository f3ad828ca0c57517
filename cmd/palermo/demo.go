package main

import (
	"context"
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
	"palermo/node"
)

func demoCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("demo", flag.ContinueOnError)
	addr := f.String("addr", "localhost:8080", "host:port to serve at")
	data := f.String("data", "", "folder to keep; empty for one that is thrown away")
	if done, err := parse(f, args, out, "palermo demo --addr localhost:8080"); done {
		return err
	}
	listener, err := net.Listen("tcp", *addr)
	if err != nil {
		return err
	}
	dir := *data
	if dir == "" {
		if dir, err = os.MkdirTemp("", "palermo-demo-"); err != nil {
			return err
		}
		defer func() { _ = os.RemoveAll(dir) }() // a folder left behind in the temporary files does no harm
	}
	address := served(*addr, listener)
	c := node.Config{Name: "Palermo, demonstration", Node: "demo", Jurisdiction: "it", Data: dir, Address: address}.Filled()
	n, accounts, err := demo.New(ctx, c)
	if err != nil {
		return errors.Join(err, listener.Close())
	}
	pages, err := n.Handler(logger())
	if err != nil {
		return errors.Join(err, n.Close())
	}
	mux := http.NewServeMux()
	mux.Handle("/", pages)
	mux.Handle("GET /demo", demoAccounts(accounts))
	announce(out, address, dir, accounts)
	return errors.Join(serve(ctx, n, listener, mux), n.Close())
}

// served is the address as people type it, with the port that the system chose.
func served(asked string, l net.Listener) string {
	host, _, err := net.SplitHostPort(asked)
	if err != nil || host == "" {
		host = "localhost"
	}
	return net.JoinHostPort(host, strconv.Itoa(l.Addr().(*net.TCPAddr).Port))
}

func announce(out io.Writer, address, dir string, accounts []*demo.Account) {
	fmt.Fprintf(out, "\nPalermo is served at http://%s — everything in it is made up.\n", address)
	fmt.Fprintf(out, "Password of every account: %s\nOne-time codes: http://%s/demo\n\n", demo.Password, address)
	for _, a := range accounts {
		fmt.Fprintf(out, "  %-8s %s %s\n", a.Login, a.Name, a.Does)
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
