package node_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
)

func TestWhatIsHeldNamesOrganisationsAndNobodyInThem(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, ben, eva, org, anaID, _ := staff(t, n)
		door := n.Record.For(access.Viewer{Member: anaID, Organisation: org, Roles: []access.Role{access.CaseWorker}})
		id, err := n.Desk.OpenCase(t.Context(), door, casework.DescribePerson{Name: "Esohe", Age: casework.Adult})
		must(t, err)
		must(t, n.Desk.Take(t.Context(), door, id, "give-consent", casework.Consenting("assistance", ident.ID{9}, []string{"needs"}, n.Record.Now().AddDate(0, 1, 0)), 0))
		must(t, n.Desk.Take(t.Context(), door, id, "complain", &casework.Complain{About: "MARKERabout", What: "w"}, 0))
		base := "/cases/" + id.String()
		ben.reads(base)
		page := ana.reads(base + "/held")
		for _, want := range []string{"What is held about you", "Esohe", "Porto Aperto", "Assistance", "Needs and assistance plan"} {
			if !strings.Contains(page, want) {
				t.Errorf("it does not say %q", want)
			}
		}
		for _, never := range []string{"Colleague ben", "MARKERabout", "omplaint"} {
			if strings.Contains(page, never) {
				t.Errorf("it says %q", never)
			}
		}
		title := regexp.MustCompile(`<title>(.*?)</title>`).FindString(page)
		if strings.Contains(title, ident.ID(id).Reference()) || strings.Contains(title, "Esohe") {
			t.Errorf("the title is %s", title)
		}
		if !strings.Contains(ana.reads(base+"/history"), "What is held, gone through with the person") {
			t.Error("opening it is not a look")
		}
		if code, body := eva.ask(http.MethodGet, base+"/held", nil); code == http.StatusOK || strings.Contains(body, "Esohe") {
			t.Errorf("another organisation: %d", code)
		}
		if code, _ := ana.ask(http.MethodPost, base+"/do/ask-about-data", url.Values{"wish": {"see"}, "what": {"all"}}); code != http.StatusSeeOther {
			t.Errorf("a request from the page: %d", code)
		}
		seen, err := record.View(t.Context(), door, n.Desk.Kind, id, record.Reason{Action: access.Look})
		must(t, err)
		if len(seen.Value().DataRequests) != 1 {
			t.Error("the request is not recorded")
		}
	})
}
