// Package locales holds the translations of every text of the program, one
// PO file a language. English is the text in the code and has no file.
//
// messages.pot is written by go run ./web/locale/extract; translators work on
// the .po files, and go run ./web/locale/extract -merge brings new texts in.
package locales

import "embed"

// Files are the PO files.
//
//go:embed *.po
var Files embed.FS
