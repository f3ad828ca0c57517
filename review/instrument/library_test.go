package instrument_test

import (
	"testing"

	"palermo/review/instrument"
)

func open(t *testing.T) *instrument.Library {
	t.Helper()
	l, err := instrument.Open()
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func TestEveryParagraphOfTheProtocolIsCitedWithItsVerb(t *testing.T) {
	tip, ok := open(t).Instrument("TIP")
	if !ok || len(tip.Provisions) != 46 {
		t.Fatalf("%d provisions", len(tip.Provisions))
	}
	for _, p := range tip.Provisions {
		if p.Modality == "" || p.Subject == "" {
			t.Errorf("%s has no verb or subject", p.ID)
		}
	}
	if got := tip.Provisions[11].Cite(); got != "art. 6, para. 3 (a)" {
		t.Error(got)
	}
}

func TestWhatNoSourceSaysStaysEmpty(t *testing.T) {
	l := open(t)
	party, ok := l.Status("TIP", "NG")
	if !ok || party.Is != "party" || party.Party != "" || party.Source == "" {
		t.Errorf("%+v", party)
	}
	if s, ok := l.Status("TIP", "IR"); !ok || s.Is != "neither" {
		t.Errorf("%+v", s)
	}
	if s, ok := l.Status("SOM", "NG"); ok {
		t.Errorf("nothing is known of this: %+v", s)
	}
}

func TestANewerFileOfRatificationsReplacesTheOne(t *testing.T) {
	l := open(t)
	if err := l.ReadStatus([]byte("instrument,state,status,signed,party_since,as_of,source\nTIP,IR,party,,2031-01-02,2031-02-01,Depositary\n")); err != nil {
		t.Fatal(err)
	}
	if s, _ := l.Status("TIP", "IR"); s.Is != "party" || s.Party != "2031-01-02" {
		t.Errorf("%+v", s)
	}
	if _, ok := l.Status("TIP", "NG"); ok {
		t.Error("what the newer file does not say is still there")
	}
	if err := l.ReadStatus([]byte("instrument,state,status,signed,party_since,as_of,source\nTIP,IR,perhaps,,,,x\n")); err == nil {
		t.Error("a status that there is not was read")
	}
}
