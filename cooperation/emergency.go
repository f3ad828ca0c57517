package cooperation

// pressing is implemented by acts that may be an emergency.
type pressing interface{ pressing() bool }

// emergency says whether an act goes out also while the node's journal cannot
// be published: what somebody says cannot wait, and the end of a procedure,
// after which nothing more of the person may be done there. So do requests to erase.
func emergency(info Info, a Act) bool {
	p, ok := a.(pressing)
	return info.To == Withdrawn || ok && p.pressing()
}

func (e *Enquire) pressing() bool         { return e.Urgent }
func (r *ProposeReferral) pressing() bool { return r.Urgency == "now" }
func (*Threat) pressing() bool            { return true }
