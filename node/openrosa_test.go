package node_test

import (
	"bytes"
	"encoding/xml"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/node"
	"palermo/record"
)

// telephone is ODK Collect, as far as the protocol goes.
type telephone struct {
	t *testing.T
	http.Handler
	key string
}

// newTelephone has a key that the member made on their page.
func newTelephone(t *testing.T, n *node.Node, member *browser) telephone {
	t.Helper()
	page := member.does("/account/programs/new", url.Values{"name": {"survey telephone"}, "role": {"case_worker"},
		"ends": {n.Record.Now().AddDate(0, 1, 0).Format("2006-01-02")}, "password": {password}})
	key := regexp.MustCompile(`<code>([A-Za-z0-9_-]{64})</code>`).FindStringSubmatch(page)
	if key == nil {
		t.Fatalf("no key is shown:\n%s", page)
	}
	return telephone{t, member.handler, key[1]}
}

func (p telephone) ask(method, path, kind string, body []byte) (int, string) {
	p.t.Helper()
	r := httptest.NewRequest(method, path, bytes.NewReader(body))
	r.SetBasicAuth("anybody", p.key)
	r.Header.Set("Content-Type", kind)
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	if w.Header().Get("X-OpenRosa-Version") != "1.0" {
		p.t.Errorf("%s: no X-OpenRosa-Version", path)
	}
	return w.Code, w.Body.String()
}

func (p telephone) sends(base string, files map[string]string) (int, string) {
	p.t.Helper()
	var body bytes.Buffer
	m := multipart.NewWriter(&body)
	for name, content := range files {
		part, err := m.CreateFormFile(name, name)
		must(p.t, err)
		_, err = part.Write([]byte(content))
		must(p.t, err)
	}
	must(p.t, m.Close())
	return p.ask(http.MethodPost, base+"/submission", m.FormDataContentType(), body.Bytes())
}

func submission(form, version, instance, answers string) map[string]string {
	return map[string]string{"xml_submission_file": `<?xml version="1.0"?><data id="` + form + `" version="` + version + `">` + answers +
		`<meta><instanceID>` + instance + `</instanceID></meta></data>`}
}

func TestATelephoneFetchesFormsAndBringsAnswersInOnce(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, _, _, org, anaID, _ := staff(t, n)
		door := n.Record.For(access.Viewer{Member: anaID, Organisation: org, Roles: []access.Role{access.CaseWorker}})
		p := newTelephone(t, n, ana)

		code, body := p.ask(http.MethodGet, "/openrosa/formList", "", nil)
		var list struct {
			Forms []struct {
				ID       string `xml:"formID"`
				Version  string `xml:"version"`
				Download string `xml:"downloadUrl"`
			} `xml:"xform"`
		}
		must(t, xml.Unmarshal([]byte(body), &list))
		if code != http.StatusOK || len(list.Forms) != len(n.Desk.Forms.Sets()) {
			t.Fatalf("%d, %d forms", code, len(list.Forms))
		}
		for _, f := range list.Forms {
			if code, body := p.ask(http.MethodGet, strings.TrimPrefix(f.Download, "http://"+n.Config.Address), "", nil); code != http.StatusOK || !strings.Contains(body, `id="`+f.ID+`"`) {
				t.Errorf("%s: %d %.200s", f.Download, code, body)
			}
		}

		answers := submission("labour-adults", "1", "uuid:1", "<g_d1><d1_01>yes</d1_01></g_d1>")
		for range 2 {
			if code, body := p.sends("/openrosa", answers); code != http.StatusCreated {
				t.Fatal(code, body)
			}
		}
		if cases := held(t, n, door); len(cases) != 1 || len(cases[0].Forms) != 1 || cases[0].Forms[0].Lines[0].Answer == "" {
			t.Fatalf("kept: %+v", cases)
		}

		id, err := n.Desk.OpenCase(t.Context(), door, casework.DescribePerson{Age: casework.Adult})
		must(t, err)
		for range 2 {
			if code, body := p.sends("/openrosa/cases/"+id.String(), answers); code != http.StatusCreated {
				t.Fatal(code, body)
			}
		}
		seen, err := record.View(t.Context(), door, n.Desk.Kind, id, record.Reason{Action: access.Look})
		must(t, err)
		if forms := seen.Value().Forms; len(forms) != 1 || forms[0].Result == nil {
			t.Errorf("on the case: %+v", forms)
		}
	})
}

func held(t *testing.T, n *node.Node, door *record.Door) []casework.View {
	t.Helper()
	var all []casework.View
	for r, err := range record.List(t.Context(), door, n.Desk.Kind, record.Query[casework.Case]{Why: record.Reason{Action: access.Look}, Limit: 50}) {
		must(t, err)
		whole, err := record.View(t.Context(), door, n.Desk.Kind, record.ID[casework.Case](r.ID()), record.Reason{Action: access.Look})
		must(t, err)
		all = append(all, whole.Value())
	}
	return all
}

func TestWhatATelephoneSendsWronglyIsRefusedAndNothingIsKept(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, _, eva, org, anaID, _ := staff(t, n)
		door := n.Record.For(access.Viewer{Member: anaID, Organisation: org, Roles: []access.Role{access.CaseWorker}})
		p := newTelephone(t, n, ana)
		good := submission("labour-adults", "1", "uuid:1", "<g_d1><d1_01>yes</d1_01></g_d1>")
		with := func(name, content string) map[string]string {
			return map[string]string{"xml_submission_file": good["xml_submission_file"], name: content}
		}
		for what, c := range map[string]struct {
			files map[string]string
			code  int
			says  string
		}{
			"an unknown form":     {submission("nothing", "1", "uuid:1", ""), http.StatusNotFound, "no questionnaire"},
			"another version":     {submission("labour-adults", "7", "uuid:1", ""), http.StatusBadRequest, "version 7"},
			"an unknown question": {submission("labour-adults", "1", "uuid:1", "<g_d1><d9>yes</d9></g_d1>"), http.StatusBadRequest, "g_d1/d9"},
			"no such choice":      {submission("labour-adults", "1", "uuid:1", "<g_d1><d1_01>perhaps</d1_01></g_d1>"), http.StatusBadRequest, "g_d1/d1_01"},
			"no answer at all":    {submission("labour-adults", "1", "uuid:1", ""), http.StatusBadRequest, "Nothing was answered"},
			"no instance":         {submission("labour-adults", "1", "", ""), http.StatusBadRequest, "instanceID"},
			"broken XML":          {map[string]string{"xml_submission_file": "<data id="}, http.StatusBadRequest, "line 1"},
			"a picture":           {with("photo.jpg", "x"), http.StatusBadRequest, "no question asks"},
			"no submission":       {map[string]string{}, http.StatusBadRequest, "xml_submission_file"},
			"too large":           {map[string]string{"xml_submission_file": good["xml_submission_file"] + strings.Repeat(" ", 4<<20)}, http.StatusBadRequest, "larger"},
		} {
			if code, body := p.sends("/openrosa", c.files); code != c.code || !strings.Contains(body, c.says) {
				t.Errorf("%s: %d %s, want %d and %q", what, code, body, c.code, c.says)
			}
		}
		if code, _ := p.ask(http.MethodPost, "/openrosa/submission", "text/xml", []byte(good["xml_submission_file"])); code != http.StatusBadRequest {
			t.Errorf("without an envelope: %d", code)
		}
		if cases := held(t, n, door); len(cases) != 0 {
			t.Errorf("kept: %+v", cases)
		}

		id, err := n.Desk.OpenCase(t.Context(), door, casework.DescribePerson{Age: casework.Adult})
		must(t, err)
		if code, body := newTelephone(t, n, eva).sends("/openrosa/cases/"+id.String(), good); code != http.StatusNotFound {
			t.Errorf("another organisation: %d %s", code, body)
		}
		w := httptest.NewRecorder()
		p.ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/openrosa/formList", nil))
		if w.Code != http.StatusUnauthorized || w.Header().Get("WWW-Authenticate") == "" {
			t.Errorf("without a key: %d", w.Code)
		}
		r := httptest.NewRequest(http.MethodGet, "/openrosa/formList", nil)
		for _, c := range ana.cookies { // a session is no key: nothing here could be forged from another site
			r.AddCookie(c)
		}
		w = httptest.NewRecorder()
		if p.ServeHTTP(w, r); w.Code != http.StatusUnauthorized {
			t.Errorf("with a session in place of a key: %d", w.Code)
		}
		if code, body := ana.ask(http.MethodGet, "/cases/"+id.String(), nil); code != http.StatusOK || body == "" {
			t.Fatal("no case to try")
		}
		r = httptest.NewRequest(http.MethodGet, "/cases/"+id.String(), nil)
		r.SetBasicAuth("anybody", p.key)
		w = httptest.NewRecorder()
		if p.ServeHTTP(w, r); w.Code == http.StatusOK {
			t.Error("a key opens a page")
		}
		key := regexp.MustCompile(`/account/programs/[^"]*/end`).FindString(ana.reads("/account"))
		ana.does(key, nil)
		if code, _ := p.sends("/openrosa", good); code != http.StatusUnauthorized {
			t.Errorf("with a key that was ended: %d", code)
		}
	})
}
