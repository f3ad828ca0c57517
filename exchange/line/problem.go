package line

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"

	"palermo/exchange"
	"palermo/fault"
)

// problem is a refusal on the line (RFC 9457): its type has the name of the
// reason, its title the sentence, and nothing else is told.
type problem struct {
	Type   string `json:"type"`
	Title  string `json:"title"`
	Status int    `json:"status"`
}

const (
	problemType = "application/problem+json"
	problemURN  = "urn:palermo:exchange:"
	maxProblem  = 4 << 10
)

func refuse(w http.ResponseWriter, err error) {
	reason := exchange.Reason(err)
	status := statusOf(err)
	body, marshal := json.Marshal(problem{Type: problemURN + reason, Title: fault.Of(exchange.FromReason(reason)).Message, Status: status})
	if marshal != nil {
		body = []byte("{}")
	}
	w.Header().Set("Content-Type", problemType)
	w.WriteHeader(status)
	_, _ = w.Write(body) // the caller has gone: it will ask again
}

func statusOf(err error) int {
	if errors.Is(err, exchange.ErrOversize) {
		return http.StatusRequestEntityTooLarge
	}
	switch fault.Of(exchange.FromReason(exchange.Reason(err))).Code {
	case fault.CodeInvalid:
		return http.StatusBadRequest
	case fault.CodeDenied:
		return http.StatusForbidden
	case fault.CodeConflict:
		return http.StatusConflict
	case fault.CodeNotFound:
		return http.StatusNotFound
	}
	return http.StatusServiceUnavailable
}

// refusal reads a problem; what is none comes from something between the nodes, and is no answer.
func refusal(contentType string, body []byte) error {
	var p problem
	if contentType != problemType || json.Unmarshal(body, &p) != nil {
		return exchange.ErrNoAnswer
	}
	reason, ours := strings.CutPrefix(p.Type, problemURN)
	if !ours {
		return exchange.ErrNoAnswer
	}
	return exchange.FromReason(reason)
}
