package ui

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"path"
	"strings"
	"sync"

	"palermo/web/locale"
)

//go:embed templates/*.html
var templates embed.FS

// Identity is what this node is called.
type Identity struct {
	Organisation   string                     // who runs the node; beside the project's name
	LanguageAction string                     // address that a POST with lang and back chooses a language at; "/language" when empty
	StaticPrefix   string                     // "/static" when empty
	Help           func(locale.Locale) []Link // for the foot of the page; may be nil
}

// Renderer renders pages. It may be used by many at once.
type Renderer struct {
	identity  Identity
	languages *locale.Languages
	static    static
	pages     map[string]*template.Template // as parsed, never executed
	bound     sync.Map                      // "fr case/overview" → func() (*template.Template, error)
}

// New parses the frame, the components and the pages. A page is a file ending
// in .html that defines "main"; its name is its path without the ending. Files
// whose name begins with "_" are shared parts for all pages. An error names the
// file: none is left for the first reader to find.
func New(languages *locale.Languages, identity Identity, pages ...fs.FS) (*Renderer, error) {
	if identity.LanguageAction == "" {
		identity.LanguageAction = "/language"
	}
	if identity.StaticPrefix == "" {
		identity.StaticPrefix = "/static"
	}
	s, err := newStatic(identity.StaticPrefix)
	if err != nil {
		return nil, err
	}
	r := &Renderer{
		identity: identity, languages: languages, static: s, pages: map[string]*template.Template{},
	}
	base, err := template.New("").Funcs(r.funcs(locale.Locale{})).ParseFS(templates, "templates/*.html")
	if err != nil {
		return nil, fmt.Errorf("ui: %w", err)
	}
	files, err := collect(pages)
	if err != nil {
		return nil, err
	}
	for name, text := range files {
		if strings.HasPrefix(path.Base(name), "_") {
			if _, err := base.New(name).Parse(text); err != nil {
				return nil, fmt.Errorf("ui: %w", err)
			}
		}
	}
	for name, text := range files {
		if strings.HasPrefix(path.Base(name), "_") {
			continue
		}
		page, err := base.Clone()
		if err != nil {
			return nil, fmt.Errorf("ui: %w", err)
		}
		if _, err := page.New(name).Parse(text); err != nil {
			return nil, fmt.Errorf("ui: %w", err)
		}
		if page.Lookup("main") == nil {
			return nil, fmt.Errorf("ui: %s defines no main", name)
		}
		r.pages[strings.TrimSuffix(name, ".html")] = page
	}
	return r, nil
}

func collect(pages []fs.FS) (map[string]string, error) {
	files := map[string]string{}
	for _, fsys := range pages {
		err := fs.WalkDir(fsys, ".", func(name string, entry fs.DirEntry, err error) error {
			if err != nil || entry.IsDir() || path.Ext(name) != ".html" {
				return err
			}
			if _, twice := files[name]; twice {
				return fmt.Errorf("ui: two pages are called %s", name)
			}
			text, err := fs.ReadFile(fsys, name)
			files[name] = string(text)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return files, nil
}

// Has reports whether there is a page of this name.
func (r *Renderer) Has(name string) bool {
	_, ok := r.pages[name]
	return ok
}

// Render writes the page in the language, all of it or nothing. page is a
// struct that embeds Page, or a pointer to one.
func (r *Renderer) Render(w io.Writer, loc locale.Locale, name string, page any) error {
	t, err := r.template(loc, name)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, "layout", page); err != nil {
		return fmt.Errorf("ui: %s: %w", name, err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// Part writes one template of a page without its frame, for what a page renews while it is open.
func (r *Renderer) Part(w io.Writer, loc locale.Locale, name, part string, data any) error {
	t, err := r.template(loc, name)
	if err != nil {
		return err
	}
	var b bytes.Buffer
	if err := t.ExecuteTemplate(&b, part, data); err != nil {
		return fmt.Errorf("ui: %s: %w", name, err)
	}
	_, err = w.Write(b.Bytes())
	return err
}

// template binds a page to a language, once. The functions of a clone are its
// own, so one reader's language cannot reach another's page.
func (r *Renderer) template(loc locale.Locale, name string) (*template.Template, error) {
	page, ok := r.pages[name]
	if !ok {
		return nil, errors.New("ui: no page " + name)
	}
	bind := sync.OnceValues(func() (*template.Template, error) {
		t, err := page.Clone()
		if err != nil {
			return nil, fmt.Errorf("ui: %s: %w", name, err)
		}
		return t.Funcs(r.funcs(loc)), nil
	})
	once, _ := r.bound.LoadOrStore(loc.Tag()+" "+name, bind)
	return once.(func() (*template.Template, error))()
}
