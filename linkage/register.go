package linkage

import (
	"bytes"
	"cmp"
	"context"
	"slices"
	"time"

	"palermo/fault"
)

// Entry is somebody in a State's register of persons who agreed to matching.
type Entry struct {
	Ref     string // the office's own reference; it stays there
	Person  Person
	Consent string    // reference of the consent to matching; without one there is no entry
	Until   time.Time // when that consent ends
	Closed  []string  // States to whose authorities nothing about the person may go (the closed door)
}

// Prepared is an entry as a register keeps it: without the person. It is
// sealed under the case's key like the case, and made anew in each epoch.
type Prepared struct {
	Ref    string
	Epoch  uint32
	Until  time.Time
	Closed []string
	Tokens []KeyToken
}

// KeyToken is the token of one text, and the key that made the text.
type KeyToken struct {
	Key   Key
	Token Token
}

// Prepare makes entries of a register ready for questions. It refuses them all
// where one has no consent. The operators named in wrong answered wrongly.
func Prepare(ctx context.Context, c Client, register string, entries []Entry) (out []Prepared, wrong []*WrongOperator, err error) {
	if !registerName(register) {
		return nil, nil, fault.Invalid("", "This is no name of a register.")
	}
	var inputs [][]byte
	for _, e := range entries {
		if e.Consent == "" {
			return nil, nil, fault.Denied("Only who agreed to matching may be in the register.")
		}
		p := Prepared{Ref: e.Ref, Epoch: c.Epoch.Number, Until: e.Until, Closed: e.Closed}
		for _, t := range Texts(e.Person) {
			p.Tokens = append(p.Tokens, KeyToken{Key: t.Key})
			inputs = append(inputs, t.Input(register))
		}
		out = append(out, p)
	}
	tokens, wrong, err := c.Tokens(ctx, ForRegister, inputs)
	if err != nil {
		return nil, wrong, err
	}
	for _, p := range out {
		for i := range p.Tokens {
			p.Tokens[i].Token, tokens = tokens[0], tokens[1:]
		}
	}
	return out, wrong, nil
}

// Register answers questions from what was prepared in one epoch. Several may
// ask it at once.
type Register struct {
	name    string
	epoch   uint32
	entries []Prepared
	byToken map[Token][]place
}

type place struct {
	entry int
	key   Key
}

// NewRegister gathers what was prepared. What is of another epoch is left out:
// its tokens meet nothing any more.
func NewRegister(name string, epoch uint32, prepared []Prepared) *Register {
	r := &Register{name: name, epoch: epoch, byToken: map[Token][]place{}}
	for _, p := range prepared {
		if p.Epoch != epoch {
			continue
		}
		for _, t := range p.Tokens {
			r.byToken[t.Token] = append(r.byToken[t.Token], place{len(r.entries), t.Key})
		}
		r.entries = append(r.entries, p)
	}
	return r
}

// Asker is who sent a question, as the signed list of States has them.
type Asker struct {
	State       string // ISO 3166-1 alpha-2, as in Entry.Closed
	Enforcement bool   // enforces immigration law: it is never answered
}

// Match is an entry that may be the person of a question. It goes to the
// responder's duty officer and to nobody else.
type Match struct {
	Ref     string
	Score   int
	Keys    []Key
	OneName bool // no two parts of a name agree: it may be a brother or a sister born on the same day
}

// Matches gives the entries that may be the person whom a question is about,
// the best first. Who did not agree until now, and whoever's door is closed to
// the asker's State, is not among them. The asker must not learn from anything,
// nor from the time that it takes, whether there are any: see Question.Allows.
func (r *Register) Matches(q Question, from Asker, now time.Time) ([]Match, error) {
	if err := q.valid(); err != nil {
		return nil, fault.Invalid("", "The question cannot be read: %s", err.Error())
	}
	switch {
	case from.Enforcement:
		return nil, fault.Denied("Matching is for protection only. Immigration control is not answered.")
	case q.Register != r.name:
		return nil, fault.Invalid("", "The question is for another register.")
	case q.Epoch != r.epoch:
		return nil, fault.Conflict("This key has ended. Ask again under the one in force.")
	case !now.Before(q.End()):
		return nil, fault.Conflict("The question has ended.")
	}
	keys := map[int][]Key{}
	for _, token := range q.Tokens {
		for _, p := range r.byToken[Token(token)] {
			if r.entries[p.entry].open(from, now) && !slices.Contains(keys[p.entry], p.key) {
				keys[p.entry] = append(keys[p.entry], p.key)
			}
		}
	}
	var out []Match
	for entry, agreed := range keys {
		if score := Score(agreed); score >= Possible {
			slices.Sort(agreed)
			out = append(out, Match{r.entries[entry].Ref, score, agreed, oneName(agreed)})
		}
	}
	slices.SortFunc(out, func(a, b Match) int { return cmp.Or(b.Score-a.Score, cmp.Compare(a.Ref, b.Ref)) })
	return out, nil
}

func (p Prepared) open(to Asker, now time.Time) bool {
	return now.Before(p.Until) && !slices.Contains(p.Closed, to.State)
}

// Ask makes the question whether register, of the State responder, knows the
// person of e. It is refused before anything is computed where the person did
// not agree or the door to that State is closed: asking tells, too.
func Ask(ctx context.Context, c Client, e Entry, register, responder string, now, until time.Time) (q Question, wrong []*WrongOperator, err error) {
	switch {
	case !registerName(register):
		return Question{}, nil, fault.Invalid("", "This is no name of a register.")
	case e.Consent == "" || !now.Before(e.Until):
		return Question{}, nil, fault.Denied("Only for a person who agreed to matching may another State be asked.")
	case slices.Contains(e.Closed, responder):
		return Question{}, nil, fault.Denied("Nothing about this person may go to that State.")
	}
	inputs, id, err := padded(c, register, Texts(e.Person))
	if err != nil {
		return Question{}, nil, err
	}
	tokens, wrong, err := c.Tokens(ctx, ForQuestion, inputs)
	if err != nil {
		return Question{}, wrong, err
	}
	q = Question{ID: id, Rules: Rules, Epoch: c.Epoch.Number, Register: register, Until: until.Unix()}
	for _, t := range tokens {
		q.Tokens = append(q.Tokens, t[:])
	}
	slices.SortFunc(q.Tokens, bytes.Compare)
	return q, wrong, nil
}
