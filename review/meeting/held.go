package meeting

import (
	_ "embed"
	"fmt"

	"palermo/review/instrument"
)

//go:embed sessions/2018-07-trafficking.yaml
var july2018 []byte

// Recommendation is one that a session adopted, by its number in the report: "7 (a)".
type Recommendation struct{ Number, Theme, To, Text string }

// Recommended gives what the session of July 2018 adopted (paras. 7 and 8).
func Recommended() ([]Recommendation, error) {
	s, err := Read(july2018)
	if err != nil {
		return nil, fmt.Errorf("the session of July 2018: %w", err)
	}
	l, err := instrument.Open()
	if err != nil {
		return nil, err
	}
	first := len(s.Mandate) + 2 // after the introduction, and the sentence before the recommendations
	var list []Recommendation
	for i, a := range s.Advice {
		for _, p := range lettered(a.Items) {
			list = append(list, Recommendation{Number: fmt.Sprintf("%d %s", first+i, p.Mark), Theme: a.Title, To: a.To, Text: p.Text[:len(p.Text)-1]})
		}
	}
	return list, made(Write(s, l), list)
}

// made holds the numbers to those of the report.
func made(r *Report, list []Recommendation) error {
	numbers := map[string]bool{}
	for _, b := range r.Blocks {
		for _, p := range b.Points {
			numbers[fmt.Sprintf("%d %s", b.Number, p.Mark)] = true
		}
	}
	for _, x := range list {
		if !numbers[x.Number] {
			return fmt.Errorf("recommendation %s is not in the report", x.Number)
		}
	}
	return nil
}
