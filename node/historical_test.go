package node_test

import (
	"regexp"
	"strings"
	"testing"

	"palermo/access"
	"palermo/node"
	"palermo/record"
)

var oneCase = regexp.MustCompile(`/cases/[0-9a-f-]{36}`)

// brought imports a file as ana.
func brought(t *testing.T, n *node.Node, d *record.Door, format, file string) {
	t.Helper()
	id, err := n.Files.Begin(t.Context(), d, format, []byte(file), nil)
	must(t, err)
	must(t, n.Files.Go(t.Context(), d, id, false))
}

func TestHistoricalCasesAreAListOfTheirOwnAndSaidToBe(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, _, eva, org, anaID, _ := staff(t, n)
		door := n.Record.For(access.Viewer{Member: anaID, Organisation: org, Roles: []access.Role{access.CaseWorker}})
		brought(t, n, door, "ctdc", "gender,majorityStatus,isForcedLabour,isSexualExploit\nFemale,Adult,1,0\nMale,Minor,0,0\n")
		brought(t, n, door, "htcds", "prs_FirstName\nMarkerperson\n")
		for _, path := range []string{"/cases", "/cases.csv"} {
			if list := ana.reads(path); strings.Contains(list, ">Historical<") || strings.Contains(list, ",Historical") || !strings.Contains(list, "Markerperson") {
				t.Errorf("%s: a historical case is among those to protect", path)
			}
		}
		list := ana.reads("/cases?state=historical")
		if strings.Count(list, ">Historical<") != 2 || strings.Contains(list, "Markerperson") || !strings.Contains(list, "Historical cases: 2.") {
			t.Errorf("the list of historical cases:\n%s", list)
		}
		if file := ana.reads("/cases.csv?state=historical"); strings.Count(file, ",Historical") != 2 || strings.Contains(file, "Markerperson") {
			t.Errorf("the list of historical cases as a file: %s", file)
		}
		if list := eva.reads("/cases?state=historical"); strings.Contains(list, ">Historical<") {
			t.Error("another organisation sees them")
		}
		if page := ana.reads(oneCase.FindString(list)); !strings.Contains(page, "A record without names of what was.") || strings.Contains(page, "Explain rights") {
			t.Error("the page of a historical case does not say what it is")
		}
	})
}

func TestImportedCellsAreShownUnderTheStandardsOwnWords(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ana, _, _, org, anaID, _ := staff(t, n)
		door := n.Record.For(access.Viewer{Member: anaID, Organisation: org, Roles: []access.Role{access.CaseWorker}})
		brought(t, n, door, "htcds", "prs_FirstName,vic_TraffickingStatus,our own\nMarkerperson,ActualVictimOfTrafficking,Markercell\n")
		page := ana.reads(oneCase.FindString(ana.reads("/cases")) + "/part/notes-and-documents")
		for _, want := range []string{"Trafficking Status", "vic_TraffickingStatus", "Actual victim of trafficking", "our own", "Markercell"} {
			if !strings.Contains(page, want) {
				t.Errorf("the page does not say %q", want)
			}
		}
	})
}
