package directory

import (
	"slices"

	"palermo/access"
)

// Authority reports that organisations of this kind belong to a State. Others
// may work for one all the same: Organisation.Authority.
func (k OrganisationKind) Authority() bool {
	switch k {
	case PoliceForce, LabourInspectorate, CompetentAuthority, Court, Prosecution, ChildProtection, SocialServices, Ministry,
		FocalPointOffice, RapporteurOffice, ImmigrationService, Consulate:
		return true
	}
	return false
}

// Authority reports that the organisation belongs to a State, or works for one.
func (o *Organisation) Authority() bool { return o.ForState || o.Kind.Authority() }

// allowed are the roles that members of a kind of organisation can have
// (rule 7). A role in its wrong house would see what the house must not: an
// immigration officer who is called a case worker, police who are called an
// advocate. Who coerces, decides or hears complaints gives no service, and
// neither keeps accounts. What is not listed is not allowed.
var allowed = map[OrganisationKind][]access.Role{
	PoliceForce:        {access.Police, access.FirstResponder, access.LiaisonOfficer},
	LabourInspectorate: {access.LabourInspector, access.FirstResponder},
	ImmigrationService: {access.ImmigrationOfficer, access.RemovalAuthority},
	Prosecution:        {access.Prosecutor, access.LiaisonOfficer},
	Court:              {access.Judge},
	Consulate:          {access.LiaisonOfficer},
	CompetentAuthority: kept(access.DecisionMaker, access.FirstResponder),
	FocalPointOffice:   kept(access.FocalPoint, access.BookingDesk, access.Secretariat),
	DelegationToGroup:  {access.Chair, access.Delegate, access.Observer},
	Ministry:           kept(access.FocalPoint),
	RapporteurOffice:   {access.Rapporteur, access.Statistician},
	ComplaintsBody:     {access.ComplaintsBody, access.Auditor},
	BookingDesk:        {access.BookingDesk, access.Interpreter},
	ChildProtection:    kept(helping(access.Guardian, access.ShelterManager)...),
	SocialServices:     kept(helping(access.Guardian, access.ShelterManager)...),
	NGO: kept(helping(access.ShelterManager, access.Lawyer, access.Advocate, access.Guardian, access.Interpreter,
		access.BookingDesk)...),
	International: kept(helping(access.ShelterManager, access.Lawyer, access.Guardian, access.Interpreter, access.Secretariat,
		access.Observer)...),
	ShelterProvider: kept(helping(access.ShelterManager)...),
	Survivors:       kept(helping(access.Advocate)...),
	Clinic:          kept(access.FirstResponder, access.ServiceProvider, access.SupportPerson),
	LegalAid:        kept(access.FirstResponder, access.Lawyer, access.Advocate, access.SupportPerson),
	Union:           kept(access.FirstResponder, access.ServiceProvider, access.SupportPerson, access.Lawyer),
	Company:         kept(access.ServiceProvider, access.Interpreter, access.BookingDesk),
	OtherOrganisation: kept(access.ServiceProvider, access.SupportPerson, access.Lawyer, access.Guardian,
		access.Interpreter),
}

// wrongHouse says why a role is refused, or not in force.
const wrongHouse = "Members of this kind of organisation cannot have this role. Look at what the organisation is, and at the role."

// kept adds those who keep a node: accounts, who looked, figures. They see no case.
func kept(roles ...access.Role) []access.Role {
	return append(roles, access.Administrator, access.Auditor, access.Statistician)
}

// helping adds those who meet the person and help.
func helping(roles ...access.Role) []access.Role {
	return append(roles, access.FirstResponder, access.CaseWorker, access.ServiceProvider, access.SupportPerson)
}

// Allows reports whether members of the organisation can have the role. The
// office of the national focal point has one wherever it sits.
func (o *Organisation) Allows(r access.Role) bool {
	if r == access.FocalPoint && o.FocalPoint && o.Kind != ImmigrationService && o.Kind != Consulate {
		return true
	}
	return slices.Contains(allowed[o.Kind], r)
}
