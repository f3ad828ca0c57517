package country

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"slices"

	"palermo/fault"
)

// mostReviews is how many States review one State at most over all instruments,
// and how many one State reviews: for the first it may decide otherwise itself
// (procedures and rules under resolution 9/1).
const mostReviews = 4

// Place is which of the two reviewers a lot is for.
type Place string

// The places: one of the region of the State under review, one of another.
const (
	SameRegion  Place = "same_region"
	OtherRegion Place = "other_region"
)

// Reviewer is a State that a lot fell on.
type Reviewer struct {
	State       string   `json:"state"`
	Place       Place    `json:"place"`
	Instruments []string `json:"instruments"` // for which it reviews
	Additional  bool     `json:"additional"`  // drawn because the first is not a party to these
}

// Review is who reviews one State.
type Review struct {
	State       string     `json:"state"`
	Instruments []string   `json:"instruments"`
	Reviewers   []Reviewer `json:"reviewers"`
}

// Open is a place that no State may take under the rules.
type Open struct {
	State       string   `json:"state"`
	Place       Place    `json:"place"`
	Instruments []string `json:"instruments"`
	Why         string   `json:"why"` // an English sentence
}

// Draw is who reviews whom, with what is needed to make it again.
type Draw struct {
	Seed    uint64   `json:"seed"`
	List    string   `json:"list_sha256"` // of the States, as JSON, sorted
	Reviews []Review `json:"reviews"`
	Open    []Open   `json:"open"`
}

// attempts is how often the lots are drawn anew when they run into a corner;
// the attempt with the fewest open places counts.
const attempts = 50

// Make draws. The same States and the same seed give the same draw, whatever
// the order of the list. Faults: invalid, where there is nobody to review.
func Make(states []State, seed uint64) (*Draw, error) {
	t, err := newTable(states)
	if err != nil {
		return nil, err
	}
	if len(t.states) < 2 {
		return nil, fault.Invalid("states", "The list needs at least two States that are parties to an instrument.")
	}
	canonical, err := json.Marshal(t.states)
	if err != nil {
		return nil, fault.Internal(err)
	}
	sum := sha256.Sum256(canonical)
	l := &lots{seed: seed}
	var best *round
	var first []int // those that found no reviewer draw first next time
	for range attempts {
		r := t.round(l, first)
		if best == nil || len(r.open) < len(best.open) {
			best = r
		}
		if len(best.open) == 0 || len(r.stuck) == 0 {
			break
		}
		first = r.stuck
	}
	return best.draw(seed, hex.EncodeToString(sum[:])), nil
}

// round is one attempt.
type round struct {
	*table
	lots    *lots
	load    []int      // how many States each reviews
	reviews []Review   // by State
	by      [][]uint64 // by[x] has a bit for each that reviews x
	open    []Open
	stuck   []int
}

func (t *table) round(l *lots, first []int) *round {
	n := len(t.states)
	r := &round{table: t, lots: l, load: make([]int, n), reviews: make([]Review, n), by: make([][]uint64, n)}
	order := make([]int, n)
	for i := range order {
		order[i] = i
		r.by[i] = make([]uint64, (n+63)/64)
		r.reviews[i] = Review{State: t.states[i].Code, Instruments: t.states[i].Party, Reviewers: []Reviewer{}}
	}
	for _, place := range []Place{SameRegion, OtherRegion} {
		l.shuffle(order)
		slices.SortStableFunc(order, func(a, b int) int { return rank(first, a) - rank(first, b) })
		for _, x := range order {
			r.fill(x, place)
		}
	}
	return r
}

// rank brings those of a list to the front.
func rank(first []int, x int) int {
	if slices.Contains(first, x) {
		return 0
	}
	return 1
}

// fill draws for one place: a first lot, and an additional one for the
// instruments to which the first is no party.
func (r *round) fill(x int, place Place) {
	p := r.places[place][x]
	if p.nobody != 0 {
		r.open = append(r.open, Open{State: r.states[x].Code, Place: place, Instruments: r.names(p.nobody),
			Why: "No other State that may take this place is a party to the instrument."})
	}
	if p.needs == 0 {
		return
	}
	c, ok := r.pick(x, p.first)
	if !ok {
		r.leave(x, place, p.needs)
		return
	}
	missing := r.seat(x, c, place, p.needs, false)
	if missing == 0 {
		return
	}
	if c, ok = r.pick(x, r.parties(p.all, missing)); !ok {
		r.leave(x, place, missing)
		return
	}
	r.seat(x, c, place, missing, true)
}

// pick draws one of the candidates that the rules allow, among those that review the fewest.
func (r *round) pick(x int, candidates []int) (int, bool) {
	var fit []int
	least := mostReviews
	for _, c := range candidates {
		if r.load[c] > least || r.load[c] >= mostReviews || r.reviewed(c, x) || r.reviewed(x, c) {
			continue
		}
		if r.load[c] < least {
			least, fit = r.load[c], fit[:0]
		}
		fit = append(fit, c)
	}
	if len(fit) == 0 || len(r.reviews[x].Reviewers) >= mostReviews {
		return 0, false
	}
	return fit[r.lots.below(len(fit))], true
}

// reviewed reports whether y is reviewed by x.
func (r *round) reviewed(y, x int) bool { return r.by[y][x/64]&(1<<(x%64)) != 0 }

// seat makes c a reviewer of x, and gives the instruments that are left.
func (r *round) seat(x, c int, place Place, needs set, additional bool) (missing set) {
	r.load[c]++
	r.by[x][c/64] |= 1 << (c % 64)
	r.reviews[x].Reviewers = append(r.reviews[x].Reviewers, Reviewer{State: r.states[c].Code, Place: place, Instruments: r.names(needs & r.party[c]), Additional: additional})
	return needs &^ r.party[c]
}

func (r *round) leave(x int, place Place, instruments set) {
	r.stuck = append(r.stuck, x)
	r.open = append(r.open, Open{State: r.states[x].Code, Place: place, Instruments: r.names(instruments),
		Why: "Every State that could take this place is reviewed by this State, or has as many reviews as one may have."})
}

func (r *round) draw(seed uint64, list string) *Draw {
	d := &Draw{Seed: seed, List: list, Reviews: r.reviews, Open: r.open}
	if d.Open == nil {
		d.Open = []Open{}
	}
	return d
}
