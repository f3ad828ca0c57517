package form

import "testing"

func BenchmarkRunIntakeForm(b *testing.B) {
	d, err := OpenSet("htcds")
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		Run(d, Answers{"prs_Citizenship": "NG"}, Env{Now: march(1)})
	}
}

func BenchmarkScoreOperationalIndicators(b *testing.B) {
	d, err := OpenSet("labour-adults")
	if err != nil {
		b.Fatal(err)
	}
	a := yes("D1.01", "D1.02", "D4.01", "D4.02", "D5.01", "D5.02")
	for b.Loop() {
		Score(d, a, Env{})
	}
}

func BenchmarkOpenSet(b *testing.B) {
	for b.Loop() {
		if _, err := OpenSet("labour-adults"); err != nil {
			b.Fatal(err)
		}
	}
}
