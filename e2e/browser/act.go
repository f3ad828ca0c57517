package browser

import (
	"context"
	"os"
	"path/filepath"
	"time"

	cdpbrowser "github.com/chromedp/cdproto/browser"
	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/dom"
	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// place is where to press, and whether another page is to be expected.
type place struct {
	X, Y    float64
	Leaves  bool
	Checked bool
}

// Click presses the button or link with this text and waits for the page that follows, if one does.
func (p *Page) Click(text string) {
	p.t.Helper()
	p.settle()
	what := "click " + text
	p.press(what, ask[place](p, what, "click", text))
}

func (p *Page) press(what string, at place) {
	p.t.Helper()
	wait := 40 * time.Millisecond
	if at.Leaves {
		wait = 600 * time.Millisecond // only where a script or the browser's own checks keep the page
	}
	p.act(what, chromedp.MouseClickXY(at.X, at.Y), wait)
}

// Fill writes a value into the field with this label, over what was there. Dates are written 2006-01-02.
func (p *Page) Fill(label, value string) {
	p.t.Helper()
	p.settle()
	what := "fill " + label
	if ask[string](p, what, "fill", label, value) == "type" {
		if value == "" {
			run(p, what, chromedp.KeyEvent(kb.Backspace))
		} else {
			run(p, what, call(input.InsertText, input.InsertTextParams{Text: value}))
		}
	}
	if got := p.Value(label); got != value {
		p.fail("%s: the field holds %q, not %q", what, got, value)
	}
}

// Value is what the field with this label holds; of a list, the words of the option chosen.
func (p *Page) Value(label string) string {
	p.t.Helper()
	p.settle()
	return ask[string](p, "read "+label, "value", label)
}

// Select chooses an option, by its words, in the list with this label.
func (p *Page) Select(label, option string) {
	p.t.Helper()
	p.settle()
	ask[bool](p, "select "+option+" in "+label, "select", label, option)
}

// Check ticks the box with this label.
func (p *Page) Check(label string) { p.t.Helper(); p.tick("check", label, "checkbox", true) }

// Uncheck takes the tick away.
func (p *Page) Uncheck(label string) { p.t.Helper(); p.tick("uncheck", label, "checkbox", false) }

// Choose takes the radio button with this label. Where several questions offer it: "Legend > Label".
func (p *Page) Choose(label string) { p.t.Helper(); p.tick("choose", label, "radio", true) }

// Checked reports whether the box or radio button with this label is ticked.
func (p *Page) Checked(label string) bool {
	p.t.Helper()
	p.settle()
	return ask[bool](p, "read "+label, "checked", label, "either")
}

func (p *Page) tick(verb, label, kind string, want bool) {
	p.t.Helper()
	p.settle()
	what := verb + " " + label
	at := ask[place](p, what, "tick", label, kind)
	if at.Checked == want {
		return
	}
	at.Leaves = false
	loads := p.seen.begun()
	p.press(what, at)
	if p.seen.begun() == loads && ask[bool](p, what, "checked", label, kind) != want {
		p.fail("%s: pressing it changed nothing", what)
	}
}

// Press presses a key or types keys at the place that has the focus, for example kb.Tab of chromedp/kb.
func (p *Page) Press(keys string) {
	p.t.Helper()
	p.act("press a key", chromedp.KeyEvent(keys), 40*time.Millisecond)
}

// Upload chooses the files for the file field with this label.
func (p *Page) Upload(label string, files ...string) {
	p.t.Helper()
	p.settle()
	for i, file := range files {
		path, err := filepath.Abs(file)
		if err != nil {
			p.t.Fatal(err)
		}
		files[i] = path
	}
	what := "upload into " + label
	ask[any](p, what, "file", label)
	run(p, what, func(ctx context.Context, t *chromedp.Target) (chromedp.Void, error) {
		field, err := chromedp.Evaluate[*runtime.RemoteObject](script("file", label))(ctx, t)
		if err != nil {
			return chromedp.Void{}, err
		}
		_, err = cdp.Call(ctx, t, dom.SetFileInputFiles, dom.SetFileInputFilesParams{Files: files, ObjectID: field.ObjectID})
		return chromedp.Void{}, err
	})
}

// Download presses the button or link with this text and returns the file that comes.
func (p *Page) Download(text string) (name string, content []byte) {
	p.t.Helper()
	what := "download " + text
	dir := p.t.TempDir()
	ctx, cancel := context.WithTimeout(p.ctx, patience)
	defer cancel()
	began := chromedp.BrowserEvents(ctx, cdpbrowser.DownloadWillBegin)
	progress := chromedp.BrowserEvents(ctx, cdpbrowser.DownloadProgress)
	_, err := chromedp.CallBrowser(ctx, cdpbrowser.SetDownloadBehavior, cdpbrowser.SetDownloadBehaviorParams{
		Behavior:         cdpbrowser.SetDownloadBehaviorBehaviorAllowAndName,
		BrowserContextID: chromedp.FromContext(p.ctx).BrowserContextID,
		DownloadPath:     dir,
		EventsEnabled:    new(true),
	})
	if err != nil {
		p.t.Fatal(err)
	}
	p.Click(text)
	for ev, err := range began {
		if err != nil {
			p.fail("%s: no file came: %v", what, err)
		}
		name = ev.SuggestedFilename
		for ev, err := range progress {
			if err != nil || ev.State == cdpbrowser.DownloadProgressStateCanceled {
				p.fail("%s: the file did not arrive: %v", what, err)
			}
			if ev.State == cdpbrowser.DownloadProgressStateCompleted {
				break
			}
		}
		content, err = os.ReadFile(filepath.Join(dir, ev.GUID))
		if err != nil {
			p.t.Fatal(err)
		}
		break
	}
	return name, content
}
