// Package locale says things in the reader's language: sentences, counts,
// refusals, dates and numbers.
//
// The English text is the key of its translations, so code reads as what the
// page says, and a text without a translation still says something:
//
//	languages, err := locale.Load()
//	loc := languages.Match(r.Header.Get("Accept-Language"), cookie)
//	loc.T("Referred by %s", organisation)
//	loc.N("%d task is due today", "%d tasks are due today", n, n)
//	loc.C("of a decision", "Open")
//
// Translations are gettext PO files in web/locales; package po reads them and
// the program in extract keeps them in step with the code. Pages receive a
// Locale per request and there is no language kept in between, so that one
// reader's language never reaches another's page.
package locale
