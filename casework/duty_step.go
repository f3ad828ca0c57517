package casework

// DutyStep names the step that does what is due. It is empty where something
// else must happen first: another authority's answer, or what no step of the case records.
func (k *Desk) DutyStep(name string) string {
	if clock, ok := k.Profile.Clock(name); ok {
		return endsClock(string(clock.Until))
	}
	switch name {
	case contactDangerDuty, contactAgainDuty:
		return "safe-contact"
	case withdrawnDuty:
		return closeReferral
	case measuresAnswerDuty:
		return "answer-measures"
	case measuresKeptDuty:
		return "measures-kept"
	case addressDuty:
		return "review-address"
	case erasureDuty:
		return "answer-erasure"
	case partErasureDuty:
		return "answer-part-erasure"
	case bookingDuty:
		return "book-interpreter"
	case emergencyDuty:
		return "review-emergency"
	}
	return ""
}

// endsClock names the step after which the event has happened.
func endsClock(event string) string {
	return map[string]string{
		"acknowledged":               "acknowledge",
		"best_interests_assessed":    "best-interests",
		"complaint_acknowledged":     "hear-complaint",
		"data_answered":              "answer-data-request",
		"detention_ended":            "relocate",
		"erasure_asked":              "ask-to-erase",
		"first_decision":             "decide-first",
		"guardian_appointed":         "appoint-guardian",
		"located":                    "located",
		"needs_assessed":             "assess-needs",
		"non_punishment_requested":   "ask-not-to-punish",
		"override_approved":          "approve-override",
		"plan_made":                  "plan-service",
		"removal_authority_notified": "ask-hold",
		"review_requested":           "ask-review",
		"rights_briefed":             "explain-rights",
		"risk_assessed":              "assess-risk",
		"safe_contact_planned":       "safe-contact",
		"second_decision":            "decide-second",
		"urgent_needs_met":           "follow-service",
	}[event]
}
