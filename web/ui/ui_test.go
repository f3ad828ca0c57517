package ui_test

import (
	"bytes"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"testing/fstest"

	"palermo/fault"
	"palermo/web/locale"
	"palermo/web/ui"
	"palermo/web/ui/uitest"
)

type onePage[T any] struct {
	ui.Page
	Part T
}

func languages(t *testing.T) *locale.Languages {
	t.Helper()
	l, err := locale.Load()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// part renders one component alone on a page and gives the HTML of main.
func part[T any](t *testing.T, tag, name string, value T) string {
	t.Helper()
	l := languages(t)
	r, err := ui.New(l, ui.Identity{Organisation: "Office"}, fstest.MapFS{
		"page.html": {Data: []byte(`{{define "main"}}<h1>{{.Title}}</h1>{{template "` + name + `" .Part}}{{end}}`)},
	})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.Render(&b, l.Match("", tag), "page", onePage[T]{ui.Page{Title: "Page"}, value}); err != nil {
		t.Fatal(err)
	}
	for _, p := range uitest.Problems(b.Bytes()) {
		t.Errorf("%s: %s", name, p)
	}
	_, main, _ := strings.Cut(b.String(), "<h1>Page</h1>")
	main, _, _ = strings.Cut(main, "</main>")
	return main
}

func wants(t *testing.T, html string, parts ...string) {
	t.Helper()
	for _, want := range parts {
		if !strings.Contains(html, want) {
			t.Errorf("no %s in\n%s", want, html)
		}
	}
}

func TestAFieldNamesItsHintAndItsError(t *testing.T) {
	html := part(t, "en", "field", ui.Field{Name: "person.name", Label: "Name", Hint: "As she says it", Error: "Write a name", Required: true, Value: `"><script>`})
	wants(t, html, `<label class="label" for="f-person-name">Name`, `id="f-person-name-hint"`, `id="f-person-name-error"`,
		`aria-describedby="f-person-name-hint f-person-name-error"`, `aria-invalid="true"`, `aria-required="true"`,
		`value="&#34;&gt;&lt;script&gt;"`, `dir="auto"`, `autocomplete="off"`)
}

func TestEachKindOfField(t *testing.T) {
	options := []ui.Option{{Value: "a", Label: "One"}, {Value: "b", Label: "Two", Hint: "the second", Group: "More"}}
	for kind, want := range map[ui.Kind][]string{
		"":                {`type="text"`},
		ui.KindTextarea:   {`<textarea`, `rows="5"`},
		ui.KindDate:       {`type="date"`},
		ui.KindDatetime:   {`type="datetime-local"`},
		ui.KindNumber:     {`type="text"`, `inputmode="numeric"`},
		ui.KindSelect:     {`<option value=""></option>`, `<option value="b" selected>`, `<optgroup label="More">`},
		ui.KindRadios:     {`<fieldset`, `<legend`, `role="radiogroup"`, `id="f-x-2" name="x" value="b" checked aria-describedby="f-x-2-hint"`},
		ui.KindCheckboxes: {`<fieldset`, `type="checkbox" id="f-x" name="x" value="a"`},
		ui.KindCheckbox:   {`type="checkbox"`, `value="b"`},
		ui.KindPassword:   {`type="password"`},
		ui.KindCode:       {`autocomplete="one-time-code"`, `inputmode="numeric"`, `dir="ltr"`},
		ui.KindEmail:      {`type="email"`},
		ui.KindTel:        {`type="tel"`},
		ui.KindFile:       {`type="file"`},
		ui.KindHidden:     {`type="hidden" name="x" value="b"`},
		ui.KindNote:       {`<h3`},
	} {
		html := part(t, "en", "field", ui.Field{Name: "x", Label: "Question", Kind: kind, Value: "b", Options: options})
		wants(t, html, want...)
		if kind == ui.KindFile && strings.Contains(html, `value="b"`) {
			t.Error("a file field with a value")
		}
	}
	if html := part(t, "en", "field", ui.Field{Name: "x", Label: "Q", Kind: ui.KindSelect, Options: []ui.Option{{Value: "", Label: "All"}}}); strings.Count(html, "<option") != 1 {
		t.Error("a second empty option")
	}
}

func TestAFormPutsEachRefusalAtItsField(t *testing.T) {
	f := ui.Form{Action: "/x", Draft: "d", Version: "7", Fields: []ui.Field{{Name: "a", Label: "A"}, {Name: "b", Label: "B", Kind: ui.KindFile}}}
	items := f.Refuse(languages(t).English(), fault.All(fault.Invalid("a", "Write %s.", "it"), fault.Conflict("It changed."), fault.Invalid("c", "Not here.")))
	want := "[{Write it. #f-a} {It changed. } {Not here. }]"
	if got := fmt.Sprint(items); got != want {
		t.Errorf("%s, not %s", got, want)
	}
	wants(t, part(t, "en", "form", f), `enctype="multipart/form-data"`, `data-draft="d"`, `name="version" value="7"`, `Write it.`, `>Save</button>`)
	wants(t, part(t, "ar", "form", f), `>حفظ</button>`)
}

// A name of any script, with markup or characters that turn the direction,
// stays a name in its place.
func TestANameIsIsolatedAndEscaped(t *testing.T) {
	name := "<script>x</script>\u202eمحمد"
	isolated := "<bdi class=\"keep-lines\">&lt;script&gt;x&lt;/script&gt;\u202eمحمد</bdi>"
	for _, tag := range []string{"en", "ar"} {
		wants(t, part(t, tag, "summary-list", ui.SummaryList{Rows: []ui.Row{{Key: "Name", Value: name}}}), isolated)
		wants(t, part(t, tag, "timeline", ui.Timeline{Items: []ui.TimelineItem{{Title: "T", By: name}}}), "<bdi>&lt;script&gt;")
		wants(t, part(t, tag, "table", ui.Table{Rows: []ui.TableRow{{Cells: []ui.Cell{{Text: name}}}}}), "<bdi>&lt;script&gt;")
		wants(t, part(t, tag, "card", ui.Card{Title: name, Href: "/"}), "<bdi>&lt;script&gt;")
		wants(t, part(t, tag, "upload", ui.Upload{Files: []ui.File{{Name: name, Href: "/"}}}), "<bdi>&lt;script&gt;")
		wants(t, part(t, tag, "comparison", ui.Comparison{Theirs: "Stored", Yours: "Mine", Rows: []ui.ComparisonRow{{Key: "Name", Theirs: name, Yours: "b"}}}), isolated)
	}
}

func TestAHiddenValueWaitsUntilItIsAskedFor(t *testing.T) {
	html := part(t, "en", "summary-list", ui.SummaryList{Rows: []ui.Row{{Key: "Account", Value: "secret", Hidden: true}}})
	wants(t, html, `<details class="fold"><summary>Show <span class="visually-hidden">Account</span></summary>`)
	if strings.Contains(html, "<details open") {
		t.Error("it is open")
	}
}

func TestAStepThatIsNotPossibleSaysWhyAndIsNoButton(t *testing.T) {
	html := part(t, "en", "steps", ui.Steps{Steps: []ui.Step{
		{Text: "Refer", Href: "/refer", Main: true}, {Text: "Take back", Action: "/back"}, {Text: "Close", Why: "The plan is open."},
	}})
	wants(t, html, `<a class="button" href="/refer">Refer</a>`, `<form method="post" action="/back"><button class="button button--secondary">Take back</button></form>`,
		"1 step that is not possible yet, and why", "The plan is open.")
	if strings.Contains(html, ">Close</button>") || strings.Contains(html, ">Close</a>") {
		t.Error("it can be pressed")
	}
	wants(t, part(t, "en", "steps", ui.Steps{}), "There is no step for you to take at the moment.")
	wants(t, part(t, "en", "task-list", ui.TaskList{Tasks: []ui.Task{{Text: "Decide", Why: "Not yet.", Status: ui.Tag{Text: "Later"}}}}), "<span>Decide</span>", "Not yet.", "Later")
}

func TestTheFrame(t *testing.T) {
	l := languages(t)
	r, err := ui.New(l, ui.Identity{}, fstest.MapFS{"a/b.html": {Data: []byte(`{{define "main"}}<h1>{{.Title}}</h1>{{template "shared" .}}{{end}}`)},
		"_shared.html": {Data: []byte(`{{define "shared"}}{{t "Cancel"}}{{end}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	page := struct{ ui.Page }{ui.Page{
		Title: "Case", Path: "/cases?x=1", Viewer: &ui.ViewerBar{Name: "Grace", SignOut: "/sign-out"},
		Nav:    []ui.NavItem{{Text: "My day", Href: "/", Current: true}},
		Errors: []ui.ErrorItem{{Text: "Mend this"}}, Notice: &ui.Notice{Text: "Saved", Kind: ui.NoticeSuccess},
		Drafts: &ui.Drafts{Scope: "s1", Key: "a2V5"}, Session: &ui.Session{Seconds: 60, SignIn: "/sign-in"},
	}}
	var b bytes.Buffer
	if err := r.Render(&b, l.English(), "a/b", &page); err != nil {
		t.Fatal(err)
	}
	html := b.String()
	for _, p := range uitest.Problems(b.Bytes()) {
		t.Error(p)
	}
	wants(t, html, "<title>Please check: Case – Palermo</title>", `content="noindex, nofollow"`, `aria-current="page"`, `href="#main"`,
		`name="back" value="/cases?x=1"`, "Each look at a case is recorded.", `name="palermo-drafts" content="s1" data-key="a2V5"`,
		`data-session="60"`, "What you have entered is kept.", "data-sign-out", "Mend this", "Cancel")
	page.Viewer, page.Drafts, page.Plain, page.Exit, page.Session = nil, nil, true, &ui.Exit{Href: "https://example.org/"}, nil
	b.Reset()
	if err := r.Render(&b, l.English(), "a/b", &page); err != nil {
		t.Fatal(err)
	}
	wants(t, b.String(), `href="https://example.org/" rel="noreferrer noopener nofollow" data-quick-exit`, "Leave this page now")
	for _, not := range []string{"recorded", "palermo-drafts", "<dialog"} {
		if strings.Contains(b.String(), not) {
			t.Errorf("%s on her own page", not)
		}
	}
}

func TestNothingIsWrittenOfAPageThatFails(t *testing.T) {
	l := languages(t)
	r, err := ui.New(l, ui.Identity{}, fstest.MapFS{"a.html": {Data: []byte(`{{define "main"}}{{.Absent}}{{end}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.Render(&b, l.English(), "a", ui.Page{Title: "X"}); err == nil || b.Len() > 0 {
		t.Errorf("%v, %d bytes", err, b.Len())
	}
	if err := r.Render(&b, l.English(), "none", ui.Page{}); err == nil || r.Has("none") || !r.Has("a") {
		t.Error("a page that is not there")
	}
}

func TestABrokenPageIsNamedAtTheStart(t *testing.T) {
	for _, text := range []string{`{{define "main"}}{{if}}{{end}}`, `{{define "other"}}{{end}}`, `{{define "main"}}{{unknown}}{{end}}`} {
		_, err := ui.New(languages(t), ui.Identity{}, fstest.MapFS{"bad.html": {Data: []byte(text)}})
		if err == nil || !strings.Contains(err.Error(), "bad.html") {
			t.Errorf("%s: %v", text, err)
		}
	}
	same := fstest.MapFS{"a.html": {Data: []byte(`{{define "main"}}{{end}}`)}}
	if _, err := ui.New(languages(t), ui.Identity{}, same, same); err == nil {
		t.Error("two pages of one name")
	}
}

func TestManyReadersInManyLanguages(t *testing.T) {
	l := languages(t)
	r, err := ui.New(l, ui.Identity{}, fstest.MapFS{"a.html": {Data: []byte(`{{define "main"}}<h1>x</h1><b>{{t "Cancel"}}</b>{{end}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for i := range 64 {
		loc := l.All()[i%4]
		wg.Go(func() {
			var b bytes.Buffer
			if err := r.Render(&b, loc, "a", ui.Page{Title: "x"}); err != nil {
				t.Error(err)
			}
			if !strings.Contains(b.String(), "<b>"+loc.T("Cancel")+"</b>") || !strings.Contains(b.String(), `lang="`+loc.Tag()+`"`) {
				t.Errorf("%s got another language", loc.Tag())
			}
		})
	}
	wg.Wait()
}

func TestStaticFilesAreKeptForEverUnderTheirDigest(t *testing.T) {
	l := languages(t)
	r, err := ui.New(l, ui.Identity{}, fstest.MapFS{"a.html": {Data: []byte(`{{define "main"}}<h1>x</h1>{{static "base.css"}} {{static "fonts/noto-sans-latin-400-normal.woff2"}} {{end}}`)}})
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := r.Render(&b, l.English(), "a", ui.Page{}); err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(b.String(), "<h1>x</h1>")
	paths := strings.Fields(rest)
	get := func(path string) *http.Response {
		w := httptest.NewRecorder()
		r.Static().ServeHTTP(w, httptest.NewRequest("GET", path, nil))
		return w.Result()
	}
	for i, kind := range []string{"text/css", "font/woff2"} {
		res := get(paths[i])
		if res.StatusCode != 200 || !strings.Contains(res.Header.Get("Content-Type"), kind) || !strings.Contains(res.Header.Get("Cache-Control"), "immutable") {
			t.Errorf("%s: %d %v", paths[i], res.StatusCode, res.Header)
		}
	}
	for _, path := range []string{"/static/base.css", "/static/000000000000/base.css", strings.TrimSuffix(paths[0], "base.css"), strings.Replace(paths[0], "base.css", "fonts", 1), strings.Replace(paths[0], "base.css", "../ui.go", 1)} {
		if res := get(path); res.StatusCode != 404 {
			t.Errorf("%s: %d", path, res.StatusCode)
		}
	}
}
