package enketo

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"palermo/access"
	"palermo/casework"
	"palermo/directory"
	"palermo/e2e/browser"
	"palermo/form"
	"palermo/node"
	"palermo/record"
	"palermo/vault"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browser.Stop()
	os.Exit(code)
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// field is a node with a case worker and the key of their telephone.
func field(t *testing.T, origin string) (n *node.Node, door *record.Door, key string) {
	t.Helper()
	c := node.Config{Name: "Palermo, test", Node: "field", Jurisdiction: "coe", Data: t.TempDir(), Origin: origin,
		PasswordCost: vault.Params{Memory: 64, Time: 1, Threads: 1}}.Filled()
	must(t, node.CreateKeys(c))
	n, err := node.Open(t.Context(), c)
	must(t, err)
	t.Cleanup(func() { must(t, n.Close()) })
	keeper := n.Record.For(access.Node(access.Administrator))
	house, err := n.Directory.Add(t.Context(), keeper, directory.AddOrganisation{Name: "Porto Aperto", Kind: directory.NGO, Country: "IT"})
	must(t, err)
	const password = "seven quiet olive trees"
	member, _, err := n.Directory.AddMember(t.Context(), keeper, directory.AddMember{Login: "ada", Name: "Ada", Organisation: house,
		Roles: []access.Role{access.CaseWorker}, Password: password})
	must(t, err)
	door = n.Record.For(access.Viewer{Member: member, Organisation: house, Roles: []access.Role{access.CaseWorker}})
	key, err = n.Directory.AddProgram(t.Context(), door, password, directory.AddProgram{Name: "telephone", Role: access.CaseWorker,
		Ends: n.Record.Now().AddDate(0, 1, 0).Format(time.DateOnly)})
	must(t, err)
	return n, door, key
}

// Each questionnaire of the program is drawn by Enketo, and what is answered
// there is on the case as if it had been answered on the node's own page.
func TestEnketoShowsEveryFormAndItsAnswersComeIn(t *testing.T) {
	mux := http.NewServeMux()
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	origin := strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
	n, door, key := field(t, origin)
	handler, err := n.Handler(slog.New(slog.DiscardHandler))
	must(t, err)
	mux.Handle("/", Page(t))
	mux.Handle("/openrosa/", handler)

	p := browser.New(t, browser.Options{Base: origin}).NewPage()
	for _, set := range n.Desk.Forms.Sets() {
		d, err := n.Desk.Forms.Open(set.Name)
		must(t, err)
		p.Go("/")
		if shown := browser.Eval[int](p, call("show", "/openrosa", d.FormID(set.Name), key)); shown < d.Questions()/2 {
			t.Errorf("%s: Enketo shows %d of %d questions", set.Name, shown, d.Questions())
		}
		for _, e := range p.Errors() {
			t.Errorf("%s: %s", set.Name, e)
		}
	}

	id, err := n.Desk.OpenCase(t.Context(), door, casework.DescribePerson{Age: casework.Adult})
	must(t, err)
	base := "/openrosa/cases/" + id.String()
	p.Go("/")
	browser.Eval[int](p, call("show", base, "labour-adults", key))
	browser.Eval[bool](p, call("put", "/data/g_d1/d1_01", "yes"))
	if said := browser.Eval[string](p, call("send", base, key)); !strings.HasPrefix(said, "201 ") {
		t.Fatal(said)
	}
	must(t, n.Desk.Take(t.Context(), door, id, "fill-form", &casework.FillForm{Set: "labour-adults", Answers: form.Answers{"g_d1": form.Answers{"d1_01": "yes"}}}, 0))
	seen, err := record.View(t.Context(), door, n.Desk.Kind, id, record.Reason{Action: access.Look})
	must(t, err)
	forms := seen.Value().Forms
	if len(forms) != 2 {
		t.Fatalf("%d forms on the case, want 2", len(forms))
	}
	if diff := cmp.Diff(forms[1].Lines, forms[0].Lines); diff != "" {
		t.Errorf("from the page, and from Enketo:\n%s", diff)
	}
	if diff := cmp.Diff(forms[1].Result, forms[0].Result); diff != "" {
		t.Errorf("from the page, and from Enketo:\n%s", diff)
	}
}

// So is every other questionnaire of the tree that has no mistakes: cascades, repeats within repeats, several languages.
func TestEnketoShowsWhateverCanBeWritten(t *testing.T) {
	written := map[string]*form.Definition{}
	for _, dir := range []string{"cascade", "constraints", "languages", "nested", "or_other"} {
		d, err := form.ReadCSV(os.DirFS("../../form/testdata"), dir)
		must(t, err)
		written[dir] = d
	}
	for _, name := range []string{"extra_sheet_names", "field-list", "group", "survey_no_name", "text_and_integer", "yes_or_no_question"} {
		f, err := os.Open("../../../shared/data/xlsform/" + name + ".xlsx")
		if errors.Is(err, fs.ErrNotExist) && os.Getenv("CI") != "true" {
			t.Skip("the shared data are not there; put them at ../shared/data")
		}
		must(t, err)
		d, err := form.ReadXLSX(f)
		must(t, errors.Join(err, f.Close()))
		written[name] = d
	}
	mux := http.NewServeMux()
	mux.Handle("/", Page(t))
	mux.HandleFunc("GET /xforms/{name}", func(w http.ResponseWriter, r *http.Request) {
		if err := written[r.PathValue("name")].WriteXForm(w, r.PathValue("name")); err != nil {
			t.Error(r.PathValue("name"), err)
		}
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	p := browser.New(t, browser.Options{Base: server.URL}).NewPage()
	for name, d := range written {
		p.Go("/")
		if shown := browser.Eval[int](p, call("draw", "/xforms/"+name, "")); shown == 0 || d.Questions() == 0 {
			t.Errorf("%s: Enketo shows nothing of %d questions", name, d.Questions())
		}
		for _, e := range p.Errors() {
			t.Errorf("%s: %s", name, e)
		}
	}
}

// call is a call of a function of the page.
func call(function string, args ...string) string {
	list, _ := json.Marshal(args)
	return fmt.Sprintf("window.%s(...%s)", function, list)
}
