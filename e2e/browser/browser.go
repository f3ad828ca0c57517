// Package browser lets a test use pages as a person does: by the words on buttons, links and labels.
//
//	p := browser.New(t, browser.Options{Base: server.URL}).NewPage()
//	p.Go("/sign-in")
//	p.Fill("E-mail address", "ada@example.org")
//	p.Choose("Is she safe now? > No") // "No" in the group with that legend
//	p.Click("Continue")
//	p.See("Her referral was received")
//	for _, v := range p.Axe() { t.Error(v) }
//
// One headless Chromium serves a test process; each page is a person with cookies of their own. A helper that cannot
// do what it is asked fails the test and says what the page shows. Where Chromium is not installed, a test fails in
// CI (CI=true) and is skipped elsewhere. A package that uses it should end it in TestMain:
//
//	func TestMain(m *testing.M) { code := m.Run(); browser.Stop(); os.Exit(code) }
package browser

import (
	"context"
	"os"
	"os/exec"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/chromedp"
)

// patience is how long Chromium may take for one step before the test fails.
const patience = 20 * time.Second

// Options say how pages are opened. The zero value is a desktop in English.
type Options struct {
	Base     string // what the addresses given to Page.Go are relative to
	Language string // the Accept-Language header, for example "ar"
	Width    int    // of the window in CSS pixels; 1280 when zero
	Height   int    // 900 when zero

	Wait time.Duration // how long a helper looks for what is not there; ten seconds when zero
}

// Browser opens pages for one test.
type Browser struct {
	t testing.TB
	o Options
}

// chromium is the browser of this test process.
var chromium struct {
	once sync.Once
	ctx  context.Context
	stop func()
	err  error
}

// New starts Chromium if this process has none yet.
func New(t testing.TB, o Options) *Browser {
	t.Helper()
	path := find("chromium", "chromium-browser", "google-chrome")
	if path == "" {
		const advice = "Chromium is not installed: apt-get install chromium"
		if os.Getenv("CI") == "true" {
			t.Fatal(advice)
		}
		t.Skip(advice)
	}
	chromium.once.Do(func() { start(path) })
	if chromium.err != nil {
		t.Fatalf("start Chromium: %v", chromium.err)
	}
	if o.Width == 0 {
		o.Width = 1280
	}
	if o.Height == 0 {
		o.Height = 900
	}
	if o.Wait == 0 {
		o.Wait = 10 * time.Second
	}
	return &Browser{t, o}
}

// Stop ends Chromium, if this process started it. No test may run afterwards.
func Stop() {
	if chromium.stop != nil {
		chromium.stop()
	}
}

func find(names ...string) string {
	for _, name := range names {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	return ""
}

func start(path string) {
	// chromedp adds a new profile folder, and --no-sandbox where we are root.
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path),
		chromedp.DisableGPU,
		chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true),
		chromedp.Flag("font-render-hinting", "none"), // the same screenshot on every machine
		chromedp.Flag("force-prefers-reduced-motion", true),
	)
	allocator, stopProcess := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, closeBrowser := chromedp.NewContext(allocator)
	chromium.ctx = ctx
	chromium.stop = func() { closeBrowser(); stopProcess() }
	chromium.err = chromedp.Do(ctx)
}

// NewPage opens an empty page with its own cookies and storage, which closes when the test ends.
func (b *Browser) NewPage() *Page {
	b.t.Helper()
	p := &Page{t: b.t, base: b.o.Base, wait: b.o.Wait, seen: &seen{}}
	ctx, closePage := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(p.seen.event))
	p.ctx = ctx
	b.t.Cleanup(closePage)
	if err := chromedp.Do(ctx); err != nil {
		b.t.Fatalf("open a page: %v", err)
	}
	p.seen.watch(ctx)
	p.SetViewport(b.o.Width, b.o.Height)
	if b.o.Language != "" {
		run(p, "set the language", call(network.SetExtraHTTPHeaders, network.SetExtraHTTPHeadersParams{
			Headers: network.Headers{"Accept-Language": b.o.Language},
		}))
	}
	return p
}
