package markers

import (
	"bytes"
	"context"
	"flag"
	"fmt"
	"maps"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"palermo/access"
	"palermo/casework"
	"palermo/e2e/postgrestest"
	"palermo/node"
)

var update = flag.Bool("update", false, "write testdata/markers.golden anew; read it line by line before you keep it")

func TestWhereMarkersComeOut(t *testing.T) {
	t.Run("SQLite", func(t *testing.T) { t.Parallel(); tryAllDoors(t, node.Config{}) })
	t.Run("PostgreSQL", func(t *testing.T) {
		t.Parallel()
		c := node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}
		tryAllDoors(t, c)
	})
}

func tryAllDoors(t *testing.T, c node.Config) {
	r := newRig(t, c)
	ctx, stop := context.WithCancel(context.Background())
	ended := make(chan error, 1)
	go func() { ended <- r.Sequence(ctx) }()
	r.mark(glassPath)
	r.plant()

	results := make([][]door, len(r.people))
	var all sync.WaitGroup
	slots := make(chan struct{}, 6)
	for i, p := range r.people {
		if p.glass { // after the others: it changes the case
			continue
		}
		all.Go(func() {
			slots <- struct{}{}
			defer func() { <-slots }()
			results[i] = r.doors(p)
		})
	}
	all.Wait()
	for i, p := range r.people {
		if p.glass {
			results[i] = r.doors(p)
		}
	}
	for i, p := range r.people {
		r.never(p, results[i])
	}
	r.visible(results)
	r.golden(results)
	r.atRest(c, "while open")

	must(t, r.Store.Close()) // what a page says when the database is gone
	for _, p := range []*person{r.who(access.CaseWorker, owner), r.who(access.Police, guest)} {
		w := r.raw(p, http.MethodGet, r.address(), nil)
		if w.Code < http.StatusInternalServerError || marked.MatchString(w.Body.String()) {
			t.Errorf("without a database: %d, %s", w.Code, w.Body)
		}
	}
	stop()
	<-ended
	must(t, r.Keys.Close())
	if c.Database == "" {
		r.atRest(c, "after closing")
	}
	if found := marked.FindString(r.log.String()); found != "" {
		t.Errorf("the log shows %s", found)
	}
	if !strings.Contains(r.log.String(), "a page failed") {
		t.Error("the log is not looked at: it has nothing of the failed pages")
	}
}

var (
	health     = regexp.MustCompile(`Health|^Plan\.(Medical|Counselling)\.|^Documents\.health\.|^Timeline\.health`)
	shelter    = regexp.MustCompile(`^Nights\.(Address|Way)|^Timeline\.shelter`)
	privileged = regexp.MustCompile(`^NonPunishment\.(\w+?)s\.`)
	words      = regexp.MustCompile(`^Contacts\.(\w+?)s\.(?:Said|Fields\.|Came\.)`)
	desk       = regexp.MustCompile(`^Interpreting\.|^Timeline\.(interpreters|summary)$`)
	own        = regexp.MustCompile(`^CaseNotes\.(\w+?)sOwn\d?\.`)
	sideOf     = map[string]int{"Owner": owner, "Guest": guest, "Partial": partial, "Former": former}
	of         = func(roles ...access.Role) []access.Role { return roles }
)

// shown reports whether a page, a form or a list shows a text to the person. Of
// a moment a program is told the step's name, in place of which the page has its words.
func shown(doors []door, path string) bool {
	return slices.ContainsFunc(doors, func(d door) bool {
		return d.found[path] && (d.name == "page" || d.name == "steps" || d.name == "list" || d.name == "view" && strings.HasPrefix(path, "Timeline."))
	})
}

// never holds what must hold whatever the golden file says.
func (r *rig) never(p *person, doors []door) {
	for _, d := range doors {
		if d.name == "file" && !maps.Equal(d.found, doors[1].found) {
			r.leak("%s: the file of the case has %v, its page %v", p, paths(d.found), paths(doors[1].found))
		}
		for path := range d.found {
			if d.name == "api" && !shown(doors, path) {
				r.leak("%s: a program is told %s, which no page shows", p, path)
			}
			if strings.HasPrefix(path, "Engagement.") {
				if !engagementShows(p, d.name, path) {
					r.leak("%s, through %s: %s: an engagement is the interpreter's, the desk's, and in part a court's or the focal point's", p, d.name, path)
				}
				continue
			}
			// The address was opened to one police organisation, on no other part of the case.
			opened := p.role == access.Police && p.side == outside && path == "Nights.Address" && (d.name == "view" || d.name == "page" || d.name == "file" || d.name == "api")
			refuse := func(rule string) { r.leak("%s, through %s: %s: %s", p, d.name, path, rule) }
			if slices.Contains(of(access.Police, access.Prosecutor, access.Judge, access.LabourInspector, access.LiaisonOfficer,
				access.Interpreter, access.DecisionMaker, access.BookingDesk), p.role) && !opened && (health.MatchString(path) || shelter.MatchString(path)) {
				refuse("no health, counselling or address to authorities")
			}
			if slices.Contains(of(access.ImmigrationOfficer, access.RemovalAuthority, access.Administrator, access.Rapporteur,
				access.Statistician, access.Interpreter), p.role) {
				hold := p.role == access.RemovalAuthority && p.side == outside && d.name == "holds" &&
					slices.Contains([]string{"Person.Name", "Person.OtherNames", "Person.BirthDate", "Person.Nationality"}, path)
				if !hold {
					refuse("no case to them")
				}
			}
			if m := privileged.FindStringSubmatch(path); m != nil && sideOf[m[1]] != p.side {
				refuse("another organisation's privileged record")
			}
			if m := words.FindStringSubmatch(path); m != nil && sideOf[m[1]] != p.side {
				refuse("another organisation's words to the person")
			}
			if m := own.FindStringSubmatch(path); m != nil && sideOf[m[1]] != p.side {
				refuse("another organisation's own note")
			}
			if strings.HasPrefix(path, "Complaints.") && p.role != access.ComplaintsBody {
				refuse("complaints are read by the independent body")
			}
			byOffice := p.role == access.FocalPoint || p.role == access.BookingDesk || p.role == access.ComplaintsBody || p.role == access.Auditor
			if p.side == former && !byOffice && path != "Timeline.summary" {
				refuse("the consent was withdrawn")
			}
			if p.side == outside && !p.glass && !opened && p.role != access.Auditor && p.role != access.ComplaintsBody &&
				!(p.role == access.BookingDesk && desk.MatchString(path)) && d.name != "holds" {
				refuse("no standing")
			}
			if p.glass && (own.MatchString(path) || privileged.MatchString(path) || strings.HasPrefix(path, "CaseNotes.")) {
				refuse("an emergency opens no confidential note")
			}
			if d.name == "day" || strings.HasPrefix(path, "Journal.") {
				refuse("nobody reads this")
			}
		}
		if d.name != "view" && d.name != "holds" && d.name != "engagements" && d.name != "history" && d.name != "files" {
			for path := range d.found {
				if !doors[0].found[path] {
					r.leak("%s: %s shows %s, the view does not", p, d.name, path)
				}
			}
		}
	}
}

// engagementShows says who may read what of an engagement (rule 8): nobody who
// works on a case, and only the desk and a court the name.
func engagementShows(p *person, door, path string) bool {
	named, where := strings.HasPrefix(path, "Engagement.Oaths."), path == "Engagement.Where"
	threat := strings.HasPrefix(path, "Engagement.Threats.")
	switch {
	case door != "engagements":
		return false
	case p.role == access.BookingDesk:
		return true
	case p.role == access.Interpreter && p.side == outside:
		return !named
	case p.role == access.Judge && p.side == outside:
		return !where && !threat
	case p.role == access.FocalPoint && p.side == office:
		return !where && !named
	}
	return false
}

// visible holds that the test looks at something: who leads the case sees it.
func (r *rig) visible(results [][]door) {
	for i, p := range r.people {
		if p.role != access.CaseWorker || p.side != owner {
			continue
		}
		for _, path := range []string{"Person.Name", "Needs.Fields.Health", "Nights.Address", "NonPunishment.Owners.Charge.Act",
			"CaseNotes.OwnersOwn.Fields.Text", "CaseNotes.GuestsTeam.Fields.Text", "SafeContact.Fields.Telephone"} {
			if !results[i][0].found[path] || !results[i][1].found[path] {
				r.t.Errorf("%s does not see %s", p, path)
			}
		}
	}
}

func (r *rig) golden(results [][]door) {
	var b strings.Builder
	b.WriteString("# Which texts of a case come out where: by role, relation to the case, and door.\n" +
		"# Doors: view (JSON of the record), page (and the case as a file, which has the same), steps (forms), history, held (what is held, gone through with the person), list (worklist, search), files (content of documents),\n" +
		"# letters (to print), forms (questionnaires, emergency), holds, api (a program's key of this role), day. A door without a line shows nothing.\n" +
		"# A name without braces stands for all texts below it; the last part lists all texts there are.\n")
	planted := tree{}
	for _, path := range r.paths {
		planted.add(path)
	}
	known := map[string]bool{}
	for i, p := range r.people {
		fmt.Fprintf(&b, "\n%s\n", p)
		nothing := true
		for _, d := range results[i] {
			if len(d.found) == 0 || d.name == "file" { // what the page has: never holds it
				continue
			}
			nothing = false
			some := tree{}
			for path := range d.found {
				known[path] = true
				some.add(path)
			}
			b.WriteString("  " + d.name + ": " + some.short(planted) + "\n")
		}
		if nothing {
			b.WriteString("  nothing\n")
		}
	}
	unseen := tree{}
	for _, path := range r.paths {
		if !known[path] {
			unseen.add(path)
		}
	}
	b.WriteString("\nwhat nobody sees\n  " + unseen.short(planted) + "\n\nwhat there is\n")
	for _, name := range planted.names() {
		b.WriteString("  " + name + planted[name].braces() + "\n")
	}
	const file = "testdata/markers.golden"
	if *update {
		must(r.t, os.MkdirAll("testdata", 0o755))
		must(r.t, os.WriteFile(file, []byte(b.String()), 0o644))
	}
	want, err := os.ReadFile(file)
	must(r.t, err)
	r.same(file, strings.Split(b.String(), "\n"), strings.Split(string(want), "\n"))
}

// same says what differs, and whom it concerns.
func (r *rig) same(file string, got, want []string) {
	block := ""
	for i := range max(len(got), len(want)) {
		is, should := "nothing", "nothing"
		if i < len(got) {
			is = got[i]
		}
		if i < len(want) {
			should = want[i]
		}
		if is != should {
			r.t.Errorf("%s, line %d (%s):\n  is     %s\n  should %s\nRead what changed against the rules, then go test -update.", file, i+1, block, is, should)
			return
		}
		if is != "" && is[0] != ' ' {
			block = is
		}
	}
}

// tree is paths by their parts.
type tree map[string]tree

func (t tree) add(path string) {
	for _, part := range strings.Split(path, ".") {
		if t[part] == nil {
			t[part] = tree{}
		}
		t = t[part]
	}
}

func (t tree) names() []string { return slices.Sorted(maps.Keys(t)) }

func (t tree) leaves() int {
	n := 0
	for _, below := range t {
		n += max(1, below.leaves())
	}
	return n
}

// short writes the paths; where all that was planted below a name is there, the name alone.
func (t tree) short(all tree) string {
	var parts []string
	for _, name := range t.names() {
		if t[name].leaves() < all[name].leaves() {
			name += "{" + t[name].short(all[name]) + "}"
		}
		parts = append(parts, name)
	}
	return strings.Join(parts, " ")
}

func (t tree) braces() string {
	if len(t) == 0 {
		return ""
	}
	return "{" + t.short(tree{}.sized(t)) + "}"
}

// sized is a tree of the same names with more below each, so that short writes every name out.
func (tree) sized(t tree) tree {
	out := tree{}
	for name, below := range t {
		out[name] = tree{}.sized(below)
		if len(below) > 0 {
			out[name]["and more"] = tree{}
		}
	}
	return out
}

func paths(found map[string]bool) []string {
	return slices.Sorted(maps.Keys(found))
}

// atRest looks into every file of the node, and into every column of its tables on PostgreSQL.
func (r *rig) atRest(c node.Config, when string) {
	files, err := filepath.Glob(filepath.Join(r.Config.Data, "*"))
	must(r.t, err)
	names := ""
	for _, f := range files {
		content, err := os.ReadFile(f)
		must(r.t, err)
		names += " " + filepath.Base(f)
		if found := marked.Find(content); found != nil {
			r.t.Errorf("%s: %s shows %s", when, filepath.Base(f), found)
		}
	}
	want := []string{"checkpoints"}
	if c.Database == "" {
		want = append(want, "node.db", "keys.db")
	}
	for _, name := range want {
		if !strings.Contains(names, name) {
			r.t.Errorf("%s: there is no %s among%s", when, name, names)
		}
	}
	for _, dsn := range []string{c.Database, c.Keys} {
		if dsn != "" {
			r.tables(dsn)
		}
	}
}

func (r *rig) tables(dsn string) {
	ctx := r.t.Context()
	db, err := pgx.Connect(ctx, dsn)
	must(r.t, err)
	defer db.Close(ctx)
	rows, err := db.Query(ctx, "select table_schema, table_name from information_schema.tables where table_schema not in ('pg_catalog', 'information_schema')")
	must(r.t, err)
	type table struct{ Schema, Name string }
	tables, err := pgx.CollectRows(rows, pgx.RowToStructByPos[table])
	must(r.t, err)
	values := 0
	for _, x := range tables {
		rows, err := db.Query(ctx, "select * from "+pgx.Identifier{x.Schema, x.Name}.Sanitize())
		must(r.t, err)
		for rows.Next() {
			for i, raw := range rows.RawValues() { // as text or bytes, whatever the type
				values++
				if found := marked.Find(raw); found != nil || bytes.Contains(raw, []byte("MARK")) && bytes.Contains(raw, []byte("xPerson")) {
					r.t.Errorf("%s.%s shows %s", x.Name, rows.FieldDescriptions()[i].Name, found)
				}
			}
		}
		must(r.t, rows.Err())
	}
	if values < 100 {
		r.t.Errorf("only %d values in %d tables", values, len(tables))
	}
}

// A second role that is walled off walls off the first.
func TestARoleBehindTheWallWallsOffTheOthers(t *testing.T) {
	policy, err := access.NewPolicy()
	must(t, err)
	walled := of(access.ImmigrationOfficer, access.RemovalAuthority, access.Administrator, access.Rapporteur, access.Statistician)
	authorities := of(access.Police, access.Prosecutor, access.Judge, access.LabourInspector, access.LiaisonOfficer, access.DecisionMaker,
		access.BookingDesk, access.Interpreter)
	for _, first := range append(access.Roles(), access.BreakGlass) {
		for _, second := range append(walled, authorities...) {
			v := access.Viewer{Member: [16]byte{1}, Roles: of(first, second), OnDuty: true}
			d := policy.Decide(v, "case", of(first), time.Now())
			if slices.Contains(walled, second) && (d.Seen() != 0 || d.May(access.Look)) {
				t.Errorf("%s who is also %s sees %s", first, second, d.Seen())
			}
			if d.Sees(access.Health) || d.Sees(access.Shelter) {
				t.Errorf("%s who is also %s sees %s", first, second, d.Seen())
			}
			for _, info := range casework.Steps() {
				if slices.Contains(walled, second) && d.May(info.Action) {
					t.Errorf("%s who is also %s may %s", first, second, info.Action)
				}
			}
		}
	}
}
