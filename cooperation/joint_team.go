package cooperation

import (
	"time"

	"palermo/fault"
)

// jointTeam is a joint investigation team (rows 12, 24; Convention, article
// 19). Leads are shared without any victim's data, and somebody answers for
// the protection of victims.
func jointTeam() *Definition {
	return &Definition{
		Type: "joint_team", Label: "Joint investigation team", Row: "12, 24", Begin: "propose",
		States: []Stage{
			{"proposed", "Proposed", Asked},
			{"countered", "Other terms are proposed", Asking},
			{"active", "At work", Either},
		},
		Acts: append([]Info{
			{Name: "propose", Label: "Propose a team", Past: "Team proposed", By: Asking, From: []State{""}, To: "proposed", New: act[ProposeTeam]()},
			{Name: "counter", Label: "Propose other terms", Past: "Other terms proposed", By: Asked, From: []State{"proposed"}, To: "countered", New: act[ProposeTeam]()},
			{Name: "revise", Label: "Propose anew", Past: "Proposed anew", By: Asking, From: []State{"countered"}, To: "proposed", New: act[ProposeTeam]()},
			{Name: "agree", Label: "Agree", Past: "Agreed", By: Asked, From: []State{"proposed"}, To: "active", New: act[AgreeToTeam]()},
			{Name: "lead", Label: "Share a lead", Past: "Lead shared", By: Either, From: []State{"active"}, New: act[Lead]()},
			{Name: "finish", Label: "Finish", Past: "Finished", By: Asking, From: []State{"active"}, To: Completed, New: act[Finish]()},
		}, always(Asking)...),
	}
}

// ProposeTeam has the terms of a team.
type ProposeTeam struct {
	Purpose    string `label:"Purpose" kind:"textarea" hint:"No victim's name."`
	Basis      string `label:"Legal basis" hint:"Treaty and article."`
	Members    string `label:"Members, by authority and function" kind:"textarea"`
	Until      string `label:"Until" kind:"date"`
	Shared     string `label:"What may be shared" kind:"textarea"`
	Protection string `label:"Who answers for the protection of victims"`
}

// Check of the term.
func (s *ProposeTeam) Check(_ *Procedure, w Work) error {
	if until, err := time.Parse(time.DateOnly, s.Until); !w.By.Member.IsZero() && (err != nil || !until.After(w.Now)) {
		return fault.Invalid("until", "Choose a day to come.")
	}
	return nil
}

// AgreeToTeam begins it.
type AgreeToTeam struct {
	free
	Protection string `label:"Who answers for the protection of victims on this side"`
}

// Lead is a piece of information about offenders, routes or money.
type Lead struct {
	About string `label:"About whom or what" kind:"textarea" hint:"Offenders, routes, money, vehicles. Nothing of a victim: no name, no telephone, no address that a victim used."`
	Court bool   `label:"It may be used in court"`
	Safe  bool   `label:"Nobody who was exploited can be known or endangered by it"`
}

// Check demands the look at victims' safety.
func (s *Lead) Check(*Procedure, Work) error {
	return yes("safe", s.Safe, "Look at the victims' safety before you share it.")
}
