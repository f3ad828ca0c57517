package form

import (
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"palermo/fault"
)

// Submission is what a telephone sends: the answers to one form, as an
// instance of its XForm (OpenRosa Form Submission API 1.0).
type Submission struct {
	Form     string // its id
	Version  string // of the form; "" where it has none
	Instance string // meta/instanceID: the same one twice is the same answers
	answers  *element
}

type element struct {
	name     string
	id       string // attributes of the root
	version  string
	text     string
	template bool // the pattern of a repeat, no answer
	children []*element
}

// Limits on a submission; the answers in it have theirs besides.
const (
	maxSubmission = 2 << 20 // bytes
	maxDeep       = maxNesting + 4
)

// ReadSubmission reads a submission. Refused (invalid), with the line and
// column in its text: what is no XML or not complete, has a document type, or
// is beyond the limits (2 MiB, 36 elements deep, 50,000 in all); also what
// has no form id or no instanceID.
func ReadSubmission(r io.Reader) (*Submission, error) {
	decoder := xml.NewDecoder(io.LimitReader(r, maxSubmission+1))
	root, err := readElements(decoder)
	if err == nil && decoder.InputOffset() > maxSubmission {
		err = errors.New("it is larger than 2 MiB")
	}
	if err != nil {
		line, column := decoder.InputPos()
		return nil, fault.Invalid("", "This submission could not be read (line %d, column %d): %s.", line, column, err.Error())
	}
	s := &Submission{Form: root.id, Version: root.version, answers: root}
	if meta := root.child("meta"); meta != nil {
		if id := meta.child("instanceID"); id != nil {
			s.Instance = strings.TrimSpace(id.text)
		}
	}
	if s.Form == "" {
		return nil, fault.Invalid("", "This submission does not say which form it answers: its first element has no attribute id.")
	}
	if s.Instance == "" || len(s.Instance) > 200 {
		return nil, fault.Invalid("meta/instanceID", "This submission has no instanceID, or one of over 200 bytes: it could be taken twice.")
	}
	return s, nil
}

func readElements(decoder *xml.Decoder) (*element, error) {
	var open []*element
	var root *element
	count := 0
	for {
		token, err := decoder.Token()
		switch {
		case errors.Is(err, io.EOF) && root != nil && len(open) == 0:
			return root, nil
		case errors.Is(err, io.EOF):
			return nil, errors.New("it ends too early")
		case err != nil:
			return nil, err
		}
		switch token := token.(type) {
		case xml.Directive:
			return nil, errors.New("it has a document type, which no submission needs")
		case xml.StartElement:
			if count++; count > maxNodes || len(open) == maxDeep {
				return nil, errors.New("it has too many elements")
			}
			e := newElement(token)
			switch {
			case len(open) > 0:
				parent := open[len(open)-1]
				parent.children = append(parent.children, e)
			case root != nil:
				return nil, errors.New("it has a second root element")
			default:
				root = e
			}
			open = append(open, e)
		case xml.EndElement:
			open = open[:len(open)-1]
		case xml.CharData:
			if len(open) > 0 {
				open[len(open)-1].text += string(token)
			}
		}
	}
}

func newElement(token xml.StartElement) *element {
	e := &element{name: token.Name.Local}
	for _, a := range token.Attr {
		switch {
		case a.Name.Local == "id":
			e.id = a.Value
		case a.Name.Local == "version":
			e.version = a.Value
		case a.Name.Local == "template" && a.Name.Space != "":
			e.template = true
		}
	}
	return e
}

func (e *element) child(name string) *element {
	for _, c := range e.children {
		if c.name == name {
			return c
		}
	}
	return nil
}

// FromSubmission gives the answers of a submission of this form. Refused
// (invalid), each at its path: what the form does not ask, and an answer that
// is given twice.
func (d *Definition) FromSubmission(s *Submission) (Answers, error) {
	answers := Answers{}
	return answers, fault.All(d.submitted(answers, d.Items, s.answers, "")...)
}

func (d *Definition) submitted(into Answers, items []*Item, from *element, path string) []error {
	named, counts := map[string]*Item{}, map[string]bool{}
	for _, item := range items {
		named[item.Name] = item
		counts[item.countNode()] = true
	}
	var errs []error
	for _, e := range from.children {
		item, at := named[e.name], path+e.name
		switch {
		case e.template || item == nil && counts[e.name] || path == "" && e.name == "meta" && item == nil:
			continue
		case item == nil:
			errs = append(errs, fault.Invalid(at, "The form has no question of this name."))
			continue
		case item.Kind == KindRepeat:
			all, _ := into[item.Name].([]Answers)
			if len(all) == maxInstances {
				return append(errs, fault.Invalid(at, "This is asked more than %d times.", maxInstances))
			}
			inner := Answers{}
			into[item.Name] = append(all, inner)
			errs = append(errs, d.submitted(inner, item.Children, e, fmt.Sprintf("%s[%d]/", at, len(all)+1))...)
			continue
		}
		if _, twice := into[item.Name]; twice {
			errs = append(errs, fault.Invalid(at, "This is answered twice."))
			continue
		}
		if item.Kind == KindGroup {
			inner := Answers{}
			into[item.Name] = inner
			errs = append(errs, d.submitted(inner, item.Children, e, at+"/")...)
			continue
		}
		text := strings.TrimSpace(e.text)
		if len(e.children) > 0 || len(text) > maxAnswer {
			errs = append(errs, fault.Invalid(at, "This answer must be a text of at most %d bytes.", maxAnswer))
			continue
		}
		into[item.Name] = text
	}
	return errs
}
