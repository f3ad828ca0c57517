package form

import (
	"slices"
	"strings"
)

// Weight is how much an indicator weighs (ILO and European Commission, 2009).
type Weight string

const (
	Strong Weight = "strong"
	Medium Weight = "medium"
	Weak   Weight = "weak"
)

// Status is how well an indicator is borne out by a source.
type Status string

const (
	StatusSeen       Status = "seen"       // seen in the source named
	StatusSecondary  Status = "secondary"  // seen in a source that cites the one named
	StatusUnverified Status = "unverified" // nobody has compared it with its source
	StatusDraft      Status = "draft"      // this project's own wording, with no source
)

// Indicator is what the columns of an indicator set say of a question.
type Indicator struct {
	Code      string `json:"code"`
	Dimension string `json:"dimension,omitempty"`
	Weight    Weight `json:"weight,omitempty"`
	Source    string `json:"source,omitempty"`
	Status    Status `json:"status,omitempty"`
}

// Origin is a source of indicators, how well it bears them out, and how many they are.
type Origin struct {
	Source string
	Status Status
	Count  int
}

// Origins lists where a set's indicators come from, in the order in which they are asked.
func (d *Definition) Origins() []Origin {
	var all []Origin
	for item := range d.All() {
		in := item.Indicator
		if in == nil || in.Dimension == "age" {
			continue
		}
		i := slices.IndexFunc(all, func(o Origin) bool { return o.Source == in.Source && o.Status == in.Status })
		if i < 0 {
			i = len(all)
			all = append(all, Origin{Source: in.Source, Status: in.Status})
		}
		all[i].Count++
	}
	return all
}

// Notice stands on every result.
const Notice = "Screening aid; not a decision. Indicators that are present or absent prove nothing by themselves: a trained person weighs them with everything else, and assistance does not wait for it."

// Answered is one answer that counted, so that a reader can always see what led to a result.
type Answered struct {
	Indicator
	Path   string `json:"path"`
	Label  string `json:"label"`
	Answer string `json:"answer"`
}

// Dimension is what the answers say in one dimension.
type Dimension struct {
	Code    string     `json:"code"`
	Label   string     `json:"label"`
	Asked   int        `json:"asked"` // indicators of the dimension
	Strong  int        `json:"strong"`
	Medium  int        `json:"medium"`
	Weak    int        `json:"weak"`
	Reaches bool       `json:"reaches_rule"` // the dimension is positive by the rule of counts
	Rule    string     `json:"rule,omitempty"`
	Because []Answered `json:"because"`
}

// Indication is what positive dimensions together point to. It is a sentence,
// never a verdict.
type Indication struct {
	Code       string     `json:"code"`
	Text       string     `json:"text"`
	Dimensions []string   `json:"dimensions,omitempty"`
	Because    []Answered `json:"because"`
}

// Scored is the result of an indicator set.
type Scored struct {
	Set         string       `json:"set"`
	Title       string       `json:"title"`
	Weighted    bool         `json:"weighted"`
	Age         string       `json:"age,omitempty"` // under_18, presumed_under_18, adult; empty when not answered
	Dimensions  []Dimension  `json:"dimensions"`
	Present     []Answered   `json:"present"` // every indicator that is present
	Indications []Indication `json:"indications"`
	Unanswered  int          `json:"unanswered"` // indicators without an answer or answered as not known
	Unverified  int          `json:"unverified"` // of those present, how many have no verified source
	Notice      string       `json:"notice"`
}

// Score counts the indicators that the answers show. Sets with weights are
// read by the rule of the operational indicators; sets without list what is
// present and add nothing up. Hidden questions do not count. The texts are in
// the language of env.
func Score(d *Definition, answers Answers, env Env) *Scored {
	state := Run(d, answers, env)
	s := &Scored{Set: d.ID, Title: d.Title, Dimensions: []Dimension{}, Present: []Answered{}, Indications: []Indication{}, Notice: Notice}
	s.Age = d.Settings["age"]
	labels := map[string]string{}
	for f := range state.All() {
		if f.Kind != KindQuestion || f.Item.Indicator == nil || !f.Relevant {
			continue
		}
		in := f.Item.Indicator
		if in.Dimension == "age" {
			s.Age = ageOf(f.Value, s.Age)
			continue
		}
		s.Weighted = s.Weighted || in.Weight != ""
		if p := f.Item.Parent; p != nil && labels[in.Dimension] == "" {
			labels[in.Dimension] = p.Label.In(state.Language, d.DefaultLanguage)
		}
		s.count(f)
	}
	for i := range s.Dimensions {
		s.Dimensions[i].Label = labels[s.Dimensions[i].Code]
		s.Dimensions[i].weigh()
	}
	s.combine()
	return s
}

func ageOf(answer, otherwise string) string {
	switch answer {
	case "yes":
		return "under_18"
	case "uncertain":
		return "presumed_under_18"
	case "no":
		return "adult"
	}
	return otherwise
}

// count adds one indicator to its dimension.
func (s *Scored) count(f *Field) {
	in := f.Item.Indicator
	i := slices.IndexFunc(s.Dimensions, func(d Dimension) bool { return d.Code == in.Dimension })
	if i < 0 {
		i = len(s.Dimensions)
		s.Dimensions = append(s.Dimensions, Dimension{Code: in.Dimension, Because: []Answered{}})
	}
	d := &s.Dimensions[i]
	d.Asked++
	if !presence(f.Value) {
		if f.Value != "no" {
			s.Unanswered++
		}
		return
	}
	a := Answered{Indicator: *in, Path: f.Path, Label: f.Label, Answer: f.Value}
	d.Because = append(d.Because, a)
	s.Present = append(s.Present, a)
	if in.Status == StatusUnverified || in.Status == StatusDraft {
		s.Unverified++
	}
	switch in.Weight {
	case Strong:
		d.Strong++
	case Medium:
		d.Medium++
	case Weak:
		d.Weak++
	}
}

// presence reports whether an answer says that an indicator was seen or heard of.
func presence(answer string) bool {
	switch strings.ToLower(strings.TrimSpace(answer)) {
	case "yes", "true", "1", "ok":
		return true
	}
	return false
}

// weigh is the rule of the operational indicators: a dimension is positive
// with two strong; one strong and one medium or weak; three medium; or two
// medium and one weak.
func (d *Dimension) weigh() {
	switch {
	case d.Strong >= 2:
		d.Rule = "two strong indicators"
	case d.Strong == 1 && d.Medium+d.Weak >= 1:
		d.Rule = "one strong indicator and one medium or weak"
	case d.Medium >= 3:
		d.Rule = "three medium indicators"
	case d.Medium == 2 && d.Weak >= 1:
		d.Rule = "two medium indicators and one weak"
	}
	d.Reaches = d.Rule != ""
}
