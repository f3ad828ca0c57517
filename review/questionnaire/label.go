package questionnaire

import "palermo/input"

// Options lists the statuses.
func (Status) Options() []input.Option {
	return []input.Option{{Value: string(Open), Label: "Open"}, {Value: string(Agreed), Label: "Agreed"},
		{Value: string(AdReferendum), Label: "Agreed ad referendum"}, {Value: string(NoConsensus), Label: "No consensus"}}
}

// Label names it to a person, in English.
func (s Status) Label() string { return label(s.Options(), string(s)) }

// Options lists the tags.
func (Obligation) Options() []input.Option {
	return []input.Option{{Value: string(Mandatory), Label: "Mandatory"}, {Value: string(Optional), Label: "Optional"}, {Value: string(Other), Label: "Other"}}
}

// Label names it to a person, in English.
func (o Obligation) Label() string { return label(o.Options(), string(o)) }

// Options lists the acts.
func (Act) Options() []input.Option {
	return []input.Option{{Value: string(Replace), Label: "Other words"}, {Value: string(Insert), Label: "A new question after it"},
		{Value: string(Delete), Label: "Delete it"}, {Value: string(Move), Label: "Move it"}}
}

// Label names it to a person, in English.
func (a Act) Label() string { return label(a.Options(), string(a)) }

func label(options []input.Option, value string) string {
	for _, o := range options {
		if o.Value == value {
			return o.Label
		}
	}
	return value
}
