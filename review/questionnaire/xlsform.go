package questionnaire

import (
	"fmt"
	"strings"
	"time"

	"palermo/fault"
	"palermo/form"
)

const carriedSheet = "questionnaire" // programs that read XLSForm leave a sheet alone that they do not know

// XLSForm is the version as a form for the field's tools: a question is yes or
// no, and what explains it is asked for as the answer goes. Faults: invalid,
// where words cannot stand in a form.
func (v *Version) XLSForm() (*form.Definition, error) {
	head, err := v.head()
	if err != nil {
		return nil, fault.Internal(err)
	}
	survey := [][]string{{"type", "name", "label", "hint", "relevant"}}
	rest := [][]string{{"name", "question"}, {"", head}}
	group, groups := "", 0
	end := func() {
		if group != "" {
			survey = append(survey, []string{"end_group", fmt.Sprintf("g%d", groups)})
		}
	}
	for i := range v.Questions {
		x := &v.Questions[i]
		if x.Group != group {
			end()
			if group = x.Group; group != "" {
				groups++
				survey = append(survey, []string{"begin_group", fmt.Sprintf("g%d", groups), group})
			}
		}
		name := fmt.Sprintf("q%d", i+1)
		survey = append(survey, []string{"select_one yes_no", name, x.Text, x.Article})
		if x.IfNo != "" {
			survey = append(survey, []string{"text", name + "_no", x.IfNo, "", "${" + name + "} = 'no'"})
		}
		if x.IfYes != "" {
			survey = append(survey, []string{"text", name + "_yes", x.IfYes, "", "${" + name + "} = 'yes'"})
		}
		text, err := x.carried()
		if err != nil {
			return nil, fault.Internal(err)
		}
		rest = append(rest, []string{name, text})
	}
	end()
	d := form.New(&form.Workbook{Sheets: []form.Sheet{{Name: "survey", Rows: survey},
		{Name: "choices", Rows: [][]string{{"list_name", "name", "label"}, {"yes_no", "yes", "Yes"}, {"yes_no", "no", "No"}}},
		{Name: "settings", Rows: [][]string{{"form_title", "form_id", "version"}, {v.Title, formID(v.Symbol), v.Status.UTC().Format(time.RFC3339)}}},
		{Name: carriedSheet, Rows: rest}}})
	if report := form.Check(d); !report.OK {
		return nil, fault.Invalid("file", "These words cannot stand in a form: %s.", report.Problems[0].Reason)
	}
	return d, nil
}

func formID(symbol string) string {
	if symbol == "" {
		return "questionnaire"
	}
	return strings.ToLower(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r >= '0' && r <= '9' {
			return r
		}
		return '_'
	}, symbol))
}

// FromXLSForm reads what XLSForm wrote, with the words as they stand in the form now. Faults: invalid.
func FromXLSForm(d *form.Definition) (*Version, error) {
	rest, survey := d.Book.Sheet(carriedSheet), d.Book.Sheet("survey")
	if rest == nil || survey == nil || len(rest.Rows) < 2 || len(rest.Rows[1]) < 2 {
		return nil, fault.Invalid("file", "This form was not made from a questionnaire.")
	}
	shown := map[string]string{}
	for _, row := range survey.Rows[1:] {
		if len(row) > 2 {
			shown[row[1]] = row[2]
		}
	}
	v, err := readHead(rest.Rows[1][1])
	if err != nil {
		return nil, err
	}
	for _, row := range rest.Rows[2:] {
		if len(row) < 2 {
			continue
		}
		x, err := readQuestion(row[1])
		if err != nil {
			return nil, err
		}
		words, there := shown[row[0]]
		if !there {
			continue // taken out there
		}
		reworded(&x.Text, words)
		reworded(&x.IfNo, shown[row[0]+"_no"])
		reworded(&x.IfYes, shown[row[0]+"_yes"])
		v.Questions = append(v.Questions, x)
	}
	return v, v.Check()
}
