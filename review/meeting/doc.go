// Package meeting is a session of a working group, from its agenda to the
// adoption of its report (paras. 29 to 51 of the report of July 2018).
//
// Its words: a Session is what was decided and said, as facts; a Summary entry
// is one paragraph of the deliberations; Attendance has the report's five
// groups. The Report is made from the Session: its numbers, its lists in the
// order of the United Nations, and the sentences that recur in every report.
//
// What may never happen here: a number, a name or a list in the report that is
// written twice; a summary that says more than what was said at the session.
package meeting
