package questionnaire

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"time"

	"palermo/fault"
)

// fhirRest is the extension that carries what FHIR has no place for.
const fhirRest = "urn:palermo:questionnaire"

// fhir is a Questionnaire of HL7 FHIR R4, as Structured Data Capture profiles it.
type fhir struct {
	ResourceType string          `json:"resourceType"`
	Meta         fhirMeta        `json:"meta"`
	Language     string          `json:"language"`
	Extension    []fhirExtension `json:"extension"`
	URL          string          `json:"url"`
	Version      string          `json:"version"`
	Title        string          `json:"title"`
	Status       string          `json:"status"`
	Date         string          `json:"date,omitempty"`
	Item         []fhirItem      `json:"item,omitempty"`
}

type fhirMeta struct {
	Profile []string `json:"profile"`
}

type fhirExtension struct {
	URL   string `json:"url"`
	Value string `json:"valueString"`
}

type fhirItem struct {
	Extension  []fhirExtension `json:"extension,omitempty"`
	LinkID     string          `json:"linkId"`
	Prefix     string          `json:"prefix,omitempty"`
	Text       string          `json:"text"`
	Type       string          `json:"type"`
	EnableWhen []fhirWhen      `json:"enableWhen,omitempty"`
	Required   bool            `json:"required,omitempty"`
	Item       []fhirItem      `json:"item,omitempty"`
}

type fhirWhen struct {
	Question string `json:"question"`
	Operator string `json:"operator"`
	Answer   bool   `json:"answerBoolean"`
}

// WriteFHIR writes the version as a FHIR Questionnaire.
func (v *Version) WriteFHIR(w io.Writer) error {
	head, err := v.head()
	if err != nil {
		return fault.Internal(err)
	}
	f := fhir{ResourceType: "Questionnaire", Meta: fhirMeta{[]string{"http://hl7.org/fhir/uv/sdc/StructureDefinition/sdc-questionnaire"}},
		Language: "en", Extension: []fhirExtension{{fhirRest, head}}, URL: "urn:palermo:questionnaire:" + formID(v.Symbol),
		Version: v.Status.UTC().Format("20060102T150405Z"), Title: v.Title, Status: "draft"}
	if !v.Status.IsZero() {
		f.Date = v.Status.UTC().Format(time.RFC3339)
	}
	into, group := &f.Item, ""
	for i := range v.Questions {
		x := &v.Questions[i]
		if x.Group != group {
			into = &f.Item
			if group = x.Group; group != "" {
				f.Item = append(f.Item, fhirItem{LinkID: fmt.Sprintf("group-%d", len(f.Item)+1), Text: group, Type: "group"})
				into = &f.Item[len(f.Item)-1].Item
			}
		}
		item, err := v.fhirItem(x)
		if err != nil {
			return err
		}
		*into = append(*into, item)
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	e.SetEscapeHTML(false)
	return e.Encode(f)
}

func (v *Version) fhirItem(x *Question) (fhirItem, error) {
	text, err := x.carried()
	if err != nil {
		return fhirItem{}, fault.Internal(err)
	}
	item := fhirItem{LinkID: x.Key, Prefix: v.Number(x.Key), Text: x.Text, Type: "boolean",
		Required: x.Obligation == Mandatory, Extension: []fhirExtension{{fhirRest, text}}}
	for _, then := range []struct {
		end, text string
		answer    bool
	}{{"no", x.IfNo, false}, {"yes", x.IfYes, true}} {
		if then.text != "" {
			item.Item = append(item.Item, fhirItem{LinkID: x.Key + "/" + then.end, Text: then.text, Type: "text",
				EnableWhen: []fhirWhen{{x.Key, "=", then.answer}}})
		}
	}
	return item, nil
}

// ReadFHIR reads what WriteFHIR wrote, with the words as they stand there now. Faults: invalid.
func ReadFHIR(file []byte) (*Version, error) {
	var f fhir
	if err := json.Unmarshal(file, &f); err != nil {
		return nil, fault.Invalid("file", "This is no version of a questionnaire: %s.", err.Error())
	}
	v, err := readHead(rest(f.Extension))
	if err != nil {
		return nil, err
	}
	for i := range f.Item {
		if err := v.readFHIR(&f.Item[i]); err != nil {
			return nil, err
		}
	}
	return v, v.Check()
}

func (v *Version) readFHIR(item *fhirItem) error {
	if item.Type == "group" {
		for i := range item.Item {
			if err := v.readFHIR(&item.Item[i]); err != nil {
				return err
			}
		}
		return nil
	}
	x, err := readQuestion(rest(item.Extension))
	if err != nil {
		return err
	}
	shown := map[string]string{}
	for i := range item.Item {
		shown[strings.TrimPrefix(item.Item[i].LinkID, item.LinkID)] = item.Item[i].Text
	}
	reworded(&x.Text, item.Text)
	reworded(&x.IfNo, shown["/no"])
	reworded(&x.IfYes, shown["/yes"])
	v.Questions = append(v.Questions, x)
	return nil
}

func rest(list []fhirExtension) string {
	for _, e := range list {
		if e.URL == fhirRest {
			return e.Value
		}
	}
	return ""
}
