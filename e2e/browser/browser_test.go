package browser_test

import (
	"bytes"
	"fmt"
	"image"
	_ "image/jpeg"
	_ "image/png"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp/kb"

	"palermo/e2e/browser"
)

func TestMain(m *testing.M) {
	code := m.Run()
	browser.Stop()
	os.Exit(code)
}

const form = `<!doctype html><html lang="en"><head><title>Intake</title></head><body><main><h1>Intake</h1>
<form method="post" action="/saved" enctype="multipart/form-data">
 <p><label for="name">First name</label> <input id="name" name="name" value="old" required></p>
 <p><label>Family name <input name="family"></label></p>
 <p><input name="alias" aria-label="Other names"></p>
 <p><label for="born">Date of birth (optional)</label> <input id="born" name="born" type="date"></p>
 <p><label for="story">Story</label> <textarea id="story" name="story"></textarea></p>
 <p><label for="lang">Language</label> <select id="lang" name="lang"><option>English</option><option>العربية</option></select></p>
 <fieldset><legend>Is she safe now?</legend>
  <label><input type="radio" name="safe" value="y" style="opacity:0"> Yes</label> <label><input type="radio" name="safe" value="n"> No</label></fieldset>
 <fieldset><legend>Is she a child?</legend>
  <label><input type="radio" name="child" value="y"> Yes</label> <label><input type="radio" name="child" value="n"> No</label></fieldset>
 <p><label><input type="checkbox" name="agrees" value="y"> She agrees</label></p>
 <p><label><input type="checkbox" name="police" value="y" checked> Tell the police</label></p>
 <p><label for="paper">Paper</label> <input id="paper" name="paper" type="file"></p>
 <button>Save and  continue</button> <button disabled>Close the case</button>
</form></main></body></html>`

func serve(t *testing.T) string {
	mux := http.NewServeMux()
	page := func(path, html string) {
		mux.HandleFunc(path, func(w http.ResponseWriter, r *http.Request) { fmt.Fprint(w, html) })
	}
	page("/form", form)
	page("/bad", `<!doctype html><html lang="en"><title>Bad</title><main><h1>Bad</h1><img src="/none.png"><input></main>
		<script>console.error("oh", 3); setTimeout(() => undefined_function(), 0)</script>`)
	page("/list", `<!doctype html><html lang="en"><title>List</title><h1>List</h1>
		<section><h2>Housing</h2><a href="/form">Change</a></section><section><h2>Health</h2><a href="/bad">Change</a></section>
		<p><a href="/file">Get the report</a> <a href="#below">Below</a> <a href="/slow">Slow</a></p>
		<button onclick="setTimeout(() => document.querySelector('p').insertAdjacentHTML('beforeend', 'Late words'), 300)">Later</button>
		<noscript>No script here</noscript><p id="below">`+strings.Repeat("Many words in many lines.<br>", 300))
	page("/slow", `<!doctype html><html lang="en"><title>Slow</title>Slow page arrived`)
	mux.HandleFunc("/saved", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, `<!doctype html><html lang="en"><title>Saved</title>`)
		for _, name := range []string{"name", "family", "alias", "born", "story", "lang", "safe", "child", "agrees", "police"} {
			fmt.Fprintf(w, "<p>%s=%s.</p>", name, r.FormValue(name))
		}
		file, header, err := r.FormFile("paper")
		if err == nil {
			content, _ := io.ReadAll(file)
			fmt.Fprintf(w, "<p>paper=%s:%s.</p>", header.Filename, content)
		}
	})
	mux.HandleFunc("/visits", func(w http.ResponseWriter, r *http.Request) {
		_, err := r.Cookie("seen")
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "yes"})
		fmt.Fprintf(w, "been here: %v, language %s", err == nil, r.Header.Get("Accept-Language"))
	})
	mux.HandleFunc("/file", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Disposition", `attachment; filename="report.csv"`)
		fmt.Fprint(w, "a,b")
	})
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return strings.Replace(server.URL, "127.0.0.1", "localhost", 1)
}

func TestFormIsFilledByTheWordsOnIt(t *testing.T) {
	p := browser.New(t, browser.Options{Base: serve(t)}).NewPage()
	paper := filepath.Join(t.TempDir(), "paper.txt")
	if err := os.WriteFile(paper, []byte("signed"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, script := range []bool{true, false} {
		t.Run(fmt.Sprintf("JavaScript %v", script), func(t *testing.T) {
			p := p.With(t)
			p.SetJavaScript(script)
			p.Go("/form")
			p.Fill("First name", "Amina")
			p.Fill("Family name", "Ṣafī محمد")
			p.Fill("Other names", "A. S.")
			p.Fill("Date of birth", "2009-03-01")
			p.Fill("Story", "One line\nand another")
			p.Select("Language", "العربية")
			p.Choose("Is she safe now? > Yes")
			p.Choose("Is she a child? > No")
			p.Check("She agrees")
			p.Check("She agrees") // stays
			p.Uncheck("Tell the police")
			p.Upload("Paper", paper)
			if !p.Checked("She agrees") || p.Checked("Is she a child? > Yes") || p.Value("Language") != "العربية" {
				t.Error("what was chosen is not read back")
			}
			if script && len(p.Axe()) > 0 {
				t.Errorf("a good form has violations: %v", p.Axe())
			}
			p.Click("Save and continue")
			p.See("name=Amina.", "family=Ṣafī محمد.", "alias=A. S..", "born=2009-03-01.", "story=One line and another.",
				"lang=العربية.", "safe=y.", "child=n.", "agrees=y.", "police=.", "paper=paper.txt:signed.")
			p.SeeNot("name=old")
			if p.Title() != "Saved" || p.Status() != 200 || !strings.HasSuffix(p.URL(), "/saved") {
				t.Errorf("%q %d at %s", p.Title(), p.Status(), p.URL())
			}
			if errs := p.Errors(); len(errs) > 0 {
				t.Errorf("a good page has errors: %q", errs)
			}
		})
	}
}

func TestLinksScopesAndWaiting(t *testing.T) {
	p := browser.New(t, browser.Options{Base: serve(t)}).NewPage()
	p.Go("/list")
	p.Click("Housing > Change")
	p.See("First name")
	p.Back()
	p.Click("Below")
	p.Click("Later")
	p.See("Late words")
	p.Click("Slow")
	if !p.Has("Slow page arrived") {
		t.Error("Click did not wait for the next page")
	}
	p.Go("/list")
	p.Press(kb.Tab)
	if name := browser.Eval[string](p, "document.activeElement.innerText"); name != "Change" {
		t.Errorf("Tab leads to %q", name)
	}
	p.Press(kb.Enter)
	p.See("First name")

	p.Go("/list")
	if name, content := p.Download("Get the report"); name != "report.csv" || string(content) != "a,b" {
		t.Errorf("downloaded %s with %q", name, content)
	}
	if p.Has("No script here") {
		t.Error("JavaScript is off from the start")
	}
	p.SetJavaScript(false)
	p.Reload()
	p.See("No script here")
}

func TestPagesAreDifferentPeople(t *testing.T) {
	b := browser.New(t, browser.Options{Base: serve(t), Language: "ar"})
	one, other := b.NewPage(), b.NewPage()
	one.Go("/visits")
	one.See("been here: false, language ar")
	one.Go("/visits")
	one.See("been here: true")
	other.Go("/visits")
	other.See("been here: false")
}

func TestWhatIsWrongWithAPageIsSeen(t *testing.T) {
	p := browser.New(t, browser.Options{Base: serve(t)}).NewPage()
	p.Go("/bad")
	var rules []string
	for _, v := range p.Axe() {
		rules = append(rules, v.Rule)
		if !strings.Contains(v.String(), "<i") {
			t.Errorf("a violation does not show its place: %s", v)
		}
	}
	if slices.Sort(rules); !slices.Equal(rules, []string{"image-alt", "label"}) {
		t.Errorf("axe found %q", rules)
	}
	errs := strings.Join(p.Errors(), "\n")
	for _, want := range []string{`console: "oh" 3`, "undefined_function", "404 for ", "/none.png"} {
		if !strings.Contains(errs, want) {
			t.Errorf("no %q among the errors: %s", want, errs)
		}
	}
	if again := p.Errors(); len(again) > 0 {
		t.Errorf("errors are told twice: %q", again)
	}
	p.Go("/nowhere")
	if p.Status() != 404 || len(p.Errors()) > 0 {
		t.Errorf("a missing page has status %d", p.Status())
	}
}

func TestScreenshotIsWholeAndSmall(t *testing.T) {
	p := browser.New(t, browser.Options{Base: serve(t)}).NewPage()
	p.Go("/list")
	p.SetViewport(390, 844)
	for _, name := range []string{"page.png", "page.jpg"} {
		path := filepath.Join(t.TempDir(), "new", name)
		p.Screenshot(path)
		content, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		picture, format, err := image.Decode(bytes.NewReader(content))
		if err != nil || len(content) > 200<<10 || picture.Bounds().Dy() < 4*picture.Bounds().Dx() {
			t.Errorf("%s: %s, %d bytes, %v", name, format, len(content), err)
		}
	}
}

func TestPasskeys(t *testing.T) {
	p := browser.New(t, browser.Options{Base: serve(t)}).NewPage()
	p.Go("/form")
	device := p.Authenticator()
	create := `navigator.credentials.create({publicKey: {challenge: new Uint8Array(16), rp: {name: "here"},
		user: {id: new Uint8Array(8), name: "ada", displayName: "Ada"}, pubKeyCredParams: [{type: "public-key", alg: -7}],
		authenticatorSelection: {residentKey: "required", userVerification: "required"}}}).then(c => c.type, e => e.name)`
	if got := browser.Eval[string](p, create); got != "public-key" || device.Passkeys() != 1 {
		t.Errorf("making a passkey: %s, %d kept", got, device.Passkeys())
	}
	device.SetVerified(false)
	if got := browser.Eval[string](p, create); got != "NotAllowedError" {
		t.Errorf("a stranger made a passkey: %s", got)
	}
	device.Remove()
}

// failed records the failure that a helper reports, in place of failing this test.
type failed struct {
	testing.TB
	message string
}

func (f *failed) Helper() {}
func (f *failed) Fatalf(format string, args ...any) {
	f.message = fmt.Sprintf(format, args...)
	panic(f)
}

func TestFailuresSayWhatThePageShows(t *testing.T) {
	p := browser.New(t, browser.Options{Base: serve(t), Wait: 200 * time.Millisecond}).NewPage()
	p.Go("/form")
	for name, test := range map[string]struct {
		do   func(*browser.Page)
		want string
	}{
		"no such button":  {func(p *browser.Page) { p.Click("Send") }, `no button or link is called "Send"; there are: "Save and continue", "Close the case"`},
		"disabled button": {func(p *browser.Page) { p.Click("Close the case") }, `"Close the case" is disabled`},
		"no such field":   {func(p *browser.Page) { p.Fill("Shoe size", "39") }, `no text field is called "Shoe size"; there are: "First name"`},
		"two of a name":   {func(p *browser.Page) { p.Choose("Yes") }, `2 radio fields are called "Yes"`},
		"no such option":  {func(p *browser.Page) { p.Select("Language", "Elvish") }, `0 options are called "Elvish"; there are: "English", "العربية"`},
		"text not there":  {func(p *browser.Page) { p.See("Referral received") }, `does not show "Referral received"`},
	} {
		t.Run(name, func(t *testing.T) {
			f := &failed{TB: t}
			func() {
				defer func() {
					if r := recover(); r != nil && r != any(f) {
						panic(r)
					}
				}()
				test.do(p.With(f))
			}()
			for _, want := range []string{test.want, "“Intake” at http://localhost", "Is she a child?"} {
				if !strings.Contains(f.message, want) {
					t.Errorf("no %q in: %s", want, f.message)
				}
			}
		})
	}
}
