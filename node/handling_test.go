package node_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"palermo/access"
	"palermo/casework"
	"palermo/interchange"
	"palermo/node"
	"palermo/record"
)

// What its sender does not allow to be passed on leaves by no file: not the
// case file, not the list of cases, not an export. The page says why.
func TestWhatMayNotBePassedOnLeavesInNoFile(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		_, ben, _, org, anaID, _ := staff(t, n)
		door := n.Record.For(access.Viewer{Member: anaID, Organisation: org, Roles: []access.Role{access.CaseWorker}})
		sheets := []casework.Sheet{{Step: "describe-person", Fields: url.Values{"name": {"Marker-Esohe"}, "age": {"adult"}}}}
		for _, kept := range []bool{true, false} {
			var id casework.CaseID
			must(t, record.Do(t.Context(), door, record.Reason{Action: "create"}, func(tx *record.Tx) (err error) {
				id, err = n.Desk.OpenFrom(tx, sheets, &casework.Received{Peer: "ng", NotPassOn: kept})
				return err
			}))
			page, made := ben.reads("/cases/"+id.String()), http.StatusOK
			if kept {
				made = http.StatusConflict
			}
			if says := strings.Contains(page, "does not allow that what came is passed on"); says != kept || strings.Contains(page, "/file.docx") == kept {
				t.Errorf("kept %t: the page says so %t", kept, says)
			}
			if code, body := ben.ask(http.MethodGet, "/cases/"+id.String()+"/file.docx", nil); code != made || kept && strings.Contains(body, "Marker-Esohe") {
				t.Errorf("kept %t: the file comes with %d", kept, code)
			}
			if code, _ := ben.ask(http.MethodGet, "/cases/"+id.String()+"/file.pdf", nil); kept && code != http.StatusConflict {
				t.Errorf("it is printed, or not for this reason: %d", code)
			}
			list := ben.reads("/cases.csv")
			for _, format := range []string{"json", "csv", "htcds"} {
				var out bytes.Buffer
				if _, err := interchange.Write(t.Context(), n.Desk, door, format, &out); err != nil {
					t.Fatal(err)
				}
				list += out.String()
			}
			if strings.Contains(list, "Marker-Esohe") == kept {
				t.Errorf("kept %t: the name is in a file, or missing", kept)
			}
		}
	})
}
