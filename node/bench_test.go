package node_test

import (
	"testing"

	"palermo/casework"
	"palermo/demo"
	"palermo/node"
	"palermo/record"
)

// BenchmarkWorklist reads a page of fifty cases, as the one who leads them.
func BenchmarkWorklist(b *testing.B) {
	c := node.Config{Jurisdiction: "it", Data: b.TempDir()}.Filled()
	n, accounts, err := demo.New(b.Context(), c, demo.Italy())
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() {
		if err := n.Close(); err != nil {
			b.Error(err)
		}
	})
	door := n.Record.For(accounts[0].Viewer)
	for range 50 {
		if _, err := n.Desk.OpenCase(b.Context(), door, casework.DescribePerson{Age: casework.Adult}); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if page, err := n.Desk.Cases(b.Context(), door, "", record.Cursor{}, 50); err != nil || len(page) != 50 {
			b.Fatal(len(page), err)
		}
	}
}
