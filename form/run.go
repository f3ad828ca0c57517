package form

import (
	"iter"
	"regexp"
	"strings"
	"time"
)

// Env is what comes in from outside a form.
type Env struct {
	Now      time.Time      // for today(), now(), start, end; in the person's own time zone
	Language string         // as the columns name it, or its code
	User     string         // for the type username
	Random   func() float64 // for random(); nil gives 0
	UUID     func() string  // for uuid(); nil gives nothing
}

// KindInstance is one instance of a repeat; only fields have it, items never.
const KindInstance Kind = "instance"

// Field is one place of the form as it stands: a question, a group, a repeat,
// or an instance of a repeat. Fields are nested as the form is.
type Field struct {
	Item       *Item             `json:"-"`
	Kind       Kind              `json:"kind"`
	Path       string            `json:"path"`            // with instances: household[2]/name
	Index      int               `json:"index,omitempty"` // of an instance, from 1
	Type       Type              `json:"type,omitempty"`
	Appearance string            `json:"appearance,omitempty"`
	Parameters map[string]string `json:"parameters,omitempty"`
	Relevant   bool              `json:"relevant"`  // its conditions and those around it hold
	Visible    bool              `json:"visible"`   // relevant, and of a type that is shown
	Supported  bool              `json:"supported"` // can be answered on line
	ReadOnly   bool              `json:"read_only,omitempty"`
	Required   bool              `json:"required,omitempty"`
	Label      string            `json:"label,omitempty"`
	Hint       string            `json:"hint,omitempty"`
	Guidance   string            `json:"guidance,omitempty"`
	Image      string            `json:"image,omitempty"`
	Options    []Option          `json:"options,omitempty"`
	Value      string            `json:"value"`
	Problems   []string          `json:"problems,omitempty"` // for the person, in order of weight
	CanAdd     bool              `json:"can_add,omitempty"`  // a repeat that may grow
	CountName  string            `json:"count_name,omitempty"`
	Children   []*Field          `json:"children,omitempty"`
}

// Count is how many instances a repeat has.
func (f *Field) Count() int { return len(f.Children) }

// Chosen lists the names chosen in a select.
func (f *Field) Chosen() []string { return strings.Fields(f.Value) }

// State is a form with its answers worked out.
type State struct {
	Language     string   `json:"language"`
	InstanceName string   `json:"instance_name,omitempty"`
	Fields       []*Field `json:"fields"`
	// Incomplete says that the expressions of the form were too much work and
	// were cut short; nothing in it may then be relied on.
	Incomplete bool `json:"incomplete,omitempty"`

	run *runner
}

// Run works out a form: what is asked, what is calculated, what is wrong. The
// same form, answers and environment give the same state. answers is not
// changed.
func Run(d *Definition, answers Answers, env Env) *State {
	if env.Language == "" {
		env.Language = d.DefaultLanguage
	}
	r := &runner{def: d, env: env, patterns: map[string]*regexp.Regexp{}, lists: map[string]*node{}}
	r.plant(answers)
	s := &State{Language: env.Language, run: r}
	s.Fields = r.fields(r.document, d.Items, "")
	if d.InstanceName != nil {
		s.InstanceName = r.formula(d.InstanceName, r.document)
	}
	s.Incomplete = r.over
	return s
}

// All goes through every field in order, groups before what is in them.
func (s *State) All() iter.Seq[*Field] {
	return func(yield func(*Field) bool) { walkFields(s.Fields, yield) }
}

func walkFields(fields []*Field, yield func(*Field) bool) bool {
	for _, f := range fields {
		if !yield(f) || !walkFields(f.Children, yield) {
			return false
		}
	}
	return true
}

// Field finds a field by its path; nil when there is none.
func (s *State) Field(path string) *Field {
	for f := range s.All() {
		if f.Path == path {
			return f
		}
	}
	return nil
}

// Mistake is something in the answers that the person should look at.
type Mistake struct {
	Path   string `json:"path"`
	Label  string `json:"label"`
	Reason string `json:"reason"`
}

// Problems lists what is wrong with the answers, in the order of the form.
func (s *State) Problems() []Mistake {
	var all []Mistake
	for f := range s.All() {
		for _, p := range f.Problems {
			all = append(all, Mistake{f.Path, f.Label, p})
		}
	}
	return all
}

// Clean returns the answers to keep: what is relevant and not empty,
// calculated values included. What was answered under a question that no
// longer applies is dropped. Instances of repeats keep their numbers, so empty
// ones stay as {}.
func (s *State) Clean() Answers { return s.run.clean(s.run.document) }

func (r *runner) clean(n *node) Answers {
	kept := Answers{}
	for _, c := range n.children {
		if !r.relevant(c) {
			continue
		}
		switch c.item.Kind {
		case KindGroup:
			if inner := r.clean(c); len(inner) > 0 {
				kept[c.name] = inner
			}
		case KindRepeat:
			list, _ := kept[c.name].([]Answers)
			kept[c.name] = append(list, r.clean(c))
		default:
			if v := r.value(c); v != "" {
				kept[c.name] = v
			}
		}
	}
	return kept
}
