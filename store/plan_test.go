package store_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"

	"palermo/access"
	"palermo/ident"
	"palermo/record"
	"palermo/store"
)

type question struct {
	name  string
	index string // that SQLite must use, and with what
	sorts bool   // a few rows may be put in order afterwards
	sql   string
	args  []any
}

// questions are all that a store asks.
func questions(db database) []question {
	scope := access.Scope{Parties: []ident.ID{access.Everyone, {1}, {2}}, Roles: []access.Role{access.Lawyer, access.Police, access.Member}}
	find := func(f record.Find, sql func(record.Find) (string, []any)) (string, []any) {
		f.Kind, f.Now, f.Limit, f.Before = "case", begun, 50, record.Cursor{Sort: begun}
		return sql(f)
	}
	id := make([]byte, 16)
	ask := func(name, index string, sorts bool) func(sql string, args []any) question {
		return func(sql string, args []any) question { return question{name, index, sorts, sql, args} }
	}
	all := []question{
		ask("list", `relation_list \(kind=\? AND role=\? AND \(`, true)(find(record.Find{Scope: &scope}, db.FindSQL)),
		ask("list by state", `relation_state \(kind=\? AND role=\? AND state=\? AND \(`, true)(find(record.Find{Scope: &scope, States: []string{"open"}}, db.FindSQL)),
		ask("records of a word", `token`, false)(db.TokensSQL([]record.Token{{1}, {2}})),
		ask("a search in scope", "record", false)(db.FoundSQL(record.Find{Kind: "case", Now: begun, Scope: &scope}, ident.ID{1}, ident.ID{2})),
		ask("the node's list", "record_list", false)(find(record.Find{}, db.FindSQL)),
		ask("count", "relation_", true)(find(record.Find{Scope: &scope}, db.CountSQL)),
		ask("the node's count", "record_list", false)(find(record.Find{}, db.CountSQL)),
		ask("day", "duty_day", true)(db.DaySQL(scope, begun)),
		{"history", "entry_subject_record", false, store.HistorySQL, []any{id, id, 50}},
		{"numbered", "entry_", false, store.NumberedSQL, []any{1, 50}},
		{"waiting", "entry_waiting", false, db.WaitingSQL(), []any{id, 50}},
		{"checkpoints", "checkpoint", false, store.CheckpointsSQL, []any{1, 50}},
		{"stands", "record", false, store.StandsSQL, []any{id, 50}},
		{"hashes", "hash", false, store.HashesSQL, []any{1, 50}},
		{"size", "checkpoint", false, "SELECT c.size FROM checkpoint c ORDER BY c.size DESC LIMIT 1", nil},
		{"tokens of a record", "token_record", false, "SELECT token FROM token WHERE record = ?1", []any{id}},
		{"number", "entry", false, "UPDATE entry SET seq = ?1 WHERE id = ?2 AND seq IS NULL", []any{1, id}},
		{"sessions that ran out", "session_expires", false, "DELETE FROM session WHERE expires <= ?1", []any{1}},
		{"a member's sessions", "session_member", false, "DELETE FROM session WHERE member = ?1", []any{id}},
	}
	for _, table := range []string{"relation", "token", "duty_step", "duty", "blob"} {
		all = append(all, question{"erase from " + table, table, false, "DELETE FROM " + table + " WHERE record = ?1", []any{id}})
	}
	return all
}

// Every question has its index, also in a database that is large.
func TestEachQuestionHasItsIndex(t *testing.T) {
	table := regexp.MustCompile(`^SCAN (record|relation|token|duty|duty_step|entry|entry_subject|hash|checkpoint|blob|session|[a-z])$`)
	each(t, func(t *testing.T, db database) {
		for _, q := range questions(db) {
			plan, err := db.Plan(t.Context(), q.sql, q.args...)
			must(t, err)
			text := strings.Join(plan, "\n")
			if db.path == "" {
				if strings.Contains(text, "Seq Scan") {
					t.Errorf("%s reads a whole table:\n%s", q.name, text)
				}
				continue
			}
			for _, line := range plan {
				if table.MatchString(line) && !strings.HasPrefix(line, "SCAN t") && line != "SCAN m" {
					t.Errorf("%s reads a whole table:\n%s", q.name, text)
				}
			}
			want := fmt.Sprintf(`(USING .*INDEX (sqlite_autoindex_)?%s|PRIMARY KEY)`, q.index)
			if strings.Contains(q.index, "(") { // it says with what the index is entered
				want = q.index
			}
			if !regexp.MustCompile(want).MatchString(text) {
				t.Errorf("%s does not use %s:\n%s", q.name, q.index, text)
			}
			if !q.sorts && strings.Contains(text, "TEMP B-TREE") {
				t.Errorf("%s sorts:\n%s", q.name, text)
			}
		}
	})
}
