package browser

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/page"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// seen is what Chromium told about a page: whether it is loading, and what went wrong.
type seen struct {
	mu      sync.Mutex
	main    cdp.FrameID
	loading bool
	loads   int // how many loads of the main frame have begun
	status  int
	errors  []string
	urls    map[network.RequestID]string
}

// watch tells seen which frame is the page, and answers the dialogs of scripts, which would stop everything.
func (s *seen) watch(ctx context.Context) {
	dialogs := chromedp.Events(ctx, page.JavascriptDialogOpening)
	s.mu.Lock()
	s.main = cdp.FrameID(chromedp.FromContext(ctx).Target.TargetID)
	s.mu.Unlock()
	go func() {
		for dialog, err := range dialogs {
			if err != nil {
				return
			}
			s.fault("dialog: %s", dialog.Message)
			_, _ = chromedp.Call(ctx, page.HandleJavaScriptDialog, page.HandleJavaScriptDialogParams{Accept: true})
		}
	}()
}

// event is called for each event in order and must not wait.
func (s *seen) event(ev any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch ev := ev.(type) {
	case *page.EventFrameRequestedNavigation:
		s.begin(ev.FrameID)
	case *page.EventFrameStartedLoading:
		s.begin(ev.FrameID)
	case *page.EventFrameStoppedLoading:
		if ev.FrameID == s.main {
			s.loading = false
		}
	case *network.EventRequestWillBeSent:
		if s.urls == nil {
			s.urls = make(map[network.RequestID]string)
		}
		s.urls[ev.RequestID] = ev.Request.URL
	case *network.EventResponseReceived:
		document := ev.Type == network.ResourceTypeDocument
		if document && ev.FrameID == s.main {
			s.status = int(ev.Response.Status)
		}
		asked := !strings.HasSuffix(ev.Response.URL, "/favicon.ico") // which Chromium tries by itself
		if !document && asked && ev.Response.Status >= 400 {
			s.errors = append(s.errors, fmt.Sprintf("%d for %s", ev.Response.Status, ev.Response.URL))
		}
	case *network.EventLoadingFailed:
		if !ev.Canceled {
			s.errors = append(s.errors, fmt.Sprintf("%s for %s", ev.ErrorText, s.urls[ev.RequestID]))
		}
	case *log.EventEntryAdded:
		// What the network says is seen above, without the page itself.
		if ev.Entry.Level == log.EntryLevelError && ev.Entry.Source != log.EntrySourceNetwork {
			s.errors = append(s.errors, strings.TrimSpace(ev.Entry.Text+" "+ev.Entry.URL))
		}
	case *runtime.EventExceptionThrown:
		s.errors = append(s.errors, (&chromedp.ExceptionError{ExceptionDetails: ev.ExceptionDetails}).Error())
	case *runtime.EventConsoleAPICalled:
		if ev.Type == runtime.ConsoleAPICalledTypeError || ev.Type == runtime.ConsoleAPICalledTypeAssert {
			var words []string
			for _, arg := range ev.Args {
				if arg.Description != "" {
					words = append(words, arg.Description)
				} else {
					words = append(words, string(arg.Value))
				}
			}
			s.errors = append(s.errors, "console: "+strings.Join(words, " "))
		}
	}
}

func (s *seen) begin(frame cdp.FrameID) {
	if frame == s.main {
		s.loading = true
		s.loads++
	}
}

func (s *seen) fault(format string, args ...any) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.errors = append(s.errors, fmt.Sprintf(format, args...))
}

func (s *seen) isLoading() bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loading
}

func (s *seen) begun() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.loads
}

func (s *seen) lastStatus() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.status
}

func (s *seen) takeErrors() []string {
	s.mu.Lock()
	defer s.mu.Unlock()
	errors := s.errors
	s.errors = nil
	return errors
}
