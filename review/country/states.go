package country

import (
	"cmp"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"palermo/fault"
)

// State is one that may be reviewed and may review.
type State struct {
	Code   string   `json:"state"`  // as the list names it, ISO 3166-1 where it does
	Name   string   `json:"name"`   // the code where the list has no other
	Region string   `json:"region"` // regional group, as the list calls it
	Party  []string `json:"party"`  // the instruments that it is a party to, sorted
}

// mostStates bounds a list: there are fewer than 200 States.
const mostStates = 1000

// columns says where in the list what stands.
type columns struct {
	code, name, region, list int
	instrument               map[int]string
}

// ReadStates reads a list with a heading line: state (a code or a name), region,
// and the instruments. These are one column of codes with spaces or semicolons
// between them (instruments), or a column for each, where yes or the date of
// ratification says party. Without any, all are parties to one instrument.
// Faults: invalid, with the line.
func ReadStates(r io.Reader) ([]State, error) {
	lines := csv.NewReader(io.LimitReader(r, 4<<20))
	lines.FieldsPerRecord, lines.TrimLeadingSpace = -1, true
	head, err := lines.Read()
	if err != nil {
		return nil, fault.Invalid("states", "The list of States is empty, or is no CSV file.")
	}
	at, err := heading(head)
	if err != nil {
		return nil, err
	}
	var states []State
	for n := 2; ; n++ {
		line, err := lines.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil || len(states) == mostStates {
			return nil, fault.Invalid("states", "Line %d of the list of States cannot be read.", n)
		}
		s := at.state(line)
		if s.Code == "" || s.Region == "" {
			return nil, fault.Invalid("states", "Line %d of the list of States has no State, or no region.", n)
		}
		states = append(states, s)
	}
	slices.SortFunc(states, func(a, b State) int { return cmp.Compare(a.Code, b.Code) })
	for i := 1; i < len(states); i++ {
		if states[i].Code == states[i-1].Code {
			return nil, fault.Invalid("states", "%s stands in the list of States twice.", states[i].Code)
		}
	}
	return states, nil
}

func heading(head []string) (columns, error) {
	at := columns{code: -1, name: -1, region: -1, list: -1, instrument: map[int]string{}}
	for i, h := range head {
		h = strings.TrimSpace(strings.TrimPrefix(h, "\ufeff"))
		switch strings.ToLower(h) {
		case "state", "code", "iso", "iso2", "iso3", "id":
			at.code = i
		case "name", "country", "title":
			at.name = i
		case "region", "group", "regional_group", "regional group":
			at.region = i
		case "instruments", "parties", "party_to":
			at.list = i
		case "":
		default:
			at.instrument[i] = h
		}
	}
	if at.code < 0 {
		at.code = at.name
	}
	if at.code < 0 || at.region < 0 {
		return at, fault.Invalid("states", "The list of States needs the columns state and region.")
	}
	return at, nil
}

func (at columns) state(line []string) State {
	cell := func(i int) string {
		if i < 0 || i >= len(line) {
			return ""
		}
		return strings.TrimSpace(line[i])
	}
	s := State{Code: cell(at.code), Name: cmp.Or(cell(at.name), cell(at.code)), Region: cell(at.region)}
	if at.list >= 0 {
		s.Party = strings.FieldsFunc(cell(at.list), func(r rune) bool { return r == ' ' || r == ';' || r == ',' || r == '|' })
	}
	for i, name := range at.instrument {
		if party(cell(i)) {
			s.Party = append(s.Party, name)
		}
	}
	if at.list < 0 && len(at.instrument) == 0 {
		s.Party = []string{"TIP"}
	}
	slices.Sort(s.Party)
	s.Party = slices.Compact(s.Party)
	return s
}

// party reads whether a cell says party: yes in some form, or a date.
func party(cell string) bool {
	switch strings.ToLower(cell) {
	case "yes", "y", "true", "1", "x", "party":
		return true
	}
	return len(cell) >= 4 && cell[0] >= '0' && cell[0] <= '9'
}
