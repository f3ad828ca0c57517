package cooperation

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"palermo/access"
	"palermo/input"
	"palermo/jurisdiction"
)

var update = flag.Bool("update", false, "write docs/procedures anew")

// docs/procedures says of each procedure its states, who moves each, the clock,
// and what each side sees. It is made from the definitions that both nodes run.
func TestTheDocumentsOfTheProceduresAreTrue(t *testing.T) {
	in, err := jurisdiction.Load("default")
	must(t, err)
	folder := filepath.Join("..", "docs", "procedures")
	index := "# Procedures between two nodes\n\nMade from `cooperation/`, a file each, by `go test ./cooperation -update`. Clocks are the project's own defaults;\n" +
		"a State sets its own in its profile, under `between_states`.\n" +
		"Whatever is asked can be declined, and the person's side withdraws at any time; both end a procedure at once. A message carries\n" +
		"one act; `docs/protocol.md` says how.\n\n"
	for _, d := range Definitions() {
		name := strings.ReplaceAll(string(d.Type), "_", "-") + ".md"
		index += fmt.Sprintf("- [%s](%s) (row %s)\n", d.Label, name, d.Row)
		golden(t, filepath.Join(folder, name), document(d, in))
	}
	golden(t, filepath.Join(folder, "README.md"), index)
}

func golden(t *testing.T, path, text string) {
	t.Helper()
	if *update {
		must(t, os.MkdirAll(filepath.Dir(path), 0o755))
		must(t, os.WriteFile(path, []byte(text), 0o644))
	}
	is, err := os.ReadFile(path)
	if err != nil || string(is) != text {
		t.Errorf("%s is not as the program is (%v): go test ./cooperation -update, and read what changed", path, err)
	}
}

func document(d *Definition, in *jurisdiction.Profile) string {
	var b strings.Builder
	fmt.Fprintf(&b, "# %s\n\nRow %s of the report. ", d.Label, d.Row)
	switch {
	case !d.Person:
		b.WriteString("It is about nobody in particular: no message carries data of a person.\n")
	case d.Holds == Asked:
		b.WriteString("The person is at the asked side, whose word it is. No message carries data of the person.\n")
	default:
		fmt.Fprintf(&b, "It begins from a person's case at the asking side. What goes of the person rests on a consent for the\npurpose `%s` to the very organisation that receives.\n", d.Purpose)
	}
	b.WriteString("\n## States\n\n| state | what it means | who moves next | within |\n| --- | --- | --- | --- |\n")
	for _, s := range d.States {
		fmt.Fprintf(&b, "| `%s` | %s | %s | %s |\n", s.State, s.Label, side(s.Turn), in.Move(d.Move(s.State)).Period)
	}
	b.WriteString("| `completed`, `declined`, `withdrawn` | it has ended; of two ends that cross, the later in this list stands on both sides | | |\n")
	if d.Waits != nil {
		b.WriteString("\nOnce a day of arrival, or of a hearing, is fixed, the time to move runs from that day.\n")
	}
	b.WriteString("\n## Acts\n\nEach side sees every act and what it says, but for what stays with the side that did it.\n")
	for _, a := range d.Acts {
		fmt.Fprintf(&b, "\n### %s\n\n`%s`: %s, %s", a.Past, a.Name, by(a.By), move(a))
		if a.Draws != 0 {
			fmt.Fprintf(&b, " Of the person, as far as allowed: %s.", data(a.Draws))
		}
		b.WriteString("\n\n")
		fields(&b, a.New())
	}
	return b.String()
}

func side(s Side) string {
	return map[Side]string{Asking: "the asking side", Asked: "the asked side", Either: "either side"}[s]
}

func by(s Side) string { return "by " + side(s) }

func move(a Info) string {
	from := "in any state"
	if len(a.From) == 1 && a.From[0] == "" {
		from = "at the beginning"
	} else if len(a.From) > 0 {
		var names []string
		for _, s := range a.From {
			names = append(names, "`"+string(s)+"`")
		}
		from = "in " + strings.Join(names, ", ")
	}
	if a.To == "" {
		return from + "; the state stays."
	}
	return from + "; then `" + string(a.To) + "`."
}

func data(s access.Set) string {
	var names []string
	for _, c := range s.List() {
		names = append(names, strings.ToLower(c.Label()[:1])+c.Label()[1:])
	}
	return strings.Join(names, "; ")
}

func fields(b *strings.Builder, a Act) {
	t := reflect.TypeOf(a).Elem()
	here := map[string]bool{}
	for i := range t.NumField() {
		if t.Field(i).Tag.Get("here") != "" {
			here[input.Name(t.Field(i))] = true
		}
	}
	list := input.Describe(a)
	if len(list) == 0 {
		b.WriteString("It says no more than that.\n")
	}
	for _, f := range list {
		note := ""
		if here[f.Name] {
			note = " — stays with this side"
		} else if !f.Required && f.Kind != "yes" {
			note = " — may be left out"
		}
		fmt.Fprintf(b, "- `%s` %s%s\n", f.Name, f.Label, note)
	}
}
