package questionnaire

import (
	"encoding/json"
	"strings"

	"palermo/fault"
)

// Forms of other fields show the words of a question and carry the rest of it
// beside them, as JSON where their readers leave it alone. So a questionnaire
// comes back whole, with the words as they were changed there.

// carried is what stands beside the words of one question.
func (x *Question) carried() (string, error) {
	b, err := json.Marshal(x)
	return string(b), err
}

// head is the version without its questions.
func (v *Version) head() (string, error) {
	h := *v
	h.Questions = nil
	b, err := json.Marshal(h)
	return string(b), err
}

// readHead and readQuestion refuse what they do not know. Faults: invalid.
func readHead(text string) (*Version, error) {
	var v Version
	return &v, strict(text, &v)
}

func readQuestion(text string) (Question, error) {
	var x Question
	err := strict(text, &x)
	return x, err
}

func strict(text string, into any) error {
	d := json.NewDecoder(strings.NewReader(text))
	d.DisallowUnknownFields()
	if err := d.Decode(into); err != nil {
		return fault.Invalid("file", "This is no version of a questionnaire: %s.", err.Error())
	}
	return nil
}

// reworded takes words as they were changed elsewhere; spaces around them, which spreadsheets drop, are no change.
func reworded(own *string, shown string) {
	if strings.TrimSpace(*own) != strings.TrimSpace(shown) {
		*own = shown
	}
}
