package web

import "palermo/access"

// roleLabel names a role, an English phrase.
func roleLabel(r access.Role) string {
	if label, ok := roleLabels[r]; ok {
		return label
	}
	return string(r)
}

var roleLabels = map[access.Role]string{
	access.FirstResponder: "First responder", access.CaseWorker: "Case worker", access.ServiceProvider: "Service provider",
	access.ShelterManager: "Shelter", access.Lawyer: "Lawyer", access.Advocate: "Independent advocate",
	access.FocalPoint: "National focal point", access.DecisionMaker: "Competent authority", access.Police: "Police",
	access.LabourInspector: "Labour inspector", access.Prosecutor: "Prosecutor", access.Judge: "Judge",
	access.LiaisonOfficer: "Liaison officer", access.Guardian: "Guardian", access.SupportPerson: "Support person",
	access.Interpreter: "Interpreter", access.BookingDesk: "Interpreters' booking desk", access.ComplaintsBody: "Complaints body",
	access.Rapporteur: "National rapporteur", access.Statistician: "Statistician", access.Auditor: "Auditor",
	access.Administrator: "Administrator", access.ImmigrationOfficer: "Immigration enforcement", access.RemovalAuthority: "Removal authority",
	access.Secretariat: "Secretariat", access.Chair: "Chair", access.Delegate: "Delegate", access.Observer: "Observer",
	access.BreakGlass: "Emergency", access.AddressPolice: "Police, for an address",
}
