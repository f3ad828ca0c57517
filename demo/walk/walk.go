// Package walk goes through a case in two States as its people would: signed
// in at each node's pages, form by form, over HTTP. After each step it reads
// what each side now knows.
package walk

import (
	"context"
	"fmt"

	"palermo/demo"
)

// Place is a node that serves.
type Place struct {
	Title    string
	Node     string
	Address  string
	Accounts []*demo.Account
}

// Step is one step of the walk, and what each side knows after it.
type Step struct {
	Title string  `json:"title"`
	Known []Known `json:"known"`
}

// Known is what one side knows of the person and of the procedure.
type Known struct {
	Where string `json:"where"`
	State string `json:"state,omitempty"`
	What  string `json:"what"`
}

// Walk takes every step, and tells each as it is done.
func Walk(ctx context.Context, places []Place, tell func(Step)) error {
	w := &walker{ctx: ctx, tell: tell, at: map[string]*Visitor{}, places: places}
	for _, chapter := range []func(*walker){introduced, identified, knownElsewhere, returned, testified, compensated} {
		if chapter(w); w.err != nil {
			return fmt.Errorf("%s: %w", w.step, w.err)
		}
	}
	return nil
}
