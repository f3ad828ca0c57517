package casework

import (
	"testing"

	"palermo/access"
	"palermo/ident"
)

// withLiaison is a case that another State's prosecutors were brought to, with a consent for three kinds of information.
func withLiaison(t *testing.T) (b *bench, host ident.ID) {
	b = newBench(t, "it", Adult)
	b.c.Person.Nationality = "NG"
	host = ident.ID{8, 8}
	b.is[host] = Organisation{Country: "IT", Authority: true}
	b.does("ngo", "give-consent", Consenting("proceedings", host, []string{"identity", "screening", "decisions"}, b.now.AddDate(0, 1, 0)))
	b.does("ngo", "join", Joining(host, "liaison_officer"))
	return b, host
}

func (b *bench) liaisonSees(host ident.ID, role access.Role, p *access.Posting) access.Set {
	v := access.Viewer{Member: ident.ID{9}, Organisation: host, Roles: []access.Role{role}, Posting: p}
	return b.fence().released(b.c, v, []access.Role{role}, b.now)
}

func TestALiaisonOfficerSeesWhatBothThePostingAndThePersonAllow(t *testing.T) {
	b, host := withLiaison(t)
	both := &access.Posting{State: "DE", Looks: access.Of(access.Identity, access.Health)}
	if got := b.liaisonSees(host, access.LiaisonOfficer, both); got != access.Of(access.Summary, access.Identity) {
		t.Errorf("sees %v", got)
	}
	if got := b.liaisonSees(host, access.LiaisonOfficer, nil); got != access.Of(access.Summary) {
		t.Errorf("without a posting: %v", got)
	}
	b.does("ngo", "withdraw-consent", &WithdrawConsent{Consent: b.c.Consents[0].ID})
	if got := b.liaisonSees(host, access.LiaisonOfficer, both); got != access.Of(access.Summary) {
		t.Errorf("a posting without the consent: %v", got)
	}
}

// Rule 3: a guest from the country that is feared sees nothing, as whatever they work, at whatever house.
func TestWhoWasSentByAFearedStateSeesNothing(t *testing.T) {
	b, host := withLiaison(t)
	b.does("ngo", "join", Joining(host, "prosecutor"))
	sent := func(state string) access.Set {
		return b.liaisonSees(host, access.Prosecutor, &access.Posting{State: state, Looks: access.Everything})
	}
	if sent("NG") == 0 {
		t.Error("before the door closes, consent decides")
	}
	b.does("ngo", "seek-protection", &SeekProtection{Kind: "fear", Note: "n"})
	if got := sent("NG"); got != 0 {
		t.Errorf("sent by the feared State: %v", got)
	}
	if sent("DE") == 0 {
		t.Error("a colleague from another State is shut out as well")
	}
}
