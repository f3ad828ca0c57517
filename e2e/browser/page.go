package browser

import (
	"context"
	_ "embed"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
)

// Page is one person's browser window. Not for use by several goroutines at once.
type Page struct {
	t    testing.TB
	ctx  context.Context
	base string
	wait time.Duration
	seen *seen
}

//go:embed find.js
var finder string

// With returns the same page, whose failures are those of t: for the subtests of the test that opened it.
func (p *Page) With(t testing.TB) *Page {
	q := *p
	q.t = t
	return &q
}

// Go opens an address, relative to Options.Base, and waits until it is loaded.
func (p *Page) Go(address string) {
	p.t.Helper()
	base, err := url.Parse(p.base)
	if err != nil {
		p.t.Fatal(err)
	}
	to, err := base.Parse(address)
	if err != nil {
		p.t.Fatal(err)
	}
	run(p, "open "+address, chromedp.Navigate(to.String()))
	p.settle()
}

// Back goes one page back.
func (p *Page) Back() {
	p.t.Helper()
	p.act("go back", chromedp.Evaluate[chromedp.Void]("history.back()"), 600*time.Millisecond)
}

// Reload loads the page again.
func (p *Page) Reload() {
	p.t.Helper()
	run(p, "reload", chromedp.Reload())
	p.settle()
}

// SetViewport changes the size of the window, in CSS pixels.
func (p *Page) SetViewport(width, height int) {
	p.t.Helper()
	run(p, "change the window", chromedp.EmulateViewport(int64(width), int64(height)))
}

// SetJavaScript says whether pages opened from now on run their scripts.
func (p *Page) SetJavaScript(on bool) {
	p.t.Helper()
	run(p, "switch JavaScript", call(emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: !on}))
}

// Text is what the page shows, with spaces folded.
func (p *Page) Text() string {
	p.t.Helper()
	p.settle()
	return ask[string](p, "read the page", "text")
}

// Has reports whether the page shows the text now.
func (p *Page) Has(text string) bool {
	p.t.Helper()
	return strings.Contains(p.Text(), strings.Join(strings.Fields(text), " "))
}

// See waits until the page shows all the texts.
func (p *Page) See(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if !p.until(func() bool { return p.Has(text) }) {
			p.fail("does not show %q", text)
		}
	}
}

// SeeNot waits until the page shows none of the texts. Call it after a See, or it may look too early.
func (p *Page) SeeNot(texts ...string) {
	p.t.Helper()
	for _, text := range texts {
		if !p.until(func() bool { return !p.Has(text) }) {
			p.fail("shows %q", text)
		}
	}
}

// URL is the address of the page.
func (p *Page) URL() string {
	p.t.Helper()
	p.settle()
	return Eval[string](p, "location.href")
}

// Title is the title of the page.
func (p *Page) Title() string {
	p.t.Helper()
	p.settle()
	return Eval[string](p, "document.title")
}

// HTML is the page as it stands.
func (p *Page) HTML() string {
	p.t.Helper()
	p.settle()
	return Eval[string](p, "document.documentElement.outerHTML")
}

// Status is the HTTP status of the page last loaded.
func (p *Page) Status() int {
	p.t.Helper()
	p.settle()
	return p.seen.lastStatus()
}

// Errors are the errors in the console and the requests that failed since the page was opened or Errors last asked.
// A page that itself answers 4xx or 5xx is not among them: ask Status.
func (p *Page) Errors() []string {
	p.t.Helper()
	p.settle()
	return p.seen.takeErrors()
}

// Eval is the value of a JavaScript expression on the page, for what the helpers do not reach.
func Eval[T any](p *Page, expression string) T {
	p.t.Helper()
	return run(p, "evaluate "+expression, chromedp.Evaluate[T](expression, chromedp.EvalAwaitPromise))
}

// run does one step within the patience of the test.
func run[T any](p *Page, what string, step chromedp.Action[T]) T {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	v, err := chromedp.Run(ctx, step)
	if errors.Is(err, context.DeadlineExceeded) {
		err = fmt.Errorf("not done after %v", patience)
	}
	if err != nil {
		p.fail("%s: %v", what, err)
	}
	return v
}

// ask calls a function of find.js, again and again for a while: what is asked for may still be on its way.
func ask[T any](p *Page, what, function string, args ...any) T {
	p.t.Helper()
	// What find.js throws is a sentence, so it comes back as a value; anything else is an error.
	expression := "(() => { try { return {value: " + script(function, args...) + "} } " +
		"catch (e) { if (typeof e !== 'string') throw e; return {no: e} } })()"
	var answer struct {
		Value T
		No    string
	}
	ok := p.until(func() bool {
		answer.No = ""
		ctx, cancel := context.WithTimeout(p.ctx, patience)
		defer cancel()
		raw, err := chromedp.Run(ctx, chromedp.Evaluate[[]byte](expression))
		if err == nil {
			err = json.Unmarshal(raw, &answer)
		}
		if err != nil {
			answer.No = err.Error() // the page may just be changing
		}
		return answer.No == ""
	})
	if !ok {
		p.fail("%s: %s", what, answer.No)
	}
	return answer.Value
}

// script is the call of a function of find.js as a JavaScript expression.
func script(function string, args ...any) string {
	list, err := json.Marshal(args)
	if err != nil {
		panic(err) // strings only
	}
	if args == nil {
		list = []byte("[]")
	}
	return strings.TrimSpace(finder) + "." + function + "(..." + string(list) + ")"
}

// until tries for as long as Options.Wait.
func (p *Page) until(done func() bool) bool {
	for end := time.Now().Add(p.wait); ; time.Sleep(50 * time.Millisecond) {
		if done() {
			return true
		}
		if time.Now().After(end) || p.ctx.Err() != nil {
			return false
		}
	}
}

// act does a step after which another page may come, and waits for it to begin as long as told, then to be there.
func (p *Page) act(what string, step chromedp.Action[chromedp.Void], wait time.Duration) {
	p.t.Helper()
	before := p.seen.begun()
	run(p, what, step)
	for end := time.Now().Add(wait); p.seen.begun() == before && time.Now().Before(end); {
		time.Sleep(2 * time.Millisecond)
	}
	p.settle()
}

// settle waits while another page is being loaded.
func (p *Page) settle() {
	p.t.Helper()
	for end := time.Now().Add(patience); p.seen.isLoading(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			p.fail("is still loading after %v", patience)
		}
	}
}

// fail ends the test with what was wrong and what the page shows.
func (p *Page) fail(format string, args ...any) {
	p.t.Helper()
	ctx, cancel := context.WithTimeout(p.ctx, 5*time.Second)
	defer cancel()
	shown, err := chromedp.Run(ctx, chromedp.Evaluate[string](
		"`“${document.title}” at ${location.href}\n` + (document.body?.innerText || '').split(/\\s*\\n\\s*/).join(' | ').slice(0, 600)"))
	if err != nil {
		shown = fmt.Sprintf("cannot be read: %v", err)
	}
	p.t.Fatalf("the page "+format+"\nthe page: %s", append(args, shown)...)
}

func call[P, R any](command cdp.Command[P, R], params P) chromedp.Action[R] {
	return func(ctx context.Context, t *chromedp.Target) (R, error) { return cdp.Call(ctx, t, command, params) }
}
