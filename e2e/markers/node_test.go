// Package markers plants a marker in every text of a case and looks where each
// comes out: for every role, relation to the case and door (rules 2, 7 and 8).
package markers

import (
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/access"
	"palermo/api"
	"palermo/casework"
	"palermo/directory"
	"palermo/document/docx"
	"palermo/e2e/logged"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/node"
	"palermo/record"
	"palermo/vault"
	"palermo/web"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

// rig is a node with the planted case and everybody who may try to read it.
type rig struct {
	*node.Node
	planter
	t       *testing.T
	handler http.Handler
	api     http.Handler
	log     *logged.Buffer
	org     [sideCount]ident.ID
	people  []*person
	id      casework.CaseID
	closed  casework.CaseID
	name    string   // of the person, a marker
	files   []string // addresses of documents
	letters []string // addresses of letters
	mu      sync.Mutex
	leaks   map[string]bool
}

// person is somebody with a role, on a side.
type person struct {
	role   access.Role
	side   int
	login  string
	secret string
	viewer access.Viewer
	cookie *http.Cookie
	glass  bool // opens the case in an emergency
}

func (p *person) String() string {
	name := string(p.role)
	if p.glass {
		name = "break_glass of " + name
	}
	return name + ", " + sideNames[p.side]
}

const password = "seven quiet olive trees"

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func newRig(t *testing.T, c node.Config) *rig {
	c.Name, c.Node, c.Jurisdiction, c.Data = "Palermo, test", "markers", "it", t.TempDir()
	c = c.Filled()
	must(t, node.CreateKeys(c))
	n, err := node.Open(t.Context(), c)
	must(t, err)
	n.Directory = directory.New(n.Record, n.Store, directory.WithCost(vault.Params{Memory: 19 << 10, Time: 2, Threads: 1}))
	r := &rig{Node: n, t: t, log: &logged.Buffer{}, leaks: map[string]bool{}, planter: planter{now: time.Now()}}
	door := n.Record.For(access.Node(access.Administrator))
	for i := range r.org {
		r.org[i], err = n.Directory.Add(t.Context(), door, directory.AddOrganisation{Name: "Side " + strconv.Itoa(i), Kind: "ngo", Country: "IT", FocalPoint: i == office})
		must(t, err)
	}
	n.FocalPoint(r.org[office])
	for s := range sideCount {
		for _, role := range access.Roles() {
			if s == office && role != access.FocalPoint || s == mandate && role != access.DecisionMaker && role != access.Guardian {
				continue
			}
			r.people = append(r.people, &person{role: role, side: s})
		}
	}
	r.people = append(r.people, &person{role: access.CaseWorker, side: outside, glass: true}, &person{role: access.FocalPoint, side: outside, glass: true})
	for i, p := range r.people {
		p.login = fmt.Sprintf("user%03d", i)
		add := directory.AddMember{Name: "Colleague " + p.login, Login: p.login, Organisation: r.org[p.side], OnDuty: p.glass, Password: password}
		if p.role == access.Interpreter {
			add.Name, add.Pseudonym, add.Roles = "", "Pseudonym "+p.login, []access.Role{p.role}
		}
		id, secret, err := n.Directory.AddMember(t.Context(), door, add)
		must(t, err)
		p.secret = secret
		p.viewer = access.Viewer{Member: id, Name: add.Name, Organisation: add.Organisation, Roles: []access.Role{p.role}, OnDuty: add.OnDuty}
	}
	server, err := n.Server(slog.New(slog.NewJSONHandler(r.log, &slog.HandlerOptions{Level: slog.LevelDebug})))
	must(t, err)
	server.Accounts = everyRole{server.Accounts, r}
	r.handler, err = server.Handler()
	must(t, err)
	r.api = (&api.Server{Node: n.Record, Desk: n.Desk, Keys: programs{r}, Log: server.Log}).Handler()
	return r
}

// programs lets a program of each person in, by the person's user name.
type programs struct{ r *rig }

func (k programs) ProgramViewer(_ context.Context, login string) (access.Viewer, error) {
	for _, p := range k.r.people {
		if p.login == login {
			v := p.viewer
			v.Held, v.OnDuty, v.Program = v.Roles, false, v.Member
			return v, nil
		}
	}
	return access.Viewer{}, fault.Denied("no such key")
}

// everyRole gives each person the role that the test wants, whatever the house:
// the wall round roles and the wall round houses (directory) must each hold alone.
type everyRole struct {
	web.Accounts
	r *rig
}

func (e everyRole) Session(ctx context.Context, token string) (web.Session, error) {
	s, err := e.Accounts.Session(ctx, token)
	for _, p := range e.r.people {
		if p.viewer.Member == s.Viewer.Member {
			s.Viewer.Roles = p.viewer.Roles
		}
	}
	return s, err
}

// who is the person with the role on the side.
func (r *rig) who(role access.Role, side int) *person {
	return r.people[slices.IndexFunc(r.people, func(p *person) bool { return p.role == role && p.side == side && !p.glass })]
}

// plant brings the case into the database through the door, and adds by steps what comes by steps alone.
func (r *rig) plant() {
	ctx, door := r.t.Context(), r.Record.For(r.who(access.CaseWorker, owner).viewer)
	create := func(c *casework.Case) (id casework.CaseID) {
		c.Note(planted{r.mark("Journal.Particulars")})
		must(r.t, record.Do(ctx, door, record.Reason{Action: "create"}, func(tx *record.Tx) (err error) {
			id, err = record.Create(tx, r.Desk.Kind, c)
			return err
		}))
		return id
	}
	c := r.plantCase(r.org)
	r.name = c.Person.Name
	r.id = create(c)
	closed := &casework.Case{Owner: c.Owner, Opened: c.Opened, Jurisdiction: "it", Consents: c.Consents, Team: c.Team,
		Closed: &casework.Closure{At: r.now, Reason: "inclusion", Note: r.mark("Closed.Note")}}
	for i := range closed.Consents {
		closed.Consents[i].Language = "en"
		closed.Consents[i].WhyNotAsked, closed.Consents[i].GuardianWritten = "", ""
	}
	for i := range closed.Team {
		closed.Team[i].Provision = ""
	}
	r.closed = create(closed)

	take := func(name string, s casework.Step) { must(r.t, r.Desk.Take(ctx, door, r.id, name, s, 0)) }
	desk := r.Record.For(r.who(access.BookingDesk, outside).viewer)
	must(r.t, record.Do(ctx, desk, record.Reason{Action: "create"}, func(tx *record.Tx) error {
		e := r.plantEngagement(r.who(access.Interpreter, outside).viewer.Member, r.org[outside], r.id)
		e.Note(planted{r.mark("Journal.Engagement")})
		_, err := record.Create(tx, r.Desk.Engagements, e)
		return err
	}))
	attach, _ := casework.Find("attach")
	for _, f := range attach.Fields(nil) {
		if f.Kind != "choice" {
			continue
		}
		for _, o := range f.Options {
			s := attach.New().(*casework.AttachDocument)
			must(r.t, input.Decode(url.Values{"title": {r.mark("Documents." + o.Value + ".Title")}, "category": {o.Value}},
				map[string]input.File{"file": {Name: "note.txt", Bytes: []byte(r.mark("Documents." + o.Value + ".Content"))}}, s, time.UTC))
			take("attach", s)
		}
	}
	take("give-consent", casework.Consenting("hold", r.org[outside], []string{"identity"}, r.Record.Now().AddDate(0, 1, 0)))
	take("ask-hold", &casework.AskHold{Authority: r.org[outside], Told: true})
	seen, err := record.View(ctx, door, r.Desk.Kind, r.id, record.Reason{Action: access.Look})
	must(r.t, err)
	for _, x := range seen.Value().Contacts {
		r.letters = append(r.letters, r.address()+"/letters/"+x.ID.String())
	}
	for _, d := range seen.Value().Documents {
		r.files = append(r.files, r.address()+"/documents/"+d.ID.String())
	}
}

func (r *rig) address() string { return "/cases/" + r.id.String() }

var title = regexp.MustCompile(`(?s)<title>.*?</title>`)

// ask sends a request as somebody and looks at all that must never show a marker.
func (r *rig) ask(p *person, method, path string, form url.Values) *httptest.ResponseRecorder {
	w := r.raw(p, method, path, form)
	body := w.Body.String()
	for what, text := range map[string]string{"URL": path, "headers": fmt.Sprint(w.Result().Header), "title": title.FindString(body),
		"addresses": strings.Join(addresses.FindAllString(body, -1), " ")} {
		if marked.MatchString(text) {
			r.leak("%s: %s of %s %s: %s", p, what, method, path, text)
		}
	}
	if w.Code >= http.StatusInternalServerError {
		r.leak("%s: %s %s: status %d", p, method, path, w.Code)
	}
	return w
}

// raw sends a request.
func (r *rig) raw(p *person, method, path string, form url.Values) *httptest.ResponseRecorder {
	q := httptest.NewRequest(method, path, strings.NewReader(form.Encode()))
	q.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	if p.cookie != nil {
		q.AddCookie(p.cookie)
	}
	w := httptest.NewRecorder()
	r.handler.ServeHTTP(w, q)
	return w
}

var addresses = regexp.MustCompile(`(?:href|action|src|formaction)="[^"]*"`)

// leak remembers a failure, once.
func (r *rig) leak(format string, args ...any) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if text := fmt.Sprintf(format, args...); !r.leaks[text] && len(r.leaks) < 60 {
		r.leaks[text] = true
		r.t.Error(text)
	}
}

func (r *rig) signIn(p *person) {
	code, err := totp.GenerateCode(p.secret, time.Now())
	if err != nil {
		r.leak("%s: %v", p, err)
		return
	}
	w := r.ask(p, http.MethodPost, "/sign-in", url.Values{"login": {p.login}, "password": {password}, "code": {code}})
	if cookies := w.Result().Cookies(); w.Code == http.StatusSeeOther && len(cookies) > 0 {
		p.cookie = cookies[0]
		return
	}
	r.leak("%s cannot sign in: %d", p, w.Code)
}

// door is a way to read, and the markers that came out of it.
type door struct {
	name  string
	found map[string]bool // paths
}

// found are the paths of the markers in a text.
func (r *rig) found(texts ...string) map[string]bool {
	all := map[string]bool{}
	for _, text := range texts {
		for _, m := range marked.FindAllStringSubmatch(text, -1) {
			if n, err := strconv.Atoi(m[1]); err == nil && n < len(r.paths) {
				all[r.paths[n]] = true
			}
		}
	}
	return all
}

// doors tries every way in as one person.
func (r *rig) doors(p *person) []door {
	r.signIn(p)
	if p.glass {
		r.ask(p, http.MethodPost, r.address()+"/break-glass", url.Values{"reason": {r.glassReason()}})
		r.ask(p, http.MethodPost, "/cases/"+r.closed.String()+"/break-glass", url.Values{"reason": {"a person in need"}})
		// The reason is read in the history, by those who may.
		told := r.found(r.ask(r.who(access.Auditor, outside), http.MethodGet, r.address()+"/history", nil).Body.String())
		if len(told) != 1 || !told[glassPath] {
			r.leak("after an emergency the auditor's history shows %v", paths(told))
		}
	}
	get := func(path string) string { return r.ask(p, http.MethodGet, path, nil).Body.String() }
	var steps []string
	view, may := r.view(p)
	for i, info := range casework.Steps() {
		if !may(info.Action) && (i+len(p.login)*int(p.login[6]))%6 != 0 { // a refusal looks like any other: of each step by some people
			continue
		}
		w := r.ask(p, http.MethodGet, r.address()+"/do/"+info.Name, nil)
		steps = append(steps, w.Body.String(), get(r.address()+"/do/"+info.Name+"?read=1"))
		if w.Code == http.StatusOK {
			steps = append(steps, r.refused(p, info))
		}
	}
	search := r.ask(p, http.MethodPost, "/cases/search", url.Values{"words": {r.name}}).Body.String()
	var files, letters []string
	for _, f := range r.files {
		files = append(files, get(f))
	}
	for _, l := range r.letters {
		letters = append(letters, get(l))
	}
	sees := strings.Contains(search, ident.ID(r.id).Reference())
	if named := r.found(view)["Person.Name"]; sees != named {
		r.leak("%s: a search by name finds the case: %t; may know the name: %t", p, sees, named)
	}
	return []door{
		{"view", r.found(view)},
		{"page", r.found(r.parts(p, r.address()), r.parts(p, "/cases/"+r.closed.String()))},
		{"file", r.found(r.caseFile(p, r.address()), r.caseFile(p, "/cases/"+r.closed.String()))},
		{"steps", r.found(steps...)},
		{"history", r.found(get(r.address() + "/history"))},
		{"held", r.found(get(r.address() + "/held"))},
		{"list", r.found(get("/cases"), search, get("/cases.csv"))},
		{"files", r.found(files...)},
		{"letters", r.found(letters...)},
		{"forms", r.found(get(r.address()+"/forms"), get(r.address()+"/break-glass"), get(r.address()+"/places"))},
		{"holds", r.found(get("/holds"))},
		{"api", r.throughAPI(p, may)},
		{"engagements", r.found(get("/engagements"), get("/interpreters"))},
		{"day", r.found(get("/"))},
	}
}

// throughAPI is what a program of the person reads: lists, both cases, and their steps.
func (r *rig) throughAPI(p *person, may func(access.Action) bool) map[string]bool {
	const base = "/api/v1/cases"
	texts := []string{r.program(p, http.MethodGet, base, ""), r.program(p, http.MethodPost, base+"/search", fmt.Sprintf(`{"words": %q}`, r.name))}
	for _, id := range []casework.CaseID{r.id, r.closed} {
		texts = append(texts, r.program(p, http.MethodGet, base+"/"+id.String(), ""), r.program(p, http.MethodGet, base+"/"+id.String()+"/steps", ""))
	}
	for _, info := range casework.Steps() {
		if may(info.Action) {
			texts = append(texts, r.program(p, http.MethodGet, base+"/"+r.id.String()+"/steps/"+info.Name, ""))
		}
	}
	return r.found(texts...)
}

func (r *rig) program(p *person, method, path, body string) string {
	q := httptest.NewRequest(method, path, strings.NewReader(body))
	q.Header.Set("Authorization", "Bearer "+p.login)
	q.Header.Set("Content-Type", "application/json")
	w := httptest.NewRecorder()
	r.api.ServeHTTP(w, q)
	if w.Code >= http.StatusInternalServerError || w.Code == http.StatusTooManyRequests || w.Code == http.StatusUnauthorized {
		r.leak("%s: a program's %s %s: status %d", p, method, path, w.Code)
	}
	if head := fmt.Sprint(w.Result().Header); marked.MatchString(head) {
		r.leak("%s: a program's %s %s: %s", p, method, path, head)
	}
	return w.Body.String()
}

// parts are the pages of a case: the first, and those that its tabs lead to.
func (r *rig) parts(p *person, address string) string {
	all := r.ask(p, http.MethodGet, address, nil).Body.String()
	seen := map[string]bool{}
	for _, link := range regexp.MustCompile(`href="(`+address+`/part/[^"]*)"`).FindAllStringSubmatch(all, -1) {
		if !seen[link[1]] {
			seen[link[1]] = true
			all += r.ask(p, http.MethodGet, link[1], nil).Body.String()
		}
	}
	return all
}

// caseFile is the text of the case as a document.
func (r *rig) caseFile(p *person, address string) string {
	w := r.ask(p, http.MethodGet, address+"/file.docx", nil)
	if w.Code != http.StatusOK {
		return w.Body.String()
	}
	d, _, err := docx.Read(w.Body.Bytes())
	if err != nil {
		r.leak("%s: the file of the case: %v", p, err)
		return ""
	}
	if marked.MatchString(d.Title + d.Header) {
		r.leak("%s: the head of the file: %s %s", p, d.Title, d.Header)
	}
	return docxText(d)
}

func docxText(d *docx.Document) string {
	var all strings.Builder
	for _, block := range d.Blocks {
		switch b := block.(type) {
		case *docx.Paragraph:
			fmt.Fprintln(&all, b.Text())
		case *docx.Table:
			for _, row := range b.Rows {
				for _, cell := range row.Cells {
					for _, p := range cell.Paragraphs {
						fmt.Fprintln(&all, p.Text())
					}
				}
			}
		}
	}
	return all.String()
}

// refused sends a step with nothing filled in, where that must be refused, to see the page again.
func (r *rig) refused(p *person, info casework.Info) string {
	for _, f := range info.Fields(nil) {
		if f.Required && f.Kind != "hidden" {
			w := r.ask(p, http.MethodPost, r.address()+"/do/"+info.Name, nil)
			if w.Code < http.StatusBadRequest {
				r.leak("%s: %s was taken without %s", p, info.Name, f.Name)
			}
			return w.Body.String()
		}
	}
	return ""
}

func (r *rig) glassReason() string {
	for n, path := range r.paths {
		if path == glassPath {
			return fmt.Sprintf("MARK%dxReason", n)
		}
	}
	return ""
}

const glassPath = "BreakGlass.Reason"

// view is the JSON of both cases as the person's door shows them, with what is
// said of each step; and what the person may do on the first.
func (r *rig) view(p *person) (text string, may func(access.Action) bool) {
	var all strings.Builder
	may = func(access.Action) bool { return false }
	for _, id := range []casework.CaseID{r.id, r.closed} {
		seen, err := record.View(context.Background(), r.Record.For(p.viewer), r.Desk.Kind, id, record.Reason{Action: access.Look})
		if err != nil {
			fmt.Fprintln(&all, err)
			continue
		}
		v := seen.Value()
		if id == r.id {
			may = seen.May
		}
		r.codes(p, &v)
		data, err := json.Marshal(v.Case)
		if err != nil {
			r.leak("%s: %v", p, err)
		}
		all.Write(data)
		fmt.Fprintln(&all, v.Reference, v.Sees)
		for _, o := range v.Offers() {
			fmt.Fprintln(&all, o.Name, o.WhyNot)
			if o.Proposal != nil { // what the step decides on
				fmt.Fprintln(&all, o.Proposal.Fields)
			}
		}
	}
	return all.String(), may
}

// codes looks at what tells of health, complaints or charges without a text.
func (r *rig) codes(p *person, v *casework.View) {
	var needs []casework.Need
	for _, n := range v.Needs {
		needs = slices.Concat(needs, n.Fields.Now, n.Fields.Days, n.Fields.Weeks)
	}
	for _, f := range v.Family {
		needs = append(needs, f.Fields.Needs...)
	}
	for _, x := range v.Plan {
		if !x.Fields.For.IsZero() && !v.Sees.Has(access.Family) {
			r.leak("%s sees a service for a relative, and not the family", p)
		}
		needs = append(needs, x.Fields.Need)
	}
	if !v.Sees.Has(access.Health) && (slices.Contains(needs, "medical") || slices.Contains(needs, "counselling")) {
		r.leak("%s sees needs of health: %v", p, needs)
	}
	for _, b := range v.Interpreting {
		if p.role != access.BookingDesk && (b.Interpreter != ident.ID{} || ident.ID(b.Engagement) != ident.ID{}) {
			r.leak("%s sees which member interprets", p)
		}
	}
	if len(v.Happened) > 0 {
		r.leak("%s sees what happened, complaints and charges among it", p)
	}
	for _, a := range v.Team {
		if !v.Sees.Has(access.Consents) && (a.Mandate != 0 || a.Provision != "") {
			r.leak("%s sees on what an organisation's part rests", p)
		}
	}
	for _, m := range v.Timeline {
		if !v.Sees.Has(m.Category) {
			r.leak("%s sees a line of %s in the timeline", p, m.Category)
		}
	}
}
