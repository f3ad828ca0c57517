package web

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io"
	"net/http"
	"strings"
	"sync"
	"time"

	"palermo/record"
	"palermo/review/reading"
	"palermo/web/ui"
)

const (
	renewWithoutScripts = 10               // seconds
	heartbeat           = 20 * time.Second // a line that is down is noticed, and so is a session that ended
	longestFollow       = 90 * time.Second // under the server's limit for an answer; the browser comes back by itself
)

// screens are what stands on the screens that follow a reading: each change
// is looked at and rendered once a language, however many screens show it.
type screens struct {
	mu    sync.Mutex
	shown map[string]*onScreen
}

// onScreen is a part of a page that is made once.
type onScreen struct {
	once    sync.Once
	changed <-chan struct{}
	mark    string // what the browser has, in few letters
	html    []byte
	err     error
}

// at gives what stands on the screens now; make is asked once for each change.
func (x *screens) at(key string, watch func() <-chan struct{}, render func() ([]byte, error)) *onScreen {
	x.mu.Lock()
	if x.shown == nil {
		x.shown = map[string]*onScreen{}
	}
	shown := x.shown[key]
	if shown == nil || shown.over() {
		shown = &onScreen{changed: watch()}
		x.shown[key] = shown
	}
	x.mu.Unlock()
	shown.once.Do(func() {
		shown.html, shown.err = render()
		sum := sha256.Sum256(shown.html)
		shown.mark = hex.EncodeToString(sum[:8])
	})
	if shown.err != nil {
		x.forget(key, shown)
	}
	return shown
}

// over reports that the text has changed since.
func (o *onScreen) over() bool {
	select {
	case <-o.changed:
		return true
	default:
		return false
	}
}

// forget lets the next screen try again.
func (x *screens) forget(key string, failed *onScreen) {
	x.mu.Lock()
	defer x.mu.Unlock()
	if x.shown[key] == failed {
		delete(x.shown, key)
	}
}

type screenPage struct {
	ui.Page
	Follow string
	Part   screenPart
}

// screenPart is what a screen in the room shows: the question at which the reading stands.
type screenPart struct {
	Title, Heading string
	Words          []piece
	Tag            *ui.Tag
	Note           string
	Proposals      []proposalCard
}

// screenNow is the part as it stands, with its mark.
func (v *visit) screenNow(id reading.ID) (*onScreen, error) {
	shown := v.s.screens.at(id.String()+" "+v.loc.Tag(), func() <-chan struct{} { return v.s.Readings.Watch(id) }, func() ([]byte, error) {
		all := *v // who came first makes it for all, and may go meanwhile
		all.r = v.r.WithContext(context.WithoutCancel(v.r.Context()))
		part, err := all.screenPart(id)
		if err != nil {
			return nil, err
		}
		var b bytes.Buffer
		err = v.s.render.Part(&b, v.loc, "screen", "on-screen", part)
		return b.Bytes(), err
	})
	return shown, shown.err
}

func (v *visit) screenPart(id reading.ID) (screenPart, error) {
	seen, err := v.s.Readings.Of(v.r.Context(), v.door, id)
	if err != nil {
		return screenPart{}, err
	}
	r := seen.Value()
	x, err := r.Question(r.Text.Resume)
	if err != nil {
		return screenPart{}, err
	}
	part := screenPart{Title: r.Text.Title, Heading: v.loc.T("Question %s", r.Text.Number(x.Key)), Words: []piece{{Text: x.Text}}, Tag: v.questionTag(x.Status)}
	if r.Text.OwnDraft {
		part.Note = v.loc.T("Draft of the project. It is not a text of the Working Group.")
	}
	list, err := v.s.Readings.At(v.r.Context(), v.door, id, x.Key)
	if err != nil {
		return screenPart{}, err
	}
	for i, p := range list {
		if p.Value().Outcome == "" {
			card := v.proposalCard(&r.Reading, p, i+1)
			card.Buttons = ui.ButtonGroup{}
			part.Proposals = append(part.Proposals, card)
		}
	}
	return part, nil
}

// screen is the page for the projector: the question that is being read, with what is proposed at it.
func (s *Server) screen(v *visit) error {
	id, err := record.ParseID[reading.Reading](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	shown, err := v.screenNow(id)
	if err != nil {
		return err
	}
	page := screenPage{Page: v.frame("Screen for the room"), Follow: "/readings/" + id.String() + "/follow?have=" + shown.mark}
	if page.Part, err = v.screenPart(id); err != nil {
		return err
	}
	page.Nav, page.Session, page.Wide, page.Renew = nil, nil, true, renewWithoutScripts
	page.Back = &ui.Link{Text: v.loc.T("Questionnaire"), Href: "/readings/" + id.String()}
	return v.show(http.StatusOK, "screen", page)
}

// follow sends the part each time that it changes (server-sent events). A
// browser that lost its line says which it has, and is sent the one that
// stands now, or nothing where that is the same. Who follows is at work: the
// session is looked at with each heartbeat, and the screen goes dark when it has ended.
func (s *Server) follow(w http.ResponseWriter, r *http.Request) {
	v := &visit{w: w, r: r, s: s, loc: s.locale(r)}
	id, err := record.ParseID[reading.Reading](r.PathValue("id"))
	if err == nil {
		err = v.enter()
	}
	if err != nil || v.session.MustSetUp {
		w.WriteHeader(http.StatusNoContent) // the browser does not come back
		return
	}
	have := r.Header.Get("Last-Event-ID")
	if have == "" {
		have = r.URL.Query().Get("have")
	}
	w.Header().Set("Content-Type", "text/event-stream")
	if err := v.keepSending(id, have, http.NewResponseController(w)); err != nil {
		s.Log.Debug("a screen went away", "cause", err)
	}
}

// keepSending sends what stands on the screens until the browser goes, the
// session ends, or it is time for the browser to come back.
func (v *visit) keepSending(id reading.ID, have string, out *http.ResponseController) error {
	end, beat := time.NewTimer(longestFollow), time.NewTicker(heartbeat)
	defer end.Stop()
	defer beat.Stop()
	send := func(text string) error {
		_, err := io.WriteString(v.w, text)
		return errors.Join(err, out.Flush())
	}
	if err := send("retry: 500\n\n"); err != nil {
		return err
	}
	for {
		shown, err := v.screenNow(id)
		if err != nil {
			return err
		}
		if shown.mark != have {
			have = shown.mark
			if err := send(event(shown)); err != nil {
				return err
			}
		}
		select {
		case <-v.r.Context().Done():
			return nil
		case <-end.C:
			return nil
		case <-shown.changed:
			if v.s.Readings.Left() {
				return nil
			}
		case <-beat.C:
			if err := v.enter(); err != nil {
				return send("event: ended\ndata:\n\n")
			}
			if err := send(":\n\n"); err != nil {
				return err
			}
		}
	}
}

// event is a part of a page as a browser takes it: each line a field of its own.
func event(shown *onScreen) string {
	return "id: " + shown.mark + "\ndata: " + strings.ReplaceAll(string(shown.html), "\n", "\ndata: ") + "\n\n"
}
