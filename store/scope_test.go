package store_test

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/vault/vaulttest"
)

// What a list gives is what looking at each record one by one would give: the
// scope in SQL and access.Scope.Match are one rule.
func TestListIsFilterOfView(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		w := newWorld(t, db, vaulttest.NewMemory())
		orgs := []ident.ID{newID(t), newID(t)}
		members := []ident.ID{newID(t), newID(t)}
		roles := []access.Role{access.CaseWorker, access.Lawyer, access.Police, access.Auditor, access.Administrator, access.FocalPoint}
		relation := rapid.Custom(func(r *rapid.T) access.Relation {
			return access.Relation{
				Party: rapid.SampledFrom(slices.Concat(orgs, members, []ident.ID{access.Everyone})).Draw(r, "party"),
				Role:  rapid.SampledFrom(append(slices.Clone(roles), access.Member, access.BreakGlass)).Draw(r, "role"),
				Until: rapid.SampledFrom([]time.Time{{}, begun, begun.Add(time.Microsecond), begun.Add(-time.Hour), begun.Add(time.Hour), time.Unix(0, 0).UTC()}).Draw(r, "until"),
			}
		})
		viewer := rapid.Custom(func(r *rapid.T) access.Viewer {
			return access.Viewer{
				Member:       rapid.SampledFrom(append(slices.Clone(members), ident.ID{})).Draw(r, "member"),
				Organisation: rapid.SampledFrom(append(slices.Clone(orgs), ident.ID{})).Draw(r, "organisation"),
				Roles:        rapid.SliceOfNDistinct(rapid.SampledFrom(roles), 0, 3, rapid.ID).Draw(r, "roles"),
			}
		})
		rapid.Check(t, func(r *rapid.T) {
			w.now = begun.Add(-time.Minute)
			var ids []record.ID[file]
			named := map[ident.ID]bool{}
			for range rapid.IntRange(1, 6).Draw(r, "records") {
				f := &file{
					Sort:      begun.Add(time.Duration(rapid.IntRange(0, 2).Draw(r, "sort")) * time.Second),
					State:     rapid.SampledFrom([]string{"open", "closed"}).Draw(r, "state"),
					Words:     rapid.SliceOfN(rapid.SampledFrom([]string{"a", "b", "c"}), 0, 3).Draw(r, "words"),
					Relations: rapid.SliceOfN(relation, 0, 4).Draw(r, "relations"),
				}
				id := w.create(t, f)
				ids, named[ident.ID(id)] = append(ids, id), len(f.Words) > 0
			}
			v := viewer.Draw(r, "viewer")
			compareFindWithMatch(t, r, db, v.Scope(), ids)
			compareListWithViews(t, r, w, w.node.For(v), ids, named)
			var erase []ident.ID
			for _, id := range ids {
				erase = append(erase, ident.ID(id))
			}
			must(t, db.Commit(t.Context(), record.Batch{Erase: erase}))
		})
	})
}

func compareListWithViews(t *testing.T, r *rapid.T, w *world, door *record.Door, ids []record.ID[file], named map[ident.ID]bool) {
	still := &record.Node{Store: w.node.Store, Vault: w.node.Vault, Policy: w.node.Policy, Random: w.node.Random}
	still.Now = func() time.Time { return begun } // both questions at one instant
	door = still.For(door.Viewer())
	var want []ident.ID
	for _, id := range ids {
		_, err := record.View(t.Context(), door, files, id, record.Reason{Action: access.Look})
		switch {
		case err == nil:
			want = append(want, ident.ID(id))
		case !fault.Is(err, fault.CodeNotFound):
			r.Fatal(err)
		}
	}
	for _, words := range [][][]string{nil, {{"a", "b", "c", "d"}}} {
		var got []ident.ID
		q := record.Query[file]{Why: record.Reason{Action: access.Look}, Words: words, Limit: 100}
		for seen, err := range record.List(t.Context(), door, files, q) {
			if err != nil {
				r.Fatal(err)
			}
			got = append(got, seen.ID())
		}
		if words != nil {
			want = slices.DeleteFunc(want, func(id ident.ID) bool { return !named[id] })
		}
		sortIDs(got)
		sortIDs(want)
		if !slices.Equal(got, want) {
			r.Fatalf("%+v\nlist %v\nview %v", door.Viewer(), got, want)
		}
	}
}

// compareFindWithMatch asks the store itself: the door looks again at each row, and so would hide a scope that is too wide.
func compareFindWithMatch(t *testing.T, r *rapid.T, db database, scope access.Scope, ids []record.ID[file]) {
	var want []ident.ID
	for _, id := range ids {
		row, err := db.Load(t.Context(), files.Name, ident.ID(id))
		must(t, err)
		if len(scope.Match(row.Relations, begun)) > 0 {
			want = append(want, row.ID)
		}
	}
	sortIDs(want)
	f := record.Find{Kind: files.Name, Scope: &scope, Now: begun, Limit: 100}
	for _, states := range [][]string{nil, {"open", "closed"}} {
		f.States = states
		rows, err := db.Find(t.Context(), f)
		must(t, err)
		var got []ident.ID
		for _, row := range rows {
			got = append(got, row.ID)
		}
		sortIDs(got)
		n, err := db.Count(t.Context(), f)
		must(t, err)
		if !slices.Equal(got, want) || n != len(want) {
			r.Fatalf("%+v\nfound %v\ncounted %d\nmatch %v", scope, got, n, want)
		}
	}
}

func sortIDs(ids []ident.ID) {
	slices.SortFunc(ids, func(a, b ident.ID) int { return slices.Compare(a[:], b[:]) })
}
