package api

import (
	"encoding/json"
	"net/http"
	"reflect"
	"strconv"
	"strings"

	"palermo/casework"
	"palermo/input"
)

// operation is one thing that a program can ask for.
type operation struct {
	id, method, path string
	does             string // in a sentence
	do               handler
	asks             any           // a struct with labels; nil where there is no body
	query            []input.Field // after the "?"
	answers          reflect.Type  // of the body
	status           int           // when it was done
	version          string        // "needed" or "taken": If-Match
}

// document is the API as OpenAPI 3.1 describes it, made of the operations and of
// the steps' own structs.
func (s *Server) document() object {
	paths := object{}
	for _, o := range s.operations() {
		if o.path == "/cases/{id}/steps/{step}" && o.method == http.MethodPost {
			continue // each step is described by itself
		}
		add(paths, o)
	}
	for _, info := range casework.Steps() {
		o := operation{id: "take-" + info.Name, method: http.MethodPost, path: "/cases/{id}/steps/" + info.Name, does: info.Label + ".",
			asks: info.New(), answers: reflect.TypeFor[Taken](), status: http.StatusOK, version: "taken"}
		if info.Replaces {
			o.version = "needed"
		}
		add(paths, o)
	}
	return object{
		"openapi": "3.1.0",
		"info": object{"title": "Palermo", "version": "1",
			"description": "What a member may do in one role, for a program with a key that the member made. docs/api.md explains it."},
		"servers":    []object{{"url": "/api/v1"}},
		"security":   []object{{"key": []string{}}},
		"paths":      paths,
		"components": components(),
	}
}

func components() object {
	schemas := object{"File": object{"type": "object", "additionalProperties": false, "required": []string{"name", "content"},
		"properties": object{"name": object{"type": "string"}, "content": object{"type": "string", "contentEncoding": "base64"}}}}
	for _, t := range []reflect.Type{reflect.TypeFor[Lines](), reflect.TypeFor[Line](), reflect.TypeFor[Case](), reflect.TypeFor[Place](), reflect.TypeFor[Part](),
		reflect.TypeFor[Entry](), reflect.TypeFor[Field](), reflect.TypeFor[Option](), reflect.TypeFor[Moment](), reflect.TypeFor[Duty](), reflect.TypeFor[Referral](),
		reflect.TypeFor[Offers](), reflect.TypeFor[Offer](), reflect.TypeFor[StepForm](), reflect.TypeFor[Taken](), reflect.TypeFor[Problem](), reflect.TypeFor[FieldProblem]()} {
		schemas[t.Name()] = schemaOf(t)
	}
	return object{"schemas": schemas,
		"securitySchemes": object{"key": object{"type": "http", "scheme": "bearer"}},
		"responses": object{"Refused": object{"description": "It did not happen; the code says why.",
			"content": object{"application/problem+json": object{"schema": object{"$ref": "#/components/schemas/Problem"}}}}}}
}

func add(paths object, o operation) {
	parameters := []object{}
	for _, part := range strings.Split(o.path, "/") {
		if strings.HasPrefix(part, "{") {
			parameters = append(parameters, parameter("path", strings.Trim(part, "{}"), true, object{"type": "string"}))
		}
	}
	for _, f := range o.query {
		parameters = append(parameters, parameter("query", f.Name, false, schemaField(f)))
	}
	if o.version != "" {
		parameters = append(parameters, parameter("header", "If-Match", o.version == "needed", object{"type": "string"}))
	}
	described := object{"operationId": o.id, "summary": o.does, "parameters": parameters, "responses": object{
		strconv.Itoa(o.status): object{"description": "It was done.", "content": object{"application/json": object{"schema": refTo(o.answers)}}},
		"default":              object{"$ref": "#/components/responses/Refused"}}}
	if o.asks != nil {
		described["requestBody"] = object{"required": true, "content": object{"application/json": object{"schema": schemaAsked(input.Describe(o.asks))}}}
	}
	at, known := paths[o.path].(object)
	if !known {
		at = object{}
		paths[o.path] = at
	}
	at[strings.ToLower(o.method)] = described
}

func parameter(in, name string, required bool, schema object) object {
	return object{"in": in, "name": name, "required": required, "schema": schema}
}

// described is the document as it is sent; it is the same as long as the program runs.
func (s *Server) described() ([]byte, error) {
	body, err := json.MarshalIndent(s.document(), "", " ")
	return append(body, '\n'), err
}

// openAPI gives the document to anybody: it tells nothing of this node.
func (s *Server) openAPI(v *visit) error {
	body, err := s.description()
	if err != nil {
		return err
	}
	v.w.Header().Set("Content-Type", "application/json")
	_, _ = v.w.Write(body) // where this fails, the program has gone
	return nil
}
