package jurisdiction

// Move is how soon a State does its part in a procedure with another one, once
// it stands in a state.
type Move struct {
	Key    MoveKey `yaml:"key,required"` // the procedure and its state, such as return.asked
	Period Period  `yaml:"period,required"`
	Basis  `yaml:",inline"`
}

// MoveKey names a state of a procedure between States.
type MoveKey string

func (k MoveKey) refuse() string { return oneOf("state of a procedure", string(k), MoveKeys()...) }

// MoveKeys lists every state of a procedure that a profile may set a time for.
func MoveKeys() []string {
	return []string{
		"enquiry.asked", "enquiry.more_needed", "enquiry.answered",
		"referral.proposed", "referral.more_needed", "referral.welcome", "referral.details", "referral.taken",
		"return.asked", "return.assessed", "return.confirmed", "return.documents", "return.travelling", "return.arrived",
		"reunification.asked", "reunification.ready", "reunification.tracing", "reunification.traced", "reunification.agreed",
		"interpreter.asked", "interpreter.offered", "interpreter.accepted", "interpreter.booked",
		"testimony.asked", "testimony.agreed", "testimony.scheduled",
		"consular.notified", "consular.acknowledged", "consular.helped",
		"legal_assistance.requested", "legal_assistance.more_needed", "legal_assistance.executing", "legal_assistance.executed",
		"compensation.announced", "compensation.ways", "compensation.details", "compensation.payable", "compensation.paid",
		"joint_team.proposed", "joint_team.countered", "joint_team.active",
	}
}

// Move gives how soon this State does its part, and on what ground; where no
// profile says so, the project's own seven days: nobody waits for ever.
func (p *Profile) Move(key MoveKey) Move {
	for _, m := range p.Between {
		if m.Key == key {
			return m
		}
	}
	return Move{Key: key, Period: Period{N: 7, Unit: Days}, Basis: Basis{Status: Project}}
}
