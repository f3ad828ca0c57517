package line

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/dunglas/httpsfv"

	"palermo/exchange"
)

// message is what of a request or a response can be signed.
type message struct {
	method    string
	scheme    string
	authority string
	path      string
	query     string // without the question mark
	status    int    // of a response; a request has none
	header    http.Header
}

// received is a request as a server has it.
func received(r *http.Request) message {
	return message{method: r.Method, scheme: "https", authority: strings.ToLower(strings.TrimSuffix(r.Host, ":443")),
		path: r.URL.EscapedPath(), query: r.URL.RawQuery, header: r.Header}
}

// base is the text that is signed (RFC 9421, 2.5): a line for each component,
// and the parameters. A component that is missing, or there twice, is ErrMalformed.
func (m message) base(covered httpsfv.InnerList) (string, error) {
	var b strings.Builder
	var seen []string
	for _, item := range covered.Items {
		id, err := httpsfv.Marshal(item)
		if err != nil || slices.Contains(seen, id) {
			return "", fmt.Errorf("component %.80q: %w", id, exchange.ErrMalformed)
		}
		seen = append(seen, id)
		value, err := m.component(item)
		if err != nil {
			return "", err
		}
		if strings.ContainsAny(value, "\r\n") {
			return "", fmt.Errorf("component %.80q of more than a line: %w", id, exchange.ErrMalformed)
		}
		fmt.Fprintf(&b, "%s: %s\n", id, value)
	}
	params, err := httpsfv.Marshal(covered)
	if err != nil {
		return "", fmt.Errorf("signature parameters: %w: %w", exchange.ErrMalformed, err)
	}
	return b.String() + `"@signature-params": ` + params, nil
}

// component is the value of one component: derived (2.2) or a field (2.1).
// Of the parameters only "name" is known; any other is refused rather than passed over.
func (m message) component(item httpsfv.Item) (string, error) {
	name, ok := item.Value.(string)
	unknown := fmt.Errorf("component %.80q: %w", name, exchange.ErrMalformed)
	if !ok || name != strings.ToLower(name) {
		return "", unknown
	}
	var parameters []string
	if item.Params != nil {
		parameters = item.Params.Names()
	}
	if name == "@query-param" {
		if !slices.Equal(parameters, []string{"name"}) {
			return "", unknown
		}
		return m.queryParam(item)
	}
	if len(parameters) > 0 {
		return "", unknown
	}
	if !strings.HasPrefix(name, "@") {
		return m.field(name)
	}
	if m.status != 0 {
		if name == "@status" {
			return strconv.Itoa(m.status), nil
		}
		return "", unknown
	}
	value, ok := map[string]string{
		"@method": m.method, "@scheme": m.scheme, "@authority": m.authority, "@path": m.path, "@query": "?" + m.query,
		"@target-uri": m.scheme + "://" + m.authority + m.target(), "@request-target": m.target(),
	}[name]
	if !ok {
		return "", unknown
	}
	return value, nil
}

func (m message) target() string {
	if m.query == "" {
		return m.path
	}
	return m.path + "?" + m.query
}

// field joins the lines of a field, each without the space around it.
func (m message) field(name string) (string, error) {
	lines := slices.Clone(m.header.Values(name))
	if len(lines) == 0 {
		return "", fmt.Errorf("no field %.80q: %w", name, exchange.ErrMalformed)
	}
	for i := range lines {
		lines[i] = strings.Trim(lines[i], " \t")
	}
	return strings.Join(lines, ", "), nil
}

func (m message) queryParam(item httpsfv.Item) (string, error) {
	name, _ := item.Params.Get("name")
	query, err := url.ParseQuery(m.query)
	if err != nil {
		return "", fmt.Errorf("query: %w", exchange.ErrMalformed)
	}
	key, _ := name.(string)
	key, err = url.QueryUnescape(key)
	if err != nil || len(query[key]) != 1 {
		return "", fmt.Errorf("query parameter: %w", exchange.ErrMalformed)
	}
	return strings.ReplaceAll(url.QueryEscape(query[key][0]), "+", "%20"), nil
}
