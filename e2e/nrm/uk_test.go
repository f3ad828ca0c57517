// Package nrm runs a State's referral mechanism from end to end: a whole node,
// its members signed in, with the very bodies and periods of the profile.
package nrm

import (
	"context"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"palermo/access"
	"palermo/casework"
	"palermo/directory"
	"palermo/duty"
	"palermo/e2e/postgrestest"
	"palermo/fault"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
	"palermo/vault"
)

func TestMain(m *testing.M) { postgrestest.Main(m) }

const password = "seven quiet olive trees"

// kingdom is a node in the United Kingdom, with its bodies by the keys of the profile.
type kingdom struct {
	*node.Node
	t       *testing.T
	ctx     context.Context
	now     time.Time
	body    map[string]ident.ID
	secrets map[string]string
}

func open(t *testing.T, c node.Config) *kingdom {
	t.Helper()
	c.Name, c.Node, c.Jurisdiction, c.Data = "Palermo, test", "nrm", "gb", t.TempDir()
	c.PasswordCost = vault.Params{Memory: 64, Time: 1, Threads: 1}
	c = c.Filled()
	k := &kingdom{t: t, ctx: t.Context(), body: map[string]ident.ID{}, secrets: map[string]string{}}
	k.must(node.CreateKeys(c))
	n, err := node.Open(k.ctx, c)
	k.must(err)
	t.Cleanup(func() { k.must(n.Close()) })
	k.Node = n
	k.now = k.at("2026-03-02 09:00") // a Monday
	n.Record.Now = func() time.Time { return k.now }
	d := n.Record.For(access.Node(access.Administrator))
	add := func(key string, o directory.AddOrganisation) {
		k.body[key], err = n.Directory.Add(k.ctx, d, o)
		k.must(err)
	}
	for _, b := range n.Profile.FirstResponders() {
		add(b.Key, directory.AddOrganisation{Name: b.Name, Kind: kindOf(b.Key), Country: "GB", FirstResponder: true})
	}
	for _, b := range n.Profile.CompetentAuthorities() {
		add(b.Key, directory.AddOrganisation{Name: b.Name, Kind: "competent_authority", Country: "GB"})
	}
	add("focal", directory.AddOrganisation{Name: "Office of the National Focal Point", Kind: directory.FocalPointOffice, Country: "GB"})
	add("neighbours", directory.AddOrganisation{Name: "Neighbours' Kitchen", Kind: "ngo", Country: "GB"})
	n.FocalPoint(k.body["focal"])
	return k
}

// kindOf is what a named first responder is in the directory: an organisation that helps, unless it is an authority.
func kindOf(body string) directory.OrganisationKind {
	kinds := map[string]directory.OrganisationKind{"police": directory.PoliceForce, "nca": directory.PoliceForce, "glaa": directory.LabourInspectorate,
		"local_authorities": directory.SocialServices, "ni_health_trusts": directory.Clinic, "ukvi": directory.ImmigrationService,
		"border_force": directory.ImmigrationService, "immigration_enforcement": directory.ImmigrationService}
	if kind, ok := kinds[body]; ok {
		return kind
	}
	return directory.NGO
}

func (k *kingdom) at(local string) time.Time {
	k.t.Helper()
	at, err := time.ParseInLocation("2006-01-02 15:04", local, k.Profile.Location())
	k.must(err)
	return at
}

func (k *kingdom) must(err error) {
	k.t.Helper()
	if err != nil {
		k.t.Fatal(err)
	}
}

func (k *kingdom) refused(code fault.Code, err error) {
	k.t.Helper()
	if !fault.Is(err, code) {
		k.t.Fatalf("got %v, want %s", err, code)
	}
}

// member invites somebody to a body.
func (k *kingdom) member(login, body string, role access.Role) {
	k.t.Helper()
	_, secret, err := k.Directory.AddMember(k.ctx, k.Record.For(access.Node(access.Administrator)),
		directory.AddMember{Login: login, Name: "Member " + login, Organisation: k.body[body], Roles: []access.Role{role}, Password: password})
	k.must(err)
	k.secrets[login] = secret
}

// door is somebody's, signed in a minute later than whatever was before.
func (k *kingdom) door(login string) *record.Door {
	k.t.Helper()
	k.now = k.now.Add(time.Minute)
	code, err := totp.GenerateCode(k.secrets[login], k.now)
	k.must(err)
	token, err := k.Directory.SignIn(k.ctx, login, password, code)
	k.must(err)
	s, err := k.Directory.AtWork(k.ctx, token)
	k.must(err)
	return k.Record.For(s.Viewer)
}

func (k *kingdom) take(login string, id casework.CaseID, name string, s casework.Step) error {
	k.t.Helper()
	d := k.door(login)
	seen, err := record.View(k.ctx, d, k.Desk.Kind, id, record.Reason{Action: access.Look})
	if err != nil {
		return err
	}
	return k.Desk.Take(k.ctx, d, id, name, s, seen.Version())
}

func (k *kingdom) does(login string, id casework.CaseID, name string, s casework.Step) {
	k.t.Helper()
	if err := k.take(login, id, name, s); err != nil {
		k.t.Fatalf("%s, %s: %v", login, name, err)
	}
}

func (k *kingdom) see(login string, id casework.CaseID) casework.View {
	k.t.Helper()
	seen, err := record.View(k.ctx, k.door(login), k.Desk.Kind, id, record.Reason{Action: access.Look})
	k.must(err)
	return seen.Value()
}

// presumed opens a case and presumes a victim.
func (k *kingdom) presumed(login string, age casework.AgeGroup) casework.CaseID {
	k.t.Helper()
	id, err := k.Desk.OpenCase(k.ctx, k.door(login), casework.DescribePerson{Name: "A. B.", Age: age})
	k.must(err)
	k.does(login, id, "screen", &casework.Screen{Reasons: "Pay kept back, and a debt."})
	k.does(login, id, "presume", &casework.Presume{Reasons: "Pay kept back, and a debt."})
	return id
}

func (k *kingdom) consents(login string, id casework.CaseID, to string) {
	k.t.Helper()
	k.does(login, id, "give-consent", casework.Consenting("referral", k.body[to], []string{"identity", "screening", "decisions"}, k.now.AddDate(0, 6, 0)))
}

// due is when somebody's duty on a case is due; false when it is not in their day.
func (k *kingdom) due(login string, id casework.CaseID, name string) (string, bool) {
	k.t.Helper()
	items, err := record.Day(k.ctx, k.door(login), 200)
	k.must(err)
	i := slices.IndexFunc(items, func(i duty.Item) bool { return i.Record == ident.ID(id) && i.Name == name })
	if i < 0 {
		return "", false
	}
	return items[i].Due.In(k.Profile.Location()).Format(time.DateTime), true
}

func both(t *testing.T, test func(*kingdom)) {
	t.Run("SQLite", func(t *testing.T) { test(open(t, node.Config{})) })
	t.Run("PostgreSQL", func(t *testing.T) {
		test(open(t, node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}))
	})
}

// From referral to reconsideration: five working days, thirty days of recovery,
// no second decision before they are over, thirty days to ask again.
func TestAReferralRunsWithThePeriodsOfTheUnitedKingdom(t *testing.T) {
	both(t, func(k *kingdom) {
		k.member("salma", "salvation_army", access.CaseWorker)
		k.member("stan", "sca", access.DecisionMaker)
		k.member("sue", "sca", access.DecisionMaker)
		k.member("ines", "focal", access.FocalPoint)
		id := k.presumed("salma", casework.Adult)
		k.refused(fault.CodeConflict, k.take("salma", id, "refer", &casework.Refer{Authority: k.body["sca"], Reasons: "r"}))
		k.consents("salma", id, "sca")
		k.does("salma", id, "refer", &casework.Refer{Authority: k.body["sca"], Reasons: "Pay kept back, and a debt."})

		if got, ok := k.due("stan", id, "first_decision"); !ok || got != "2026-03-09 23:59:59" {
			k.t.Errorf("reasonable grounds due %q, want the fifth working day", got)
		}
		if _, early := k.due("ines", id, "first_decision"); early {
			k.t.Error("the focal point is called on before anything is late")
		}
		late := k.now
		k.now = k.at("2026-03-11 09:00")
		if _, told := k.due("ines", id, "first_decision"); !told {
			k.t.Error("a late decision does not come up to the focal point")
		}
		k.now = late
		k.does("stan", id, "acknowledge", &casework.Acknowledge{Contact: "Stan"})
		k.now = k.at("2026-03-05 11:00")
		k.does("stan", id, "decide-first", &casework.DecideFirst{Positive: casework.Yes, Reasons: "Objective factors.", Told: true})
		r := k.see("salma", id).Identification.Recovery
		if got := r.End.In(k.Profile.Location()).Format(time.DateTime); got < "2026-04-04 23:59:59" || got > "2026-04-05 00:00:00" {
			k.t.Errorf("the recovery period ends %s, want thirty days after 5 March", got)
		}
		k.now = k.at("2026-04-04 15:00")
		k.refused(fault.CodeConflict, k.take("stan", id, "decide-second", &casework.DecideSecond{Positive: casework.No, Reasons: "r"}))
		k.now = k.at("2026-04-07 10:00")
		k.does("stan", id, "decide-second", &casework.DecideSecond{Positive: casework.No, Reasons: "On the balance of probabilities.", Told: true})

		k.now = k.at("2026-05-07 23:00") // the thirtieth day
		k.does("salma", id, "ask-review", &casework.AskReview{Grounds: "New evidence: the wage slips."})
		if review := k.see("salma", id).Identification.Reviews[0]; review.Late {
			k.t.Error("asked on the thirtieth day, and called late")
		}
		k.refused(fault.CodeConflict, k.take("stan", id, "decide-review", &casework.DecideReview{Positive: casework.Yes, Reasons: "r"}))
		k.does("sue", id, "decide-review", &casework.DecideReview{Positive: casework.Yes, Reasons: "The slips bear it out.", Told: true})
		decisions := k.see("salma", id).Identification.Decisions
		if last := decisions[len(decisions)-1]; last.Stage != "second" || !last.Positive {
			k.t.Errorf("after reconsideration: %+v", last)
		}
	})
}

func TestAReconsiderationAfterThirtyDaysIsMarkedLate(t *testing.T) {
	both(t, func(k *kingdom) {
		k.member("salma", "salvation_army", access.CaseWorker)
		k.member("stan", "sca", access.DecisionMaker)
		id := k.presumed("salma", casework.Adult)
		k.consents("salma", id, "sca")
		k.does("salma", id, "refer", &casework.Refer{Authority: k.body["sca"], Reasons: "r"})
		k.does("stan", id, "decide-first", &casework.DecideFirst{Positive: casework.No, Reasons: "r", Told: true})
		if k.see("salma", id).Identification.Recovery != nil {
			k.t.Error("a negative decision began a recovery period")
		}
		k.now = k.at("2026-04-02 09:00") // decided on 2 March: the thirtieth day is 1 April
		k.does("salma", id, "ask-review", &casework.AskReview{Grounds: "New evidence."})
		if review := k.see("salma", id).Identification.Reviews[0]; !review.Late || review.Stage != "first" {
			k.t.Errorf("%+v", review)
		}
	})
}

// Each named organisation refers, and nobody else; immigration authorities are
// behind the wall, also where the State names them (rule 7): they open no case here.
func TestOnlyTheNamedFirstRespondersRefer(t *testing.T) {
	k := open(t, node.Config{})
	k.member("stan", "sca", access.DecisionMaker)
	k.member("nell", "neighbours", access.CaseWorker)
	for _, b := range k.Profile.FirstResponders() {
		login := strings.ReplaceAll(b.Key, "_", "-")
		if kindOf(b.Key) == directory.ImmigrationService {
			_, _, err := k.Directory.AddMember(k.ctx, k.Record.For(access.Node(access.Administrator)), directory.AddMember{Login: login + "-1", Name: "A",
				Organisation: k.body[b.Key], Roles: []access.Role{access.FirstResponder}, Password: password})
			k.refused(fault.CodeInvalid, err)
			k.member(login, b.Key, access.ImmigrationOfficer)
			_, err = k.Desk.OpenCase(k.ctx, k.door(login), casework.DescribePerson{Age: casework.Adult})
			k.refused(fault.CodeDenied, err)
			continue
		}
		k.member(login, b.Key, access.FirstResponder)
		id := k.presumed(login, casework.Adult)
		k.consents(login, id, "sca")
		k.does(login, id, "refer", &casework.Refer{Authority: k.body["sca"], Reasons: "r"})
		if a := k.see("stan", id).Identification.Referral; a == nil || a.Organisation != k.body[b.Key] {
			k.t.Errorf("%s: the authority sees %+v", b.Name, a)
		}
	}
	id := k.presumed("nell", casework.Adult)
	k.consents("nell", id, "sca")
	err := k.take("nell", id, "refer", &casework.Refer{Authority: k.body["sca"], Reasons: "r"})
	if k.refused(fault.CodeConflict, err); !strings.Contains(err.Error(), "first responder") {
		t.Errorf("got %v", err)
	}
}

func TestAnAdultWhoDeclinesIsNotifiedWithoutANameAndAChildIsReferredWithoutConsent(t *testing.T) {
	k := open(t, node.Config{})
	k.member("ben", "barnardos", access.CaseWorker)
	k.member("stan", "sca", access.DecisionMaker)
	k.member("lou", "local_pilots", access.DecisionMaker)
	adult := k.presumed("ben", casework.Adult)
	k.does("ben", adult, "notify", &casework.Notify{Authority: k.body["sca"], Summary: "One adult, agriculture."})
	if got := k.see("ben", adult).Identification.Notified[0].Provision; got != "Modern Slavery Act 2015, section 52" {
		t.Errorf("notified under %q", got)
	}
	_, err := record.View(k.ctx, k.door("stan"), k.Desk.Kind, adult, record.Reason{Action: access.Look})
	k.refused(fault.CodeNotFound, err)

	child := k.presumed("ben", casework.Child)
	k.refused(fault.CodeConflict, k.take("ben", child, "notify", &casework.Notify{Authority: k.body["sca"], Summary: "x"}))
	k.does("ben", child, "refer", &casework.Refer{Authority: k.body["local_pilots"], Reasons: "r"})
	k.does("lou", child, "decide-first", &casework.DecideFirst{Positive: casework.Yes, Reasons: "r", Told: true})
	if k.see("ben", child).Identification.Recovery == nil {
		t.Error("no recovery period after a positive decision")
	}
}
