package casework

import (
	"slices"
	"sync"

	"palermo/access"
)

// The parts of a case, in the order of its page.
const (
	SectionIdentification = "Identification"
	SectionRights         = "Rights and consent"
	SectionSafety         = "Safety"
	SectionAssistance     = "Needs and assistance"
	SectionPlace          = "Accommodation"
	SectionLegal          = "Legal protection"
	SectionFamily         = "Child and family"
	SectionRecord         = "Notes and documents"
	SectionCase           = "The case"
)

// Steps lists every step of a case, in the order in which pages offer them.
func Steps() []Info { return slices.Clone(steps()) }

// steps are the same for all: they are put together once.
var steps = sync.OnceValue(func() []Info {
	var all []Info
	for _, part := range [][]Info{identificationSteps(), rightsSteps(), safetySteps(), placeSteps(),
		assistanceSteps(), familySteps(), legalSteps(), recordSteps(), caseSteps(), dataSteps()} {
		all = append(all, part...)
	}
	return all
})

func identificationSteps() []Info {
	return []Info{
		{"fill-form", SectionIdentification, "Fill in a questionnaire", "Questionnaire filled in", "do:screen", access.Screening, false, step[FillForm]()},
		{"screen", SectionIdentification, "Record a screening", "Screening recorded", "do:screen", access.Screening, false, step[Screen]()},
		{"classify", SectionIdentification, "Compare with the elements of trafficking and smuggling", "Elements compared", "do:screen", access.Screening, false, step[Classify]()},
		{"presume", SectionIdentification, "Presume a victim", "Presumed a victim of trafficking", "do:screen", access.Screening, false, step[Presume]()},
		{"refer", SectionIdentification, "Refer to the competent authority", "Referred to the competent authority", "do:refer", access.Decisions, false, step[Refer]()},
		{"notify", SectionIdentification, "Notify without naming the person", "Notified without naming the person", "do:refer", access.Decisions, false, step[Notify]()},
		{"acknowledge", SectionIdentification, "Acknowledge the referral", "Referral acknowledged", "do:acknowledge", access.Decisions, false, step[Acknowledge]()},
		{"decide-first", SectionIdentification, "Give the first decision", "First decision given", "do:decide", access.Decisions, false, step[DecideFirst]()},
		{"extend-recovery", SectionIdentification, "Extend the recovery period", "Recovery period extended", "do:recovery", access.Decisions, false, step[ExtendRecovery]()},
		{"propose-early-end", SectionIdentification, "Propose to end the recovery period early", "Early end of the recovery period proposed", "do:decide", access.Decisions, false, step[ProposeEarlyEnd]()},
		{"end-recovery-early", SectionIdentification, "Decide on the proposed early end", "Early end of the recovery period decided", "do:decide", access.Decisions, false, step[DecideEarlyEnd]()},
		{"decide-second", SectionIdentification, "Give the second decision", "Second decision given", "do:decide", access.Decisions, false, step[DecideSecond]()},
		{"ask-review", SectionIdentification, "Ask for a review", "Review asked for", "do:review", access.Decisions, false, step[AskReview]()},
		{"decide-review", SectionIdentification, "Decide the review", "Review decided", "do:decide", access.Decisions, false, step[DecideReview]()},
		{closeReferral, SectionIdentification, "Close the file: the person has withdrawn the referral", "File of a withdrawn referral closed", "do:acknowledge", access.Decisions, false, step[CloseReferral]()},
		{"ask-hold", SectionIdentification, "Tell the authority that could remove the person to wait", "Removal authority told to wait", "do:refer", access.Decisions, false, step[AskHold]()},
		{"lift-hold", SectionIdentification, "Tell that authority that it need not wait any more", "Removal authority told that it need not wait", "do:refer", access.Decisions, false, step[LiftHold]()},
		{"decline-identification", SectionIdentification, "Record that the person declines identification", "Identification declined by the person", "do:consent", access.Decisions, false, step[DeclineIdentification]()},
	}
}

func rightsSteps() []Info {
	return []Info{
		{"explain-rights", SectionRights, "Explain rights", "Rights explained", "do:rights", access.Consents, false, step[ExplainRights]()},
		{"give-consent", SectionRights, "Record a consent", "Consent given", "do:consent", access.Consents, false, step[GiveConsent]()},
		{"guardian-consent", SectionRights, "Record the guardian's answer to a consent", "Guardian's answer to a consent recorded", "do:consent", access.Consents, false, step[AnswerAsGuardian]()},
		{"refuse-consent", SectionRights, "Record that the person says no", "The person said no to a consent", "do:consent", access.Consents, false, step[RefuseConsent]()},
		{"withdraw-consent", SectionRights, "Withdraw a consent", "Consent withdrawn", "do:consent", access.Consents, false, step[WithdrawConsent]()},
		{"propose-override", SectionRights, "Release data without consent", "Release without consent proposed", "do:share", access.Consents, false, step[ProposeOverride]()},
		{"approve-override", SectionRights, "Approve or refuse a release without consent", "Release without consent answered", "do:approve", access.Consents, false, step[AnswerOverride]()},
		{"join", SectionRights, "Bring an organisation to the case", "Organisation brought to the case", "do:share", access.Summary, false, step[Join]()},
	}
}

func safetySteps() []Info {
	return []Info{
		{"safe-contact", SectionSafety, "Make or change the safe-contact plan", "Safe-contact plan made", "do:contact", access.Contact, true, step[PlanSafeContact]()},
		{"reach", SectionSafety, "Prepare a message, letter or call", "Message, letter or call prepared", "do:reach", access.Contact, false, step[Reach]()},
		{"reached", SectionSafety, "Record what came back", "What came back recorded", "do:reach", access.Contact, false, step[Reached]()},
		{"assess-risk", SectionSafety, "Assess the risk", "Risk assessed", "do:risk", access.Risk, false, step[AssessRisk]()},
	}
}

func placeSteps() []Info {
	return []Info{
		{"accommodate", SectionPlace, "Record where the person sleeps", "Accommodation recorded", "do:placement", access.Placement, false, step[Accommodate]()},
		{"relocate", SectionPlace, "Move the person to a safe place", "Moved to a safe place", "do:placement", access.Placement, false, step[Relocate]()},
		{"report-missing", SectionPlace, "Raise the alarm: the person is missing", "Reported missing", "do:placement", access.Placement, false, step[ReportMissing]()},
		{"open-address", SectionPlace, "Open the address to police in an emergency", "Address opened to police in an emergency", "do:open_address", access.Placement, false, step[OpenAddress]()},
		{"located", SectionPlace, "The person is located", "Located", "do:placement", access.Placement, false, step[LocateMissing]()},
	}
}

func assistanceSteps() []Info {
	return []Info{
		{"assess-needs", SectionAssistance, "Assess needs", "Needs assessed", "do:needs", access.Needs, false, step[AssessNeeds]()},
		{"plan-service", SectionAssistance, "Add a service to the plan", "Service planned", "do:needs", access.Needs, false, step[PlanService]()},
		{"follow-service", SectionAssistance, "Record what became of a service", "Service followed up", "do:needs", access.Needs, false, step[FollowService]()},
		{"plan-access", SectionAssistance, "Record access needs", "Access needs recorded", "do:needs", access.Needs, true, step[PlanAccess]()},
		{"choose", SectionAssistance, "Record what the person wants: to stay, to return, another country", "The person's choice recorded", "do:stay", access.Needs, false, step[ChooseStayOrReturn]()},
	}
}

func familySteps() []Info {
	return []Info{
		{"appoint-guardian", SectionFamily, "Name the guardian", "Guardian named", "do:child", access.Family, false, step[AppointGuardian]()},
		{"best-interests", SectionFamily, "Weigh the child's best interests", "Best interests weighed", "do:child", access.Family, false, step[WeighBestInterests]()},
		{"add-family", SectionFamily, "Add a family member", "Family member added", "do:family", access.Family, false, step[AddFamilyMember]()},
		{"mark-relative", SectionFamily, "Record whether a family member may be a danger", "Family member looked at again", "do:family", access.Family, false, step[MarkRelative]()},
	}
}

// legalSteps: that a proceeding is spoken of shows in the timeline to those
// alone who see privileged records, so the steps of taking part are in that category.
func legalSteps() []Info {
	return []Info{
		{"record-charge", SectionLegal, "Record a charge or penalty", "Charge or penalty recorded", "do:nonpunishment", access.Privileged, false, step[RecordCharge]()},
		{"ask-not-to-punish", SectionLegal, "Ask not to punish", "Asked not to punish", "do:nonpunishment", access.Privileged, false, step[AskNotToPunish]()},
		{"answer-not-to-punish", SectionLegal, "Record the answer to the request", "Answer to the request recorded", "do:nonpunishment", access.Privileged, false, step[AnswerNotToPunish]()},
		{"take-part", SectionLegal, "Record whether the person wants to take part in a proceeding", "Decision on taking part recorded", "do:rights", access.Privileged, false, step[TakePart]()},
		{"plan-participation", SectionLegal, "Plan how the person takes part in a step of a proceeding", "Step of a proceeding planned", "do:participation", access.Privileged, false, step[PlanParticipation]()},
		{"ask-measures", SectionLegal, "Record that measures were requested", "Measures requested", "do:participation", access.Privileged, false, step[AskMeasures]()},
		{"answer-measures", SectionLegal, "Record the answer on measures", "Answer on measures recorded", "do:participation", access.Privileged, false, step[AnswerMeasures]()},
		{"measures-kept", SectionLegal, "Record whether measures were kept", "Measures followed up", "do:participation", access.Privileged, false, step[KeepMeasures]()},
		{"plan-evidence", SectionLegal, "List evidence other than testimony", "Other evidence listed", "do:screen", access.Screening, false, step[PlanEvidence]()},
		{"complain", SectionLegal, "Make a complaint", "Complaint made", "do:complaint", access.Complaints, false, step[Complain]()},
		{"hear-complaint", SectionLegal, "Answer the complaint", "Complaint answered", "do:hear", access.Complaints, false, step[HearComplaint]()},
	}
}

func recordSteps() []Info {
	return []Info{
		{"write-note", SectionRecord, "Write a note", "Note written", "do:note", access.Notes, false, step[WriteNote]()},
		{"seal-note", SectionRecord, "Read or write confidential notes of my organisation", "Note written", "do:note", access.Notes, false, step[SealNote]()},
		{"attach", SectionRecord, "Add a document", "Document added", "do:document", access.Summary, false, step[AttachDocument]()},
		{"hold-conference", SectionRecord, "Record a case conference", "Case conference held", "do:conference", access.Notes, false, step[HoldConference]()},
		{"add-task", SectionRecord, "Give somebody a task", "Task given", "do:note", access.Summary, false, step[AddTask]()},
		{"finish-task", SectionRecord, "A task is done", "Task done", "do:note", access.Summary, false, step[FinishTask]()},
		{"plan-interview", SectionRecord, "Plan an interview", "Interview planned", "do:interview", access.Screening, false, step[PlanInterview]()},
		{"interview", SectionRecord, "Record an interview", "Interview recorded", "do:interview", access.Screening, false, step[RecordInterview]()},
		{"ask-interpreter", SectionRecord, "Ask for an interpreter", "Interpreter asked for", "do:interpreter", access.Needs, false, step[AskInterpreter]()},
		{"book-interpreter", SectionRecord, "Book the interpreter", "Interpreter booked", "do:booking", access.Needs, false, step[BookInterpreter]()},
		{"refuse-interpreter", SectionRecord, "The person does not want this interpreter", "Another interpreter wanted", "do:interpreter", access.Needs, false, step[RefuseInterpreter]()},
		{"cancel-interpreter", SectionRecord, "The interpreter is no longer needed", "Interpreter no longer needed", "do:interpreter", access.Needs, false, step[CancelInterpreter]()},
		{"replace-interpreter", SectionRecord, "The interpreter cannot come: look for another", "Another interpreter looked for", "do:booking", access.Needs, false, step[ReplaceInterpreter]()},
	}
}

func caseSteps() []Info {
	return []Info{
		{"describe-person", SectionCase, "Change name and personal details", "Personal details changed", "do:person", access.Identity, true, step[DescribePerson]()},
		{"seek-protection", SectionCase, "Record a wish for or fear behind international protection", "International protection recorded", "do:protection", access.Protection, false, step[SeekProtection]()},
		{"hand-over", SectionCase, "Hand over to another organisation", "Handed over to another organisation", "do:close", access.Summary, false, step[HandOver]()},
		{"end-part", SectionCase, "End an organisation's part in the case", "An organisation's part ended", "do:share", access.Summary, false, step[EndPart]()},
		{"review-address", SectionCase, "Review an address opened to police", "Address opened to police reviewed", "do:approve", access.History, false, step[ReviewOpenedAddress]()},
		{"review-emergency", SectionCase, "Review an emergency opening", "Emergency opening reviewed", "do:approve", access.History, false, step[ReviewEmergency]()},
		{"close", SectionCase, "Close the case", "Case closed", "do:close", access.Summary, false, step[Close]()},
		{"reopen", SectionCase, "Reopen the case", "Case reopened", "do:reopen", access.Summary, false, step[Reopen]()},
	}
}

func dataSteps() []Info {
	return []Info{
		{"ask-about-data", SectionRights, "Record what the person asks about their data", "Request about data recorded", "do:data", access.Consents, false, step[AskAboutData]()},
		{"answer-data-request", SectionRights, "Answer a request about data", "Request about data answered", "do:data", access.Consents, false, step[AnswerDataRequest]()},
		{"ask-to-erase", SectionRights, "Ask a recipient to erase", "Recipient asked to erase", "do:consent", access.Consents, false, step[AskToErase]()},
		{"record-erasure-answer", SectionRights, "Record a recipient's answer", "Recipient's answer recorded", "do:consent", access.Consents, false, step[RecordErasureAnswer]()},
		{"keep-by-law", SectionCase, "Record that a law demands to keep the case", "Kept because a law demands it", "do:erase", access.Consents, false, step[KeepByLaw]()},
		{"propose-erasure", SectionCase, "Propose to erase the case", "Erasure proposed", "do:erase", access.Consents, false, step[ProposeErasure]()},
		{"answer-erasure", SectionCase, "Answer the proposal to erase", "Proposal to erase answered", "do:answer_erasure", access.Consents, false, step[AnswerErasure]()},
		{"propose-part-erasure", SectionCase, "Propose to erase a part of the case", "Erasure of a part proposed", "do:erase", access.Consents, false, step[ProposePartErasure]()},
		{"answer-part-erasure", SectionCase, "Answer the proposal to erase a part", "Proposal to erase a part answered", "do:answer_erasure", access.Consents, false, step[AnswerPartErasure]()},
		{"delay-telling", SectionLegal, "Record an order to delay telling who looked", "Order to delay telling recorded", "do:delay", access.Delays, false, step[DelayTelling]()},
		{"confirm-delay", SectionLegal, "Answer an order to delay telling who looked", "Order to delay telling answered", "do:confirm_delay", access.Delays, false, step[ConfirmDelay]()},
	}
}
