package interchange_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/ident"
	"palermo/interchange"
	"palermo/node"
	"palermo/record"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// onBoth runs a test on a new node of each database, with the doors of two houses.
func onBoth(t *testing.T, test func(t *testing.T, n *node.Node, ana, eva *record.Door)) {
	run := func(t *testing.T, c node.Config) {
		c.Data, c.Jurisdiction = t.TempDir(), "coe"
		c = c.Filled()
		must(t, node.CreateKeys(c))
		n, err := node.Open(t.Context(), c)
		must(t, err)
		t.Cleanup(func() { must(t, n.Close()) })
		worker := func(b byte, roles ...access.Role) *record.Door {
			return n.Record.For(access.Viewer{Member: ident.ID{2, b}, Name: "Colleague", Organisation: ident.ID{b}, Roles: roles})
		}
		test(t, n, worker(1, access.CaseWorker), worker(3, access.CaseWorker))
	}
	t.Run("SQLite", func(t *testing.T) { run(t, node.Config{}) })
	t.Run("PostgreSQL", func(t *testing.T) { run(t, node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}) })
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func counted(t *testing.T, n *node.Node, d *record.Door) int {
	t.Helper()
	got, err := record.Count(t.Context(), d, n.Desk.Kind, record.Query[casework.Case]{})
	must(t, err)
	return got
}

// people is a file of so many rows.
func people(rows int) []byte {
	b := bytes.NewBufferString("prs_FirstName,prs_Citizenship\n")
	for i := range rows {
		fmt.Fprintf(b, "Person %d,NA\n", i)
	}
	return b.Bytes()
}

func TestAFileIsCheckedBeforeAnythingOfItIsStored(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node, ana, eva *record.Door) {
		id, err := n.Files.Begin(t.Context(), ana, "htcds", []byte("prs_FirstName,prs_Citizenship\nAmal,NA\nEfosa,Nigeria\n"), nil)
		must(t, err)
		seen, err := n.Files.Import(t.Context(), ana, id)
		must(t, err)
		i := seen.Value()
		if i.Rows != 2 || i.Good != 1 || i.Refused != 1 || i.First[0].Row != 3 || i.First[0].Column != "prs_Citizenship" || counted(t, n, ana) != 0 {
			t.Errorf("%+v, %d cases", i.Import, counted(t, n, ana))
		}
		if err := n.Files.Go(t.Context(), ana, id, false); !fault.Is(err, fault.CodeConflict) || counted(t, n, ana) != 0 {
			t.Errorf("with a refused value: %v, %d cases", err, counted(t, n, ana))
		}
		if err := n.Files.Go(t.Context(), eva, id, true); !fault.Is(err, fault.CodeNotFound) {
			t.Errorf("another organisation: %v", err)
		}
		must(t, n.Files.Go(t.Context(), ana, id, true))
		if counted(t, n, ana) != 1 {
			t.Errorf("%d cases of one good row", counted(t, n, ana))
		}
	})
}

func TestAnImportGoesOnWhereItWas(t *testing.T) {
	const rows = 2100 // more than are stored at once
	onBoth(t, func(t *testing.T, n *node.Node, ana, _ *record.Door) {
		begin := func() interchange.ImportID {
			id, err := n.Files.Begin(t.Context(), ana, "htcds", people(rows), nil)
			must(t, err)
			return id
		}
		id := begin()
		var done []int
		for range 2 {
			must(t, n.Files.Go(t.Context(), ana, id, false))
			seen, err := n.Files.Import(t.Context(), ana, id)
			must(t, err)
			i := seen.Value()
			done = append(done, i.Done)
			if i.Stored != i.Done || counted(t, n, ana) != i.Done {
				t.Errorf("%d rows done, %d stored, %d cases", i.Done, i.Stored, counted(t, n, ana))
			}
			if over := i.Done == rows; over != i.File.IsZero() || over == i.Waits() {
				t.Errorf("after %d rows the file is there: %t", i.Done, !i.File.IsZero())
			}
		}
		if done[0] >= rows || done[1] != rows {
			t.Errorf("it went by %v", done)
		}
		if err := n.Files.Go(t.Context(), ana, id, false); err == nil {
			t.Error("what is over goes on")
		}
		again := begin()
		if seen, err := n.Files.Import(t.Context(), ana, again); err != nil || seen.Value().Before != rows {
			t.Errorf("of the same file %d rows came before, %v", seen.Value().Before, err)
		}
		must(t, n.Files.Go(t.Context(), ana, again, false))
		if counted(t, n, ana) != rows {
			t.Errorf("the same file twice: %d cases", counted(t, n, ana))
		}
	})
}

func TestAMappingIsTakenAgainForTheSameHeadings(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node, ana, _ *record.Door) {
		table := "Nom;Sexe;Notes\nZoé;F;x\nLuc;M;\n"
		id, err := n.Files.Begin(t.Context(), ana, "csv", []byte(table), nil)
		must(t, err)
		if err := n.Files.Go(t.Context(), ana, id, false); !fault.Is(err, fault.CodeConflict) {
			t.Errorf("without a mapping: %v", err)
		}
		m := interchange.Mapping{Columns: map[string]interchange.Target{"Nom": {Field: "name"}, "Sexe": {Field: "gender"}}}
		must(t, n.Files.Map(t.Context(), ana, id, m))
		seen, err := n.Files.Import(t.Context(), ana, id)
		must(t, err)
		if i := seen.Value(); strings.Join(i.Values["Sexe"], "") != "FM" || i.Refused != 2 || len(i.Values) != 1 {
			t.Errorf("values %v, refused %v", i.Values, i.First)
		}
		m.Columns["Sexe"] = interchange.Target{Field: "gender", Values: map[string]string{"F": "woman", "M": "man"}}
		must(t, n.Files.Map(t.Context(), ana, id, m))
		must(t, n.Files.Go(t.Context(), ana, id, false))
		if err := n.Files.Map(t.Context(), ana, id, m); err == nil {
			t.Error("the columns of an import that is over are set anew")
		}
		next, err := n.Files.Begin(t.Context(), ana, "csv", []byte(table+"Ana;F;\n"), nil)
		must(t, err)
		seen, err = n.Files.Import(t.Context(), ana, next)
		must(t, err)
		if i := seen.Value(); i.Good != 3 || i.Before != 2 || i.Mapping.Columns["Sexe"].Values["F"] != "woman" {
			t.Errorf("%+v", i.Import)
		}
		if bad := (interchange.Mapping{Columns: map[string]interchange.Target{"Nom": {Field: "surname"}}}); !fault.Is(n.Files.Map(t.Context(), ana, next, bad), fault.CodeInvalid) {
			t.Error("a field that there is not is taken")
		}
		must(t, n.Files.Discard(t.Context(), ana, next))
		if seen, err := n.Files.Import(t.Context(), ana, next); err != nil || !seen.Value().File.IsZero() || counted(t, n, ana) != 2 {
			t.Errorf("discarded: the file is there, or its rows: %v", err)
		}
	})
}

func TestOnlyWhoLeadsCasesBringsFilesIn(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node, _, _ *record.Door) {
		for _, role := range access.Roles() {
			d := n.Record.For(access.Viewer{Member: ident.ID{9}, Organisation: ident.ID{1}, Roles: []access.Role{role}})
			_, err := n.Files.Begin(t.Context(), d, "htcds", people(1), nil)
			if may := role == access.CaseWorker || role == access.Advocate; may != (err == nil) {
				t.Errorf("%s: %v", role, err)
			}
			both := n.Record.For(access.Viewer{Member: ident.ID{9}, Organisation: ident.ID{1}, Roles: []access.Role{access.CaseWorker, role}})
			if role == access.Administrator || role == access.ImmigrationOfficer {
				if _, err := n.Files.Begin(t.Context(), both, "htcds", people(1), nil); !fault.Is(err, fault.CodeDenied) {
					t.Errorf("%s who is also a case worker: %v", role, err)
				}
			}
		}
	})
}

// A file waits a week at most before somebody is called on.
func TestAFileThatWaitsIsDue(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node, ana, _ *record.Door) {
		now := time.Now()
		n.Record.Now = func() time.Time { return now }
		id, err := n.Files.Begin(t.Context(), ana, "htcds", people(1), nil)
		must(t, err)
		now = now.AddDate(0, 0, 2)
		due, err := record.Day(t.Context(), ana, 10)
		must(t, err)
		if len(due) != 1 || due[0].Record != ident.ID(id) {
			t.Errorf("%v", due)
		}
		must(t, n.Files.Go(t.Context(), ana, id, false))
		due, err = record.Day(t.Context(), ana, 10)
		must(t, err)
		for _, x := range due {
			if x.Kind == "import" {
				t.Errorf("it is due still: %+v", x)
			}
		}
	})
}
