package linkage

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"testing"
	"time"

	"palermo/fault"
)

var (
	now   = time.Date(2026, 3, 2, 10, 0, 0, 0, time.UTC)
	until = now.Add(72 * time.Hour)
	year  = now.AddDate(1, 0, 0)
)

func entry(ref, name string, closed ...string) Entry {
	return Entry{
		Ref: ref, Consent: "consent-" + ref, Until: year, Closed: closed,
		Person: Person{Names: []string{name}, Born: "1999-03-04", Places: []string{"Benin City"}, Nationalities: []string{"NG"}},
	}
}

// register prepares entries as Italy's register under the client's key.
func register(t *testing.T, c Client, entries ...Entry) *Register {
	t.Helper()
	prepared, wrong, err := Prepare(context.Background(), c, "IT-register", entries)
	if err != nil || len(wrong) != 0 {
		t.Fatal(err, wrong)
	}
	return NewRegister("IT-register", c.Epoch.Number, prepared)
}

func ask(t *testing.T, c Client, e Entry) Question {
	t.Helper()
	q, wrong, err := Ask(context.Background(), c, e, "IT-register", "IT", now, until)
	if err != nil || len(wrong) != 0 {
		t.Fatal(err, wrong)
	}
	sent, err := Encode(q)
	if err != nil {
		t.Fatal(err)
	}
	if q, err = Decode[Question](sent); err != nil {
		t.Fatal(err)
	}
	return q
}

func refs(t *testing.T, r *Register, q Question, from Asker, at time.Time) (out []string) {
	t.Helper()
	list, err := r.Matches(q, from, at)
	if err != nil {
		t.Fatal(err)
	}
	for _, m := range list {
		out = append(out, m.Ref)
	}
	return out
}

func TestAQuestionMeetsThePersonAndNobodyElse(t *testing.T) {
	c := clientOf(operators(t, 1), nil, nil)
	other := Entry{Ref: "b", Consent: "c", Until: year, Person: Person{Names: []string{"Joy Osas"}, Born: "2001-05-06"}}
	r := register(t, c, entry("a", "Amina Yusuf"), other)
	list, err := r.Matches(ask(t, c, entry("x", "YUSUF Aminah")), Asker{State: "NG"}, now)
	if err != nil {
		t.Fatal(err)
	}
	want := []Key{ByNamesAndYear, ByNameAndDay, ByNamesAndPlace, ByDayAndPlace, ByNamesAndNation}
	if len(list) != 1 || list[0].Ref != "a" || !slices.Equal(list[0].Keys, want) || list[0].Score != 7 || list[0].OneName {
		t.Errorf("%+v", list)
	}
	stranger := Entry{Ref: "x", Consent: "c", Until: year, Person: Person{Names: []string{"Faith Eze"}, Born: "1990-12-12"}}
	if got := refs(t, r, ask(t, c, stranger), Asker{State: "NG"}, now); got != nil {
		t.Errorf("a stranger met %v", got)
	}
}

func TestAClosedDoorNeverMatchesTowardsOrigin(t *testing.T) {
	c := clientOf(operators(t, 1), nil, nil)
	r := register(t, c, entry("shut", "Amina Yusuf", "NG"))
	q := ask(t, c, entry("x", "Amina Yusuf"))
	if got := refs(t, r, q, Asker{State: "NG"}, now); got != nil {
		t.Errorf("the State of origin met %v", got)
	}
	if got := refs(t, r, q, Asker{State: "FR"}, now); !slices.Equal(got, []string{"shut"}) {
		t.Errorf("another State met %v", got)
	}
	asked := false
	c.Ask = func(context.Context, int, Request) (Evaluated, error) { asked = true; return Evaluated{}, errAbsent }
	_, _, err := Ask(context.Background(), c, entry("x", "Amina Yusuf", "NG"), "NG-register", "NG", now, until)
	if !fault.Is(err, fault.CodeDenied) || asked {
		t.Errorf("origin may be asked about a closed door: %v, operators asked: %v", err, asked)
	}
}

func TestOnlyWhoAgreedIsMatched(t *testing.T) {
	c := clientOf(operators(t, 1), nil, nil)
	silent := entry("a", "Amina Yusuf")
	silent.Consent = ""
	if _, _, err := Prepare(context.Background(), c, "IT-register", []Entry{entry("b", "Joy Osas"), silent}); !fault.Is(err, fault.CodeDenied) {
		t.Errorf("who did not agree is in the register: %v", err)
	}
	if _, _, err := Ask(context.Background(), c, silent, "IT-register", "IT", now, until); !fault.Is(err, fault.CodeDenied) {
		t.Errorf("who did not agree is asked about: %v", err)
	}
	ended := entry("a", "Amina Yusuf")
	ended.Until = now.Add(time.Hour)
	r := register(t, c, ended)
	q := ask(t, c, entry("x", "Amina Yusuf"))
	if got := refs(t, r, q, Asker{State: "FR"}, now); len(got) != 1 {
		t.Errorf("before the end: %v", got)
	}
	if got := refs(t, r, q, Asker{State: "FR"}, now.Add(time.Hour)); got != nil {
		t.Errorf("consent has ended and %v is met", got)
	}
	ended.Until = now
	if _, _, err := Ask(context.Background(), c, ended, "IT-register", "IT", now, until); !fault.Is(err, fault.CodeDenied) {
		t.Errorf("consent has ended and others are asked: %v", err)
	}
}

func TestImmigrationControlIsNeverAnswered(t *testing.T) {
	c := clientOf(operators(t, 1), nil, nil)
	r := register(t, c, entry("a", "Amina Yusuf"))
	list, err := r.Matches(ask(t, c, entry("x", "Amina Yusuf")), Asker{State: "FR", Enforcement: true}, now)
	if !fault.Is(err, fault.CodeDenied) || list != nil {
		t.Errorf("%v %v", list, err)
	}
}

func TestAQuestionIsForOneRegisterEpochAndTime(t *testing.T) {
	c := clientOf(operators(t, 1), nil, nil)
	r := register(t, c, entry("a", "Amina Yusuf"))
	q := ask(t, c, entry("x", "Amina Yusuf"))
	for name, change := range map[string]func(*Question){
		"another register": func(q *Question) { q.Register = "FR-register" },
		"another epoch":    func(q *Question) { q.Epoch = 2 },
		"other rules":      func(q *Question) { q.Rules = "palermo/linkage/0" },
		"too few tokens":   func(q *Question) { q.Tokens = q.Tokens[1:] },
		"a token twice":    func(q *Question) { q.Tokens[1] = q.Tokens[0] },
		"it has ended":     func(q *Question) { q.Until = now.Unix() },
	} {
		altered := q
		altered.Tokens = slices.Clone(q.Tokens)
		change(&altered)
		if list, err := r.Matches(altered, Asker{State: "FR"}, now); err == nil {
			t.Errorf("%s: %v", name, list)
		}
	}
	// The same tokens are worth nothing before another State's register.
	theirs, _, err := Prepare(context.Background(), c, "FR-register", []Entry{entry("a", "Amina Yusuf")})
	if err != nil {
		t.Fatal(err)
	}
	for _, kt := range theirs[0].Tokens {
		if slices.ContainsFunc(q.Tokens, func(b []byte) bool { return bytes.Equal(b, kt.Token[:]) }) {
			t.Errorf("%s meets in two registers", kt.Key)
		}
	}
}

func TestWhatWasPreparedForAnEpochEndsWithIt(t *testing.T) {
	old, next := clientOf(operators(t, 1), nil, nil), clientOf(operators(t, 2), nil, nil)
	prepared, _, err := Prepare(context.Background(), old, "IT-register", []Entry{entry("a", "Amina Yusuf")})
	if err != nil {
		t.Fatal(err)
	}
	r := NewRegister("IT-register", 2, prepared)
	if got := refs(t, r, ask(t, next, entry("x", "Amina Yusuf")), Asker{State: "FR"}, now); got != nil {
		t.Errorf("old tokens met %v", got)
	}
	prepared[0].Epoch = 2 // even if somebody keeps them in
	r = NewRegister("IT-register", 2, prepared)
	if got := refs(t, r, ask(t, next, entry("x", "Amina Yusuf")), Asker{State: "FR"}, now); got != nil {
		t.Errorf("old tokens met %v", got)
	}
}

func TestAQuestionDoesNotShowHowMuchIsKnown(t *testing.T) {
	var seen []int
	c := clientOf(operators(t, 1), nil, func(r Request, _ *Evaluated) { seen = append(seen, len(r.Elements)) })
	c.Ask = oneAtATime(c.Ask)
	little := Entry{Ref: "x", Consent: "c", Until: year, Person: Person{Names: []string{"Amina"}, Born: "1999-03-04"}}
	var sizes []int
	for _, e := range []Entry{little, entry("y", "Amina Yusuf Bello")} {
		q := ask(t, c, e)
		data, err := Encode(q)
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(data))
	}
	if sizes[0] != sizes[1] {
		t.Errorf("questions have %v bytes", sizes)
	}
	if want := []int{64, 64, 1, 1, 64, 64, 1, 1}; !slices.Equal(seen, want) {
		t.Errorf("operators saw %v elements", seen)
	}
	_, _, err := Ask(context.Background(), c, Entry{Consent: "c", Until: year, Person: Person{Names: []string{"Amina"}}}, "IT-register", "IT", now, until)
	if !fault.Is(err, fault.CodeConflict) {
		t.Errorf("nothing is known, and it is asked: %v", err)
	}
}

func oneAtATime(ask func(context.Context, int, Request) (Evaluated, error)) func(context.Context, int, Request) (Evaluated, error) {
	turn := make(chan struct{}, 1)
	return func(ctx context.Context, operator int, r Request) (Evaluated, error) {
		turn <- struct{}{}
		defer func() { <-turn }()
		return ask(ctx, operator, r)
	}
}

func TestAReplyThatSaysNothingTellsNothingByItsHour(t *testing.T) {
	q := Question{ID: bytes.Repeat([]byte{7}, idSize), Until: until.Unix()}
	nothing, speak := Reply{Question: q.ID}, Reply{Question: q.ID, Speak: true}
	for _, c := range []struct {
		reply Reply
		at    time.Time
		leave bool
	}{
		{nothing, now, false}, {nothing, until.Add(-time.Second), false}, {nothing, until, true},
		{speak, now, true}, {speak, until.Add(-time.Second), true}, {speak, until, false},
		{Reply{Question: make([]byte, idSize)}, until, false},
	} {
		if err := q.Allows(c.reply, c.at); (err == nil) != c.leave {
			t.Errorf("speak %v at %v: %v", c.reply.Speak, c.at, err)
		}
	}
	var sizes []int
	for _, r := range []Reply{nothing, speak} {
		data, err := Encode(r)
		if err != nil {
			t.Fatal(err)
		}
		sizes = append(sizes, len(data))
	}
	if sizes[0] != sizes[1] {
		t.Errorf("replies have %v bytes", sizes)
	}
}

func TestAStateAsksNoMoreThanItMay(t *testing.T) {
	a := Allowance{QuestionsADay: 2, RegisterAnEpoch: 100}
	request := func(p Purpose, epoch uint32, n int) Request {
		return Request{Purpose: p, Epoch: epoch, Elements: make([][]byte, n)}
	}
	var s Spent
	var err error
	take := func(r Request, day string, allowed bool) {
		t.Helper()
		before := s
		if s, err = a.Evaluate(s, r, day); (err == nil) != allowed {
			t.Errorf("%d elements on %s after %+v: %v", len(r.Elements), day, before, err)
		}
		if err != nil && (s != before || !fault.Is(err, fault.CodeUnavailable)) {
			t.Errorf("a refusal counted, or has no code: %+v %v", s, err)
		}
	}
	take(request(ForQuestion, 1, 260), "2026-03-02", true)
	take(request(ForQuestion, 1, 1), "2026-03-02", false)
	take(request(ForRegister, 1, 100), "2026-03-02", true) // of its own allowance
	take(request(ForRegister, 1, 1), "2026-03-03", false)  // which a day does not renew
	take(request(ForRegister, 2, 100), "2026-03-03", true) // but an epoch
	take(request(ForQuestion, 2, 260), "2026-03-03", true)

	var r Spent
	for i, allowed := range []bool{true, true, false} {
		if r, err = a.Question(r, "2026-03-02"); (err == nil) != allowed {
			t.Errorf("question %d: %v", i+1, err)
		}
	}
	if r, err = a.Question(r, "2026-03-03"); err != nil || r.Questions != 1 {
		t.Errorf("a new day: %+v %v", r, err)
	}
}

func TestAnOperatorAnswersOnlyUnderItsEpoch(t *testing.T) {
	keys := operators(t, 3)
	c := clientOf(keys, nil, nil)
	c.Epoch.Number = 2
	_, wrong, err := c.Tokens(context.Background(), ForQuestion, inputsOf("x"))
	if err == nil || len(wrong) != 0 || !errors.As(err, new(*fault.Fault)) {
		t.Errorf("%v %v", wrong, err)
	}
}
