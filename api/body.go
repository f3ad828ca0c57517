package api

import (
	"encoding/base64"
	"encoding/json"
	"errors"
	"io"
	"mime"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"time"

	"palermo/fault"
	"palermo/input"
)

// decode reads a JSON object into a struct as a page's form is read: each field
// by its name; a list for what has several answers; for a file its name and its
// content in base64. A field that nobody asks for is refused: it may be a
// misspelt one that was meant to protect somebody.
func (v *visit) decode(into any) error {
	sent, err := body(v.r)
	if err != nil {
		return err
	}
	fields := input.Describe(into)
	values, files := url.Values{}, map[string]input.File{}
	var faults []error
	for name, raw := range sent {
		i := slices.IndexFunc(fields, func(f input.Field) bool { return f.Name == name })
		if i < 0 {
			faults = append(faults, fault.Invalid("", "There is a field here that nobody asks for."))
			continue
		}
		if fields[i].Kind == "file" {
			file, err := fileOf(name, raw)
			files[name] = file
			faults = append(faults, err)
			continue
		}
		list, err := texts(fields[i], raw)
		values[name] = list
		faults = append(faults, err)
	}
	if err := fault.All(faults...); err != nil {
		return err
	}
	return input.Decode(values, files, into, time.UTC)
}

// body must be one JSON object.
func body(r *http.Request) (map[string]json.RawMessage, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "application/json" {
		return nil, fault.Invalid("", "Send the body as application/json.")
	}
	var sent map[string]json.RawMessage
	d := json.NewDecoder(r.Body)
	err = d.Decode(&sent)
	if large := new(http.MaxBytesError); errors.As(err, &large) {
		return nil, fault.Invalid("", "This message is larger than %d bytes.", large.Limit)
	}
	if err != nil || sent == nil {
		return nil, fault.Invalid("", "The body is not a JSON object.")
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return nil, fault.Invalid("", "The body is not a JSON object.")
	}
	return sent, nil
}

// texts are a field's answers as a form would send them.
func texts(f input.Field, raw json.RawMessage) ([]string, error) {
	wrong := fault.Invalid(f.Name, "Send this as the description of the API says.")
	var sent any
	if err := json.Unmarshal(raw, &sent); err != nil {
		return nil, wrong
	}
	if sent == nil {
		return nil, nil
	}
	list, many := sent.([]any)
	if many != f.Several() {
		return nil, wrong
	}
	if !many {
		list = []any{sent}
	}
	var out []string
	for _, one := range list {
		answer, ok := text(f.Kind, one)
		if !ok {
			return nil, wrong
		}
		out = append(out, answer)
	}
	return out, nil
}

// text is one answer; an instant is sent with its offset and read in UTC.
func text(kind string, sent any) (string, bool) {
	switch x := sent.(type) {
	case bool:
		return strconv.FormatBool(x), kind == "yes"
	case float64:
		return strconv.FormatFloat(x, 'f', -1, 64), kind == "number"
	case string:
		if kind == "datetime" {
			at, err := time.Parse(time.RFC3339, x)
			return at.UTC().Format(formInstant), err == nil
		}
		return x, kind != "yes" && kind != "number"
	}
	return "", false
}

const formInstant = "2006-01-02T15:04" // as a form has it

func fileOf(name string, raw json.RawMessage) (input.File, error) {
	var sent struct {
		Name    string `json:"name"`
		Content string `json:"content"`
	}
	if err := json.Unmarshal(raw, &sent); err != nil {
		return input.File{}, fault.Invalid(name, "Send the file's name, and its content in base64.")
	}
	data, err := base64.StdEncoding.DecodeString(sent.Content)
	if err != nil || sent.Name == "" {
		return input.File{}, fault.Invalid(name, "Send the file's name, and its content in base64.")
	}
	return input.File{Name: sent.Name, Bytes: data}, nil
}
