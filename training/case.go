package training

import (
	"slices"

	"palermo/input"
)

// Verdict is what a reader makes of a situation. Nobody decides by it: it is practice.
type Verdict string

const (
	Trafficking  Verdict = "trafficking"
	Exploitation Verdict = "exploitation"
	Smuggling    Verdict = "smuggling"
	Neither      Verdict = "neither"
)

// Options lists the verdicts.
func (Verdict) Options() []input.Option {
	return []input.Option{
		{Value: string(Trafficking), Label: "Signs of trafficking: I would presume a victim"},
		{Value: string(Exploitation), Label: "Rights at work are breached; not enough points to trafficking"},
		{Value: string(Smuggling), Label: "Smuggling of migrants; not enough points to trafficking"},
		{Value: string(Neither), Label: "None of these"},
	}
}

// Label names the verdict to a person, in English.
func (v Verdict) Label() string {
	for _, o := range v.Options() {
		if o.Value == string(v) {
			return o.Label
		}
	}
	return ""
}

// Case is a practice case. Everybody in it is made up.
type Case struct {
	Code      string            `yaml:"-"` // the name of its file
	Lang      string            `yaml:"-"` // the language of its texts
	Title     string            `yaml:"title"`
	Set       string            `yaml:"set"`       // the indicator set to fill (form.Sets); empty where there are questions alone
	Text      []string          `yaml:"text"`      // paragraphs
	Seen      map[string]string `yaml:"seen"`      // what colleagues saw, by code of the indicator, and why
	Arguable  []string          `yaml:"arguable"`  // what one may see in it or not
	Unsaid    map[string]string `yaml:"unsaid"`    // what one might think of, and is not there
	View      Verdict           `yaml:"view"`      // what colleagues make of it; empty where nobody asks
	Because   string            `yaml:"because"`   // and why
	Questions []Question        `yaml:"questions"` //
}

// Question is one to think about, with answers of which one is right.
type Question struct {
	Key     string   `yaml:"key"`
	Text    string   `yaml:"text"`
	Answers []Answer `yaml:"answers"`
}

// Answer to a question, and why colleagues would choose it or not.
type Answer struct {
	Key   string `yaml:"key"`
	Text  string `yaml:"text"`
	Right bool   `yaml:"right"`
	Why   string `yaml:"why"`
}

// answer finds an answer; nil for one that there is not.
func (q *Question) answer(key string) *Answer {
	i := slices.IndexFunc(q.Answers, func(a Answer) bool { return a.Key == key })
	if i < 0 {
		return nil
	}
	return &q.Answers[i]
}
