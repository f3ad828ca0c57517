// Package casework is the person's case in the national referral mechanism:
// screening, identification, rights, consent, needs, plan, recovery period,
// accommodation, safe contact, to social inclusion and closure.
//
// Its words: a Case is about one person. A Step is one thing that somebody
// does to it; a file of this package is one step or one set of rules. Take
// runs a step: possible, its rules, its line in the timeline, its note for the
// journal. A page, the API and the demonstration all take steps, nothing else.
//
// What may never happen here: a step of assistance that asks for taking part
// in a proceeding (rule 1); data that goes to an organisation without a
// consent or an override (rule 2); a verdict by a score; a return that the
// person did not choose (rule 4).
package casework

import (
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/ident"
	"palermo/record"
)

// CaseID names a case.
type CaseID = record.ID[Case]

// Case is everything about one person's protection in one State.
type Case struct {
	record.Base
	Opened       time.Time
	Owner        ident.ID // the organisation responsible for assistance
	Jurisdiction string   // code of the profile that applies
	Closed       *Closure // nil while the case is open

	Person         Person
	Screenings     []Screening
	Classification *Classification
	Briefings      []Briefing
	Consents       []consent.Consent
	Refusals       []Refusal
	Overrides      []consent.Override
	Team           []Assignment
	Identification Identification
	Protection     Protection
	SafeContact    *SafeContact
	Contacts       []Contact
	Risks          []RiskAssessment
	Needs          []NeedsAssessment
	Plan           []Service
	Nights         []Accommodation
	Missing        []MissingReport
	InterviewPlans []InterviewPlan
	Interviews     []Interview
	Participation  []Participation
	Family         []FamilyMember
	Access         *AccessNeeds
	Interpreting   []Interpreting
	NonPunishment  []NonPunishment
	Evidence       []EvidenceItem
	Conferences    []Conference
	Complaints     []Complaint
	Choices        []StayOrReturn
	TakingPart     []TakingPart
	Tasks          []Task
	CaseNotes      []CaseNote
	SealedNotes    []SealedNote
	Forms          []FilledForm
	Documents      []Document
	Hold           *HoldNotice
	Child          ChildProtection
	Abroad         []Abroad  // procedures with other nodes
	Received       *Received // where the case came from; nil when it began here
	Matching       Matching  // with other States: who was asked
	DataRequests   []DataRequest
	ErasuresAsked  []ErasureAsked
	Retentions     []Retention
	Erasure        *Erasure
	PartErasure    *PartErasure
	LookDelays     []LookDelay
	Imported       *Imported // from a file; nil when it began here
	Historical     bool      // without names, of what was: to be looked at, and nothing is due

	Emergencies []Emergency
	Addresses   []OpenedAddress // to police, in an emergency
	Happened    []Occurrence
	Timeline    []Moment
}

// Moment is a line of the timeline: which step was taken, by whom, when.
type Moment struct {
	At           time.Time
	Step         string
	Member       ident.ID
	Organisation ident.ID
	Category     access.Category // who does not see it does not see the line
}

// Occurrence is an event that starts or stops a clock of the jurisdiction.
type Occurrence struct {
	Event string // of jurisdiction.Events
	At    time.Time
}

// Assignment is an organisation's place on the case. Besides the owner it
// rests on a consent, an override, or the competent authority's mandate.
type Assignment struct {
	Organisation ident.ID
	Role         access.Role
	Since        time.Time
	Until        time.Time // zero: as long as the consent lasts
	Mandate      access.Set
	Provision    string // of the mandate, where it rests on law
	HandedOver   bool   // it had the case before, and learns what became of the referral
}

func (c *Case) happened(event string, at time.Time) {
	c.Happened = append(c.Happened, Occurrence{Event: event, At: at})
}
