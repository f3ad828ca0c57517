package interchange_test

import (
	"bytes"
	"fmt"
	"testing"

	"palermo/access"
	"palermo/ident"
	"palermo/interchange"
	"palermo/node"
)

// BenchmarkImport stores HTCDS rows of twelve columns as cases of a node on SQLite, with all that belongs to it: read, checked, sealed,
// indexed, journalled, with its duties, durable. rows/s is the figure.
func BenchmarkImport(b *testing.B) {
	c := node.Config{Data: b.TempDir(), Jurisdiction: "coe"}.Filled()
	if err := node.CreateKeys(c); err != nil {
		b.Fatal(err)
	}
	n, err := node.Open(b.Context(), c)
	if err != nil {
		b.Fatal(err)
	}
	defer func() {
		if err := n.Close(); err != nil {
			b.Error(err)
		}
	}()
	d := n.Record.For(access.Viewer{Member: ident.ID{2}, Name: "Colleague", Organisation: ident.ID{1}, Roles: []access.Role{access.CaseWorker}})
	const rows = 2000
	stored := 0
	for b.Loop() {
		file := bytes.NewBufferString("prs_FirstName,prs_SecondName,prs_Birthdate,prs_Gender,prs_Citizenship,prs_PrimaryLanguage,prs_IdentityNumber,vic_TraffickingStatus,cas_Status,org_Name,cco_CaseComment,our own\n")
		for i := range rows {
			fmt.Fprintf(file, "Person%d,Family%d,1999-04-23,Feminine,NG;GH,en,A%d,PossibleVictimOfTrafficking,Active,Porto Aperto,came by bus,%d\n", stored+i, i, i, stored)
		}
		f, err := interchange.HTCDS(today)
		if err != nil {
			b.Fatal(err)
		}
		read, err := interchange.ReadFile(file.Bytes(), f, today)
		if err != nil {
			b.Fatal(err)
		}
		got, err := interchange.Store(b.Context(), n.Desk, d, read, false, func(int) {})
		if err != nil || got != rows {
			b.Fatalf("%d stored of %d, refused %v: %v", got, rows, read.Refused, err)
		}
		stored += got
	}
	b.ReportMetric(float64(stored)/b.Elapsed().Seconds(), "rows/s")
}
