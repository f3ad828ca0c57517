package form

import (
	"bytes"
	"embed"
	"io/fs"
	"path"
	"slices"
	"strings"

	"palermo/fault"
)

//go:embed sets
var shipped embed.FS

// Set is a questionnaire that comes with the program.
type Set struct {
	Name      string // such as "labour-adults"; "htcds" is the intake form
	Indicator bool   // an indicator set, to be scored
}

// Sets lists the questionnaires that come with the program, in the order to
// offer them: the intake form last.
func Sets() []Set {
	entries, err := fs.ReadDir(shipped, "sets")
	if err != nil {
		return nil // embedded: a test reads them all
	}
	var all []Set
	for _, e := range entries {
		if e.IsDir() {
			all = append(all, Set{Name: e.Name(), Indicator: true})
		}
	}
	order := []string{"unodc-general", "labour-adults", "labour-children", "sexual-adults", "ilo-forced-labour",
		"unodc-labour", "unodc-domestic", "unodc-sexual", "unodc-child", "unodc-begging", "humanitarian"}
	slices.SortStableFunc(all, func(a, b Set) int { return slices.Index(order, a.Name) - slices.Index(order, b.Name) })
	for _, e := range entries {
		if name, ok := strings.CutSuffix(e.Name(), ".xlsx"); ok {
			all = append(all, Set{Name: name})
		}
	}
	return all
}

// OpenSet reads a questionnaire that comes with the program; not found for
// any other name. It reads the file each time: whoever asks often has a Library.
func OpenSet(name string) (*Definition, error) {
	if !slices.ContainsFunc(Sets(), func(s Set) bool { return s.Name == name }) {
		return nil, fault.NotFound("There is no questionnaire of this name.")
	}
	if data, err := shipped.ReadFile(path.Join("sets", name+".xlsx")); err == nil {
		return ReadXLSX(bytes.NewReader(data))
	}
	return ReadCSV(shipped, path.Join("sets", name))
}
