package locale

import (
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"golang.org/x/text/language"

	"palermo/web/locale/po"
	"palermo/web/locales"

	"github.com/leonelquinteros/gotext/plurals"
)

// Languages are all that the program speaks.
type Languages struct {
	all     []Locale
	matcher language.Matcher
}

// Option changes how languages are loaded.
type Option func(*options)

type options struct {
	files   fs.FS
	missing func(tag, context, msgid string)
}

// OnMissing has fn told of each text that was shown in English because its
// translation is missing. Tests count with it; fn may be called by many at once.
func OnMissing(fn func(tag, context, msgid string)) Option {
	return func(o *options) { o.missing = fn }
}

// From reads PO files elsewhere than in the program, for tests.
func From(files fs.FS) Option { return func(o *options) { o.files = files } }

// Load reads the PO files that are built in. It fails when one cannot be read,
// which a test would have told.
func Load(opts ...Option) (*Languages, error) {
	o := options{files: locales.Files, missing: func(string, string, string) {}}
	for _, opt := range opts {
		opt(&o)
	}
	names, err := fs.Glob(o.files, "*.po")
	if err != nil {
		return nil, err
	}
	l := &Languages{all: []Locale{{}}}
	for _, name := range names {
		c, err := load(o, name)
		if err != nil {
			return nil, fmt.Errorf("locale: %s: %w", name, err)
		}
		l.all = append(l.all, Locale{catalog: c})
	}
	slices.SortFunc(l.all, func(a, b Locale) int { return rank(a.Tag()) - rank(b.Tag()) })
	var tags []language.Tag
	for _, loc := range l.all {
		tag, err := language.Parse(loc.Tag())
		if err != nil {
			return nil, fmt.Errorf("locale: %s: %w", loc.Tag(), err)
		}
		tags = append(tags, tag)
	}
	l.matcher = language.NewMatcher(tags)
	return l, nil
}

// rank is the order of the switcher: it does not change with the reader, so
// that each finds theirs where it was.
func rank(tag string) int {
	i := slices.Index([]string{"en", "fr", "es", "ar", "zh", "ru"}, tag)
	if i < 0 {
		return 100
	}
	return i
}

// All lists the languages in the order of the switcher, English first.
func (l *Languages) All() []Locale { return slices.Clone(l.all) }

// English is the language of the code.
func (l *Languages) English() Locale { return l.all[0] }

// Get returns the language of exactly this tag.
func (l *Languages) Get(tag string) (Locale, bool) {
	for _, loc := range l.all {
		if loc.Tag() == tag {
			return loc, true
		}
	}
	return Locale{}, false
}

// Match finds the language to speak: the one that the reader chose, else the
// best of an Accept-Language header, else English.
func (l *Languages) Match(acceptLanguage, chosen string) Locale {
	if loc, ok := l.Get(chosen); ok {
		return loc
	}
	wanted, _, err := language.ParseAcceptLanguage(acceptLanguage)
	if err != nil || len(wanted) == 0 {
		return l.English()
	}
	_, i, confidence := l.matcher.Match(wanted...)
	if confidence == language.No {
		return l.English()
	}
	return l.all[i]
}

// catalog is one PO file. A nil catalog is English: it finds nothing and misses nothing.
type catalog struct {
	tag     string
	entries map[po.Key]*po.Entry
	form    func(n int) int
	missing func(tag, context, msgid string)
}

func load(o options, name string) (*catalog, error) {
	data, err := fs.ReadFile(o.files, name)
	if err != nil {
		return nil, err
	}
	file, err := po.Parse(data)
	if err != nil {
		return nil, err
	}
	form, err := pluralForm(file.Field("Plural-Forms"))
	if err != nil {
		return nil, err
	}
	return &catalog{
		tag: strings.TrimSuffix(name, ".po"), entries: file.Index(), form: form, missing: o.missing,
	}, nil
}

// pluralForm compiles "nplurals=2; plural=(n > 1);".
func pluralForm(header string) (func(int) int, error) {
	_, formula, ok := strings.Cut(header, "plural=")
	if i := strings.LastIndex(header, "; plural="); i >= 0 {
		formula, ok = header[i+len("; plural="):], true
	}
	if !ok {
		return nil, fmt.Errorf("no Plural-Forms in the header")
	}
	compiled, err := plurals.Compile(strings.TrimSuffix(strings.TrimSpace(formula), ";"))
	if err != nil {
		return nil, fmt.Errorf("Plural-Forms: %w", err)
	}
	return func(n int) int {
		if n < 0 {
			n = -n
		}
		return compiled.Eval(uint32(n % 1_000_000_000))
	}, nil
}

func (c *catalog) lookup(context, msgid string) (string, bool) {
	if c == nil || msgid == "" {
		return "", false
	}
	if e := c.entries[po.Key{Context: context, ID: msgid}]; e != nil && e.Translated() {
		return e.Strings[0], true
	}
	c.missing(c.tag, context, msgid)
	return "", false
}

func (c *catalog) plural(one string, n int) (string, bool) {
	if c == nil {
		return "", false
	}
	e := c.entries[po.Key{ID: one}]
	if e == nil || !e.Translated() {
		c.missing(c.tag, "", one)
		return "", false
	}
	if i := c.form(n); i < len(e.Strings) {
		return e.Strings[i], true
	}
	return e.Strings[len(e.Strings)-1], true
}
