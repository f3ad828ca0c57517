package casework

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"palermo/access"
	"palermo/consent"
	"palermo/ident"
	"palermo/input"
)

// Section is a part of a case as it is read: on a page, in a case file.
type Section struct {
	Name    string // a phrase
	Entries []Entry
	Offers  []Offer
}

// Part names a section in addresses: "rights-and-consent".
func Part(section string) string { return strings.ReplaceAll(strings.ToLower(section), " ", "-") }

// Entry is one thing recorded in a section. Its fields are those of the step
// that recorded it, so what was asked and what is shown have the same words.
type Entry struct {
	Title  string // a phrase
	At     time.Time
	By     ident.ID
	Fields []input.Field
	Hidden bool  // folded until asked for
	Warn   error // a fault to heed first, said as a sentence
}

// Sections gives what the viewer may see, part by part; a part with neither
// entries nor steps is left out.
func (v *View) Sections() []Section {
	all := []Section{
		{Name: SectionCase, Entries: append(v.personEntries(), v.keepingEntries()...)},
		{Name: SectionIdentification, Entries: v.identificationEntries()},
		{Name: SectionRights, Entries: append(v.rightsEntries(), v.dataEntries()...)},
		{Name: SectionSafety, Entries: v.safetyEntries()},
		{Name: SectionPlace, Entries: v.placeEntries()},
		{Name: SectionAssistance, Entries: v.assistanceEntries()},
		{Name: SectionFamily, Entries: v.familyEntries()},
		{Name: SectionLegal, Entries: append(v.legalEntries(), v.delayEntries()...)},
		{Name: SectionRecord, Entries: slices.Concat(v.recordEntries(), v.sealedEntries(), v.importedEntries())},
	}
	kept, offers := all[:0], v.Offers()
	for _, s := range all {
		for _, o := range offers {
			if o.Section == s.Name {
				s.Offers = append(s.Offers, o)
			}
		}
		if len(s.Entries)+len(s.Offers) > 0 {
			kept = append(kept, s)
		}
	}
	return kept
}

// entry makes an entry whose fields are those of a struct with labels.
func entry(title string, at time.Time, by ident.ID, fields any) Entry {
	e := Entry{Title: title, At: at, By: by}
	for _, f := range input.Describe(fields) {
		if f.Value != "" || len(f.Values) > 0 {
			e.Fields = append(e.Fields, f)
		}
	}
	return e
}

// fact is a field of an entry that no step asked for.
func fact(label, kind, value string) input.Field {
	return input.Field{Label: label, Kind: kind, Value: value}
}

func instant(label string, at time.Time) input.Field {
	return fact(label, "instant", at.UTC().Format(time.RFC3339))
}

func (v *View) personEntries() []Entry {
	var list []Entry
	if v.Person != (Person{}) {
		p := DescribePerson(v.Person)
		list = append(list, entry("The person", time.Time{}, ident.ID{}, &p))
	}
	for _, e := range v.Emergencies {
		list = append(list, e.entry())
	}
	for _, a := range v.Addresses {
		list = append(list, a.entry())
	}
	if k := v.Closed; k != nil {
		list = append(list, entry("Closed", k.At, k.By, &struct {
			Reason CloseReason `label:"Why the case is closed"`
			Note   string      `label:"What was agreed, and whom the person can turn to" kind:"textarea"`
		}{k.Reason, k.Note}))
	}
	return list
}

func (v *View) identificationEntries() []Entry {
	var list []Entry
	for _, f := range v.Forms {
		list = append(list, f.entry())
	}
	for _, s := range v.Screenings {
		e := entry("Screening", s.At, s.By, &Screen{Place: s.Place, Indicators: s.Indicators, Reasons: s.Reasons})
		e.Hidden = true
		list = append(list, e)
	}
	if k := v.Classification; k != nil {
		e := entry("Elements of trafficking and of smuggling", k.At, k.By, &k.Fields)
		e.Fields = append([]input.Field{fact("What the elements say", "phrase", k.Finding)}, e.Fields...)
		list = append(list, e)
	}
	i := v.Identification
	if !i.Presumed.IsZero() {
		list = append(list, Entry{Title: "Presumed a victim of trafficking", At: i.Presumed})
	}
	if r := i.Referral; r != nil {
		e := entry("Referral to the competent authority", r.At, r.By, &Refer{Authority: r.Authority, Reasons: r.Reasons})
		if !r.Acknowledged.IsZero() {
			e.Fields = append(e.Fields, instant("Acknowledged", r.Acknowledged))
		}
		list = append(list, e)
	}
	for _, r := range i.Withdrawals {
		e := entry("Referral, withdrawn by the person", r.At, r.By, &Refer{Authority: r.Authority, Reasons: r.Reasons})
		e.Fields = append(e.Fields, instant("Withdrawn", r.Withdrawn))
		if !r.FileClosed.IsZero() {
			e.Fields = append(e.Fields, instant("The authority closed its file", r.FileClosed))
		}
		list = append(list, e)
	}
	for _, n := range i.Notified {
		e := entry("Notification without naming the person", n.At, ident.ID{}, &Notify{Authority: n.Authority, Summary: n.Summary})
		e.Fields = append(e.Fields, fact("Provision", "text", n.Provision))
		list = append(list, e)
	}
	list = append(list, i.decisionEntries()...)
	if h := v.Hold; h != nil {
		e := Entry{Title: "Removal must wait", At: h.At, Fields: []input.Field{fact("Authority that could remove the person", "organisation", h.Authority.String())}}
		if !h.Lifted.IsZero() {
			e.Fields = append(e.Fields, instant("Need not wait since", h.Lifted))
		}
		list = append(list, e)
	}
	if !i.Declined.IsZero() {
		list = append(list, entry("The person declines formal identification", i.Declined, ident.ID{}, &DeclineIdentification{Notes: i.DeclineNotes}))
	}
	return list
}

func (i *Identification) decisionEntries() []Entry {
	var list []Entry
	for _, d := range i.Decisions {
		title := map[bool]string{true: "First decision: positive", false: "First decision: negative"}[d.Positive]
		if d.Stage == "second" {
			title = map[bool]string{true: "Second decision: positive", false: "Second decision: negative"}[d.Positive]
		}
		if d.Stage == earlyEnd {
			title = map[bool]string{true: "Early end of the recovery period taken back", false: "Recovery period ended early"}[d.Positive]
		}
		list = append(list, Entry{Title: title, At: d.At, By: d.By, Fields: []input.Field{fact("Reasons", "textarea", d.Reasons)}})
	}
	if r := i.Recovery; r != nil {
		e := Entry{Title: "Recovery period", At: r.Start, Fields: []input.Field{instant("Until", r.End), fact("Source", "text", r.Basis)}}
		for _, x := range r.Extensions {
			e.Fields = append(e.Fields, fact("Extended because", "textarea", x.Reasons))
		}
		for _, p := range r.Proposals {
			e.Fields = append(e.Fields, fact("Early end proposed because", "textarea", p.Ground+": "+p.Reasons), fact("Answer", "textarea", p.Decision))
		}
		list = append(list, e)
	}
	for _, r := range i.Reviews {
		e := Entry{Title: "Review of the decision", At: r.AskedAt, By: r.AskedBy, Fields: []input.Field{fact("Grounds", "textarea", r.Grounds)}}
		if !r.DecidedAt.IsZero() {
			e.Fields = append(e.Fields, instant("Decided", r.DecidedAt), fact("Reasons", "textarea", r.Reasons))
		}
		list = append(list, e)
	}
	return list
}

func (v *View) rightsEntries() []Entry {
	var list []Entry
	if v.Received != nil {
		list = append(list, v.Received.entry())
	}
	for _, b := range v.Briefings {
		list = append(list, b.entry())
	}
	for _, g := range v.Consents {
		e := entry("Consent", g.GivenAt, ident.ID{}, &GiveConsent{Purpose: consentPurpose(g.Purpose), Recipient: g.Recipient,
			Data: dataOf(g.Data), Until: g.Until.Format(time.DateOnly), Language: g.Language, Written: g.Written, Advised: g.Advised, Free: true,
			Assent: childAssent(g.Assent), WhyNotAsked: g.WhyNotAsked})
		list = append(list, ofGuardian(e, g))
	}
	for _, r := range v.Refusals {
		list = append(list, entry("The person said no", r.At, r.By, &r.Fields))
	}
	for _, o := range v.Overrides {
		list = append(list, overrideEntry(o))
	}
	if n := len(v.Protection.Stages); n > 0 {
		last := v.Protection.Stages[n-1]
		list = append(list, entry("International protection: nothing goes to the country of origin", last.At, ident.ID{},
			&SeekProtection{Kind: last.Kind, Fears: last.Fears, Note: last.Note}))
	}
	return list
}

// ofGuardian adds the guardian's answer, and says when a consent is not in force.
func ofGuardian(e Entry, g consent.Consent) Entry {
	switch {
	case !g.Withdrawn.IsZero():
		e.Title = "Consent, withdrawn"
		e.Fields = append(e.Fields, instant("Withdrawn", g.Withdrawn))
	case !g.GuardianRefused.IsZero():
		e.Title = "Consent, not in force: the guardian said no"
		e.Fields = append(e.Fields, instant("The guardian said no", g.GuardianRefused))
	case g.ForChild && g.GuardianAgreed.IsZero():
		e.Title = "Consent, not in force: the guardian has not answered"
	}
	if !g.GuardianAgreed.IsZero() {
		e.Fields = append(e.Fields, instant("The guardian agreed", g.GuardianAgreed))
	}
	if g.GuardianWritten != "" {
		e.Fields = append(e.Fields, fact("Day of the guardian's written answer", "date", g.GuardianWritten))
	}
	return e
}

// Things lists what on this case can be chosen for a field of the kind.
func (v *View) Things(kind string, by access.Viewer) []input.Option {
	var options []input.Option
	switch kind {
	case "service":
		for _, p := range v.Plan {
			if p.Ended.IsZero() {
				options = append(options, input.Option{Value: p.ID.String(), Label: p.Fields.What})
			}
		}
	case "contact":
		for i := range v.Contacts {
			if x := &v.Contacts[i]; x.awaiting(by.Organisation) {
				options = append(options, input.Option{Value: x.ID.String(), Label: x.At.UTC().Format("2006-01-02 15:04")})
			}
		}
	case "booking":
		for i := range v.Interpreting {
			if x := &v.Interpreting[i]; x.comes() {
				options = append(options, input.Option{Value: x.ID.String(), Label: x.Asked.When.UTC().Format("2006-01-02 15:04") + ", " + x.Asked.Language})
			}
		}
	case "request":
		options = v.requests()
	case "erasable":
		options = v.erasable(by)
	case "relative", "any-relative":
		options = v.relatives(kind == "any-relative")
	case "interview":
		for _, p := range v.InterviewPlans {
			if p.Held.IsZero() {
				options = append(options, input.Option{Value: p.ID.String(), Label: p.Fields.Purpose})
			}
		}
	case "part":
		for _, p := range v.Participation {
			if p.Kept == nil {
				options = append(options, input.Option{Value: p.ID.String(), Label: p.Fields.Proceeding + ", " + p.At.UTC().Format(time.DateOnly)})
			}
		}
	case "data_request":
		for _, r := range v.DataRequests {
			if r.Answer == nil {
				options = append(options, input.Option{Value: r.ID.String(), Label: r.At.UTC().Format(time.DateOnly) + ", " + r.Fields.What})
			}
		}
	case "erasure_asked":
		for _, a := range v.ErasuresAsked {
			if a.Answer == nil {
				options = append(options, input.Option{Value: a.ID.String(), Label: a.At.UTC().Format(time.DateOnly) + ", " + a.Fields.What})
			}
		}
	case "charge":
		for _, n := range v.NonPunishment {
			options = append(options, input.Option{Value: n.ID.String(), Label: n.Charge.Act})
		}
	case "task":
		for _, t := range v.Tasks {
			if t.Done.IsZero() && (t.Fields.Organisation == by.Organisation || v.Owner == by.Organisation) {
				options = append(options, input.Option{Value: t.ID.String(), Label: t.Fields.What})
			}
		}
	}
	return options
}

// entry shows a questionnaire's answers, and for an indicator set what they
// point to, with the answers that led to it.
func (f FilledForm) entry() Entry {
	e := Entry{Title: f.Title, At: f.At, By: f.By, Hidden: true}
	if f.Result != nil {
		for _, i := range f.Result.Indications {
			because := ""
			for _, a := range i.Because {
				because += a.Label + ": " + a.Answer + "\n"
			}
			e.Fields = append(e.Fields, fact("What the answers point to", "textarea", i.Text), fact("Answers that led to it", "textarea", because))
		}
		if f.Result.Unverified > 0 {
			e.Fields = append(e.Fields, fact("Indicators present whose source is not verified", "number", strconv.Itoa(f.Result.Unverified)))
		}
		e.Fields = append(e.Fields, fact("Remember", "phrase", f.Result.Notice))
	}
	for _, l := range f.Lines {
		e.Fields = append(e.Fields, fact(l.Label, "textarea", l.Answer))
	}
	return e
}
