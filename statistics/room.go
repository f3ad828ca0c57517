package statistics

import (
	"context"
	"crypto/sha256"
	"strconv"
	"time"

	"golang.org/x/mod/sumdb/note"

	"palermo/access"
	"palermo/casework"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// ActRelease is giving figures out; policies.cedar says who.
const ActRelease access.Action = "do:release"

// View is what may be shown of a figure: what was given out last.
type View struct {
	Measure  string
	Released Released
	Signed   string
}

// Room is the figures of one node.
type Room struct {
	Kind *record.Kind[Figure, View]

	node   *record.Node
	desk   *casework.Desk
	signer note.Signer
	kind   func(ident.ID) string
}

// New opens it over the cases of a desk. kind says what kind of organisation one is; signer signs what is given out.
func New(n *record.Node, desk *casework.Desk, signer note.Signer, kind func(ident.ID) string) *Room {
	return &Room{Kind: newKind(), node: n, desk: desk, signer: signer, kind: kind}
}

func newKind() *record.Kind[Figure, View] {
	return &record.Kind[Figure, View]{Name: "figure", Schema: 1,
		Index: func(f *Figure) record.Index {
			x := record.Index{State: "open", Sort: f.Began, Words: []string{"measure:" + f.Measure, "year:" + strconv.Itoa(f.Year)}}
			x.Relations = access.ForEveryone(access.Member, access.Statistician, access.FocalPoint, access.Auditor)
			return x
		},
		Redact: func(f *Figure, d access.Decision) View {
			if !d.Sees(access.Summary) || len(f.Releases) == 0 {
				return View{}
			}
			last := f.Releases[len(f.Releases)-1]
			return View{Measure: f.Measure, Released: last.Released, Signed: last.Signed}
		},
	}
}

// place is the only place of a measure in a year.
func place(measure string, year int) record.ID[Figure] {
	sum := sha256.Sum256([]byte("palermo figure " + measure + " " + strconv.Itoa(year)))
	id := ident.ID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return record.ID[Figure](id)
}

// K is the fewest cases that a published count may stand for in this State.
func (r *Room) K() int { return max(2, r.desk.Profile.Statistics.K.Or(11)) }

// Release counts a year through the door and gives its figures out: each anew
// where enough is different, else as it was given out before. The node looks at
// every case for it, and the journal says so. Faults: invalid, denied.
func (r *Room) Release(ctx context.Context, d *record.Door, year int) error {
	now := d.Now().In(r.desk.Profile.Location())
	if year < 2000 || year > now.Year() {
		return fault.Invalid("year", "Choose a year up to this one.")
	}
	if !r.node.Policy.Decide(d.Viewer(), r.Kind.Name, nil, now).May(ActRelease) {
		return fault.Denied("The statistician or the national focal point gives figures out.")
	}
	counted, err := r.count(ctx, year)
	if err != nil {
		return err
	}
	return record.Do(ctx, d, record.Reason{Action: ActRelease}, func(tx *record.Tx) error {
		for _, m := range Measures() {
			id := place(m.Key, year)
			f, err := record.Open(tx, r.Kind, id)
			if fault.Is(err, fault.CodeNotFound) {
				f = &Figure{Measure: m.Key, Year: year, Began: time.Date(year, 1, 1, 0, 0, 0, 0, time.UTC)}
				err = record.CreateAs(tx, r.Kind, id, f)
			}
			if err != nil {
				return err
			}
			if err := f.release(counted[m.Key], m, r.K(), tx, r.signer); err != nil {
				return err
			}
		}
		return nil
	})
}

// count goes through the cases as the node itself: nobody who asks for figures comes to a case.
func (r *Room) count(ctx context.Context, year int) (map[string][]added, error) {
	counter := access.Viewer{Name: string(access.Counting), Roles: []access.Role{access.Auditor, access.Counting}}
	counted := map[string][]added{}
	q := record.Query[casework.Case]{Why: record.Reason{Action: access.Look, Code: "figures"}, States: []string{"open", "closed"}}
	for seen, err := range record.Every(ctx, r.node.For(counter), r.desk.Kind, q) {
		if err != nil {
			return nil, err
		}
		m := seen.Value().Measured
		if m == nil {
			continue
		}
		for _, x := range Measures() {
			p := x.of(m, r.kind)
			if !p.at.IsZero() && p.at.In(r.desk.Profile.Location()).Year() == year {
				counted[x.Key] = append(counted[x.Key], added{seen.ID(), p})
			}
		}
	}
	return counted, nil
}

// Figures are all that were given out, the newest year first, in the order of the catalogue.
func (r *Room) Figures(ctx context.Context, d *record.Door) ([]View, error) {
	found, err := record.Collect(record.Every(ctx, d, r.Kind, record.Query[Figure]{Why: record.Reason{Action: access.Look}}))
	if err != nil {
		return nil, err
	}
	var list []View
	for year := d.Now().Year() + 1; year >= 2000; year-- {
		for _, m := range Measures() {
			for _, f := range found {
				if v := f.Value(); v.Measure == m.Key && v.Released.Year == year {
					list = append(list, v)
				}
			}
		}
	}
	return list, nil
}

// Latest is what was given out of a measure in a year. Faults: not found.
func (r *Room) Latest(ctx context.Context, d *record.Door, measure string, year int) (View, error) {
	seen, err := record.View(ctx, d, r.Kind, place(measure, year), record.Reason{Action: access.Look})
	if err != nil {
		return View{}, err
	}
	return seen.Value(), nil
}
