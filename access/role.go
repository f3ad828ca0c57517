package access

// Role is what a person does in the national referral mechanism.
type Role string

const (
	FirstResponder     Role = "first_responder"   // meets a presumed victim first; may refer
	CaseWorker         Role = "case_worker"       // leads assistance
	ServiceProvider    Role = "service_provider"  // gives one kind of assistance (clinic, counselling, training)
	ShelterManager     Role = "shelter_manager"   // runs a safe house
	Lawyer             Role = "lawyer"            // represents the person
	Advocate           Role = "advocate"          // independent advocate
	FocalPoint         Role = "focal_point"       // the State's national focal point
	DecisionMaker      Role = "decision_maker"    // decides on identification for a competent authority
	Police             Role = "police"            // investigates
	LabourInspector    Role = "labour_inspector"  // inspects workplaces
	Prosecutor         Role = "prosecutor"        //
	Judge              Role = "judge"             // also a reference judge
	LiaisonOfficer     Role = "liaison_officer"   // seconded by another State
	Guardian           Role = "guardian"          // of a child
	SupportPerson      Role = "support_person"    // accompanies the person through a proceeding
	Interpreter        Role = "interpreter"       //
	BookingDesk        Role = "booking_desk"      // books interpreters and knows who they are
	ComplaintsBody     Role = "complaints_body"   // independent; hears complaints
	Rapporteur         Role = "rapporteur"        // sees figures, handles no case
	Statistician       Role = "statistician"      // releases figures
	Auditor            Role = "auditor"           // sees who looked, not what they saw
	Administrator      Role = "administrator"     // accounts and organisations; sees no case
	ImmigrationOfficer Role = "immigration"       // border and immigration enforcement; sees no case
	RemovalAuthority   Role = "removal_authority" // acknowledges that a removal must wait; sees no case

	Secretariat Role = "secretariat" // keeps the text of a questionnaire, prepares and records sessions
	Chair       Role = "chair"       // leads a session; says what became of a proposal
	Delegate    Role = "delegate"    // speaks for a State in a session
	Observer    Role = "observer"    // speaks in a session for who is no party

	Member        Role = "member"         // everyone who signs in
	BreakGlass    Role = "break_glass"    // an emergency look at one case, for two hours
	AddressPolice Role = "address_police" // police to whom an address was opened in an emergency, for hours
	SignIn        Role = "sign_in"        // the node itself, reading an account to check a password
	Clock         Role = "clock"          // the node itself, at work on what is due
	Exchange      Role = "exchange"       // the node itself, sending and receiving messages
	Counting      Role = "counting"       // the node itself, counting cases for figures
)

// Roles lists the roles that a member can be given.
func Roles() []Role {
	return []Role{FirstResponder, CaseWorker, ServiceProvider, ShelterManager, Lawyer, Advocate, FocalPoint,
		DecisionMaker, Police, LabourInspector, Prosecutor, Judge, LiaisonOfficer, Guardian, SupportPerson, Interpreter, BookingDesk,
		ComplaintsBody, Rapporteur, Statistician, Auditor, Administrator, ImmigrationOfficer, RemovalAuthority,
		Secretariat, Chair, Delegate, Observer}
}

// Known reports whether r can be given to a member.
func (r Role) Known() bool {
	for _, known := range Roles() {
		if r == known {
			return true
		}
	}
	return false
}
