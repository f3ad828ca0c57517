package linkage

import (
	"slices"
	"strings"
	"testing"
)

func TestATableInTheFEBRLLayoutIsRead(t *testing.T) {
	table := "\ufeffrec_id, given_name, surname, street_number, address_1, suburb, postcode, date_of_birth, soc_sec_id\n" +
		"rec-223-org, , waller, 6, tullaroop street, st james, 4011, 19081209, 6988048\n"
	rows, err := ReadTable(strings.NewReader(table), []string{"soc_sec_id"})
	if err != nil || len(rows) != 1 {
		t.Fatal(rows, err)
	}
	p := rows[0].Person
	if rows[0].Truth != "223" || !slices.Equal(p.Names, []string{"waller"}) || p.Born != "1908-12-09" ||
		!slices.Equal(p.Places, []string{"st james"}) || p.Addresses[0] != (Address{"tullaroop street", "6", "4011"}) {
		t.Errorf("%+v", rows[0])
	}
	if len(p.Documents) != 0 {
		t.Error("an ignored column was read")
	}
	if rows, err = ReadTable(strings.NewReader(table), nil); err != nil || len(rows[0].Person.Documents) != 1 {
		t.Error(rows, err)
	}
}

func TestATableThatIsNoneIsRefused(t *testing.T) {
	for name, table := range map[string]string{
		"nothing":          "",
		"no rec_id":        "given_name\nanna\n",
		"another id":       "rec_id\n223\n",
		"an unknown field": "rec_id,shoe_size\nrec-1-org,42\n",
		"a field twice":    "rec_id,suburb,suburb\nrec-1-org,a,b\n",
		"a short row":      "rec_id,suburb\nrec-1-org\n",
		"an open quote":    "rec_id,suburb\nrec-1-org,\"a\n",
	} {
		if rows, err := ReadTable(strings.NewReader(table), nil); err == nil {
			t.Errorf("%s: %v", name, rows)
		}
	}
}

func TestPairsAreCountedAsTheyAre(t *testing.T) {
	row := func(truth, name string) Row { return Row{Truth: truth, Person: named(name, "1999-03-04")} }
	a := []Row{row("1", "Amina Yusuf"), row("1", "Yusuf Amina"), row("1", "Grace Eze"), row("2", "Amina Bello")}
	c, err := Compare(a, nil)
	if err != nil {
		t.Fatal(err)
	}
	// Three pairs are one person's; found are 1-1 rightly, and each of these two with 2 by one name and the day.
	if got := c.Evaluate(ByScore); got != (Evaluation{Pairs: 3, Found: 3, Right: 1, Precision: 1.0 / 3, Recall: 1.0 / 3}) {
		t.Errorf("%+v", got)
	}
	if got := c.Evaluate(ByCount(2)); got != (Evaluation{Pairs: 3, Found: 1, Right: 1, Precision: 1, Recall: 1.0 / 3}) {
		t.Errorf("%+v", got)
	}
	// Between two tables only pairs that cross count.
	if c, err = Compare(a[:2], a[2:]); err != nil {
		t.Fatal(err)
	}
	if got := c.Evaluate(ByScore); got != (Evaluation{Pairs: 2, Found: 2}) {
		t.Errorf("%+v", got)
	}
	if c, err = Compare(nil, []Row{}); err != nil {
		t.Fatal(err)
	}
	if got := c.Evaluate(ByScore); got != (Evaluation{Precision: 1, Recall: 1}) {
		t.Errorf("nothing: %+v", got)
	}
}

func TestTooManyAgreementsAreRefused(t *testing.T) {
	rows := make([]Row, 4000)
	for i := range rows {
		rows[i] = Row{Truth: "1", Person: Person{Names: []string{"Amina"}, Born: "1999-03-04"}}
	}
	if _, err := Compare(rows, nil); err == nil {
		t.Error("8 million pairs are held")
	}
}

func FuzzTable(f *testing.F) {
	f.Add("rec_id,given_name,surname,date_of_birth\nrec-1-org,anna,bell,19990304\nrec-1-dup-0,anna,bel,1999-03\n")
	f.Add("rec_id,name,document,father\nrec-1-org,محمد,NG:A1,Musa\n")
	f.Fuzz(func(t *testing.T, table string) {
		rows, err := ReadTable(strings.NewReader(table), nil)
		if err != nil {
			return
		}
		for _, r := range rows[:min(len(rows), 20)] {
			if n := len(Texts(r.Person)); n > QuestionSize {
				t.Errorf("%d texts", n)
			}
		}
	})
}
