// Package openrosa lets the field's own clients, ODK Collect and Enketo, fetch
// the node's questionnaires and bring the answers in (OpenRosa 1.0: Form
// Discovery, Form Submission, HTTP request headers).
//
// An address is a server of its own: /openrosa opens a case at first contact
// with each submission; /openrosa/cases/{case} keeps it on that case. What
// comes in is a step like the page's: the same door, rules and journal.
package openrosa

import (
	"crypto/md5" //nolint:gosec // the protocol's word for a version; nothing relies on it
	"encoding/hex"
	"encoding/xml"
	"errors"
	"io"
	"log/slog"
	"mime"
	"net/http"
	"strconv"
	"strings"
	"time"

	"palermo/casework"
	"palermo/fault"
	"palermo/form"
	"palermo/record"
	"palermo/web/locale"
)

// Server answers at /openrosa.
type Server struct {
	Desk *casework.Desk
	// Enter says who asks; denied where the key is none.
	Enter func(r *http.Request) (*record.Door, error)
	Now   func() time.Time
	// Origin is where clients reach the node: https://palermo.example
	Origin    string
	Languages *locale.Languages
	Log       *slog.Logger
}

// The largest submission with its envelope.
const largest = 3 << 20

// Handler gives the addresses.
func (s *Server) Handler() http.Handler {
	mux := http.NewServeMux()
	for _, base := range []string{"/openrosa", "/openrosa/cases/{case}"} {
		mux.HandleFunc("GET "+base+"/formList", s.entered(s.list))
		mux.HandleFunc("GET "+base+"/forms/{form}", s.entered(s.form))
		mux.HandleFunc("HEAD "+base+"/submission", s.entered(s.offer))
		mux.HandleFunc("POST "+base+"/submission", s.entered(s.submit))
	}
	return mux
}

type visit struct {
	w    http.ResponseWriter
	r    *http.Request
	door *record.Door
	loc  locale.Locale // of the telephone
}

func (s *Server) entered(do func(visit) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		h := w.Header()
		h.Set("X-OpenRosa-Version", "1.0")
		h.Set("Date", s.Now().UTC().Format(http.TimeFormat))
		h.Set("Cache-Control", "no-store")
		r.Body = http.MaxBytesReader(w, r.Body, largest)
		v := visit{w: w, r: r, loc: s.Languages.Match(r.Header.Get("Accept-Language"), "")}
		door, err := s.Enter(r)
		if fault.Is(err, fault.CodeDenied) {
			h.Set("WWW-Authenticate", `Basic realm="Palermo", charset="UTF-8"`)
			v.answer(http.StatusUnauthorized, "submit_error", v.loc.Err(err))
			return
		}
		v.door = door
		if err == nil {
			err = do(v)
		}
		if err != nil {
			s.refuse(v, err)
		}
	}
}

// list is the form list, with a digest of each form: a client sees by it that a form has changed.
func (s *Server) list(v visit) error {
	type xform struct {
		ID       string `xml:"formID"`
		Name     string `xml:"name"`
		Version  string `xml:"version,omitempty"`
		Hash     string `xml:"hash"`
		Download string `xml:"downloadUrl"`
	}
	list := struct {
		XMLName xml.Name `xml:"http://openrosa.org/xforms/xformsList xforms"`
		Forms   []xform  `xml:"xform"`
	}{}
	for _, set := range s.Desk.Forms.Sets() {
		d, err := s.Desk.Forms.Open(set.Name)
		if err != nil {
			return err
		}
		body, err := s.Desk.Forms.XForm(set.Name)
		if err != nil {
			return err
		}
		sum := md5.Sum(body) //nolint:gosec // as above
		name := d.Title
		if name == "" {
			name = set.Name
		}
		list.Forms = append(list.Forms, xform{ID: d.FormID(set.Name), Name: name, Version: d.Version,
			Hash: "md5:" + hex.EncodeToString(sum[:]), Download: s.Origin + strings.TrimSuffix(v.r.URL.Path, "formList") + "forms/" + set.Name})
	}
	body, err := xml.Marshal(list)
	if err != nil {
		return err
	}
	return send(v.w, http.StatusOK, append([]byte(xml.Header), body...))
}

func (s *Server) form(v visit) error {
	body, err := s.Desk.Forms.XForm(v.r.PathValue("form"))
	if err != nil {
		return err
	}
	return send(v.w, http.StatusOK, body)
}

// named is the questionnaire whose XForm has this id.
func (s *Server) named(id string) (string, *form.Definition, error) {
	for _, set := range s.Desk.Forms.Sets() {
		d, err := s.Desk.Forms.Open(set.Name)
		if err != nil {
			return "", nil, err
		}
		if d.FormID(set.Name) == id {
			return set.Name, d, nil
		}
	}
	return "", nil, fault.NotFound("There is no questionnaire of this name here.")
}

// offer says where submissions are taken, and how large they may be.
func (s *Server) offer(v visit) error {
	v.w.Header().Set("X-OpenRosa-Accept-Content-Length", strconv.Itoa(largest))
	v.w.Header().Set("Location", s.Origin+v.r.URL.Path)
	v.w.WriteHeader(http.StatusNoContent)
	return nil
}

func (s *Server) submit(v visit) error {
	var id casework.CaseID
	if named := v.r.PathValue("case"); named != "" {
		parsed, err := record.ParseID[casework.Case](named)
		if err != nil {
			return err
		}
		id = parsed
	}
	sent, err := sent(v.r)
	if err != nil {
		return err
	}
	set, d, err := s.named(sent.Form)
	if err != nil {
		return err
	}
	if sent.Version != d.Version {
		return fault.Invalid("", "These answers are to version %s of the questionnaire; here it is version %s. Fetch it again.", sent.Version, d.Version)
	}
	answers, err := d.FromSubmission(sent)
	if err != nil {
		return err
	}
	kept, err := s.Desk.Submit(v.r.Context(), v.door, id, &casework.FillForm{Set: set, Language: v.loc.Tag(), Answers: answers, Instance: sent.Instance})
	if err != nil {
		return err
	}
	said := v.loc.T("The answers are kept.")
	if !kept {
		said = v.loc.T("These answers were kept before. Nothing is stored twice.")
	}
	v.answer(http.StatusCreated, "submit_success", said)
	return nil
}

// sent is the submission in a message: its part xml_submission_file. A file
// beside it has no question that it could answer.
func sent(r *http.Request) (*form.Submission, error) {
	kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type"))
	if err != nil || kind != "multipart/form-data" {
		return nil, fault.Invalid("", "A submission comes as multipart/form-data.")
	}
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, fault.Invalid("", "A submission comes as multipart/form-data.")
	}
	var found *form.Submission
	for {
		part, err := parts.NextPart()
		switch {
		case errors.Is(err, io.EOF) && found != nil:
			return found, nil
		case errors.Is(err, io.EOF):
			return nil, fault.Invalid("", "This message has no part xml_submission_file.")
		case err != nil:
			return nil, broken(err)
		case part.FormName() == "*isIncomplete*":
			continue
		case part.FormName() != "xml_submission_file" || found != nil:
			return nil, fault.Invalid("", "This message has a file that no question asks for. Nothing was kept.")
		}
		if found, err = form.ReadSubmission(part); err != nil {
			return nil, err
		}
	}
}

func broken(err error) error {
	if large := new(http.MaxBytesError); errors.As(err, &large) {
		return fault.Invalid("", "This message is larger than %d bytes.", large.Limit)
	}
	return fault.Invalid("", "This message was cut off, or is no multipart/form-data.")
}

var statuses = map[fault.Code]int{fault.CodeInvalid: http.StatusBadRequest, fault.CodeDenied: http.StatusForbidden,
	fault.CodeNotFound: http.StatusNotFound, fault.CodeConflict: http.StatusConflict, fault.CodeUnavailable: http.StatusServiceUnavailable}

// refuse says why, each reason with its place; what failed inside goes to the log alone.
func (s *Server) refuse(v visit, err error) {
	status, known := statuses[fault.Of(err).Code]
	if !known {
		s.Log.Error("openrosa", "error", err.Error())
		v.answer(http.StatusInternalServerError, "submit_error", v.loc.T("The node could not do this. Nothing was kept; send it again later."))
		return
	}
	var all []string
	for _, f := range fault.Each(err) {
		said := v.loc.Fault(f)
		if f.Field != "" {
			said = f.Field + ": " + said
		}
		all = append(all, said)
	}
	v.answer(status, "submit_error", strings.Join(all, "\n"))
}

func (v visit) answer(status int, nature, said string) {
	type message struct {
		Nature string `xml:"nature,attr"`
		Text   string `xml:",chardata"`
	}
	body, err := xml.Marshal(struct {
		XMLName xml.Name `xml:"http://openrosa.org/http/response OpenRosaResponse"`
		Message message  `xml:"message"`
	}{Message: message{nature, said}})
	if err == nil {
		_ = send(v.w, status, append([]byte(xml.Header), body...))
	}
}

func send(w http.ResponseWriter, status int, body []byte) error {
	w.Header().Set("Content-Type", "text/xml; charset=utf-8")
	w.WriteHeader(status)
	_, _ = w.Write(body) // the client has gone
	return nil
}
