package training

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"gopkg.in/yaml.v3"

	"palermo/access"
	"palermo/form"
	"palermo/input"
)

//go:embed cases courses.yaml
var shipped embed.FS

// Shelf is the practice cases and courses that come with the program, read
// once and then unchanged: it may be used from several goroutines.
type Shelf struct {
	cases   map[string]map[string]*Case // by language and code
	codes   []string                    // in the order in which courses name them
	courses []Course
	forms   *form.Library
}

// Course is training that practice cases alone complete.
type Course struct {
	Code        string        `yaml:"code"`
	Title       string        `yaml:"title"`
	For         []access.Role `yaml:"for"`
	ValidMonths int           `yaml:"valid_months"`
	Cases       []string      `yaml:"cases"`
}

const inEnglish = "en" // what a text falls back to

// NewShelf reads what comes with the program.
func NewShelf(forms *form.Library) (*Shelf, error) { return readShelf(shipped, forms) }

func readShelf(files fs.FS, forms *form.Library) (*Shelf, error) {
	s := &Shelf{cases: map[string]map[string]*Case{}, forms: forms}
	names, err := fs.Glob(files, "cases/*/*.yaml")
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		c := &Case{Code: strings.TrimSuffix(path.Base(name), ".yaml"), Lang: path.Base(path.Dir(name))}
		if err := read(files, name, c); err != nil {
			return nil, err
		}
		if s.cases[c.Lang] == nil {
			s.cases[c.Lang] = map[string]*Case{}
		}
		s.cases[c.Lang][c.Code] = c
	}
	if err := read(files, "courses.yaml", &s.courses); err != nil {
		return nil, err
	}
	for _, course := range s.courses {
		for _, code := range course.Cases {
			if !slices.Contains(s.codes, code) {
				s.codes = append(s.codes, code)
			}
		}
	}
	for _, code := range slices.Sorted(maps.Keys(s.cases[inEnglish])) {
		if !slices.Contains(s.codes, code) {
			s.codes = append(s.codes, code)
		}
	}
	return s, s.check()
}

// read refuses what a file has and a case does not.
func read(files fs.FS, name string, into any) error {
	data, err := fs.ReadFile(files, name)
	if err != nil {
		return err
	}
	d := yaml.NewDecoder(bytes.NewReader(data))
	d.KnownFields(true)
	if err := d.Decode(into); err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// check refuses a case that cannot be worked through, and a translation that asks something else.
func (s *Shelf) check() error {
	var errs []error
	for lang, cases := range s.cases {
		for code, c := range cases {
			wrong := func(format string, args ...any) {
				errs = append(errs, fmt.Errorf("%s, %s: "+format, append([]any{code, lang}, args...)...))
			}
			s.checkCase(c, wrong)
			english := s.cases[inEnglish][code]
			if english == nil || english.shape() != c.shape() {
				wrong("it does not ask what the English one asks")
			}
		}
	}
	for _, course := range s.courses {
		for _, code := range course.Cases {
			if s.cases[inEnglish][code] == nil {
				errs = append(errs, fmt.Errorf("course %s: there is no case %s", course.Code, code))
			}
		}
		for _, r := range course.For {
			if !r.Known() {
				errs = append(errs, fmt.Errorf("course %s: there is no role %s", course.Code, r))
			}
		}
	}
	return errors.Join(errs...)
}

func (s *Shelf) checkCase(c *Case, wrong func(string, ...any)) {
	if c.Title == "" || len(c.Text) == 0 || len(c.Questions) == 0 {
		wrong("a title, a text and questions are needed")
	}
	if c.View != "" && (c.View.Label() == "" || c.Because == "") || c.Set != "" && (c.View == "" || len(c.Seen) == 0) {
		wrong("a case with indicators says what colleagues saw, what they make of it, and why")
	}
	known := map[string]bool{}
	if c.Set != "" {
		d, err := s.forms.Open(c.Set)
		if err != nil {
			wrong("there is no set %s", c.Set)
			return
		}
		for item := range d.All() {
			if item.Indicator != nil {
				known[item.Indicator.Code] = true
			}
		}
	}
	for _, code := range slices.Concat(slices.Collect(maps.Keys(c.Seen)), c.Arguable, slices.Collect(maps.Keys(c.Unsaid))) {
		if !known[code] {
			wrong("%s is no indicator of the set, or stands twice", code)
		}
		known[code] = false
	}
	for _, q := range c.Questions {
		right := 0
		for _, a := range q.Answers {
			if a.Key == "" || a.Text == "" || a.Why == "" || q.answer(a.Key).Text != a.Text {
				wrong("question %s: each answer has a key of its own, a text and a reason", q.Key)
			}
			if a.Right {
				right++
			}
		}
		if q.Key == "" || q.Text == "" || right != 1 {
			wrong("question %s: one of the answers is right", q.Key)
		}
	}
}

// shape is what a case asks, without its words.
func (c *Case) shape() string {
	var b strings.Builder
	fmt.Fprint(&b, c.Set, c.View, slices.Sorted(maps.Keys(c.Seen)), slices.Sorted(slices.Values(c.Arguable)), slices.Sorted(maps.Keys(c.Unsaid)))
	for _, q := range c.Questions {
		fmt.Fprint(&b, q.Key)
		for _, a := range q.Answers {
			fmt.Fprint(&b, a.Key, a.Right)
		}
	}
	return b.String()
}

// Titles lists the cases as something to choose, by their English titles.
func Titles() []input.Option {
	names, err := fs.Glob(shipped, "cases/"+inEnglish+"/*.yaml")
	if err != nil {
		return nil // the pattern is right; a test reads every case
	}
	var options []input.Option
	for _, name := range names {
		var c Case
		if err := read(shipped, name, &c); err == nil {
			options = append(options, input.Option{Value: strings.TrimSuffix(path.Base(name), ".yaml"), Label: c.Title})
		}
	}
	return options
}

// Codes lists the cases in the order in which to offer them.
func (s *Shelf) Codes() []string { return slices.Clone(s.codes) }

// Courses lists the courses that come with the program.
func (s *Shelf) Courses() []Course { return slices.Clone(s.courses) }

// Case gives a case in a language, or in English where it is not translated; false when there is none.
func (s *Shelf) Case(code, lang string) (*Case, bool) {
	if c, ok := s.cases[lang][code]; ok {
		return c, true
	}
	c, ok := s.cases[inEnglish][code]
	return c, ok
}
