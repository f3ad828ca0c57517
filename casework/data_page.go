package casework

import (
	"time"

	"palermo/ident"
	"palermo/input"
)

// dataEntries show the person's requests about their data, and what recipients were asked to erase.
func (v *View) dataEntries() []Entry {
	var list []Entry
	for _, r := range v.DataRequests {
		e := entry("Request about data", r.At, r.By, &r.Fields)
		if r.Answer != nil {
			e.Fields = append(e.Fields, instant("Answered", r.AnsweredAt))
			e.Fields = append(e.Fields, entry("", time.Time{}, ident.ID{}, &struct {
				Answer    dataAnswer `label:"What was done"`
				Done      string     `label:"What exactly, and what not" kind:"textarea"`
				Provision string     `label:"The provision for what was not done"`
				Complain  string     `label:"To whom the person can complain about this answer, and until when" kind:"textarea"`
			}{r.Answer.Answer, r.Answer.Done, r.Answer.Provision, r.Answer.Complain}).Fields...)
		}
		list = append(list, e)
	}
	for _, a := range v.ErasuresAsked {
		e := entry("A recipient was asked to erase", a.At, a.By, &a.Fields)
		if a.Answer != nil {
			e.Fields = append(e.Fields, instant("Answered", a.AnsweredAt))
			e.Fields = append(e.Fields, entry("", time.Time{}, ident.ID{}, &struct {
				Answer    erasureAnswer `label:"What it answered"`
				Provision string        `label:"The provision under which it keeps it"`
			}{a.Answer.Answer, a.Answer.Provision}).Fields...)
		}
		list = append(list, e)
	}
	return list
}

// keepingEntries show what is to be kept by law, and a proposal to erase.
func (v *View) keepingEntries() []Entry {
	var list []Entry
	for _, r := range v.Retentions {
		list = append(list, entry("Kept because a law demands it", r.At, r.By, &r.Fields))
	}
	if v.PartErasure != nil {
		list = append(list, v.PartErasure.entry(&v.Case, v.Owner))
	}
	if x := v.Erasure; x != nil {
		e := entry("Erasure proposed", x.At, x.By, &x.Fields)
		if !x.ApprovedAt.IsZero() {
			e.Fields = append(e.Fields, instant("Approved by a second person", x.ApprovedAt),
				fact("Then", "phrase", "The case is erased as soon as everybody has answered what is open."))
		}
		list = append(list, e)
	}
	return list
}

func (v *View) delayEntries() []Entry {
	var list []Entry
	for _, x := range v.LookDelays {
		e := entry("Order to delay telling who looked", x.At, x.By, &x.Fields)
		e.Fields = append([]input.Field{fact("Whose looks", "organisation", x.Organisation.String())}, e.Fields...)
		if !x.ConfirmedAt.IsZero() {
			e.Fields = append(e.Fields, instant("Confirmed by a second person", x.ConfirmedAt))
		}
		if !x.Refused.IsZero() {
			e.Fields = append(e.Fields, instant("Refused by the second person", x.Refused))
		}
		list = append(list, e)
	}
	return list
}
