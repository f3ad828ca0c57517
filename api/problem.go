package api

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"

	"palermo/fault"
	"palermo/record"
)

// Problem is why something did not happen (RFC 9457). Nothing in it is personal:
// it says which field, never what stood in it.
type Problem struct {
	Type    string         `json:"type"` // names the code; docs/api.md explains each
	Code    string         `json:"code"`
	Title   string         `json:"title"`
	Status  int            `json:"status"`
	Detail  string         `json:"detail,omitempty"`
	Errors  []FieldProblem `json:"errors,omitempty"`
	Version int64          `json:"version,omitempty"` // of the record, as it is now
	Yours   int64          `json:"yours,omitempty"`   // the version that was sent in If-Match
}

// FieldProblem is what is wrong with one field of the body.
type FieldProblem struct {
	Pointer string `json:"pointer"` // RFC 6901: "/age"; "" for the whole body
	Detail  string `json:"detail"`
}

type refusal struct {
	status int
	code   string
	detail string
	yours  int64
	cause  error
}

func (r *refusal) Error() string { return r.code }
func (r *refusal) Unwrap() error { return r.cause }

var (
	errNoKey = &refusal{status: http.StatusUnauthorized, code: "no_key", detail: "Send a key that is known here and has not ended: Authorization: Bearer, then the key"}
	errOften = &refusal{status: http.StatusTooManyRequests, code: "too_often", detail: "Wait a little, then try again."}
	errMatch = &refusal{status: http.StatusPreconditionRequired, code: "version_needed",
		detail: "This step overwrites what others may have changed: send the version that you have read, as If-Match."}
)

// titles say what a code means, in a few words; docs/api.md says more.
var titles = map[string]string{
	"invalid": "What was sent cannot be accepted as it is", "denied": "This may not be done here with this key",
	"conflict": "The state of the record does not allow this", "not_found": "There is none, or none that you may know of",
	"unavailable": "Not now; try again later", "internal": "Something went wrong on our side; nothing was changed",
	"no_key": "No key that is known here", "too_often": "Too many requests", "changed": "Somebody changed this record since you read it",
	"version_needed": "The version that you have read is needed",
}

var statuses = map[fault.Code]int{fault.CodeInvalid: http.StatusUnprocessableEntity, fault.CodeDenied: http.StatusForbidden,
	fault.CodeConflict: http.StatusConflict, fault.CodeNotFound: http.StatusNotFound,
	fault.CodeUnavailable: http.StatusServiceUnavailable, fault.CodeInternal: http.StatusInternalServerError}

// problem says what an error is to a program.
func problem(err error) Problem {
	var changed *record.Changed
	var own *refusal
	var p Problem
	switch f := fault.Of(err); {
	case errors.As(err, &changed):
		p = Problem{Code: "changed", Status: http.StatusConflict, Version: changed.Version}
		if errors.As(err, &own) {
			p.Yours = own.yours
		}
	case errors.As(err, &own):
		p = Problem{Code: own.code, Status: own.status, Detail: own.detail}
	case f.Code == fault.CodeInvalid:
		p = Problem{Code: string(f.Code), Status: statuses[f.Code]}
		for _, each := range fault.Each(err) {
			pointer := ""
			if each.Field != "" {
				pointer = "/" + each.Field
			}
			p.Errors = append(p.Errors, FieldProblem{Pointer: pointer, Detail: fmt.Sprintf(each.Message, each.Args...)})
		}
	default:
		p = Problem{Code: string(f.Code), Status: statuses[f.Code], Detail: fmt.Sprintf(f.Message, f.Args...)}
	}
	p.Title, p.Type = titles[p.Code], "urn:palermo:problem:"+p.Code
	return p
}

// refuse says why something did not happen. What failed inside goes to the log alone.
func (s *Server) refuse(w http.ResponseWriter, r *http.Request, err error) {
	p := problem(err)
	if p.Status >= http.StatusInternalServerError {
		s.Log.Error("the API failed", "route", r.Pattern, "code", p.Code, "cause", fault.Of(err).Cause)
	}
	switch p.Status {
	case http.StatusUnauthorized:
		w.Header().Set("WWW-Authenticate", `Bearer realm="Palermo"`)
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		w.Header().Set("Retry-After", "6")
	}
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(p.Status)
	_ = json.NewEncoder(w).Encode(p) // where this fails, the program has gone
}
