// Package jurisdiction describes a State as data: its ages, periods, stages,
// deadlines, entitlements, rights texts, languages, bodies and laws. A new
// State is a new YAML file in profiles/ (or in a directory of the State's
// own), never new code.
//
// Its words:
//
//   - A Profile is one file, merged over the file it extends: gb over coe over
//     default. Every merged fact still says which file it came from.
//   - A Fact is a value with its Basis: the source, the place in it, and a
//     Status (seen, secondary, unverified, project). A fact without a source
//     is a gap: the loader refuses the value, and Gaps shows the hole.
//   - A Clock is a deadline: from an Event, a Period, who is responsible, who
//     is told next. Most are the project's own defaults; each says so.
//   - A Stage is a step of identification with the State's own name for it; a
//     State of the procedure (ProcedureState) is where a case may stand.
//   - A Gap is something not known, not checked, taken from a default, or a
//     condition that the law puts on help, said in plain words.
//
// What may never happen here: a fact is made up; an unverified fact looks
// like a verified one; a default passes for a State's own law; a missing
// public holiday makes a deadline later (unknown holidays are not skipped, so
// a deadline can only fall too early); a profile makes assistance depend on
// taking part in a proceeding without that being listed as a gap.
//
// Days are counted in the State's time zone. The day of the event is not
// counted, and a deadline in days, working days or months ends with the last
// second of its last day. Hours are counted exactly, over changes of clocks.
//
// The package knows no database, no network and no person.
package jurisdiction
