package walk

import (
	"strings"
	"testing"

	"palermo/e2e/browser"
	"palermo/node"
)

// Samuel sleeps in a camp: the alarm on the case leads to a free place, and one press begins the move.
func TestAnAlarmLeadsToAFreePlace(t *testing.T) {
	s := serve(t, node.Config{})
	b := browser.New(t, browser.Options{})
	rosa := s.signIn(t, b, "rosa")
	rosa.Go(s.url + "/cases")
	rosa.Go(s.url + browser.Eval[string](rosa, `[...document.querySelectorAll('tr')].find(r => r.textContent.includes('Samuel')).querySelector('a').getAttribute('href')`))
	rosa.See("Alarm", "Days in such places", "Now: Ines Marchetti")
	for _, v := range rosa.Axe() {
		t.Error(v)
	}
	rosa.Click("Look for another place")
	rosa.See("Casa Oleandro", "+39 095 000 0002")
	rosa.SeeNot("Casa Ginestra") // a place for women
	for _, v := range rosa.Axe() {
		t.Error(v)
	}
	rosa.Click("Begin the move there")
	if address := rosa.URL(); strings.Contains(address, "place=") || strings.Contains(address, "provider") {
		t.Errorf("the address tells where: %s", address)
	}
	rosa.Check("The person wants to go there")
	rosa.Click("Save")
	rosa.See("Casa Oleandro", "Home for children, or foster family")
	rosa.Click("Overview")
	rosa.SeeNot("Look for another place")

	teresa := s.signIn(t, b, "teresa")
	teresa.Click("Free places")
	teresa.See("Your organisation's places", "2 of 6 places are free")
	for _, v := range teresa.Axe() {
		t.Error(v)
	}
	teresa.Click("Bring up to date: Women")
	teresa.Fill("Free places now", "0")
	teresa.Click("Save")
	teresa.See("0 of 6 places are free")
}
