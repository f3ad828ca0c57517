package casework

import (
	"bytes"
	"encoding/json"
	"reflect"
	"testing"
	"time"

	"pgregory.net/rapid"

	"palermo/access"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// drawn makes a step of the kind with fields at random, as a form would fill them.
func (b *bench) drawn(r *rapid.T, info Info) Step {
	s := info.New()
	v := reflect.ValueOf(s).Elem()
	for i := range v.NumField() {
		if tag := v.Type().Field(i); tag.Tag.Get("label") != "" {
			b.draw(r, v.Field(i), tag.Tag.Get("kind"), tag.Name)
		}
	}
	return s
}

func (b *bench) draw(r *rapid.T, v reflect.Value, kind, name string) {
	chosen := func(c input.Chooser) string {
		return rapid.SampledFrom(c.Options()).Draw(r, name).Value
	}
	switch x := v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(b.now))
		return
	case ident.ID:
		v.Set(reflect.ValueOf(rapid.SampledFrom(b.ids(kind)).Draw(r, name)))
		return
	case []ident.ID:
		for range rapid.IntRange(1, 3).Draw(r, name) {
			v.Set(reflect.Append(v, reflect.ValueOf(rapid.SampledFrom(b.ids("organisation")).Draw(r, name))))
		}
		return
	case input.Chooser:
		if v.Kind() == reflect.String {
			v.SetString(chosen(x))
			return
		}
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(rapid.IntRange(0, 9).Draw(r, name) > 0)
	case reflect.Int:
		v.SetInt(int64(rapid.IntRange(1, 12).Draw(r, name)))
	case reflect.Slice:
		if c, ok := reflect.Zero(v.Type().Elem()).Interface().(input.Chooser); ok {
			for range rapid.IntRange(1, 4).Draw(r, name) {
				item := reflect.New(v.Type().Elem()).Elem()
				item.SetString(chosen(c))
				v.Set(reflect.Append(v, item))
			}
		}
	case reflect.String:
		switch {
		case kind == "date":
			v.SetString(b.now.AddDate(0, 1, 0).Format(time.DateOnly))
		case kind == "country" || name == "Countries" || name == "Fears":
			v.SetString(rapid.SampledFrom([]string{"NG", "NG GH", "ng"}).Draw(r, name))
		case name == "BirthDate" || name == "Began":
		default:
			v.SetString("said")
		}
	}
}

// ids are what can be chosen for a field of the kind.
func (b *bench) ids(kind string) []ident.ID {
	list := []ident.ID{{200}} // nothing that there is
	switch kind {
	case "organisation":
		list = nil
		for _, name := range []string{"ngo", "authority", "shelter", "lawyer", "guardian", "police", "consulate", "foreign", "society"} {
			list = append(list, b.org[name])
		}
	case "consent", "waiting_consent":
		for _, g := range b.c.Consents {
			list = append(list, g.ID)
		}
	case "contact":
		for _, x := range b.c.Contacts {
			list = append(list, x.ID)
		}
	case "relative", "any-relative":
		for _, f := range b.c.Family {
			list = append(list, f.ID)
		}
	case "interview":
		for _, p := range b.c.InterviewPlans {
			list = append(list, p.ID)
		}
	case "part":
		for _, p := range b.c.Participation {
			list = append(list, p.ID)
		}
	case "booking":
		return []ident.ID{{}} // optional, and seldom booked
	case "task":
		for _, t := range b.c.Tasks {
			list = append(list, t.ID)
		}
	}
	return list
}

// oftenNaming are all steps, those that name an organisation more often; a case is seldom closed.
func oftenNaming() []Info {
	var list []Info
	for _, info := range Steps() {
		list = append(list, info)
		for _, f := range info.Fields(nil) {
			if f.Kind == "organisation" || info.Name == "seek-protection" || info.Name == "reopen" {
				list = append(list, info, info, info)
				break
			}
		}
	}
	door, _ := Find("seek-protection")
	for range len(list) / 20 { // however many steps there are, the door closes in most histories
		list = append(list, door)
	}
	return list
}

// Rule 3, whatever is done in whatever order: after the first word no authority
// of origin is written into the case by any step, nor sees anything of it,
// beyond what the person asked for in writing and after legal advice.
func TestNoHistoryOfStepsLeadsToAuthoritiesOfOrigin(t *testing.T) {
	policy, err := access.NewPolicy()
	if err != nil {
		t.Fatal(err)
	}
	closed, taken := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		b := newBench(t, "it", Adult)
		b.c.Person.Nationality = "NG"
		b.c.Person.Age = rapid.SampledFrom([]AgeGroup{Adult, Adult, AgeUncertain}).Draw(r, "age")
		kind := NewKind(b.profile, b.org["focal"], b.Of)
		steps := oftenNaming()
		word := rapid.IntRange(0, 25).Draw(r, "the first word")
		for n := range rapid.IntRange(40, 80).Draw(r, "steps") {
			b.now = b.now.Add(time.Minute)
			info := rapid.SampledFrom(steps).Draw(r, "step")
			s := b.drawn(r, info)
			if n == word {
				info, _ = Find("seek-protection")
				s = &SeekProtection{Kind: "wish"}
			}
			w := b.work(rapid.SampledFrom([]string{"ngo", "ngo", "ngo2", "authority", "guardian"}).Draw(r, "who"))
			w.Attach = func([]byte) (ident.ID, error) { return ident.ID{250}, nil }
			w.Hold = func(*Hold) (record.ID[Hold], error) { return record.ID[Hold]{9}, nil }
			w.Lift = func(record.ID[Hold]) error { return nil }
			_, was := b.c.closedSince()
			before, err := json.Marshal(b.c)
			if err != nil {
				r.Fatal(err)
			}
			if Take(b.c, info.Name, s, w) != nil {
				continue
			}
			taken++
			if _, is := b.c.closedSince(); !was || !is {
				continue
			}
			closed++
			after, err := json.Marshal(b.c)
			if err != nil {
				r.Fatal(err)
			}
			for _, org := range []string{"consulate", "foreign", "society"} {
				b.keptOut(r, org, info, s, before, after, kind, policy)
			}
		}
	})
	if closed < 200 {
		t.Errorf("of %d steps only %d were taken behind a closed door: the histories show little", taken, closed)
	}
}

func (b *bench) keptOut(r *rapid.T, org string, info Info, s Step, before, after []byte, kind *record.Kind[Case, View], policy *access.Policy) {
	id := b.org[org]
	if b.c.Owner == id {
		return // it had the case before the first word, and has it
	}
	var asked access.Set
	for _, g := range b.c.Consents {
		if g.Recipient == id && g.Stands(b.now) && g.Advised && g.Written {
			asked |= g.Data
		}
	}
	name := []byte(id.String())
	_, saidNo := s.(*RefuseConsent)
	if bytes.Count(after, name) > bytes.Count(before, name) && asked == 0 && !saidNo && !b.waits(id) {
		r.Fatalf("%s wrote %s into the case: %+v", info.Name, org, s)
	}
	for _, role := range access.Roles() {
		v := access.Viewer{Member: ident.ID{60}, Organisation: id, Roles: []access.Role{role}, OnDuty: true}
		standing := v.Scope().Match(kind.Index(b.c).Relations, b.now)
		d := policy.Decide(v, "case", standing, b.now).Within(kind.Released(b.c, v, standing, b.now))
		if extra := d.Seen() &^ asked; extra != 0 {
			r.Fatalf("after %s %s sees %s as %s", info.Name, org, extra, role)
		}
	}
	for _, d := range kind.Duties(b.c) {
		for _, step := range d.Steps {
			if step.Party == id && asked == 0 {
				r.Fatalf("after %s %s is told of %s", info.Name, org, d.Name)
			}
		}
	}
}

// waits reports that the person's own request waits for the guardian.
func (b *bench) waits(id ident.ID) bool {
	for _, g := range b.c.Consents {
		if g.Recipient == id && g.Waits(b.now) && g.Advised && g.Written {
			return true
		}
	}
	return false
}
