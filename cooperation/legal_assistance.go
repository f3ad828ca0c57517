package cooperation

import (
	"palermo/casework"
	"palermo/consent"
	"palermo/input"
)

// legalAssistance is a request for mutual legal assistance through central
// authorities (rows 8e, 20; Convention, article 18). It carries no victim's
// data; where the answer tells of somebody whom this side protects, their own
// case allows it.
func legalAssistance() *Definition {
	return &Definition{
		Type: "legal_assistance", Label: "Mutual legal assistance through central authorities", Row: "8e, 20", Begin: "request",
		Others: consent.Proceedings,
		States: []Stage{
			{"requested", "Requested", Asked},
			{"more_needed", "More is needed", Asking},
			{"executing", "Being executed", Asked},
			{"executed", "Executed", Asking},
		},
		Acts: append([]Info{
			{Name: "request", Label: "Request", Past: "Requested", By: Asking, From: []State{""}, To: "requested", New: act[RequestAssistance]()},
			{Name: "more", Label: "Ask for more", Past: "More asked for", By: Asked, From: []State{"requested"}, To: "more_needed", New: act[More]()},
			{Name: "add", Label: "Add what was missing", Past: "More given", By: Asking, From: []State{"more_needed"}, To: "requested", New: act[AddToEnquiry]()},
			{Name: "accept", Label: "Accept", Past: "Accepted", By: Asked, From: []State{"requested"}, To: "executing", New: act[AcceptAssistance]()},
			{Name: "postpone", Label: "Postpone", Past: "Postponed", By: Asked, From: []State{"executing"}, New: act[Postpone]()},
			{Name: "executed", Label: "Send the result", Past: "Executed", By: Asked, From: []State{"executing"}, To: "executed", New: act[Executed]()},
			{Name: "finish", Label: "Finish", Past: "Finished", By: Asking, From: []State{"executed"}, To: Completed, New: act[Finish]()},
		}, always(Asking)...),
	}
}

// Requested is what is asked for.
type Requested string

// Options lists them (Convention, article 18, paragraph 3).
func (Requested) Options() []input.Option {
	return []input.Option{{Value: "testimony", Label: "Taking evidence or statements, also by video"}, {Value: "documents", Label: "Documents and records"},
		{Value: "money", Label: "Bank and money records"}, {Value: "service", Label: "Service of judicial documents"},
		{Value: "search", Label: "Search, seizure, freezing"}, {Value: "proceeds", Label: "Identifying and tracing proceeds"}, {Value: "other", Label: "Something else"}}
}

// RequestAssistance has the parts that article 18, paragraph 15, asks for.
type RequestAssistance struct {
	free
	Authority    string      `label:"Authority that makes the request"`
	Basis        string      `label:"Legal basis" hint:"Treaty and article."`
	Offence      string      `label:"Subject and nature of the proceeding" kind:"textarea" hint:"No victim's name."`
	What         []Requested `label:"What is asked for"`
	Details      string      `label:"Particulars, and how it should be done" kind:"textarea" hint:"No victim's name."`
	Purpose      string      `label:"What it is for"`
	Confidential bool        `label:"To be kept confidential"`
}

// AcceptAssistance says who executes it.
type AcceptAssistance struct {
	Authority string          `label:"Authority that executes it"`
	Protected casework.Answer `label:"Is it about somebody whom an organisation here helps or protects?" hint:"If so, link their own case first: it decides what may be said." optional:"true" here:"true"`
	Limits    string          `label:"Conditions on its use" kind:"textarea" optional:"true"`
}

func (s *AcceptAssistance) protects() casework.Answer { return s.Protected }

// Check that somebody looked whether it is about a person who is protected here.
func (s *AcceptAssistance) Check(_ *Procedure, w Work) error { return looked(s.Protected, w) }

// Postpone gives the reason (article 18, paragraph 25).
type Postpone struct {
	free
	Reason string `label:"Reason" kind:"textarea"`
	Until  string `label:"Until" kind:"date" optional:"true"`
}

// Executed is the result.
type Executed struct {
	Result    string          `label:"Result, and how it reaches the authority" kind:"textarea" hint:"Evidence itself goes the way that the law prescribes."`
	Protected casework.Answer `label:"Does it tell of somebody whom an organisation here helps or protects?" hint:"If so, link their own case first: it decides what may be said." optional:"true" here:"true"`
}

func (s *Executed) protects() casework.Answer { return s.Protected }

// Check that somebody looked whether it tells of a person who is protected here.
func (s *Executed) Check(_ *Procedure, w Work) error { return looked(s.Protected, w) }
