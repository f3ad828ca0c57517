package statistics

import (
	"time"

	"palermo/casework"
	"palermo/ident"
)

// Measure is what is counted. The catalogue is fixed: what a caller could
// compose, a caller could take apart.
type Measure struct {
	Key   string
	Title string   // an English phrase
	Cells []string // English phrases; one for a measure that is not divided
	Unit  string   // of the median: "hours", "days"; empty where there is none
	// Paragraphs are the questions that practice answers with it: keys of the questionnaire on the Protocol.
	Paragraphs []string
	// Recommendations of July 2018 that it measures: "7 (a)".
	Recommendations []string

	of func(*casework.Measured, func(ident.ID) string) part
}

// part is what one case adds; one without a time adds nothing.
type part struct {
	at    time.Time // the year in which it counts
	cell  int
	value int // for the median; -1 for none
}

// Measures is the catalogue.
func Measures() []Measure {
	return []Measure{
		{Key: "told", Title: "From presumption to explained rights", Unit: "hours", Cells: []string{"Within 24 hours", "Later", "Not yet"},
			Paragraphs: []string{"TIP-6.2a", "TIP-6.3b"}, Recommendations: []string{"7 (b)"}, of: told},
		{Key: "confined", Title: "Days in detention, prison, a locked shelter or a camp", Unit: "days", Cells: []string{"Up to 3 days", "Up to 30 days", "Longer"},
			Paragraphs: []string{"TIP-6.3a", "TIP-6.5"}, Recommendations: []string{"7 (a)"}, of: confined},
		{Key: "recovery", Title: "Recovery periods granted", Unit: "days", Cells: []string{"Recovery periods"},
			Paragraphs: []string{"TIP-7.1"}, Recommendations: []string{"7 (i)"}, of: recovery},
		{Key: "referred", Title: "Referrals by kind of organisation", Cells: []string{"Police", "Labour inspectorate", "Non-governmental organisation", "Shelter", "Clinic or hospital", "Another kind"},
			Paragraphs: []string{"TIP-9.3"}, Recommendations: []string{"7 (m)"}, of: referred},
		{Key: "decided", Title: "First decisions and the clock of the State", Unit: "days", Cells: []string{"Within the clock", "After it"}, of: decided},
		{Key: "compensation", Title: "Told of a way to compensation", Cells: []string{"Told", "Not told"},
			Paragraphs: []string{"TIP-6.6"}, Recommendations: []string{"7 (b)"}, of: compensation},
	}
}

// Find gives a measure of the catalogue.
func Find(key string) (Measure, bool) {
	for _, m := range Measures() {
		if m.Key == key {
			return m, true
		}
	}
	return Measure{}, false
}

func told(m *casework.Measured, _ func(ident.ID) string) part {
	p := part{at: m.Presumed, cell: 2, value: -1}
	if m.Told.IsZero() {
		return p
	}
	p.value = max(0, int(m.Told.Sub(m.Presumed).Hours()))
	p.cell = 1
	if m.Told.Sub(m.Presumed) <= 24*time.Hour {
		p.cell = 0
	}
	return p
}

func confined(m *casework.Measured, _ func(ident.ID) string) part {
	p := part{at: m.ConfinedFrom, cell: 2, value: m.ConfinedDays}
	if p.value <= 3 {
		p.cell = 0
	} else if p.value <= 30 {
		p.cell = 1
	}
	return p
}

func recovery(m *casework.Measured, _ func(ident.ID) string) part {
	return part{at: m.Recovery, value: m.RecoveryDays}
}

func referred(m *casework.Measured, kind func(ident.ID) string) part {
	p := part{at: m.Referred, cell: 5, value: -1}
	for i, k := range []string{"police", "labour_inspectorate", "ngo", "shelter", "clinic"} {
		if kind(m.ReferredBy) == k {
			p.cell = i
		}
	}
	return p
}

func decided(m *casework.Measured, _ func(ident.ID) string) part {
	if m.DecidedBy.IsZero() || m.Referred.IsZero() {
		return part{}
	}
	p := part{at: m.Decided, value: max(0, int(m.Decided.Sub(m.Referred).Hours()/24))}
	if m.Decided.After(m.DecidedBy) {
		p.cell = 1
	}
	return p
}

func compensation(m *casework.Measured, _ func(ident.ID) string) part {
	p := part{at: m.Presumed, cell: 1, value: -1}
	if m.Compensation {
		p.cell = 0
	}
	return p
}
