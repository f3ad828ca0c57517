// Package drafts keeps the project's own questionnaires as they were frozen, so
// that an answer stays with the words that it was given to. Each is made from the
// paragraphs of an instrument and marked as the project's: none is a text of the
// Working Group. A frozen file is never changed; new words are a new file.
package drafts

import (
	"embed"
	"io/fs"

	"palermo/fault"
	"palermo/review/questionnaire"
)

//go:embed *.json
var files embed.FS

// All are the frozen versions, the oldest first.
func All() ([]questionnaire.Version, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, fault.Internal(err)
	}
	var all []questionnaire.Version
	for _, name := range names {
		file, err := files.ReadFile(name)
		if err != nil {
			return nil, fault.Internal(err)
		}
		v, err := questionnaire.ReadVersion(file)
		if err != nil {
			return nil, fault.Internal(err)
		}
		all = append(all, *v)
	}
	return all, nil
}

// Find gives the version with a symbol. Faults: not found.
func Find(symbol string) (*questionnaire.Version, error) {
	all, err := All()
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Symbol == symbol {
			return &all[i], nil
		}
	}
	return nil, fault.NotFound("There is no such questionnaire.")
}
