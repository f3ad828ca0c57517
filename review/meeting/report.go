package meeting

import (
	"fmt"
	"slices"
	"strings"

	"palermo/review/instrument"
)

// Report is the report of a session: sections with numbered paragraphs.
type Report struct {
	Parent, Title, Issued, Original string
	Blocks                          []Block
}

// Block is a heading or a paragraph.
type Block struct {
	Heading string // with its number: "II. Recommendations"
	Level   int    // of the heading: 1 or 2
	Number  int    // of the paragraph
	Text    string
	Points  []Point
}

// Point is an entry of a list under a paragraph.
type Point struct {
	Mark   string // "(a)", "1."
	Text   string
	Points []Point
}

// writer numbers what it writes.
type writer struct {
	*Session
	library *instrument.Library
	blocks  []Block
	number  int
	part    int // section
	sub     int
}

// Write makes the report of a session.
func Write(s *Session, l *instrument.Library) *Report {
	w := &writer{Session: s, library: l}
	w.introduction()
	w.recommendations()
	w.summary()
	w.organization()
	w.adoption()
	return &Report{Parent: s.Parent, Title: fmt.Sprintf("Report of the meeting of the %s held in %s on %s", s.Body, s.City, s.days()),
		Issued: day(s.Issued), Original: s.Language, Blocks: w.blocks}
}

func (w *writer) section(title string) {
	w.part, w.sub = w.part+1, 0
	w.blocks = append(w.blocks, Block{Heading: []string{"", "I", "II", "III", "IV", "V"}[w.part] + ". " + title, Level: 1})
}

func (w *writer) subsection(title string) {
	w.blocks = append(w.blocks, Block{Heading: string(rune('A'+w.sub)) + ". " + title, Level: 2})
	w.sub++
}

func (w *writer) para(text string, points ...Point) {
	w.number++
	w.blocks = append(w.blocks, Block{Number: w.number, Text: text, Points: points})
}

func (w *writer) introduction() {
	w.section("Introduction")
	for i, m := range w.Mandate {
		if i == 0 && len(w.Earlier) > 0 {
			m += " The previous meetings of the Working Group were held " + and(w.Earlier) + "."
		}
		w.para(m)
	}
}

func (w *writer) recommendations() {
	w.section("Recommendations")
	w.para(fmt.Sprintf("At its meeting held in %s on %s, the %s adopted the recommendations presented below for consideration by the Conference.", w.City, w.days(), w.Body))
	for _, a := range w.Advice {
		w.subsection(a.Title)
		w.para(a.To+":", lettered(a.Items)...)
	}
}

// lettered are the points (a), (b) and so on.
func lettered(items []string) []Point {
	var points []Point
	for i, text := range items {
		end := ";"
		if i == len(items)-1 {
			end = "."
		}
		points = append(points, Point{Mark: "(" + string(rune('a'+i)) + ")", Text: text + end})
	}
	return points
}

func (w *writer) summary() {
	w.section("Summary of deliberations")
	for _, e := range w.Summary {
		switch e.Kind {
		case Considered:
			at := ordinals(e.Meetings)
			w.para(fmt.Sprintf("At its %s, on %s, the Working Group considered agenda item %d, entitled “%s”.", at, day(w.sitting(e.Meetings[0]).On), e.Item, w.item(e.Item).Title))
		case Panel:
			w.para(fmt.Sprintf("The discussion under agenda item %d was facilitated by the following panellists: %s.", e.Item, w.panel(e.Item)))
		case Exchange:
			w.para("After those presentations, the panellists exchanged additional information with the participants in response to several questions and comments regarding specific measures of cooperation and examples of good practices.")
		case Text:
			w.para(e.Text)
		}
	}
}

// panel lists those who led the discussion of an item by surname, with posts and groups.
func (w *writer) panel(item int) string {
	list := slices.DeleteFunc(slices.Clone(w.Panellists), func(p Panellist) bool { return p.Item != item })
	slices.SortFunc(list, func(a, b Panellist) int { return strings.Compare(a.Surname, b.Surname) })
	var words []string
	for _, p := range list {
		words = append(words, fmt.Sprintf("%s, %s, on behalf of the %s", p.Name, p.Post, p.Group))
	}
	return joined(words, "; ")
}

func (w *writer) organization() {
	w.section("Organization of the meeting")
	w.opening()
	w.statements()
	w.agenda()
	w.attendance()
	w.documentation()
}

func (w *writer) opening() {
	w.subsection("Opening of the meeting")
	w.para(fmt.Sprintf("The %s met in %s on %s. %s.", w.Body, w.City, w.days(), w.held()))
	for _, o := range w.Officers {
		if o.Post == "Chair" {
			w.para(fmt.Sprintf("The meeting was opened by %s (%s), Chair of the Working Group. The Chair addressed the meeting and presented an overview of the mandate of the Working Group, its objectives and the subjects under its consideration.",
				o.Name, strings.TrimPrefix(w.library.State(o.State).AtFirst(), "the ")))
		}
	}
	for _, s := range w.Opening {
		text := "At the opening of the meeting, a statement was made by the representative of " + w.library.State(s.By).In()
		if s.OnBehalf != "" {
			text += " on behalf of " + s.OnBehalf
		}
		w.para(text + ".")
	}
}

// held says how many meetings there were.
func (w *writer) held() string {
	if len(w.Meetings) == 1 {
		return "One meeting was held"
	}
	return count(len(w.Meetings)) + " meetings were held"
}

func (w *writer) statements() {
	w.subsection("Statements")
	if len(w.Secretary) > 0 {
		w.para("General introductory statements were made by a representative of the Secretariat under agenda " + items(w.Secretary) + ".")
	}
	for _, i := range w.Agenda {
		var led []string
		for _, p := range w.Panellists {
			if p.Item == i.Number {
				led = append(led, fmt.Sprintf("%s (%s)", p.Name, w.library.State(p.State).Listed))
			}
		}
		if len(led) > 0 {
			w.para(fmt.Sprintf("With the Chair presiding, the discussion under agenda item %d was led by the following panellists: %s.", i.Number, and(led)))
		}
	}
	if s := w.Speakers; len(s.Parties) > 0 {
		w.para(fmt.Sprintf("Under agenda %s, statements were made by representatives of the following parties to the %s: %s.", items(s.Items), w.short(), and(w.library.Alphabetical(s.Parties))))
	}
	also := ""
	for _, o := range w.Speakers.Observers {
		w.para("The observer for " + w.library.State(o).In() + also + " made a statement.")
		also = " also"
	}
	for _, o := range w.Speakers.Organizations {
		w.para("The observer for the " + strings.TrimPrefix(o, "the ") + also + " made a statement.")
		also = " also"
	}
}

// short is what the instrument is called in the text.
func (w *writer) short() string {
	if i, ok := w.library.Instrument(w.Instrument); ok {
		return i.Short
	}
	return w.Instrument
}

func (w *writer) agenda() {
	w.subsection("Adoption of the agenda and organization of work")
	amended := ""
	if w.Adopted.AsAmended {
		amended = ", as orally amended"
	}
	on := ""
	if m := w.sitting(w.Adopted.Meeting); m != nil {
		on = fmt.Sprintf("At its %s, on %s, the", ordinals([]int{m.Number}), day(m.On))
	} else {
		on = "The"
	}
	var points []Point
	for _, i := range w.Agenda {
		p := Point{Mark: fmt.Sprintf("%d.", i.Number), Text: i.Title}
		if len(i.Parts) > 0 {
			p.Text, p.Points = i.Title+":", lettered(i.Parts)
		} else {
			p.Text += "."
		}
		points = append(points, p)
	}
	w.para(strings.Join(strings.Fields(fmt.Sprintf("%s Working Group adopted %s the following agenda%s:", on, w.Adopted.How, amended)), " "), points...)
}

func (w *writer) attendance() {
	w.subsection("Attendance")
	a := w.Attendance
	if len(a.Parties) > 0 {
		w.para(fmt.Sprintf("The following parties to the %s were represented at the meeting: %s.", w.short(), and(w.library.Alphabetical(a.Parties))))
	}
	if len(a.NotParties) > 0 {
		w.para(fmt.Sprintf("The following States that are not parties or signatories to the %s were represented by observers: %s.", w.short(), and(w.library.Alphabetical(a.NotParties))))
	}
	if len(a.Offices) > 0 {
		w.para("The " + and2(a.Offices, "the ") + were(a.Offices))
	}
	for _, e := range a.Entities {
		w.para("The " + e + ", an entity maintaining a permanent observer office, was represented by an observer.")
	}
	if len(a.Organizations) > 0 {
		w.para("The following intergovernmental organizations were represented by observers: " + and(slices.Sorted(slices.Values(a.Organizations))) + ".")
	}
	if a.List != "" {
		w.para("A list of participants is contained in document " + a.List + ".")
	}
}

func (w *writer) documentation() {
	w.subsection("Documentation")
	var titles []string
	for _, d := range w.Documents {
		titles = append(titles, d.Title+" ("+d.Symbol+")")
	}
	w.para("The Working Group had before it the following:", lettered(titles)...)
}

func (w *writer) adoption() {
	w.section("Adoption of the report")
	w.para(fmt.Sprintf("On %s, the Working Group adopted the report on its meeting (%s).", day(w.Adoption.On), and(w.Adoption.Drafts)))
}
