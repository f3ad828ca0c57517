package postgrestest_test

import (
	"context"
	"testing"

	"github.com/jackc/pgx/v5"

	"palermo/e2e/postgrestest"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

func TestEachTestHasItsOwnEmptyDatabase(t *testing.T) {
	var dsn string
	t.Run("first", func(t *testing.T) {
		dsn = postgrestest.DSN(t)
		conn := connect(t, dsn)
		if _, err := conn.Exec(t.Context(), "create table here (x int)"); err != nil {
			t.Fatal(err)
		}
	})
	t.Run("second", func(t *testing.T) {
		conn := connect(t, postgrestest.DSN(t))
		var tables int
		err := conn.QueryRow(t.Context(), "select count(*) from pg_tables where schemaname = 'public'").Scan(&tables)
		if err != nil || tables != 0 {
			t.Fatalf("a fresh database has %d tables, %v", tables, err)
		}
	})
	if conn, err := pgx.Connect(t.Context(), dsn); err == nil {
		conn.Close(t.Context())
		t.Error("the database of the first test is still there after it")
	}
}

// The other tests of a run may have been given a server; this one starts its own.
func TestServerOfItsOwn(t *testing.T) {
	t.Setenv(postgrestest.Env, "")
	conn := connect(t, postgrestest.DSN(t))
	var version int
	if err := conn.QueryRow(t.Context(), "select current_setting('server_version_num')::int").Scan(&version); err != nil {
		t.Fatal(err)
	}
	if version < 150000 {
		t.Errorf("PostgreSQL 15 or newer is needed, this is %d", version)
	}
}

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(t.Context(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { conn.Close(context.Background()) })
	return conn
}
