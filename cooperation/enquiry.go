package cooperation

import "palermo/input"

// enquiry asks another State something without any personal data (row 8e). It
// becomes a formal request by beginning another procedure from it.
func enquiry() *Definition {
	return &Definition{
		Type: "enquiry", Label: "Enquiry without personal data", Row: "8e", Begin: "ask",
		States: []Stage{
			{"asked", "Asked", Asked},
			{"more_needed", "More is needed", Asking},
			{"answered", "Answered", Asking},
		},
		Acts: append([]Info{
			{Name: "ask", Label: "Ask", Past: "Asked", By: Asking, From: []State{""}, To: "asked", New: act[Enquire]()},
			{Name: "answer", Label: "Answer", Past: "Answered", By: Asked, From: []State{"asked"}, To: "answered", New: act[AnswerEnquiry]()},
			{Name: "more", Label: "Ask for more", Past: "More asked for", By: Asked, From: []State{"asked"}, To: "more_needed", New: act[More]()},
			{Name: "add", Label: "Add what was missing", Past: "More given", By: Asking, From: []State{"more_needed"}, To: "asked", New: act[AddToEnquiry]()},
			{Name: "again", Label: "Ask again", Past: "Asked again", By: Asking, From: []State{"answered"}, To: "asked", New: act[AddToEnquiry]()},
			{Name: "finish", Label: "The enquiry is answered", Past: "Finished", By: Asking, From: []State{"answered"}, To: Completed, New: act[Finish]()},
		}, always(Asking)...),
	}
}

// Topic is what an enquiry is about.
type Topic string

// Options lists the topics.
func (Topic) Options() []input.Option {
	return []input.Option{{Value: "services", Label: "Services and reception"}, {Value: "law", Label: "Law and requirements"},
		{Value: "documents", Label: "Documents and nationality, in general"}, {Value: "contacts", Label: "Whom to turn to"},
		{Value: "risk", Label: "Risks in a place, in general"}, {Value: "prevention", Label: "Recruitment, transportation, carriers"},
		{Value: "other", Label: "Something else"}}
}

// Enquire is the question.
type Enquire struct {
	free
	Topic    Topic  `label:"What it is about"`
	Question string `label:"Question" kind:"textarea" hint:"No name, no date of birth, no address, nothing from which a person could be known."`
	Urgent   bool   `label:"It is urgent"`
}

// AnswerEnquiry is the answer.
type AnswerEnquiry struct {
	free
	Answer string `label:"Answer" kind:"textarea"`
	Source string `label:"Source" optional:"true"`
}

// AddToEnquiry completes a question.
type AddToEnquiry struct {
	free
	Text string `label:"What is added" kind:"textarea" hint:"No name, no date of birth, no address, nothing from which a person could be known."`
}
