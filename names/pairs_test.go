package names

import (
	"os"
	"strings"
	"testing"
)

// tableUnder reads the Markdown table under a heading of docs/names.md.
func tableUnder(t *testing.T, heading string) [][]string {
	t.Helper()
	page, err := os.ReadFile("../docs/names.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(page), "## "+heading+"\n")
	if !ok {
		t.Fatalf("docs/names.md has no heading %q", heading)
	}
	rest, _, _ = strings.Cut(rest, "\n## ")
	var rows [][]string
	for line := range strings.Lines(rest) {
		line = strings.TrimSpace(line)
		if !strings.HasPrefix(line, "|") {
			continue
		}
		cells := strings.Split(strings.Trim(line, "|"), "|")
		for i := range cells {
			cells[i] = strings.TrimSpace(cells[i])
		}
		rows = append(rows, cells)
	}
	if len(rows) < 2 {
		t.Fatalf("docs/names.md has no table under %q", heading)
	}
	return rows[2:]
}

// finds is the weakest word of the best match, or zero.
func finds(query, name string) Kind {
	indexed := map[Term]bool{}
	for _, term := range Terms(name) {
		indexed[term] = true
	}
	weakest := Kind(0)
	for _, alternatives := range Query(query) {
		best := Kind(0)
		for _, a := range alternatives {
			if indexed[a] {
				best = max(best, a.Weight)
			}
		}
		if best == 0 {
			return 0
		}
		if weakest == 0 || best < weakest {
			weakest = best
		}
	}
	return weakest
}

func TestPairsThatMustMatch(t *testing.T) {
	rows := tableUnder(t, "Pairs that must match")
	if len(rows) < 70 {
		t.Errorf("only %d pairs", len(rows))
	}
	kinds := map[string]Kind{"exact": Exact, "folded": Folded, "phonetic": Phonetic}
	for _, row := range rows {
		a, b, least := row[0], row[1], kinds[row[2]]
		if least == 0 {
			t.Errorf("%v: no such kind", row)
			continue
		}
		if got := finds(a, b); got < least {
			t.Errorf("%q finds %q: %v, want %v\n query %v\n terms %v", a, b, got, least, Query(a), Terms(b))
		}
		if got := finds(b, a); row[3] != "one way" && got < least {
			t.Errorf("%q finds %q: %v, want %v\n query %v\n terms %v", b, a, got, least, Query(b), Terms(a))
		}
		if Similar(a, b) < 0.5 {
			t.Errorf("Similar(%q, %q) = %.2f", a, b, Similar(a, b))
		}
	}
	t.Logf("%d pairs", len(rows))
}

func TestPairsThatMustNotMatch(t *testing.T) {
	rows := tableUnder(t, "Pairs that must not match")
	if len(rows) < 50 {
		t.Errorf("only %d pairs", len(rows))
	}
	for _, row := range rows {
		for _, p := range [][2]string{{row[0], row[1]}, {row[1], row[0]}} {
			if got := finds(p[0], p[1]); got != 0 {
				t.Errorf("%q finds %q: %v\n query %v\n terms %v", p[0], p[1], got, Query(p[0]), Terms(p[1]))
			}
		}
		if Similar(row[0], row[1]) > 0.94 {
			t.Errorf("Similar(%q, %q) = %.2f", row[0], row[1], Similar(row[0], row[1]))
		}
	}
	t.Logf("%d pairs", len(rows))
}
