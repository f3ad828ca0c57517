// Package form is the questionnaires of Palermo: screening, intake, needs,
// indicator sets, whatever a State asks. Their language is XLSForm, so that
// people who write questionnaires for a living can write ours in a
// spreadsheet, and take ours away to any other tool.
//
// # The way through
//
//	d, err := form.ReadXLSX(file)             // or ReadCSV: a folder of survey.csv, choices.csv, settings.csv
//	report := form.Check(d)                   // every mistake by sheet, row and column; report.OK
//	a, err := form.FromValues(d, posted)      // what a page posted, or d.ReadAnswers(json), or form.Answers{}
//	state := form.Run(d, a, form.Env{Now: now, Language: "fr"})
//	state.Fields, state.Problems()            // the page, and what the person should look at
//	kept := state.Clean()                     // what to store
//	d.WriteXLSX(out)                          // the workbook, cell for cell
//
// A mistake in a questionnaire is data, not an error: New never fails, Check
// reports, and Run works with what is sound. An error is returned only for a
// file that is no workbook, or one beyond the limits in workbook.go.
//
// # Words
//
// A Definition is a questionnaire; an Item a row of its survey sheet (a
// question, a group, a repeat); a List the choices of selects. Answers are
// what somebody said, nested by group as the form is. A State is the form
// with its answers worked out, made of Fields. An indicator set is a
// definition whose questions carry an Indicator.
//
// # What is as in ODK, and what is not
//
// Expressions are the XPath 1.0 subset of ODK XForms with its functions.
// Dates count as days since 1970. An unanswered question is the empty text;
// as a number it is NaN, so a sum over unanswered questions is NaN, and a
// calculation that gives NaN has no value; coalesce(${x}, 0) is the author's
// way out. min and max pass over what is empty. What is not relevant is empty
// to every expression, and counts in no nodeset. A nodeset as a condition is
// true when something in it is answered. A repeat that nothing is known of
// has one instance, or none with the appearance minimal.
//
// A calculation on a question that is shown makes it read-only, and is always
// up to date; once() keeps the first value. The column trigger is ignored.
// Places, pictures, sounds and bar codes are known types and cannot be
// answered on line (Field.Supported). Files with choices (select_one_from_file,
// pulldata) are not read. Check warns of each of these.
//
// Report.Questions counts what a person is asked, and what is calculated or
// hidden; not notes, groups or what a device records by itself.
//
// # Indicator sets
//
// Columns of our own in the survey sheet:
//
//	indicator_code  the code of the indicator, such as D1.01; makes the question an indicator
//	dimension       the dimension it belongs to: D1 to D6 in the operational indicators, free elsewhere;
//	                "age" for the question whether the person is under 18 (yes, uncertain, no)
//	weight          strong, medium, weak; empty in sets without weights
//	source          where the indicator comes from
//	status          seen in that source, secondary (seen in one that cites it), unverified, draft (this project's own)
//
// An indicator is present when its answer is yes (or true, 1, OK). In the
// settings sheet, age says what holds where no question asks: under_18.
//
// # What may never happen here
//
// A Score never decides. Its type has no field that says whether somebody is
// a victim; it lists answers, counts and sentences that begin with
// "Indications of", always with the answers behind them and the Notice. Those
// sentences are English and carry a code to translate them by.
// Nothing here reads a clock, draws a random number, or speaks to a network
// or a database: they come in by Env. No answer appears in an error. No input
// may panic, run without end, or take memory without bound.
package form
