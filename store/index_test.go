package store_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"palermo/access"
	"palermo/duty"
	"palermo/ident"
	"palermo/record"
)

// However a record came to be what it is, its index is the one it would have been given at once.
func TestAnIndexOfDifferencesIsThatOfARewrite(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		parties := []ident.ID{access.Everyone, newID(t), newID(t)}
		rapid.Check(t, func(r *rapid.T) {
			p := row(t, "x")
			dressed(r, parties, &p)
			must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
			for range rapid.IntRange(1, 5).Draw(r, "changes") {
				p = next(p, rapid.StringN(0, 9, 9).Draw(r, "text"))
				if rapid.Bool().Draw(r, "another index") {
					dressed(r, parties, &p)
				}
				p.Anew = rapid.Bool().Draw(r, "anew")
				must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
			}
			got := indexes(t, db)
			must(t, db.Commit(t.Context(), record.Batch{Erase: []ident.ID{p.ID}}))
			p.Was = 0
			must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
			if diff := cmp.Diff(indexes(t, db), got); diff != "" {
				r.Fatalf("written at once, and change by change:\n%s", diff)
			}
			must(t, db.Commit(t.Context(), record.Batch{Erase: []ident.ID{p.ID}}))
			if left := indexes(t, db); len(left) > 0 {
				r.Fatal("an erased record left", left)
			}
		})
	})
}

// dressed gives the record an index of a few parties, words and duties.
func dressed(r *rapid.T, parties []ident.ID, p *record.Put) {
	instant := rapid.SampledFrom([]time.Time{begun, begun.Add(time.Hour), begun.Add(2 * time.Hour)})
	party := rapid.SampledFrom(parties)
	role := rapid.SampledFrom([]access.Role{access.CaseWorker, access.Lawyer})
	p.State = rapid.SampledFrom([]string{"open", "closed"}).Draw(r, "state")
	p.Sort = instant.Draw(r, "sort")
	p.Relations = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) access.Relation {
		return access.Relation{Party: party.Draw(r, "party"), Role: role.Draw(r, "role"),
			Until: rapid.SampledFrom([]time.Time{{}, begun}).Draw(r, "until")}
	}), 0, 4).Draw(r, "relations")
	p.Tokens = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) record.Token {
		return record.Token{rapid.ByteRange(1, 5).Draw(r, "token")}
	}), 0, 5).Draw(r, "tokens")
	p.Duties = rapid.SliceOfN(rapid.Custom(func(r *rapid.T) duty.Duty {
		step := rapid.Custom(func(r *rapid.T) duty.Step {
			return duty.Step{Party: party.Draw(r, "party"), Role: role.Draw(r, "role"), From: instant.Draw(r, "from")}
		})
		return duty.Duty{Name: rapid.SampledFrom([]string{"call", "briefing"}).Draw(r, "duty"), Since: begun,
			Due: instant.Draw(r, "due"), Steps: rapid.SliceOfN(step, 0, 3).Draw(r, "steps")}
	}), 0, 3).Draw(r, "duties")
}

// indexes are the rows that lead to records.
func indexes(t *testing.T, db database) []string {
	t.Helper()
	all, err := db.IndexOf(t.Context())
	must(t, err)
	return all
}

// A change that leaves the index as it was writes the record and its entry, and nothing else; a list shows it all the same.
func TestAChangeOfTheTextLeavesTheIndexAlone(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		org := newID(t)
		p := row(t, "x")
		p.Relations = []access.Relation{{Party: org, Role: access.Lawyer}}
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
		if n, err := db.Exec(t.Context(), "UPDATE relation SET place = 7"); n != 1 || err != nil { // a mark that a rewrite would take away
			t.Fatal(n, err)
		}
		place := func() (at int64) {
			must(t, db.Query(t.Context(), []any{&at}, "SELECT place FROM relation"))
			return at
		}
		p = next(p, "y")
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
		scope := access.Scope{Parties: []ident.ID{org}, Roles: []access.Role{access.Lawyer}}
		rows, err := db.Find(t.Context(), record.Find{Kind: "k", Scope: &scope, Now: begun, Limit: 5})
		if place() != 7 || err != nil || len(rows) != 1 || string(rows[0].Sealed) != "y" {
			t.Errorf("at place %d, %v, %v", place(), rows, err)
		}
		p = next(p, "z")
		p.Anew = true
		must(t, db.Commit(t.Context(), record.Batch{Puts: []record.Put{p}}))
		if place() != 0 {
			t.Error("what is to be written anew was left")
		}
	})
}
