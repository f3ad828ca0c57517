package main

import (
	"embed"
	"flag"
	"fmt"
	"io/fs"
	"log"
	"net/http"
	"time"

	"palermo/web/locale"
	"palermo/web/ui"
)

//go:embed pages/*.html
var pages embed.FS

func main() {
	addr := flag.String("addr", "localhost:8090", "where to listen")
	flag.Parse()
	handler, err := newHandler()
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("http://%s/gallery/parts?lang=ar\n", *addr)
	server := &http.Server{Addr: *addr, Handler: handler, ReadHeaderTimeout: 10 * time.Second}
	log.Fatal(server.ListenAndServe())
}

// newHandler serves /gallery/{name}?lang=.
func newHandler() (http.Handler, error) {
	languages, err := locale.Load()
	if err != nil {
		return nil, err
	}
	renderer, err := newRenderer(languages)
	if err != nil {
		return nil, err
	}
	mux := http.NewServeMux()
	mux.Handle("GET /static/", renderer.Static())
	mux.HandleFunc("POST /language", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/gallery/parts?lang="+languages.Match("", r.FormValue("lang")).Tag(), http.StatusSeeOther)
	})
	show := func(w http.ResponseWriter, r *http.Request, status int) {
		loc := languages.Match(r.Header.Get("Accept-Language"), r.FormValue("lang"))
		page, ok := samples(loc)[r.PathValue("name")]
		if !ok {
			http.NotFound(w, r)
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Content-Security-Policy", "default-src 'self'")
		w.WriteHeader(status)
		if err := renderer.Render(w, loc, page.template, page.data); err != nil {
			log.Print(err)
		}
	}
	mux.HandleFunc("GET /gallery/{name}", func(w http.ResponseWriter, r *http.Request) { show(w, r, http.StatusOK) })
	mux.HandleFunc("POST /gallery/{name}", func(w http.ResponseWriter, r *http.Request) {
		switch r.FormValue("called") { // the answers that a form of a node can have
		case "refuse":
			show(w, r, http.StatusUnprocessableEntity)
		case "signed out":
			http.Redirect(w, r, "/gallery/person", http.StatusSeeOther)
		default:
			http.Redirect(w, r, "/gallery/interruption", http.StatusSeeOther)
		}
	})
	mux.HandleFunc("POST /sign-out", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/gallery/person", http.StatusSeeOther)
	})
	mux.HandleFunc("POST /session", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("GET /away", func(w http.ResponseWriter, _ *http.Request) { _, _ = w.Write([]byte("Weather")) })
	return mux, nil
}

func newRenderer(languages *locale.Languages) (*ui.Renderer, error) {
	files, err := fs.Sub(pages, "pages")
	if err != nil {
		return nil, err
	}
	return ui.New(languages, ui.Identity{
		Organisation: "National Referral Office",
		Help: func(loc locale.Locale) []ui.Link {
			return []ui.Link{{Text: wordsOf(loc.Tag()).Yours, Href: "/help"}}
		},
	}, files)
}
