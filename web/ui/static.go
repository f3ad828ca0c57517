package ui

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"io/fs"
	"net/http"
	"strings"
)

//go:embed static
var staticFiles embed.FS

// static is the style sheet, the fonts and the scripts. A digest of them all
// is part of their address, so browsers may keep them for ever and never mix
// those of two versions.
type static struct {
	files  fs.FS
	prefix string // "/static/3f2a…"
}

func newStatic(prefix string) (static, error) {
	files, err := fs.Sub(staticFiles, "static")
	if err != nil {
		return static{}, err
	}
	sum := sha256.New()
	err = fs.WalkDir(files, ".", func(name string, entry fs.DirEntry, err error) error {
		if err != nil || entry.IsDir() {
			return err
		}
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return err
		}
		_, err = fmt.Fprintf(sum, "%s %d\n%s", name, len(data), data)
		return err
	})
	if err != nil {
		return static{}, fmt.Errorf("ui: %w", err)
	}
	digest := hex.EncodeToString(sum.Sum(nil))[:12]
	return static{files: files, prefix: strings.TrimSuffix(prefix, "/") + "/" + digest}, nil
}

func (s static) href(name string) string { return s.prefix + "/" + name }

// Static serves the style sheet, fonts and scripts. It is mounted at
// Identity.StaticPrefix + "/" and needs nobody to be signed in.
func (r *Renderer) Static() http.Handler {
	files := http.StripPrefix(r.static.prefix, http.FileServerFS(r.static.files))
	return http.HandlerFunc(func(w http.ResponseWriter, req *http.Request) {
		name, ok := strings.CutPrefix(req.URL.Path, r.static.prefix+"/")
		info, err := fs.Stat(r.static.files, name)
		if !ok || err != nil || info.IsDir() {
			http.NotFound(w, req)
			return
		}
		w.Header().Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		if strings.HasSuffix(name, ".woff2") {
			w.Header().Set("Content-Type", "font/woff2")
		}
		files.ServeHTTP(w, req)
	})
}

// PrintFonts are the style rules of the fonts with the fonts themselves in
// them, for a page that may fetch nothing.
func PrintFonts() (string, error) {
	rules, err := staticFiles.ReadFile("static/fonts.css")
	if err != nil {
		return "", fmt.Errorf("ui: %w", err)
	}
	text := string(rules)
	fonts, err := fs.Glob(staticFiles, "static/fonts/*.woff2")
	if err != nil {
		return "", fmt.Errorf("ui: %w", err)
	}
	for _, name := range fonts {
		font, err := staticFiles.ReadFile(name)
		if err != nil {
			return "", fmt.Errorf("ui: %w", err)
		}
		text = strings.ReplaceAll(text, `url("`+strings.TrimPrefix(name, "static/")+`")`, `url("data:font/woff2;base64,`+base64.StdEncoding.EncodeToString(font)+`")`)
	}
	return text, nil
}
