package node_test

import (
	"encoding/json"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/directory"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
)

// program speaks JSON with a key.
type program struct {
	t       *testing.T
	handler http.Handler
	key     string
}

// newProgram has a key that somebody makes.
func newProgram(t *testing.T, n *node.Node, door *record.Door) *program {
	t.Helper()
	key, err := n.Directory.AddProgram(t.Context(), door, password, directory.AddProgram{Name: "Bridge", Role: access.CaseWorker,
		Ends: time.Now().AddDate(0, 1, 0).Format(time.DateOnly)})
	must(t, err)
	return &program{t, n.API(slog.New(slog.NewTextHandler(io.Discard, nil))), key}
}

// asks sends a request, with headers as name and value in turn.
func (p *program) asks(method, path, body string, headers ...string) *httptest.ResponseRecorder {
	p.t.Helper()
	r := httptest.NewRequest(method, "/api/v1"+path, strings.NewReader(body))
	r.Header.Set("Authorization", "Bearer "+p.key)
	if body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r)
	return w
}

// gets demands a status and reads the JSON.
func (p *program) gets(status int, method, path, body string, headers ...string) map[string]any {
	p.t.Helper()
	w := p.asks(method, path, body, headers...)
	var got map[string]any
	if err := json.Unmarshal(w.Body.Bytes(), &got); err != nil || w.Code != status {
		p.t.Fatalf("%s %s: %d %s", method, path, w.Code, w.Body)
	}
	if kind := w.Header().Get("Content-Type"); status >= 400 && kind != "application/problem+json" {
		p.t.Errorf("%s %s: a refusal is %s", method, path, kind)
	}
	return got
}

func TestAProgramOpensACaseAndTakesStepsAsThePagesDo(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, _, _, org, anaID, _ := staff(t, n)
		p := newProgram(t, n, doorOf(n, anaID, org))
		id := p.gets(http.StatusCreated, http.MethodPost, "/cases", `{"name":"Esohe","age":"adult"}`)["id"].(string)
		at := "/cases/" + id
		if c := p.gets(http.StatusOK, http.MethodGet, at, ""); c["name"] != "Esohe" || c["state"] != "open" || len(c["parts"].([]any)) == 0 {
			t.Errorf("the case: %v", c)
		}
		p.gets(http.StatusOK, http.MethodPost, at+"/steps/attach", `{"title":"A letter home","category":"identity","file":{"name":"a.txt","content":"aGVsbG8="}}`)
		if page := ana.reads("/cases/" + id + "/part/notes-and-documents"); !strings.Contains(page, "A letter home") {
			t.Error("the page does not tell of the step")
		}
		form := p.gets(http.StatusOK, http.MethodGet, at+"/steps/describe-person", "")
		if form["replaces"] != true || len(form["fields"].([]any)) == 0 {
			t.Errorf("the step: %v", form)
		}

		p.gets(http.StatusPreconditionRequired, http.MethodPost, at+"/steps/describe-person", `{"name":"Other","age":"adult"}`)
		p.gets(http.StatusOK, http.MethodPost, at+"/steps/describe-person", `{"name":"Esohe O.","age":"adult"}`, "If-Match", `"2"`)
		stale := p.gets(http.StatusConflict, http.MethodPost, at+"/steps/describe-person", `{"name":"Other","age":"adult"}`, "If-Match", `"2"`)
		if stale["code"] != "changed" || stale["version"] != 3.0 || stale["yours"] != 2.0 {
			t.Errorf("a conflict says %v", stale)
		}
		wrong := p.gets(http.StatusUnprocessableEntity, http.MethodPost, "/cases", `{"age":"MARKERage"}`)
		if first := wrong["errors"].([]any)[0].(map[string]any); first["pointer"] != "/age" || strings.Contains(first["detail"].(string), "MARKER") {
			t.Errorf("what is wrong: %v", wrong)
		}

		house, stranger := anotherHouse(t, n)
		other := newProgram(t, n, doorOf(n, stranger, house))
		other.gets(http.StatusNotFound, http.MethodGet, at, "")
		other.gets(http.StatusNotFound, http.MethodPost, at+"/steps/complain", `{"about":"a","what":"b"}`)
		if list := other.gets(http.StatusOK, http.MethodGet, "/cases", ""); len(list["items"].([]any)) != 0 {
			t.Error("another organisation lists the case")
		}
		if found := p.gets(http.StatusOK, http.MethodPost, "/cases/search", `{"words":"Esohe"}`); len(found["items"].([]any)) != 1 {
			t.Errorf("found: %v", found)
		}
	})
}

func TestTheWorklistIsReadPageByPageAndWhole(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		_, _, _, org, anaID, _ := staff(t, n)
		door := doorOf(n, anaID, org)
		want := map[string]bool{}
		for range 5 {
			id, err := n.Desk.OpenCase(t.Context(), door, casework.DescribePerson{Age: casework.Adult})
			must(t, err)
			want[id.String()] = true
		}
		p := newProgram(t, n, door)
		for cursor, pages := "", 1; ; pages++ {
			list := p.gets(http.StatusOK, http.MethodGet, "/cases?limit=2&cursor="+cursor, "")
			for _, item := range list["items"].([]any) {
				id := item.(map[string]any)["id"].(string)
				if !want[id] {
					t.Errorf("%s comes twice", id)
				}
				delete(want, id)
			}
			next, more := list["next"].(string)
			if !more {
				if pages != 3 {
					t.Errorf("%d pages", pages)
				}
				break
			}
			cursor = next
		}
		if len(want) != 0 {
			t.Errorf("missing: %v", want)
		}
		for _, wrong := range []string{"?limit=0", "?limit=201", "?state=any", "?cursor=x"} {
			p.gets(http.StatusUnprocessableEntity, http.MethodGet, "/cases"+wrong, "")
		}
	})
}

func TestWithoutAKeyThatIsKnownNothingIsAnswered(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, _, _, org, anaID, _ := staff(t, n)
		p := newProgram(t, n, doorOf(n, anaID, org))
		for what, header := range map[string]string{"none": "", "another": "Bearer " + strings.Repeat("A", 64), "a password": "Basic YW5hOng="} {
			if w := p.asks(http.MethodGet, "/cases", "", "Authorization", header); w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") == "" {
				t.Errorf("%s: %d", what, w.Code)
			}
		}
		r := httptest.NewRequest(http.MethodGet, "/api/v1/cases", nil)
		for _, c := range ana.cookies {
			r.AddCookie(c)
		}
		w := httptest.NewRecorder()
		p.handler.ServeHTTP(w, r)
		if w.Code != http.StatusUnauthorized {
			t.Errorf("a cookie opens the API: %d", w.Code)
		}
		v, err := n.Directory.ProgramViewer(t.Context(), p.key)
		must(t, err)
		must(t, n.Directory.EndProgram(t.Context(), doorOf(n, anaID, org), v.Program))
		p.gets(http.StatusUnauthorized, http.MethodGet, "/cases", "")
		refused := 0
		for range 80 {
			if w := p.asks(http.MethodGet, "/cases", ""); w.Code == http.StatusServiceUnavailable && w.Header().Get("Retry-After") != "" {
				refused++
			}
		}
		if refused == 0 {
			t.Error("wrong keys can be tried without end")
		}
	})
}

func doorOf(n *node.Node, member, org ident.ID) *record.Door {
	return n.Record.For(access.Viewer{Member: member, Organisation: org, Roles: []access.Role{access.CaseWorker}})
}

func TestAProgramOpensNoCaseInAnEmergency(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		_, _, _, org, anaID, _ := staff(t, n)
		door := doorOf(n, anaID, org)
		id, err := n.Desk.OpenCase(t.Context(), door, casework.DescribePerson{Age: casework.Adult})
		must(t, err)
		bridge := n.Record.For(access.Viewer{Member: ident.ID{9}, Organisation: ident.ID{8}, Roles: []access.Role{access.FocalPoint}, Program: ident.ID{7}})
		if err := casework.BreakGlass(t.Context(), bridge, n.Desk.Kind, id, "somebody is in danger"); err == nil {
			t.Error("it did")
		}
	})
}

func TestWhatIsNoJSONOfTheFormIsRefusedAndNothingIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		_, _, _, org, anaID, _ := staff(t, n)
		p := newProgram(t, n, doorOf(n, anaID, org))
		for what, body := range map[string]string{"a list": `[]`, "null": `null`, "cut off": `{"age":`, "two values": `{"age":"adult"}{}`,
			"a field that nobody asks for": `{"age":"adult","nmae":"x"}`, "a number for a text": `{"age":7}`, "a list for one": `{"age":["adult"]}`,
			"an object": `{"age":{"x":1}}`, "nothing": ``} {
			if w := p.asks(http.MethodPost, "/cases", body, "Content-Type", "application/json"); w.Code != http.StatusUnprocessableEntity {
				t.Errorf("%s: %d %s", what, w.Code, w.Body)
			}
		}
		p.gets(http.StatusUnprocessableEntity, http.MethodPost, "/cases", `{"age":"adult"}`, "Content-Type", "text/plain")
		if list := p.gets(http.StatusOK, http.MethodGet, "/cases", ""); len(list["items"].([]any)) != 0 {
			t.Error("a case was opened")
		}
		p.gets(http.StatusNotFound, http.MethodGet, "/nothing", "")
	})
}

// anotherHouse is an organisation with a case worker of its own.
func anotherHouse(t *testing.T, n *node.Node) (org, member ident.ID) {
	t.Helper()
	door := n.Record.For(access.Node(access.Administrator))
	org, err := n.Directory.Add(t.Context(), door, directory.AddOrganisation{Name: "A third house", Kind: "ngo", Country: "IT"})
	must(t, err)
	member, _, err = n.Directory.AddMember(t.Context(), door, directory.AddMember{Login: "ida", Name: "Colleague ida", Organisation: org,
		Roles: []access.Role{access.CaseWorker}, Password: password})
	must(t, err)
	return org, member
}

// A role behind the wall walls off the program too, though its key is for another (rule 7).
func TestAKeyIsNoWayAroundAWall(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		_, _, _, org, anaID, _ := staff(t, n)
		id, err := n.Desk.OpenCase(t.Context(), doorOf(n, anaID, org), casework.DescribePerson{Name: "Esohe", Age: casework.Adult})
		must(t, err)
		both, _, err := n.Directory.AddMember(t.Context(), n.Record.For(access.Node(access.Administrator)), directory.AddMember{Login: "uma", Name: "Colleague uma",
			Organisation: org, Roles: []access.Role{access.CaseWorker, access.Administrator}, Password: password})
		must(t, err)
		plain, walled := newProgram(t, n, doorOf(n, anaID, org)), newProgram(t, n, doorOf(n, both, org))
		plain.gets(http.StatusOK, http.MethodGet, "/cases/"+id.String(), "")
		walled.gets(http.StatusNotFound, http.MethodGet, "/cases/"+id.String(), "")
		walled.gets(http.StatusNotFound, http.MethodGet, "/cases/"+id.String()+"/steps", "")
		if list := walled.gets(http.StatusOK, http.MethodGet, "/cases", ""); len(list["items"].([]any)) != 0 {
			t.Errorf("lists %v", list)
		}
		walled.gets(http.StatusForbidden, http.MethodPost, "/cases", `{"age":"adult"}`)
	})
}
