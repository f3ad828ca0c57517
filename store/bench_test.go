package store_test

import (
	"sync/atomic"
	"testing"

	"palermo/access"
	"palermo/ident"
	"palermo/journal"
	"palermo/record"
)

// BenchmarkLook commits what a look commits: one entry about one record, from eight hands a processor.
func BenchmarkLook(b *testing.B) {
	benchmark(b, func(b *testing.B, db database) {
		b.SetParallelism(8)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				must(b, db.Commit(b.Context(), record.Batch{Entries: []journal.Entry{entry(b, ident.ID{1})}}))
			}
		})
	})
}

// BenchmarkCreate commits a new record with four relations, thirty tokens and its entry.
func BenchmarkCreate(b *testing.B) {
	benchmark(b, func(b *testing.B, db database) {
		b.SetParallelism(8)
		b.RunParallel(func(pb *testing.PB) {
			for pb.Next() {
				p := large(b)
				must(b, db.Commit(b.Context(), record.Batch{Puts: []record.Put{p}, Entries: []journal.Entry{entry(b, p.ID)}}))
			}
		})
	})
}

// BenchmarkPage reads the first page of an organisation with ten thousand records.
func BenchmarkPage(b *testing.B) {
	benchmark(b, func(b *testing.B, db database) {
		org := newID(b)
		for range 100 {
			var batch record.Batch
			for range 100 {
				p := row(b, "x")
				p.Relations = []access.Relation{{Party: org, Role: access.CaseWorker}}
				batch.Puts = append(batch.Puts, p)
			}
			must(b, db.Commit(b.Context(), batch))
		}
		scope := &access.Scope{Parties: []ident.ID{access.Everyone, org, newID(b)}, Roles: []access.Role{access.CaseWorker, access.Member}}
		b.ResetTimer()
		for range b.N {
			rows, err := db.Find(b.Context(), record.Find{Kind: "k", Scope: scope, Now: begun, Limit: 50})
			if err != nil || len(rows) != 50 {
				b.Fatal(len(rows), err)
			}
		}
	})
}

func benchmark(b *testing.B, run func(*testing.B, database)) {
	b.Run("SQLite", func(b *testing.B) { run(b, onSQLite(b)) })
	b.Run("PostgreSQL", func(b *testing.B) { run(b, onPostgres(b)) })
}

var serial atomic.Uint32 // makes the tokens of each record its own

func large(b *testing.B) record.Put {
	p := row(b, string(make([]byte, 4096)))
	for i := range 4 {
		p.Relations = append(p.Relations, access.Relation{Party: ident.ID{byte(i)}, Role: access.CaseWorker})
	}
	n := serial.Add(1)
	for i := range 30 {
		p.Tokens = append(p.Tokens, record.Token{byte(i), byte(n), byte(n >> 8), byte(n >> 16)})
	}
	return p
}
