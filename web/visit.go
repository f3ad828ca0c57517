package web

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"net/http"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/web/locale"
	"palermo/web/ui"
)

// visit is one request: its reader's language and, once signed in, the door.
type visit struct {
	w       http.ResponseWriter
	r       *http.Request
	s       *Server
	loc     locale.Locale
	session *Session
	door    *record.Door
	listed  []Named             // the organisations, once they were read
	names   map[ident.ID]string // of members, as they were read
	fresh   string              // the token of a session that began in this visit
}

type handler func(*visit) error

// page turns a handler's error into a page that says what to do.
func (s *Server) page(h handler) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		v := &visit{w: w, r: r, s: s, loc: s.locale(r)}
		if err := h(v); err != nil {
			v.refuse(err)
		}
	}
}

// signedIn lets only members in; others sign in first and come back, and who
// came in with a handed-over password sets up their sign-in before anything else.
func (s *Server) signedIn(h handler) http.HandlerFunc {
	return s.settingUp(func(v *visit) error {
		if v.session.MustSetUp {
			return v.redirect("/account/set-up")
		}
		return h(v)
	})
}

var errNotSignedIn = errors.New("not signed in")

// enter finds the session that the browser brings.
func (v *visit) enter() error {
	if v.token() == "" {
		return errNotSignedIn
	}
	session, err := v.s.Accounts.Session(v.r.Context(), v.token())
	if fault.Is(err, fault.CodeDenied) {
		return errNotSignedIn
	}
	if err != nil {
		return err
	}
	v.session, v.door = &session, v.s.Node.For(session.Viewer)
	return nil
}

func (v *visit) toSignIn() error {
	http.Redirect(v.w, v.r, "/sign-in", http.StatusSeeOther)
	return nil
}

func (s *Server) locale(r *http.Request) locale.Locale {
	chosen := ""
	if c, err := r.Cookie(s.Cookie + "-language"); err == nil {
		chosen = c.Value
	}
	return s.Languages.Match(r.Header.Get("Accept-Language"), chosen)
}

// frame is what every page has.
func (v *visit) frame(title string) ui.Page {
	p := ui.Page{Title: v.loc.T(title), Path: v.r.URL.Path}
	if v.session == nil {
		return p
	}
	p.Notice, p.Zone = v.unpublished(), v.s.Zone.String()
	p.Viewer = &ui.ViewerBar{Name: v.session.Viewer.Name, Organisation: v.session.Organisation, SignOut: "/sign-out"}
	if !v.session.MustSetUp {
		p.Viewer.AccountHref = "/account"
		p.Nav, p.More = v.sections()
	}
	p.Session = &ui.Session{Seconds: int(v.session.Ends.Sub(v.s.Node.Now()) / time.Second), Extend: "/session", SignIn: "/sign-in"}
	scope, key := v.s.Node.Drafts(v.viewer().Member)
	p.Drafts = &ui.Drafts{Scope: hex.EncodeToString(scope[:]), Key: base64.StdEncoding.EncodeToString(key[:])}
	return p
}

// unpublished tells everybody that the node holds back what goes to others.
func (v *visit) unpublished() *ui.Notice {
	if v.s.Unpublished == nil {
		return nil
	}
	since, held := v.s.Unpublished()
	if !held {
		return nil
	}
	return &ui.Notice{Kind: ui.NoticeImportant, Title: v.loc.T("The journal cannot be published"),
		Text: v.loc.T("What you do is recorded. Since %s nothing goes to other nodes but emergencies. Tell the operator of this node.", v.loc.Time(since, v.s.Zone))}
}

// show renders a page, all of it or nothing.
func (v *visit) show(status int, name string, page any) error {
	var b bytes.Buffer
	if err := v.s.render.Render(&b, v.loc, name, page); err != nil {
		return fault.Internal(err)
	}
	v.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	v.w.Header().Set("Content-Language", v.loc.Tag())
	v.w.WriteHeader(status)
	_, err := v.w.Write(b.Bytes())
	if err != nil {
		v.s.Log.Debug("the reader went away", "cause", err)
	}
	return nil
}

func (v *visit) redirect(path string) error {
	http.Redirect(v.w, v.r, path, http.StatusSeeOther)
	return nil
}

type refusalPage struct {
	ui.Page
	Text string
}

// refuse shows why something did not happen. What is not a fault is ours, and its cause is only in the log.
func (v *visit) refuse(err error) {
	f := fault.Of(err)
	status := map[fault.Code]int{fault.CodeInvalid: http.StatusUnprocessableEntity, fault.CodeDenied: http.StatusForbidden,
		fault.CodeConflict: http.StatusConflict, fault.CodeNotFound: http.StatusNotFound,
		fault.CodeUnavailable: http.StatusServiceUnavailable, fault.CodeInternal: http.StatusInternalServerError}[f.Code]
	if f.Code == fault.CodeInternal || f.Code == fault.CodeUnavailable {
		v.s.Log.Error("a page failed", "route", v.r.Pattern, "code", f.Code, "cause", f.Cause)
	}
	page := refusalPage{Page: v.frame("This did not work"), Text: v.loc.Fault(f)}
	page.Back = &ui.Link{Text: v.loc.T("My day"), Href: "/"}
	if err := v.show(status, "refusal", page); err != nil {
		v.s.Log.Error("the page of a refusal failed", "cause", errors.Unwrap(err))
		http.Error(v.w, "Something went wrong on our side. Nothing was changed.", http.StatusInternalServerError)
	}
}

func (s *Server) chooseLanguage(w http.ResponseWriter, r *http.Request) {
	tag := s.Languages.Match("", r.FormValue("lang")).Tag()
	s.setCookie(w, "-language", tag, 365*24*3600, http.SameSiteLaxMode)
	back := r.FormValue("back")
	if len(back) < 1 || back[0] != '/' || len(back) > 1 && (back[1] == '/' || back[1] == '\\') {
		back = "/"
	}
	http.Redirect(w, r, back, http.StatusSeeOther)
}

// viewer is who is signed in.
func (v *visit) viewer() access.Viewer { return v.session.Viewer }
