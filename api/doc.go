// Package api is what programs do at a node, in JSON: on the same door as the
// pages, with the same steps, rules and journal. What a request sends is
// described by the steps' own structs (package input), so that the API and the
// pages cannot differ; what it gets is what the pages show, redacted by the same View.
//
// A program shows a key that a member issued for it (directory.ProgramKey) and
// acts for that member in one role. No cookie is read here, so no other site's
// page can act in anybody's name.
//
// What may never happen here: personal data in an address, a log or an error; an
// answer made of anything that did not come redacted through the door; a way to
// do what the page refuses.
package api
