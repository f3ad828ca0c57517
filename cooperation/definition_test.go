package cooperation

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
	"time"

	"palermo/fault"
	"palermo/input"
)

func TestInEveryStateOneSideMovesAndCan(t *testing.T) {
	for _, d := range Definitions() {
		if info, ok := d.Act(d.Begin); !ok || info.By != Asking || !slices.Equal(info.From, []State{""}) {
			t.Errorf("%s does not begin with an act of the asking side", d.Type)
		}
		for _, s := range d.States {
			movers := map[Side]bool{}
			for _, a := range d.Acts {
				if a.To != "" && !a.To.Ended() && a.To != s.State && slices.Contains(a.From, s.State) {
					movers[a.By] = true
				}
			}
			if len(movers) > 1 || movers[Either] || movers[s.Turn.Other()] && s.Turn != Either {
				t.Errorf("%s, %s: acts of %v lead on, and it is the turn of the %s side: acts that cross would part the two", d.Type, s.State, movers, s.Turn)
			}
			ends := slices.ContainsFunc(d.Acts, func(a Info) bool { return a.To.Ended() && (slices.Contains(a.From, s.State) || len(a.From) == 0) })
			if len(movers) == 0 && !ends {
				t.Errorf("%s, %s leads nowhere", d.Type, s.State)
			}
		}
		for _, a := range d.Acts {
			for _, s := range append(slices.Clone(a.From), a.To) {
				if _, ok := d.Stage(s); !ok && s != "" && !s.Ended() {
					t.Errorf("%s, %s names the state %q, which there is not", d.Type, a.Name, s)
				}
			}
			if a.Draws != 0 && d.Purpose == "" {
				t.Errorf("%s, %s draws on a case without a purpose", d.Type, a.Name)
			}
		}
	}
}

func TestWhoeverIsAskedCanSayNoAndThePersonCanAlwaysStop(t *testing.T) {
	for _, d := range Definitions() {
		for _, s := range d.States {
			for side, name := range map[Side]string{Asked: "decline", d.person(): "withdraw"} {
				info, ok := d.Act(name)
				if !ok || !info.possible(side, s.State) {
					t.Errorf("%s, %s: the %s side cannot %s", d.Type, s.State, side, name)
				}
			}
		}
	}
}

// person is the side at which the person's will is known.
func (d *Definition) person() Side {
	if d.Holds != "" {
		return d.Holds
	}
	return Asking
}

// filled is an act with every field filled in so that it can stand.
func filled(a Act, now time.Time) Act {
	v := reflect.ValueOf(a).Elem()
	for i := range v.NumField() {
		f := v.Field(i)
		if v.Type().Field(i).Anonymous {
			continue
		}
		switch x := f.Interface().(type) {
		case bool:
			f.SetBool(true)
		case time.Time:
			f.Set(reflect.ValueOf(now.Add(time.Duration(100+10*i-boolInt(v.Type().Field(i).Name == "Test")*90) * time.Hour).Truncate(time.Minute)))
		case input.Chooser:
			f.SetString(x.Options()[0].Value)
		default:
			fill(f, v.Type().Field(i).Name, v.Type().Field(i).Tag.Get("kind"), now)
		}
	}
	return a
}

func boolInt(b bool) int {
	if b {
		return 1
	}
	return 0
}

func fill(f reflect.Value, name, kind string, now time.Time) {
	switch {
	case f.Kind() == reflect.Int:
		f.SetInt(30)
	case f.Kind() == reflect.Slice && f.Type().Elem().Kind() == reflect.String:
		if c, ok := reflect.Zero(f.Type().Elem()).Interface().(input.Chooser); ok {
			item := reflect.New(f.Type().Elem()).Elem()
			item.SetString(c.Options()[0].Value)
			f.Set(reflect.Append(reflect.Zero(f.Type()), item))
		}
	case f.Kind() != reflect.String:
	case kind == "date":
		f.SetString(now.AddDate(0, 2, 0).Format(time.DateOnly))
	case name == "Zone":
		f.SetString("Africa/Lagos")
	case name == "Currency":
		f.SetString("EUR")
	default:
		f.SetString("words")
	}
}

// Two sides that act at random, over a line that loses, doubles and reorders,
// come to the same state of every procedure once everything has arrived.
func TestBothSidesComeToTheSameState(t *testing.T) {
	const seeds = 10_000
	ends := map[State]int{}
	for seed := range uint64(seeds) {
		r := rand.New(rand.NewPCG(seed, 1))
		a, b := play(t, seed, r)
		if a.State != b.State || a.Disagrees() || b.Disagrees() || len(a.Early)+len(b.Early) > 0 {
			t.Fatalf("seed %d, %s: %q and %q, said to be in %q and %q; %d and %d wait", seed, a.Type, a.State, b.State, b.Theirs, a.Theirs, len(a.Early), len(b.Early))
		}
		for _, d := range slices.Concat(a.Acts, b.Acts) {
			if d.Refused != "" {
				t.Fatalf("seed %d, %s: %s was refused on the other side: %s", seed, a.Type, d.Name, d.Refused)
			}
		}
		ends[a.State]++
	}
	if ends[Completed] == 0 || ends[Withdrawn] == 0 || ends[Declined] == 0 {
		t.Errorf("the histories do not reach every end: %v", ends)
	}
}

// sender keeps what was sent until it is known to be heard, as the outbox does.
type sender struct {
	p     *Procedure
	words []Word
	got   map[int]bool // of these
}

func play(t *testing.T, seed uint64, r *rand.Rand) (*Procedure, *Procedure) {
	t.Helper()
	definitions := Definitions()
	d := definitions[r.IntN(len(definitions))]
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	sides := []*sender{{p: &Procedure{Type: d.Type, Side: Asking}, got: map[int]bool{}}, {p: &Procedure{Type: d.Type, Side: Asked}, got: map[int]bool{}}}
	do := func(s *sender, info Info) {
		word, err := s.p.Do(info.Name, filled(info.New(), now), nil, Work{Now: now})
		if err != nil {
			t.Fatalf("seed %d, %s, %s: %v", seed, d.Type, info.Name, err)
		}
		s.words = append(s.words, word)
	}
	begin, _ := d.Act(d.Begin)
	do(sides[0], begin)
	steps := 10 + r.IntN(30)
	for range steps {
		now = now.Add(time.Minute)
		i := r.IntN(2)
		s := sides[i]
		if r.IntN(3) == 0 {
			carry(t, s, sides[1-i].p, r, now)
			continue
		}
		var can []Info
		for _, info := range d.Acts {
			if info.possible(s.p.Side, s.p.State) && (!info.To.Ended() || r.IntN(6) == 0) {
				can = append(can, info)
			}
		}
		if len(can) > 0 {
			do(s, can[r.IntN(len(can))])
		}
	}
	for range 200 {
		carry(t, sides[0], sides[1].p, r, now)
		carry(t, sides[1], sides[0].p, r, now)
	}
	for i, s := range sides { // what chance did not bring the courier brings at last
		for n := range s.words {
			must(t, sides[1-i].p.Hear(s.words[n], Work{Now: now}))
		}
	}
	return sides[0].p, sides[1].p
}

// carry brings one of the words, any of them and perhaps not for the first time.
func carry(t *testing.T, s *sender, to *Procedure, r *rand.Rand, now time.Time) {
	t.Helper()
	if len(s.words) == 0 || r.IntN(4) == 0 {
		return // lost
	}
	must(t, to.Hear(s.words[r.IntN(len(s.words))], Work{Now: now}))
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func TestAPlantedFaultIsFound(t *testing.T) {
	// A node that takes the other side's words in the order in which they come.
	a, b := &Procedure{Type: "enquiry", Side: Asking}, &Procedure{Type: "enquiry", Side: Asked}
	now := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	w := Work{Now: now}
	first, err := a.Do("ask", &Enquire{Topic: "law", Question: "words"}, nil, w)
	must(t, err)
	second, err := a.Do("withdraw", &Withdraw{}, nil, w)
	must(t, err)
	second.Number, first.Number = 1, 2
	must(t, b.Hear(second, w))
	must(t, b.Hear(first, w))
	if b.State == a.State && !b.Disagrees() {
		t.Error("words in the wrong order were not noticed")
	}
}

func TestAStateThatDiffersIsSaid(t *testing.T) {
	a, b := &Procedure{Type: "enquiry", Side: Asking}, &Procedure{Type: "enquiry", Side: Asked}
	w := Work{Now: time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)}
	word, err := a.Do("ask", &Enquire{Topic: "law", Question: "words"}, nil, w)
	must(t, err)
	word.State = "answered" // a node whose program has another idea of it
	must(t, b.Hear(word, w))
	if !b.Disagrees() || b.Theirs != "answered" {
		t.Errorf("the sides differ and it is not said: %q, %q", b.State, b.Theirs)
	}
	word, err = a.Do("note", &Note{Text: "words"}, nil, w)
	must(t, err)
	must(t, b.Hear(word, w))
	if b.Disagrees() {
		t.Error("they agree again and it is not said")
	}
}

func TestWhatIsKeptHereIsNotSent(t *testing.T) {
	p := &Procedure{Type: "enquiry", Side: Asked, State: "asked"}
	word, err := p.Do("decline", &Decline{Why: "Marker"}, nil, Work{Now: time.Now()})
	must(t, err)
	if fmt.Sprint(word) != "" && word.Fields.Get("why") != "" {
		t.Error("the reason went to the other side")
	}
	if p.Acts[0].Fields.Get("why") != "Marker" {
		t.Error("the reason is not kept here")
	}
}

// A side that was restored from an older backup gives a number again: with the same act it is a copy, with another it is refused.
func TestAnotherActUnderANumberThatWasHeardIsRefused(t *testing.T) {
	p := Procedure{Type: "return", Side: Asked, Heard: 2, Acts: []Done{{Side: Asking, Name: "begin"}, {Side: Asked, Name: "accept"}, {Side: Asking, Name: "prepare"}}}
	if err := p.Hear(Word{Number: 2, Type: "return", Name: "prepare"}, Work{}); err != nil {
		t.Errorf("a copy is refused: %v", err)
	}
	for number, name := range map[int]string{1: "prepare", 2: "withdraw"} {
		if err := p.Hear(Word{Number: number, Type: "return", Name: name}, Work{}); !fault.Is(err, fault.CodeInvalid) || len(p.Acts) != 3 || p.Heard != 2 {
			t.Errorf("%s as number %d: %v", name, number, err)
		}
	}
}
