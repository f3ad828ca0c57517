package form

import (
	"strings"
)

func (b *builder) newItem(l line, t rowType) *Item {
	item := &Item{
		Kind: KindQuestion, Type: t.kind, TypeText: l.get("type"), Row: l.row + 1, Name: l.get("name"), List: t.list, Other: t.other, external: t.external,
		Label: l.texts("label"), Hint: l.texts("hint"), Guidance: l.texts("guidance_hint"),
		ConstraintMessage: l.texts("constraint_message"), RequiredMessage: l.texts("required_message"), Media: l.media(),
		Relevant: condition(l.get("relevant")), Constraint: condition(l.get("constraint")),
		Required: condition(l.get("required")), ReadOnly: condition(l.get("readonly")),
		Calculation: formula(l.get("calculation")), ChoiceFilter: formula(l.get("choice_filter")),
		Default: defaultFormula(l.get("default"), t.kind), Count: formula(l.get("repeat_count")),
		Appearance: l.get("appearance"), Parameters: parameters(l.get("parameters")), Trigger: l.get("trigger"), Columns: l.unknown(),
	}
	if item.Name == "" && item.Type.Recorded() {
		item.Name = string(item.Type)
	}
	if item.Type == TypeNote && item.Name == "" {
		item.Name = "generated_note_name_" + itoa(item.Row) // as pyxform
	}
	if code := l.get("indicator_code"); code != "" {
		item.Indicator = &Indicator{
			Code: code, Dimension: l.get("dimension"), Weight: Weight(strings.ToLower(l.get("weight"))),
			Source: l.get("source"), Status: Status(strings.ToLower(l.get("status"))),
		}
	}
	return item
}

func formula(s string) *Formula {
	if s == "" {
		return nil
	}
	return parse(s)
}

// condition reads yes and no, as authors write them, besides expressions.
func condition(s string) *Formula {
	switch strings.ToLower(s) {
	case "yes", "true", "true()":
		return parse("true()")
	case "no", "false", "false()":
		return parse("false()")
	}
	return formula(s)
}

// defaultFormula takes a default for an expression only where it can be
// nothing else: it refers, or calls a function. Otherwise it is the answer
// itself. A date such as 2019-03-27 is no subtraction.
func defaultFormula(s string, t Type) *Formula {
	if s == "" {
		return nil
	}
	if strings.Contains(s, "${") || (strings.Contains(s, "(") && strings.HasSuffix(s, ")") && t != TypeNote) {
		if f := parse(s); f.err == nil || strings.Contains(s, "${") {
			return f
		}
	}
	return &Formula{Source: s, root: stringLit(s)}
}

// parameters reads "start=0 end=10 step=1"; commas and semicolons may part them too.
func parameters(s string) map[string]string {
	if s == "" {
		return nil
	}
	all := map[string]string{}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == ',' || r == ';' || r == '\n' || r == '\t' }) {
		if name, v, ok := strings.Cut(word, "="); ok {
			all[strings.ToLower(name)] = v
		}
	}
	return all
}

// other adds what or_other means: the choice "other" and a text behind it.
func (b *builder) other(item *Item) {
	text := &Item{
		Kind: KindQuestion, Type: TypeText, TypeText: "text", Row: item.Row, Name: item.Name + "_other", Derived: true,
		Label: Text{}, Relevant: parse("selected(../" + item.Name + ", 'other')"),
	}
	if item.Name == "" || len(b.def.byName[text.Name]) > 0 {
		return
	}
	for _, language := range b.def.Languages {
		text.Label[language] = otherLabels(language)[1]
	}
	b.add(text)
}

// otherLabels are the choice and the question that or_other adds.
func otherLabels(language string) [2]string {
	switch languageCode(language) {
	case "fr":
		return [2]string{"Autre", "Précisez."}
	case "es":
		return [2]string{"Otro", "Especifique."}
	case "ar":
		return [2]string{"غير ذلك", "يرجى التحديد."}
	case "zh":
		return [2]string{"其他", "请说明。"}
	case "ru":
		return [2]string{"Другое", "Уточните."}
	}
	return [2]string{"Other", "Specify other."}
}
