package table

import (
	"errors"
	"io"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"
)

func read(t *testing.T, data []byte) (*Reader, []Row, error) {
	t.Helper()
	r := NewReader(data)
	var rows []Row
	for {
		row, err := r.Next()
		if errors.Is(err, io.EOF) {
			return r, rows, nil
		}
		if err != nil {
			return r, rows, err
		}
		rows = append(rows, row)
	}
}

func wide(s string, order [2]int, mark bool) []byte {
	var b []byte
	if mark {
		s = "\ufeff" + s
	}
	for _, u := range utf16.Encode([]rune(s)) {
		two := [2]byte{byte(u), byte(u >> 8)}
		b = append(b, two[order[0]], two[order[1]])
	}
	return b
}

func TestEncodingsAreToldFromTheBytes(t *testing.T) {
	text := "name,town\nJosé,Málaga\n"
	little, big := [2]int{0, 1}, [2]int{1, 0}
	for _, c := range []struct {
		data     []byte
		encoding string
	}{
		{[]byte(text), "UTF-8"}, {[]byte("\xef\xbb\xbf" + text), "UTF-8"},
		{wide(text, little, true), "UTF-16"}, {wide(text, big, true), "UTF-16"}, {wide(text, little, false), "UTF-16"}, {wide(text, big, false), "UTF-16"},
		{[]byte("name,town\nJos\xe9,M\xe1laga\n"), "Windows-1252"},
	} {
		r, rows, err := read(t, c.data)
		if err != nil || r.Encoding != c.encoding || len(rows) != 2 || !slices.Equal(rows[0].Cells, []string{"name", "town"}) ||
			!slices.Equal(rows[1].Cells, []string{"José", "Málaga"}) {
			t.Errorf("%q: %s %v %v", c.data, r.Encoding, rows, err)
		}
	}
}

func TestRowsHaveTheNumbersOfTheSpreadsheet(t *testing.T) {
	_, rows, err := read(t, []byte("a;b\n\n1;\"two\nlines\"\n;\n3;4"))
	if err != nil || len(rows) != 3 || rows[1].Number != 3 || rows[2].Number != 5 || rows[1].Cells[1] != "two\nlines" {
		t.Errorf("%v %v", rows, err)
	}
}

func TestWhatCannotBeReadIsNamedByItsRow(t *testing.T) {
	for _, data := range []string{"a,b\n1,2\n\"3,4\n", "a,b\n1,2\n3," + strings.Repeat("x", longestCell+1)} {
		_, _, err := read(t, []byte(data))
		var m *Mistake
		if !errors.As(err, &m) || m.Row != 3 {
			t.Errorf("%v", err)
		}
	}
}

func TestAWrittenCellRunsNothing(t *testing.T) {
	for cell, written := range map[string]string{"=1+1": "'=1+1", "+cmd|x": "'+cmd|x", "@SUM(A1)": "'@SUM(A1)", "-2+3+cmd": "'-2+3+cmd",
		"+39 06 1234": "+39 06 1234", "-12.5": "-12.5", "Amal": "Amal", "": "", "-": "'-"} {
		if got := Harmless(cell); got != written {
			t.Errorf("%q is written %q", cell, got)
		}
	}
}
