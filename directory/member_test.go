package directory

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/pquerna/otp/totp"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
)

func TestWhoIsInvitedSetsUpBeforeAnythingElse(t *testing.T) {
	r := open(t)
	_, handOver, err := r.Invite(r.ctx, r.door("admin"), AddMember{Login: "rosa", Name: "Rosa Ferlito", Organisation: r.org, Roles: []access.Role{access.CaseWorker}})
	r.must(err)
	token, err := r.SignIn(r.ctx, "rosa", handOver, "")
	r.must(err)
	s, err := r.AtWork(r.ctx, token)
	r.must(err)
	if !s.MustSetUp || len(s.Viewer.Roles) != 0 {
		t.Fatalf("%+v", s)
	}
	d := r.node.For(s.Viewer)
	token, err = r.SetPassword(r.ctx, d, handOver, goodPassword)
	r.must(err)
	address, err := r.EnrolTOTP(r.ctx, d, goodPassword, "Palermo")
	r.must(err)
	u, err := url.Parse(address)
	r.must(err)
	r.refused(fault.CodeInvalid, func() error { _, err := r.ConfirmTOTP(r.ctx, d, "000000"); return err }())
	code, err := totp.GenerateCode(u.Query().Get("secret"), r.now)
	r.must(err)
	recovery, err := r.ConfirmTOTP(r.ctx, d, code)
	r.must(err)
	if len(recovery) != recoveryCodes {
		t.Errorf("%v", recovery)
	}
	s, err = r.AtWork(r.ctx, token)
	r.must(err)
	if s.MustSetUp || !s.Viewer.Has(access.CaseWorker) {
		t.Errorf("%+v", s)
	}
	_, err = r.SignIn(r.ctx, "rosa", goodPassword, "")
	r.refused(fault.CodeDenied, err)
}

func TestAHandedOverPasswordIsGoodForThreeDays(t *testing.T) {
	r := open(t)
	_, handOver, err := r.Invite(r.ctx, r.as(access.Administrator), AddMember{Login: "rosa", Name: "Rosa Ferlito", Organisation: r.org})
	r.must(err)
	r.now = r.now.Add(setUpTime)
	_, err = r.SignIn(r.ctx, "rosa", handOver, "")
	r.refused(fault.CodeDenied, err)
}

func TestAnAdministratorNeverKnowsAPasswordThatOpensCases(t *testing.T) {
	r := open(t)
	_, _, err := r.AddMember(r.ctx, r.door("admin"), AddMember{Login: "rosa", Name: "Rosa Ferlito", Organisation: r.org, Password: goodPassword})
	r.refused(fault.CodeDenied, err)
}

func TestAUserNameIsOneMembers(t *testing.T) {
	r := open(t)
	r.member("rosa", "Rosa Ferlito")
	_, _, err := r.AddMember(r.ctx, r.as(access.Administrator), AddMember{Login: "ROSA", Name: "Rosa Other", Organisation: r.org, Password: goodPassword})
	r.refused(fault.CodeConflict, err)
}

func TestNobodyButAnAdministratorAddsAnybody(t *testing.T) {
	r := open(t)
	for _, role := range append(access.Roles(), access.SignIn, access.Clock) {
		if role == access.Administrator {
			continue
		}
		d := r.node.For(access.Viewer{Member: ident.ID{9}, Organisation: r.org, Roles: []access.Role{role}})
		_, _, err := r.Invite(r.ctx, d, AddMember{Login: "new", Name: "Some Body", Organisation: r.org})
		r.refused(fault.CodeDenied, err)
		_, err = r.Add(r.ctx, d, AddOrganisation{Name: "New", Kind: "ngo"})
		r.refused(fault.CodeDenied, err)
		_, err = r.AddCourse(r.ctx, d, CourseFacts{Code: "C", Title: "T"})
		r.refused(fault.CodeDenied, err)
		if err := r.GrantRole(r.ctx, d, r.admin, Grant{Role: access.CaseWorker}); err == nil {
			t.Errorf("%s gave a role", role)
		}
		if err := r.Deactivate(r.ctx, d, r.admin); err == nil {
			t.Errorf("%s closed an account", role)
		}
	}
}

func TestOnesAccountIsOnesOwn(t *testing.T) {
	r := open(t)
	rosa := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	r.member("dario", "Dario Conti", Grant{Role: access.CaseWorker})
	dario := r.door("dario")
	for name, act := range map[string]func() error{
		"duty":    func() error { return r.SetOnDuty(r.ctx, dario, rosa, true) },
		"deputy":  func() error { return r.SetDeputy(r.ctx, dario, rosa, dario.Viewer().Member) },
		"sign-on": func() error { return r.LinkOIDC(r.ctx, dario, rosa, "https://id.example", "42") },
	} {
		if err := act(); !fault.Is(err, fault.CodeDenied) {
			t.Errorf("%s: %v", name, err)
		}
	}
	seen, err := r.Member(r.ctx, dario, rosa)
	r.must(err)
	if v := seen.Value(); v.Name != "Rosa Ferlito" || v.Account != nil || v.RealName != "" {
		t.Errorf("%+v", v)
	}
}

func TestNoViewCarriesASecret(t *testing.T) {
	r := open(t)
	id := r.member("rosa", "Rosa Ferlito", Grant{Role: access.CaseWorker})
	_, err := r.NewRecoveryCodes(r.ctx, r.door("rosa"), goodPassword)
	r.must(err)
	m := r.whole(id)
	for _, d := range []access.Viewer{{Member: id, Roles: []access.Role{access.Administrator, access.BookingDesk}}, access.Node(access.SignIn), access.Node(access.Administrator)} {
		seen, err := r.Member(r.ctx, r.node.For(d), id)
		r.must(err)
		document, err := json.Marshal(seen.Value())
		r.must(err)
		for _, secret := range []string{m.Credentials.Password, m.Credentials.TOTP.Secret, "argon2id"} {
			if strings.Contains(string(document), secret) {
				t.Errorf("%v: %s", d.Roles, document)
			}
		}
	}
}

func TestOnDutyIsSeenAtOnceAndCallsInOrder(t *testing.T) {
	r := open(t)
	first := r.member("ines", "Ines Marchetti", Grant{Role: access.FocalPoint})
	second := r.member("bruno", "Bruno Salerno", Grant{Role: access.FocalPoint})
	r.must(r.SetEscalation(r.ctx, r.as(access.Administrator), r.org, []ident.ID{first, second}))
	bruno := r.door("bruno")
	now, next, err := r.OnCall(r.ctx, bruno, r.org, access.FocalPoint)
	r.must(err)
	if now != first || next != second {
		t.Error("with nobody on duty the order holds")
	}
	token, err := r.signIn("bruno")
	r.must(err)
	r.must(r.SetOnDuty(r.ctx, bruno, second, true))
	if s, err := r.AtWork(r.ctx, token); err != nil || !s.Viewer.OnDuty {
		t.Errorf("%+v, %v", s, err)
	}
	if now, next, err = r.OnCall(r.ctx, bruno, r.org, access.FocalPoint); err != nil || now != second || next != first {
		t.Errorf("on duty comes first: %v", err)
	}
	r.must(r.Deactivate(r.ctx, r.as(access.Administrator), second))
	if now, next, err = r.OnCall(r.ctx, bruno, r.org, access.FocalPoint); err != nil || now != first || !next.IsZero() {
		t.Errorf("who left is not called: %v %v %v", now, next, err)
	}
}

func TestANameIsFoundInAnotherScript(t *testing.T) {
	r := open(t)
	r.member("amin", "محمد الأمين", Grant{Role: access.CaseWorker})
	found, err := r.FindMembers(r.ctx, r.door("admin"), "Mohammed")
	r.must(err)
	if len(found) != 1 {
		t.Errorf("%+v", found)
	}
}

func TestWeakPasswordsAreRefused(t *testing.T) {
	for _, weak := range []string{"", "short", "password1234", "Password123456!", "123456789012", "qwertyuiop123", "aaaaaaaaaaaaaaaa",
		"rosa likes the sea", "ferlito family home", "iloveyou123123", "abababababab", "princess-dragon-monkey", strings.Repeat("x9!Q", 300)} {
		if err := checkNewPassword(weak, "rosa", "Rosa Ferlito"); !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%q: %v", weak, err)
		}
	}
	for _, good := range []string{goodPassword, "five green river stones", "kT9#vLq2!mWz", "جبل بحر قمر شجرة", "8273645091827364", "0b2e-91ff-ac37-0d52-77be"} {
		if err := checkNewPassword(good, "rosa", "Rosa Ferlito"); err != nil {
			t.Errorf("%q: %v", good, err)
		}
	}
}
