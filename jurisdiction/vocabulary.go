package jurisdiction

import (
	"slices"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Event is something that happens in a case and may start or stop a clock.
type Event string

// Events lists every event key a profile may name.
func Events() []string {
	return []string{
		"first_contact", "screened", "presumed", "child_unaccompanied", "age_disputed",
		"referred", "acknowledged", "first_decision", "recovery_start", "recovery_end",
		"second_decision", "negative_decision", "review_requested", "review_decided",
		"briefing_due", "rights_briefed",
		"missing", "located", "detained", "detention_ended", "accommodated",
		"safe_contact_planned", "risk_assessed", "needs_assessed", "plan_made", "urgent_needs_met",
		"guardian_appointed", "best_interests_assessed", "best_interests_determined",
		"removal_authority_notified", "removal_authority_acknowledged",
		"consent_withdrawn", "erasure_asked", "data_requested", "data_answered",
		"vital_interest_used", "override_approved",
		"charge_recorded", "non_punishment_requested",
		"complaint_received", "complaint_acknowledged",
		"return_chosen", "returned", "followed_up", "declined_identification", "progress_told",
		"closed", "reopened",
	}
}

func (e Event) refuse() string { return oneOf("event", string(e), Events()...) }

// Role is who must act, as the field names it.
type Role string

// Roles lists every role key a profile may name: the roles of access, without
// immigration enforcement, which has no duty on a case.
func Roles() []string {
	return []string{
		"first_responder", "case_worker", "service_provider", "shelter_manager", "lawyer", "advocate",
		"focal_point", "decision_maker", "police", "labour_inspector", "prosecutor", "judge",
		"liaison_officer", "guardian", "support_person", "interpreter", "booking_desk",
		"complaints_body", "rapporteur", "statistician", "auditor", "administrator", "removal_authority",
	}
}

func (r Role) refuse() string { return oneOf("role", string(r), Roles()...) }

// Applies says to whom a clock or a right applies; empty is everyone.
type Applies string

func (a Applies) refuse() string {
	return oneOf("group", string(a), "everyone", "adult", "child", "unaccompanied_child")
}

// Covers reports whether the rule is for this person.
func (a Applies) Covers(child, unaccompanied bool) bool {
	switch a {
	case "adult":
		return !child
	case "child":
		return child
	case "unaccompanied_child":
		return child && unaccompanied
	}
	return true
}

// ProfileKind tells a State from a text that States share.
type ProfileKind string

func (k ProfileKind) refuse() string { return oneOf("kind", string(k), "state", "default") }

// Lang is a BCP 47 language tag.
type Lang string

func (l Lang) refuse() string {
	tag, err := language.Parse(string(l))
	if err != nil {
		return quote(string(l)) + " is not a language tag (BCP 47), such as en, fr, es, ar or zh-Hant"
	}
	if tag.String() != string(l) {
		return quote(string(l)) + " is written " + quote(tag.String())
	}
	return ""
}

// Zone is a name in the IANA Time Zone Database.
type Zone string

func (z Zone) refuse() string {
	if z == "" || z == "Local" {
		return "name a time zone of the IANA database, such as Europe/Rome"
	}
	if _, err := time.LoadLocation(string(z)); err != nil {
		return quote(string(z)) + " is not a time zone of the IANA database, such as Europe/Rome"
	}
	return ""
}

// Weekday is a day of the working week.
type Weekday string

func weekdays() []string {
	return []string{"sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"}
}

func (d Weekday) refuse() string { return oneOf("day", string(d), weekdays()...) }

func (d Weekday) day() time.Weekday { return time.Weekday(slices.Index(weekdays(), string(d))) }

// Date is a civil date, year-month-day.
type Date string

func (d Date) refuse() string {
	if _, err := time.Parse(time.DateOnly, string(d)); err != nil {
		return quote(string(d)) + " is not a date such as 2022-12-13"
	}
	return ""
}

// Holiday is a day off work: one date (2026-04-03) or every year (12-25).
type Holiday string

func (h Holiday) refuse() string {
	if _, err := time.Parse(time.DateOnly, string(h)); err == nil {
		return ""
	}
	// A leap year, so that 02-29 may be said.
	if _, err := time.Parse(time.DateOnly, "2024-"+string(h)); err == nil {
		return ""
	}
	return quote(string(h)) + " is not a date such as 2026-04-03, nor a day of every year such as 12-25"
}

// BodyRef, RightRef and StateRef name something defined elsewhere in the merged profile.
type (
	BodyRef  string
	RightRef string
	StateRef string
)

func (BodyRef) refers() string  { return "body" }
func (RightRef) refers() string { return "rights item" }
func (StateRef) refers() string { return "state" }

// oneOf refuses a word that is not in the list, and proposes the nearest.
func oneOf(what, word string, list ...string) string {
	if slices.Contains(list, word) {
		return ""
	}
	reason := quote(word) + " is not a known " + what
	if near := nearest(word, list); near != "" {
		return reason + ": did you mean " + quote(near) + "?"
	}
	if len(list) <= 12 {
		return reason + ": it is one of " + strings.Join(list, ", ")
	}
	return reason
}
