package api

import (
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"strings"

	"palermo/casework"
	"palermo/fault"
	"palermo/input"
	"palermo/record"
)

// Offer is a step of the viewer's role: possible now, or why not.
type Offer struct {
	Name     string `json:"name"`
	Label    string `json:"label"`
	Part     string `json:"part"`
	Possible bool   `json:"possible"`
	WhyNot   string `json:"why_not,omitempty"`
	Replaces bool   `json:"replaces"` // it asks for If-Match
}

// Offers are the steps of a case.
type Offers struct {
	Version int64   `json:"version"`
	Items   []Offer `json:"items"`
}

// StepForm is what a step asks, with what must be read before.
type StepForm struct {
	Offer
	Version   int64   `json:"version"`
	ReadFirst []Entry `json:"read_first"`
	Fields    []Field `json:"fields"`
}

// Taken is the answer to a step: it was taken, and is committed.
type Taken struct {
	Step string `json:"step"`
}

func offer(o casework.Offer) Offer {
	out := Offer{Name: o.Name, Label: o.Label, Part: casework.Part(o.Section), Possible: o.WhyNot == nil, Replaces: o.Replaces}
	if o.WhyNot != nil {
		out.WhyNot = sentence(o.WhyNot)
	}
	return out
}

// steps are those of the viewer's role on a case.
func (s *Server) steps(v *visit) error {
	seen, err := s.view(v, "steps")
	if err != nil {
		return err
	}
	c := seen.Value()
	out := Offers{Version: seen.Version(), Items: []Offer{}}
	for _, o := range c.Offers() {
		out.Items = append(out.Items, offer(o))
	}
	v.w.Header().Set("ETag", etag(seen.Version()))
	return v.answer(http.StatusOK, out)
}

// step is what one asks, with what stands now and what can be chosen on this case.
func (s *Server) step(v *visit) error {
	info, ok := casework.Find(v.r.PathValue("step"))
	if !ok {
		return errNoStep
	}
	seen, err := s.view(v, info.Name)
	if err != nil {
		return err
	}
	if !seen.May(info.Action) {
		return fault.Denied("Your role on this record does not allow this step.")
	}
	c := seen.Value()
	out := StepForm{Offer: offer(casework.Offer{Info: info}), Version: seen.Version(), Fields: []Field{}}
	for _, o := range c.Offers() {
		if o.Name == info.Name {
			out.Offer = offer(o)
		}
	}
	out.ReadFirst = entries(s.before(v, info, &c)...)
	for _, f := range info.Fields(&c.Case) {
		out.Fields = append(out.Fields, field(s.choices(v, &c, f)))
	}
	v.w.Header().Set("ETag", etag(seen.Version()))
	return v.answer(http.StatusOK, out)
}

// before is what must be read before a step is taken.
func (s *Server) before(v *visit, info casework.Info, c *casework.View) []casework.Entry {
	w := casework.Work{Now: s.Node.Now(), By: v.door.Viewer(), Profile: s.Desk.Profile}
	list := c.Before(info, w)
	if e := c.Halt(info, w); e != nil {
		list = append([]casework.Entry{*e}, list...)
	}
	return list
}

// choices fills in what can be chosen on this case only.
func (s *Server) choices(v *visit, c *casework.View, f input.Field) input.Field {
	switch f.Kind {
	case "team":
		for _, id := range c.Organisations() {
			f.Options = append(f.Options, input.Option{Value: id.String()})
		}
	case "consent", "waiting_consent":
		for _, g := range c.ConsentsFor(f.Kind, s.Node.Now()) {
			f.Options = append(f.Options, input.Option{Value: g.ID.String(), Label: casework.PurposeLabel(g.Purpose)})
		}
	default:
		f.Options = append(f.Options, c.Things(f.Kind, v.door.Viewer())...)
	}
	return f
}

var errNoStep = fault.NotFound("There is no such step.")

// takeStep takes it, as the page does.
func (s *Server) takeStep(v *visit) error {
	id, err := record.ParseID[casework.Case](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	info, ok := casework.Find(v.r.PathValue("step"))
	if !ok {
		return errNoStep
	}
	version, err := v.version(info.Replaces)
	if err != nil {
		return err
	}
	step := info.New()
	if err := v.decode(step); err != nil {
		return err
	}
	err = s.Desk.Take(v.r.Context(), v.door, id, info.Name, step, version)
	if changed := new(record.Changed); errors.As(err, &changed) {
		return &refusal{yours: version, cause: changed}
	}
	if err != nil {
		return err
	}
	return v.answer(http.StatusOK, Taken{info.Name})
}

func etag(version int64) string { return `"` + strconv.FormatInt(version, 10) + `"` }

// version is the one that the program has read, of If-Match.
func (v *visit) version(needed bool) (int64, error) {
	sent := v.r.Header.Get("If-Match")
	if sent == "" && !needed {
		return 0, nil
	}
	if sent == "" {
		return 0, errMatch
	}
	version, err := strconv.ParseInt(strings.Trim(sent, `"`), 10, 64)
	if err != nil || version < 1 {
		return 0, fault.Invalid("", "If-Match is a version as the ETag gave it.")
	}
	return version, nil
}

// sentence is a fault as English.
func sentence(err error) string {
	f := fault.Of(err)
	return fmt.Sprintf(f.Message, f.Args...)
}
