// Package po reads and writes gettext PO files, the format that translators'
// tools (Weblate, Poedit, Pontoon) speak.
//
// It is ours and not a library because the one we looked at (gotext) serves
// fuzzy entries as if they were true, drops translators' comments when it
// writes, and skips what it cannot read. Here a line that is not understood
// is an error with its number, and what is read is written back whole.
// The plural formulas themselves are compiled by gotext/plurals.
package po
