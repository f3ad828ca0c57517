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

	"github.com/google/go-cmp/cmp"

	"palermo/access"
	"palermo/casework"
	"palermo/e2e/browser"
	"palermo/form"
	"palermo/ident"
	"palermo/node"
	"palermo/openrosa"
	"palermo/record"
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

// Each questionnaire of the program is drawn by Enketo, and what is answered
// there is on the case as if it had been answered on the node's own page.
func TestEnketoShowsEveryFormAndItsAnswersComeIn(t *testing.T) {
	c := node.Config{Name: "Palermo, test", Node: "field", Jurisdiction: "coe", Data: t.TempDir()}.Filled()
	must(t, node.CreateKeys(c))
	n, err := node.Open(t.Context(), c)
	must(t, err)
	t.Cleanup(func() { must(t, n.Close()) })
	door := n.Record.For(access.Viewer{Member: ident.ID{1}, Organisation: ident.ID{2}, Roles: []access.Role{access.CaseWorker}})
	enter := func(r *http.Request) (*record.Door, error) {
		if _, key, _ := r.BasicAuth(); key != "the key" {
			return nil, errors.New("no such key")
		}
		return door, nil
	}
	mux := http.NewServeMux()
	mux.Handle("/", Page(t))
	mux.Handle("/openrosa/", (&openrosa.Server{Desk: n.Desk, Enter: enter, Now: n.Record.Now, Log: slog.New(slog.DiscardHandler)}).Handler())
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)

	p := browser.New(t, browser.Options{Base: server.URL}).NewPage()
	for _, set := range n.Desk.Forms.Sets() {
		d, err := n.Desk.Forms.Open(set.Name)
		must(t, err)
		p.Go("/")
		if shown := browser.Eval[int](p, call("show", "/openrosa", d.FormID(set.Name), "the key")); shown < d.Questions()/2 {
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
	browser.Eval[int](p, call("show", base, "labour-adults", "the key"))
	browser.Eval[bool](p, call("put", "/data/g_d1/d1_01", "yes"))
	if said := browser.Eval[string](p, call("send", base, "the key")); !strings.HasPrefix(said, "201 ") {
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
