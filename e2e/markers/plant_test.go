package markers

import (
	"fmt"
	"reflect"
	"regexp"
	"strings"
	"time"
	"unicode"

	"palermo/access"
	"palermo/casework"
	"palermo/consent"
	"palermo/ident"
	"palermo/input"
)

// marked finds a marker in whatever writing, also folded as names are.
var marked = regexp.MustCompile(`(?i)MARK([0-9]+)x`)

// planter gives every text of a case a marker of its own.
type planter struct {
	now   time.Time
	paths []string // by number
}

// mark makes the marker of a path: letters and digits only, so that neither HTML nor a URL writes it otherwise.
func (p *planter) mark(path string) string {
	p.paths = append(p.paths, path)
	letters := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return r
		}
		return -1
	}, path)
	return fmt.Sprintf("MARK%dx%s", len(p.paths)-1, letters)
}

// several are the elements of slices of which one is not enough.
var several = map[string][]string{
	"CaseNotes":                {"OwnersOwn", "OwnersTeam", "GuestsOwn", "GuestsTeam", "PartialsOwn", "PartialsTeam", "FormersOwn", "FormersTeam", "FormersOwn2"},
	"NonPunishment":            {"Owners", "Guests", "Partials", "Formers"},
	"Tasks":                    {"Owners", "Guests", "Partials", "Formers"},
	"Contacts":                 {"Owners", "Guests", "Partials", "Formers"},
	"Plan":                     {"Medical", "Counselling", "Legal", "Relative"},
	"Forms":                    {"Indicators", "Intake"},
	"Identification.Decisions": {"First", "Other"},
	"Overrides":                {"Answered", "Waiting"},
}

// codes are texts that the program reads and nobody writes: they keep a valid value.
var codes = map[string]string{"Jurisdiction": "it", "Identification.Decisions.First.Stage": "first"}

var byHand = map[string]bool{"Base": true, "Closed": true, "Owner": true, "Consents": true, "Team": true, "Timeline": true,
	"Documents": true, "Hold": true, "Emergencies": true, "Historical": true}

func (p *planter) struct_(v reflect.Value, path string) {
	for i := range v.NumField() {
		f, name := v.Type().Field(i), v.Type().Field(i).Name
		if !f.IsExported() || path == "" && byHand[name] {
			continue
		}
		if path != "" {
			name = path + "." + name
		}
		if f.Tag.Get("kind") == "date" && f.Type.Kind() == reflect.String {
			v.Field(i).SetString(p.now.AddDate(0, 1, 0).Format(time.DateOnly))
			continue
		}
		p.fill(v.Field(i), name)
	}
}

func (p *planter) fill(v reflect.Value, path string) {
	if code, ok := codes[path]; ok {
		v.SetString(code)
		return
	}
	switch x := v.Interface().(type) {
	case time.Time:
		v.Set(reflect.ValueOf(p.now.Add(-time.Hour)))
		return
	case ident.ID:
		return // no organisation, no member
	case access.Set:
		v.Set(reflect.ValueOf(access.Of(access.Summary)))
		return
	case consent.Ground:
		v.SetString(string(consent.LegalDuty))
		return
	case input.Chooser:
		if v.Kind() == reflect.String {
			v.SetString(x.Options()[0].Value)
			return
		}
	}
	switch v.Kind() {
	case reflect.String:
		v.SetString(p.mark(path))
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int, reflect.Int64:
		v.SetInt(1)
	case reflect.Float64:
		v.SetFloat(1)
	case reflect.Uint8:
		v.SetUint(0)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		p.fill(v.Elem(), path)
	case reflect.Struct:
		p.struct_(v, path)
	case reflect.Slice:
		names := several[path]
		if names == nil {
			names = []string{""}
		}
		v.Set(reflect.MakeSlice(v.Type(), len(names), len(names)))
		for i, name := range names {
			p.fill(v.Index(i), strings.TrimSuffix(path+"."+name, "."))
		}
	case reflect.Map:
		v.Set(reflect.MakeMap(v.Type()))
		v.SetMapIndex(reflect.ValueOf(p.mark(path+".Question")), reflect.ValueOf(p.mark(path+".Answer")))
	case reflect.Array: // an id of another type
	default:
		panic(path + ": the planter does not know " + v.Type().String())
	}
}

// the sides, in the order of the golden file.
const (
	owner   = iota // responsible for the case
	guest          // on the case, with a consent for everything
	partial        // on the case, with a consent for identity only
	former         // on the case, with a consent for everything that was withdrawn
	outside        // not on the case
	office         // the national focal point's
	mandate        // on the case by law, not by consent
	sideCount
)

var sideNames = [sideCount]string{"owner", "consent for everything", "consent for identity", "consent withdrawn", "no relation",
	"focal point's office", "mandate by law"}

// plantCase is a case with a marker in every text.
func (p *planter) plantCase(org [sideCount]ident.ID) *casework.Case {
	c := &casework.Case{}
	p.struct_(reflect.ValueOf(c).Elem(), "")
	c.Owner, c.Opened = org[owner], p.now.Add(-2*time.Hour)
	for i, o := range []int{owner, owner, guest, guest, partial, partial, former, former, former} {
		c.CaseNotes[i].Organisation = org[o]
		c.CaseNotes[i].Fields.Readers = casework.Audience([]string{"own", "team"}[i%2])
	}
	for i, o := range []int{owner, guest, partial, former} {
		c.NonPunishment[i].Organisation = org[o]
		c.Tasks[i].Fields.Organisation, c.Tasks[i].Done = org[o], time.Time{}
		x := &c.Contacts[i]
		x.ID, x.Organisation = ident.ID{14: 1, 15: byte(i)}, org[o]
		x.Fields.Channel, x.Came.Contact = casework.Post, x.ID
	}
	c.Contacts = append(c.Contacts, c.Contacts...) // answered, and not yet: a letter is printed until then
	for i := range 4 {
		c.Contacts[i].ID[14], c.Contacts[i].Came = 2, nil
	}
	c.Plan[0].Fields.Need, c.Plan[1].Fields.Need, c.Plan[2].Fields.Need = "medical", "counselling", "legal"
	c.Family[0].ID, c.Plan[3].Fields.Need = ident.ID{15: 9}, "language"
	c.Plan[3].Fields.For, c.Family[0].Fields.Danger = c.Family[0].ID, false
	for i := range c.Plan {
		c.Plan[i].Ended = time.Time{}
	}
	c.Needs[0].Fields.Now = []casework.Need{"medical", "legal"}
	c.Needs[0].Fields.Days = []casework.Need{"counselling"}
	c.Nights[0].Kind, c.Nights[0].Until = casework.SafeHouse, time.Time{}
	c.Forms[1].Result = nil
	c.Received.NotPassOn = false // else it leaves in no file: node/handling_test.go
	c.Overrides[1].ApprovedAt, c.Overrides[1].Refused, c.Overrides[1].Until = time.Time{}, time.Time{}, p.now.AddDate(0, 0, 3)
	c.Addresses[0].Fields.Police, c.Addresses[0].Until = org[outside], p.now.AddDate(0, 0, 1)
	c.Identification.Recovery.End = p.now.AddDate(0, 1, 0)
	c.Identification.Referral.Authority, c.Identification.Referral.Organisation = org[mandate], org[owner]
	c.Child.Guardian = org[mandate]
	c.Interpreting[0].Interpreter, c.Interpreting[0].Engagement = ident.ID{15: 99}, [16]byte{15: 99}
	c.Happened = append(c.Happened, casework.Occurrence{Event: "first_contact", At: p.now.Add(-2 * time.Hour)},
		casework.Occurrence{Event: "complaint_received", At: p.now}, casework.Occurrence{Event: "charge_recorded", At: p.now})
	for i, o := range []int{owner, guest, partial, former} {
		data := [4]access.Set{access.Everything, access.Everything, access.Of(access.Summary, access.Identity), access.Everything}[i]
		g := consent.Consent{ID: ident.ID{15: byte(i + 1)}, Purpose: consent.Assistance, Recipient: org[o], Data: data,
			GivenAt: p.now.Add(-time.Hour), Until: p.now.AddDate(0, 1, 0), Language: p.mark("Consents." + sideNames[o] + ".Language"),
			WhyNotAsked: p.mark("Consents." + sideNames[o] + ".WhyNotAsked"), GuardianWritten: p.mark("Consents." + sideNames[o] + ".GuardianWritten")}
		if o == former {
			g.Withdrawn = p.now.Add(-time.Minute)
		}
		if o != owner {
			c.Consents = append(c.Consents, g)
		}
	}
	provision := p.mark("Team.Provision")
	for _, o := range []int{guest, partial, former} {
		for _, r := range append(access.Roles(), access.Clock) {
			c.Team = append(c.Team, casework.Assignment{Organisation: org[o], Role: r, Since: p.now.Add(-time.Hour), Provision: provision})
		}
	}
	c.Team = append(c.Team,
		casework.Assignment{Organisation: org[mandate], Role: access.DecisionMaker, Provision: provision,
			Mandate: access.Of(access.Summary, access.Identity, access.Screening, access.Decisions)},
		casework.Assignment{Organisation: org[mandate], Role: access.Guardian, Provision: provision,
			Mandate: access.Everything &^ access.Of(access.Screening, access.Privileged, access.Interpreters, access.Complaints)})
	for _, category := range access.Categories() {
		if category == access.OpenedAddress {
			continue // no step is of it
		}
		c.Timeline = append(c.Timeline, casework.Moment{At: p.now, Step: p.mark("Timeline." + category.String()), Category: category, Organisation: org[owner]})
	}
	return c
}

// plantEngagement is what an interpreter is told, with a marker in every text; its
// threat waits for an answer, and one court knows the name.
func (p *planter) plantEngagement(interpreter, court ident.ID, id casework.CaseID) *casework.Engagement {
	e := &casework.Engagement{}
	p.struct_(reflect.ValueOf(e).Elem(), "Engagement")
	e.Interpreter, e.Case, e.Ended, e.Declined = interpreter, id, time.Time{}, time.Time{}
	e.Threats[0].Answered = time.Time{}
	e.Oaths[0].Court, e.Oaths[0].Until = court, p.now.Add(time.Hour)
	return e
}

// planted is the note in the journal of how the case came about.
type planted struct{ Text string }

func (planted) Event() string { return "open" }
