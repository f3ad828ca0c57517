package jurisdiction

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// GapKind says what is wanting.
type GapKind string

const (
	// Missing: nothing is known.
	Missing GapKind = "missing"
	// FromDefault: the State's own rule is not known; that of a text States share is shown.
	FromDefault GapKind = "default"
	// NotChecked: a fact is shown that nobody has checked against its source.
	NotChecked GapKind = "unverified"
	// OnCondition: the law asks something of the person for help, for a
	// permit or against punishment (rule 1), or puts the wall at risk.
	OnCondition GapKind = "condition"
)

// Gap is one thing that is not as it should be, in plain words.
type Gap struct {
	Kind GapKind
	Path string
	Text string
}

// Gaps lists what is not known of the State, what is taken from a default,
// what is not checked and where the law puts a condition, in this order.
func (p *Profile) Gaps() []Gap {
	g := &gaps{p: p}
	g.fields(reflect.ValueOf(*p), "")
	g.stages()
	g.rights()
	g.matrix()
	g.register()
	g.clocks()
	g.conditions()
	g.unverified(reflect.ValueOf(*p), "")
	order := []GapKind{Missing, FromDefault, NotChecked, OnCondition}
	slices.SortStableFunc(g.list, func(a, b Gap) int {
		return slices.Index(order, a.Kind) - slices.Index(order, b.Kind)
	})
	return g.list
}

type gaps struct {
	p    *Profile
	list []Gap
}

func (g *gaps) add(kind GapKind, path, format string, args ...any) {
	g.list = append(g.list, Gap{Kind: kind, Path: path, Text: fmt.Sprintf(format, args...)})
}

// fields visits everything tagged gap.
func (g *gaps) fields(v reflect.Value, path string) {
	for i := range v.NumField() {
		f := v.Type().Field(i)
		name, _, _ := strings.Cut(f.Tag.Get("yaml"), ",")
		if !f.IsExported() || name == "" || name == "-" {
			continue
		}
		at, words := join(path, name), f.Tag.Get("gap")
		switch {
		case words != "":
			g.field(v.Field(i), at, words)
		case v.Field(i).Kind() == reflect.Struct:
			if _, fact := v.Field(i).Interface().(factual); !fact {
				g.fields(v.Field(i), at)
			}
		}
	}
}

func (g *gaps) field(v reflect.Value, path, words string) {
	if fact, ok := v.Interface().(factual); ok {
		switch {
		case !fact.known() && fact.why() != "":
			g.add(Missing, path, "Not known: %s. %s", words, fact.why())
		case !fact.known():
			g.add(Missing, path, "Not known: %s.", words)
		default:
			g.borrowed(fact.basis(), path, words)
		}
		return
	}
	if v.Len() == 0 {
		g.add(Missing, path, "Not known: %s.", words)
		return
	}
	if first := v.Index(0).FieldByName("Basis"); first.IsValid() {
		g.borrowed(first.Interface().(Basis), path, words)
	}
}

// borrowed says that a State's own rule is not known, where what is shown
// comes from a text that States share.
func (g *gaps) borrowed(basis Basis, path, words string) {
	if g.p.Kind != "state" || basis.From == g.p.Code {
		return
	}
	words, _, _ = strings.Cut(words, ";") // what follows is about an unknown value
	from := "the source is " + basis.Citation()
	if basis.Status == Project {
		from = "what is used is the project's own default, no law"
	}
	g.add(FromDefault, path, "The State's own rule is not known on: %s; %s.", words, from)
}

func (g *gaps) stages() {
	for _, stage := range g.p.Procedure.Stages {
		if stage.Kind != "decision" {
			continue
		}
		path, name := "procedure.stages["+stage.Key+"]", stage.Name["en"]
		var wanting []string
		if stage.Threshold == "" {
			wanting = append(wanting, "what must be shown")
		}
		if stage.Period.IsZero() && !stage.NoMaximum {
			wanting = append(wanting, "how soon it is expected")
		}
		if len(stage.Decides) == 0 {
			wanting = append(wanting, "who decides")
		}
		if len(wanting) > 0 {
			g.add(Missing, path, "Not known for the stage “%s”: %s.", name, list(wanting))
		}
		if stage.NoMaximum {
			g.add(OnCondition, path, "The stage “%s” has no latest day: a person may wait without end.", name)
		}
	}
}

func (g *gaps) rights() {
	var silent []string
	for _, right := range g.p.RightsItems("en") {
		if right.Gap {
			silent = append(silent, "“"+right.Title+"”")
		}
	}
	if len(silent) > 0 {
		g.add(Missing, "rights.here", "The rights briefing cannot say how it works here for %s.", list(silent))
	}
}

func (g *gaps) matrix() {
	for _, need := range Needs() {
		var open, lent []string
		for _, standing := range Standings() {
			cell := g.p.Entitlement(need, standing)
			switch {
			case cell.Value == Unknown:
				open = append(open, standing.words())
			case g.p.Kind == "state" && cell.From != g.p.Code:
				lent = append(lent, standing.words())
			}
		}
		path, what := "entitlements."+string(need), strings.ReplaceAll(string(need), "_", " ")
		if len(open) > 0 {
			g.add(Missing, path, "Not known: whether a non-national has %s (%s).", what, list(open))
		}
		if len(lent) > 0 {
			g.add(FromDefault, path, "The State's own rule is not known on: %s (%s); a text that States share is shown.", what, list(lent))
		}
	}
}

func (s Standing) words() string {
	switch s {
	case "recovery":
		return "in a recovery period"
	case "declined":
		return "having declined identification"
	case "child":
		return "as a child"
	}
	return string(s)
}

func (g *gaps) register() {
	if g.p.Kind != "state" {
		return
	}
	var known, lent int
	rows := g.p.Register()
	for _, row := range rows {
		switch {
		case row.Gap:
		case row.Entry.From == g.p.Code:
			known++
		default:
			lent++
		}
	}
	if open := len(rows) - known; open > 0 {
		g.add(Missing, "provisions", "Of the %d paragraphs of the Protocol, the State's own provision is not known for %d; a text that States share is shown for %d of them.", len(rows), open, lent)
	}
}

func (g *gaps) clocks() {
	var own []string
	for _, clock := range g.p.Clocks {
		if clock.Own() {
			own = append(own, clock.Key)
		}
	}
	if len(own) > 0 && g.p.Kind == "state" {
		g.add(FromDefault, "clocks", "No law is known that sets these deadlines; they are the project's own: %s.", strings.Join(own, ", "))
	}
	own = nil
	for _, move := range g.p.Between {
		if move.Status == Project {
			own = append(own, string(move.Key))
		}
	}
	if len(own) > 0 && g.p.Kind == "state" {
		g.add(FromDefault, "between_states", "No law or agreement is known that says how soon this State answers another one; the times are the project's own: %s.", strings.Join(own, ", "))
	}
}

// conditions lists what rule 1 forbids the program and a law may still do.
func (g *gaps) conditions() {
	for _, c := range g.p.Assistance.Conditions {
		g.add(OnCondition, "assistance.conditions["+c.Key+"]", "Help depends on a condition: %s (%s)", c.Text, c.Citation())
	}
	if free, ok := g.p.Assistance.Unconditional.Get(); ok && !free {
		g.add(OnCondition, "assistance.unconditional", "The law lets help depend on taking part in a proceeding.")
	}
	for _, c := range g.p.Permit.DependsOn {
		g.add(OnCondition, "permit.depends_on["+c.Key+"]", "A residence permit depends on a condition: %s (%s)", c.Text, c.Citation())
	}
	for _, body := range g.p.Bodies {
		if body.ImmigrationEnforcement {
			g.add(OnCondition, "bodies["+body.Key+"]", "%s belongs to immigration enforcement and has a part in the procedure; here it reads no case.", body.Name)
		}
	}
}

// list joins words: a, b and c.
func list(words []string) string {
	if len(words) < 2 {
		return strings.Join(words, "")
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}
