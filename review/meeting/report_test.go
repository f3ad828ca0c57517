package meeting_test

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"palermo/review/instrument"
	"palermo/review/meeting"
)

const session = "sessions/2018-07-trafficking.yaml"

// made is the report that the program makes of the session of July 2018.
func made(t *testing.T) *meeting.Report {
	t.Helper()
	file, err := os.ReadFile(session)
	if err != nil {
		t.Fatal(err)
	}
	s, err := meeting.Read(file)
	if err != nil {
		t.Fatal(err)
	}
	l, err := instrument.Open()
	if err != nil {
		t.Fatal(err)
	}
	return meeting.Write(s, l)
}

// data reads a file that was not made for this project.
func data(t *testing.T, name string) string {
	t.Helper()
	path := filepath.Join("..", "..", "..", "shared", "data", name)
	file, err := os.ReadFile(path)
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal(err)
		}
		t.Skip("needs ", path)
	}
	return string(file)
}

// official is the report as it was published: headings, and paragraphs by number with their points.
func official(t *testing.T) (headings []string, paras map[int]string) {
	t.Helper()
	paras = map[int]string{}
	heading := regexp.MustCompile(`^(I|II|III|IV|V|[A-E])\. \S`)
	numbered := regexp.MustCompile(`^(\d+)\. (.*)`)
	at := 0
	for _, line := range strings.Split(data(t, "report-2018.txt"), "\n") {
		switch n := numbered.FindStringSubmatch(line); {
		case heading.MatchString(line):
			headings = append(headings, plain(line))
		case n != nil && number(t, n[1]) == at+1:
			at++
			paras[at] = n[2]
		case line != "" && at > 0:
			paras[at] += " " + line
		}
	}
	for n, text := range paras {
		paras[n] = plain(text)
	}
	return headings, paras
}

func number(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// plain takes away what the published text has of its own: links, quotation marks of two kinds, spaces.
func plain(s string) string {
	s = regexp.MustCompile(`\[([^\]]*)\]\([^)]*\)`).ReplaceAllString(s, "$1")
	s = strings.NewReplacer("’", "'", "“", `"`, "”", `"`, "- (a)", "(a)", "- (b)", "(b)", "*", "").Replace(s)
	return strings.Join(strings.Fields(s), " ")
}

func text(b meeting.Block) string {
	return plain(b.Text + points(b.Points))
}

func points(list []meeting.Point) string {
	var s string
	for _, p := range list {
		s += " " + p.Mark + " " + p.Text + points(p.Points)
	}
	return s
}

func TestTheReportOf2018ComesOutOfItsSession(t *testing.T) {
	headings, paras := official(t)
	r := made(t)
	if want := "Report of the meeting of the Working Group on Trafficking in Persons held in Vienna on 2 and 3 July 2018"; r.Title != want || r.Issued != "18 July 2018" {
		t.Errorf("%s, %s", r.Title, r.Issued)
	}
	var got []string
	last := 0
	told := map[int]bool{} // in other words: the mandate and the deliberations
	for n := 1; n <= 5; n++ {
		told[n] = true
	}
	for n := 10; n <= 34; n++ {
		told[n] = n != 11 && n != 15 && n != 29
	}
	for _, b := range r.Blocks {
		if b.Level > 0 {
			got = append(got, plain(b.Heading))
			continue
		}
		if last++; b.Number != last {
			t.Errorf("paragraph %d comes after %d", b.Number, last-1)
		}
		if made := text(b); !told[b.Number] && b.Number != 22 && b.Number != 36 && made != paras[b.Number] {
			t.Errorf("paragraph %d:\n%s\nand in the published report\n%s", b.Number, made, paras[b.Number])
		}
	}
	if strings.Join(got, "\n") != strings.Join(headings, "\n") {
		t.Errorf("headings:\n%s\npublished:\n%s", strings.Join(got, "\n"), strings.Join(headings, "\n"))
	}
	if last != 51 || len(paras) != 51 {
		t.Errorf("%d paragraphs, published %d", last, len(paras))
	}
}

// What is told in other words keeps every figure, and every name of a speaker.
func TestADeliberationInOtherWordsKeepsItsFacts(t *testing.T) {
	_, paras := official(t)
	figure := regexp.MustCompile(`\d+(?:,\d{3})*(?:/\d)?`)
	name := regexp.MustCompile(`Ms\. [\p{L}-]+|Virginia Prugh|Tunisia|Nigeria|Germany|Thailand|Argentina|Catania|International Organization for Migration|European Union|The Chair`)
	for _, b := range made(t).Blocks {
		if b.Level > 0 || b.Number < 10 || b.Number > 36 {
			continue
		}
		got := text(b)
		for _, fact := range append(figure.FindAllString(paras[b.Number], -1), name.FindAllString(paras[b.Number], -1)...) {
			if !strings.Contains(got, fact) {
				t.Errorf("paragraph %d has lost %q:\n%s", b.Number, fact, got)
			}
		}
	}
}

func TestTheReportIsAkomaNtoso(t *testing.T) {
	var b bytes.Buffer
	if err := made(t).WriteAKN(&b, "CTOC/COP/WG.4/2018/L.1", "2018-07-18"); err != nil {
		t.Fatal(err)
	}
	d := xml.NewDecoder(bytes.NewReader(b.Bytes()))
	paragraphs := 0
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "paragraph" {
			paragraphs++
		}
	}
	if paragraphs != 51 {
		t.Errorf("%d paragraphs", paragraphs)
	}
	lint, err := exec.LookPath("xmllint")
	if err != nil {
		if os.Getenv("CI") != "" {
			t.Fatal("install xmllint (Debian: libxml2-utils)")
		}
		t.Skip("without xmllint (Debian: libxml2-utils) the document is only known to be well formed")
	}
	data(t, "akn/akomantoso30.xsd")
	file := filepath.Join(t.TempDir(), "report.xml")
	if err := os.WriteFile(file, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(lint, "--nonet", "--noout", "--schema", filepath.Join("..", "..", "..", "shared", "data", "akn", "akomantoso30.xsd"), file).CombinedOutput()
	if err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}

func TestASessionThatContradictsItselfIsRefused(t *testing.T) {
	file, err := os.ReadFile(session)
	if err != nil {
		t.Fatal(err)
	}
	for was, is := range map[string]string{
		"to: 2018-07-03":                     "to: 2018-07-01",
		"{number: 4, on: 2018-07-03}":        "{number: 4, on: 2018-07-05}",
		"item: 3, meetings: [3]":             "item: 3, meetings: [9]",
		"kind: panel, item: 2":               "kind: panel, item: 8",
		"kind: exchange":                     "kind: chat",
		"body: Working Group on Trafficking": "bodies: Working Group on Trafficking",
		"from: 2018-07-02":                   "from: Monday",
		"adopted: {meeting: 1":               "adopted: {meeting: 7",
	} {
		changed := strings.Replace(string(file), was, is, 1)
		if changed == string(file) {
			t.Fatal("not in the file: ", was)
		}
		if _, err := meeting.Read([]byte(changed)); err == nil {
			t.Errorf("%s was accepted", is)
		}
	}
}

func TestWhoIsNotInTheLibraryKeepsTheNameThatWasWritten(t *testing.T) {
	l, err := instrument.Open()
	if err != nil {
		t.Fatal(err)
	}
	got := strings.Join(l.Alphabetical([]string{"CR", "CI", "Ruritania", "Croatia", "CL"}), ", ")
	if got != "Chile, Costa Rica, Côte d'Ivoire, Croatia, Ruritania" {
		t.Error(got)
	}
}
