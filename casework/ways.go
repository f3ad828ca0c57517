package casework

import (
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/jurisdiction"
)

// Shows the three ways side by side, whatever was chosen before: to stay with
// its requirements, lawyer and remedies, to return, another country (rows 8a,
// 28). What is not known of the State is shown as a gap.
func (s *ChooseStayOrReturn) Shows(v *View, w Work) []Entry {
	return []Entry{v.toStay(w), v.toReturn(w), v.elsewhere()}
}

// standing is the column of the State's entitlements that the person is in, as far as the viewer sees it.
func (v *View) standing(now time.Time) jurisdiction.Standing {
	i := &v.Identification
	second := i.decision("second")
	switch {
	case v.Person != (Person{}) && v.Person.ProtectedAsChild(now):
		return "child"
	case !i.Declined.IsZero():
		return "declined"
	case second != nil && second.Positive:
		return "identified"
	case i.Recovery.Running(now):
		return "recovery"
	}
	return "presumed"
}

// entitled adds the State's answer for a need: yes, no, on a condition, or not known.
func (e *Entry) entitled(label string, p *jurisdiction.Profile, need jurisdiction.Need, standing jurisdiction.Standing) {
	cell := p.Entitlement(need, standing)
	switch cell.Value {
	case jurisdiction.Yes:
		e.Fields = append(e.Fields, fact(label, "phrase", "Yes, by the State's rules"))
	case jurisdiction.No:
		e.Fields = append(e.Fields, fact(label, "phrase", "No, by the State's rules"))
	case jurisdiction.Conditional:
		e.Fields = append(e.Fields, fact(label, "english", cell.Condition))
	default:
		e.Fields = append(e.Fields, fact(label, "phrase", notKnown))
	}
}

// known adds a text of the State, or that there is none.
func (e *Entry) known(label string, f jurisdiction.Fact[string]) {
	if text, ok := f.Get(); ok {
		e.Fields = append(e.Fields, fact(label, "english", text))
		return
	}
	e.Fields = append(e.Fields, fact(label, "phrase", notKnown))
}

func (v *View) toStay(w Work) Entry {
	p, standing := w.Profile, v.standing(w.Now)
	e := Entry{Title: "To stay in this country", Fields: permitDepends(p).Fields}
	e.entitled("Residence permit", p, "residence_permit", standing)
	e.entitled("Legal aid", p, "legal_aid", standing)
	lawyer := "No lawyer is on the case. Legal help is a step away: a consent, and a lawyer brought to the case."
	for _, a := range v.Team {
		if a.Role == access.Lawyer && a.Until.IsZero() {
			lawyer = "A lawyer is on the case"
		}
	}
	e.Fields = append(e.Fields, fact("Lawyer", "phrase", lawyer))
	e.entitled("Accommodation", p, "accommodation", standing)
	e.entitled("Work", p, "work", standing)
	e.entitled("Compensation", p, "compensation", standing)
	remedy := p.Review()
	if _, ok := remedy.Name.Get(); ok {
		e.Fields = append(e.Fields, fact("Remedy against a decision", "phrase", "A review can be asked for; who decided does not decide it"))
	} else {
		e.Fields = append(e.Fields, fact("Remedy against a decision", "phrase", notKnown))
	}
	e.known("Remedy after that", remedy.Further)
	e.Fields = append(e.Fields, fact("International protection", "phrase", "Can be asked for at any time. From the first word nothing goes to the country of origin."))
	return e
}

func (v *View) toReturn(w Work) Entry {
	e := Entry{Title: "To return"}
	e.Fields = append(e.Fields, fact("What it needs", "phrase",
		"The person's own free choice, after risks were assessed here and there. For a child also a best interests determination and the guardian."))
	e.entitled("Safe return", w.Profile, "return", v.standing(w.Now))
	e.known("Mechanism for a voluntary and safe return", w.Profile.Return.Mechanism)
	e.Fields = append(e.Fields, fact("Authorities of origin", "phrase", "None is involved if the person so wishes"),
		fact("Afterwards", "phrase", "A return can be stopped until the last moment, and help here is open again"))
	if _, closed := v.closedSince(); closed {
		e.Warn = fault.Conflict("The person fears return or seeks protection. Nothing goes to the country of origin; speak with the lawyer first.")
	}
	return e
}

func (v *View) elsewhere() Entry {
	e := Entry{Title: "To go to another country"}
	e.Fields = append(e.Fields, fact("What it needs", "phrase", "The person's own free choice, and a right to enter and stay there"),
		fact("Who is there for the person", "phrase", "Family that was checked first, or a service that the person chose"),
		fact("Requirements of that country", "phrase", notKnown))
	return e
}
