package store_test

import (
	"bytes"
	"errors"
	"slices"
	"testing"
	"time"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
)

// many puts n records, of which several have the same place in the list.
func many(t *testing.T, db database, n int, dress func(i int, p *record.Put)) []record.Put {
	t.Helper()
	puts := make([]record.Put, n)
	for i := range puts {
		puts[i] = row(t, "x")
		puts[i].Sort = begun.Add(time.Duration(i/3) * time.Minute)
		dress(i, &puts[i])
	}
	must(t, db.Commit(t.Context(), record.Batch{Puts: puts}))
	return puts
}

func TestPagesGiveEachRowOnceInOrder(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		org := newID(t)
		scope := &access.Scope{Parties: []ident.ID{access.Everyone, org}, Roles: []access.Role{access.Lawyer, access.Police}}
		puts := many(t, db, 70, func(i int, p *record.Put) {
			p.Tokens = []record.Token{{7}}
			p.Relations = []access.Relation{{Party: org, Role: access.Lawyer}, {Party: org, Role: access.Police}, {Party: access.Everyone, Role: access.Police}}
		})
		slices.SortFunc(puts, func(a, b record.Put) int {
			if c := b.Sort.Compare(a.Sort); c != 0 {
				return c
			}
			return bytes.Compare(b.ID[:], a.ID[:])
		})
		for name, f := range map[string]record.Find{
			"the node's own": {}, "in scope": {Scope: scope}, "search": {Scope: scope, Tokens: [][]record.Token{{{7}, {8}}}},
			"search of the node": {Tokens: [][]record.Token{{{7}}}},
		} {
			f.Kind, f.Now = "k", begun
			for _, f.Limit = range []int{1, 7, 50, 200} {
				var got []ident.ID
				for f.Before = (record.Cursor{}); ; {
					page, err := db.Find(t.Context(), f)
					must(t, err)
					if len(page) > f.Limit {
						t.Fatalf("%s: %d rows on a page of %d", name, len(page), f.Limit)
					}
					if len(page) == 0 {
						break
					}
					for _, r := range page {
						got = append(got, r.ID)
						f.Before = record.Cursor{Sort: r.Sort, ID: r.ID}
					}
				}
				if !slices.EqualFunc(got, puts, func(id ident.ID, p record.Put) bool { return id == p.ID }) {
					t.Errorf("%s, pages of %d: %d rows of %d, or out of order", name, f.Limit, len(got), len(puts))
				}
			}
			if n, err := db.Count(t.Context(), f); err != nil || n != len(puts) {
				t.Errorf("%s: counted %d, %v", name, n, err)
			}
		}
	})
}

func TestASearchNeedsOneTokenOfEachGroup(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		puts := many(t, db, 4, func(i int, p *record.Put) {
			p.Tokens = [][]record.Token{{{1}, {2}}, {{1}}, {{2}, {3}}, nil}[i]
			p.State = []string{"open", "open", "closed", "closed"}[i]
		})
		for _, c := range []struct {
			name   string
			tokens [][]record.Token
			states []string
			want   []int
		}{
			{"one token", [][]record.Token{{{1}}}, nil, []int{0, 1}},
			{"alternatives", [][]record.Token{{{1}, {3}, {9}}}, nil, []int{0, 1, 2}},
			{"two groups", [][]record.Token{{{1}, {3}}, {{2}}}, nil, []int{0, 2}},
			{"three groups", [][]record.Token{{{1}}, {{2}}, {{3}}}, nil, nil},
			{"a word that has no token", [][]record.Token{{{1}}, {}}, nil, nil},
			{"with a state", [][]record.Token{{{2}}}, []string{"closed", "ended"}, []int{2}},
			{"states alone", nil, []string{"closed"}, []int{2, 3}},
			{"all", nil, nil, []int{0, 1, 2, 3}},
		} {
			f := record.Find{Kind: "k", Tokens: c.tokens, States: c.states, Limit: 10}
			got, err := db.Find(t.Context(), f)
			must(t, err)
			var which []int
			for i, p := range puts {
				if slices.ContainsFunc(got, func(r record.Row) bool { return r.ID == p.ID }) {
					which = append(which, i)
				}
			}
			n, err := db.Count(t.Context(), f)
			must(t, err)
			if !slices.Equal(which, c.want) || n != len(c.want) || len(got) != n {
				t.Errorf("%s: found %v, counted %d, want %v", c.name, which, n, c.want)
			}
		}
	})
}

func TestAnEmptyScopeSeesNothing(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		many(t, db, 3, func(_ int, p *record.Put) { p.Relations = []access.Relation{{Role: access.Police}} })
		for _, s := range []access.Scope{{}, {Parties: []ident.ID{{}}}, {Roles: []access.Role{access.Police}}} {
			rows, err := db.Find(t.Context(), record.Find{Kind: "k", Scope: &s, Now: begun, Limit: 10})
			if n, e := db.Count(t.Context(), record.Find{Kind: "k", Scope: &s, Now: begun}); len(rows)+n != 0 || errors.Join(err, e) != nil {
				t.Errorf("%v sees %d, counts %d, %v, %v", s, len(rows), n, err, e)
			}
			if items, err := db.Day(t.Context(), s, begun, 10); len(items) != 0 || err != nil {
				t.Errorf("%v has to do %v, %v", s, items, err)
			}
		}
	})
}

func TestADutyComesUpStepByStep(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		worker, focal, guardian := newID(t), newID(t), newID(t)
		hour := func(h int) time.Time { return begun.Add(time.Duration(h) * time.Hour) }
		p := row(t, "x")
		p.Duties = []duty.Duty{
			{Name: "rights_briefing", Since: hour(0), Due: hour(10), Steps: []duty.Step{
				{Party: worker, Role: access.CaseWorker, From: hour(0)},
				{Party: guardian, Role: access.Guardian, From: hour(0)},
				{Party: worker, Role: access.ShelterManager, From: hour(10)},
				{Party: focal, Role: access.FocalPoint, From: hour(12)}}},
			{Name: "safety_call", Since: hour(0), Due: hour(5), Steps: []duty.Step{
				{Party: worker, Role: access.CaseWorker, From: hour(4)},
				{Party: focal, Role: access.FocalPoint, From: hour(6)}}},
		}
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
		atWork := func(party ident.ID, roles ...access.Role) access.Scope {
			return access.Scope{Parties: []ident.ID{access.Everyone, party}, Roles: roles}
		}
		briefing := duty.Item{Kind: "k", Record: p.ID, Name: "rights_briefing", Since: hour(0), Due: hour(10)}
		call := duty.Item{Kind: "k", Record: p.ID, Name: "safety_call", Since: hour(0), Due: hour(5)}
		at := func(i duty.Item, level int, role access.Role) duty.Item { i.Level, i.Role = level, role; return i }
		for _, c := range []struct {
			name  string
			scope access.Scope
			now   time.Time
			limit int
			want  []duty.Item
		}{
			{"before anything", atWork(worker, access.CaseWorker), hour(-1), 9, nil},
			{"told at once beside the one who must act", atWork(guardian, access.Guardian), hour(0), 9, []duty.Item{at(briefing, 0, access.Guardian)}},
			{"from the first instant", atWork(worker, access.CaseWorker), hour(0), 9, []duty.Item{at(briefing, 0, access.CaseWorker)}},
			{"the more overdue first", atWork(worker, access.CaseWorker), hour(20), 9, []duty.Item{at(call, 0, access.CaseWorker), at(briefing, 0, access.CaseWorker)}},
			{"a page", atWork(worker, access.CaseWorker), hour(20), 1, []duty.Item{at(call, 0, access.CaseWorker)}},
			{"it came up", atWork(worker, access.ShelterManager), hour(20), 9, []duty.Item{at(briefing, 2, access.ShelterManager)}},
			{"one line at its lowest step", atWork(worker, access.ShelterManager, access.CaseWorker), hour(20), 9, []duty.Item{at(call, 0, access.CaseWorker), at(briefing, 0, access.CaseWorker)}},
			{"not yet up", atWork(focal, access.FocalPoint), hour(11), 9, []duty.Item{at(call, 1, access.FocalPoint)}},
			{"up to the focal point", atWork(focal, access.FocalPoint), hour(12), 9, []duty.Item{at(call, 1, access.FocalPoint), at(briefing, 3, access.FocalPoint)}},
			{"of another organisation", atWork(newID(t), access.FocalPoint), hour(20), 9, nil},
		} {
			got, err := db.Day(t.Context(), c.scope, c.now, c.limit)
			if err != nil || !slices.Equal(got, c.want) {
				t.Errorf("%s: %v, %v\nwant %v", c.name, got, err, c.want)
			}
		}
	})
}

func TestHistoryGoesBackInPages(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		a, b := newID(t), newID(t)
		var entries []journal.Entry
		for i := range 10 {
			e := entry(t, a, b)
			switch i {
			case 3:
				e.Subjects = []ident.ID{b}
			case 5:
				e.Subjects = []ident.ID{b, a, a}
			}
			entries = append(entries, e)
		}
		must(t, db.Commit(t.Context(), record.Batch{Entries: entries}))
		want := slices.DeleteFunc(slices.Clone(entries), func(e journal.Entry) bool { return !slices.Contains(e.Subjects, a) })
		slices.SortFunc(want, func(x, y journal.Entry) int { return bytes.Compare(y.ID[:], x.ID[:]) })
		var got []journal.Entry
		var before ident.ID
		for {
			page, err := db.History(t.Context(), a, before, 4)
			must(t, err)
			if len(page) == 0 {
				break
			}
			got, before = append(got, page...), page[len(page)-1].ID
		}
		if !slices.EqualFunc(got, want, func(x, y journal.Entry) bool { return x.ID == y.ID && slices.Equal(x.Subjects, y.Subjects) }) {
			t.Errorf("%d entries of %d, or out of order", len(got), len(want))
		}
	})
}
