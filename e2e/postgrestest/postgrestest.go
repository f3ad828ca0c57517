// Package postgrestest gives each test a PostgreSQL database of its own.
//
//	func TestOnPostgres(t *testing.T) {
//		dsn := postgrestest.DSN(t) // fresh, empty, dropped when the test ends
//		…
//	}
//
// The server is the one that PALERMO_TEST_POSTGRES names (make test sets it), by a DSN that may create databases.
// Without it, one temporary server is started for the test process and goes when the process goes. A package that
// uses it should say so in TestMain, so that the process waits until everything is cleaned up:
//
//	func TestMain(m *testing.M) { postgrestest.Main(m) }
//
// Where PostgreSQL is not installed, a test fails in CI (CI=true) and is skipped elsewhere.
package postgrestest

import (
	"bufio"
	"context"
	"crypto/rand"
	_ "embed"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
)

// Env names the environment variable with the DSN of the server to use.
const Env = "PALERMO_TEST_POSTGRES"

//go:embed cluster.sh
var clusterScript string

var errNotInstalled = errors.New("PostgreSQL is not installed: apt-get install postgresql, or set " + Env + " to a DSN")

// cluster is the server of this test process.
var cluster struct {
	once sync.Once
	dsn  string
	err  error
	stop func()
}

// DSN returns the DSN of a fresh, empty database, which is dropped when the test ends.
func DSN(t testing.TB) string {
	t.Helper()
	admin, err := server()
	if errors.Is(err, errNotInstalled) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
	dsn, err := url.Parse(admin)
	if err != nil {
		t.Fatalf("%s must be a postgres:// address", Env)
	}
	name := "test_" + strings.ToLower(rand.Text())
	if err := execute(admin, "create database "+name+" template template0"); err != nil {
		t.Fatalf("create a database for the test: %v", err)
	}
	t.Cleanup(func() {
		if err := execute(admin, "drop database "+name+" with (force)"); err != nil {
			t.Errorf("drop the database of the test: %v", err)
		}
	})
	dsn.Path = "/" + name
	return dsn.String()
}

// Main runs the tests, stops the server if this process started one, and exits.
func Main(m *testing.M) {
	code := m.Run()
	Stop()
	os.Exit(code)
}

// Stop stops the server that this process started, if it did, and waits until it is gone. For a TestMain that has
// more to clean up than this; no test may run afterwards.
func Stop() {
	if cluster.stop != nil {
		cluster.stop()
	}
}

func server() (string, error) {
	if dsn := os.Getenv(Env); dsn != "" {
		return dsn, nil
	}
	cluster.once.Do(func() { cluster.dsn, cluster.err = start() })
	return cluster.dsn, cluster.err
}

func start() (dsn string, err error) {
	if debian, _ := filepath.Glob("/usr/lib/postgresql/*/bin/initdb"); len(debian) == 0 {
		if _, err := exec.LookPath("initdb"); err != nil {
			return "", errNotInstalled
		}
	}
	cmd := exec.Command("bash", "-c", clusterScript)
	cmd.Stderr = os.Stderr
	stdin, err := cmd.StdinPipe()
	if err != nil {
		return "", err
	}
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return "", err
	}
	if err := cmd.Start(); err != nil {
		return "", fmt.Errorf("start PostgreSQL: %w", err)
	}
	line, err := bufio.NewReader(stdout).ReadString('\n')
	if err != nil && !errors.Is(err, io.EOF) {
		return "", fmt.Errorf("start PostgreSQL: %w", err)
	}
	if line == "" {
		return "", fmt.Errorf("start PostgreSQL: %w", cmd.Wait())
	}
	cluster.stop = func() {
		_ = stdin.Close() // the script stops the server when its input ends
		_ = cmd.Wait()
	}
	return strings.TrimSpace(line), nil
}

func execute(dsn, sql string) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return err
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, sql)
	return err
}
