package register

import (
	"context"
	"slices"
	"time"

	"palermo/cooperation"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// Obstacle is what discouraged cooperation.
type Obstacle string

// Options lists the obstacles.
func (Obstacle) Options() []input.Option {
	return []input.Option{
		{Value: "no_answer", Label: "No answer, or too late"}, {Value: "nobody_known", Label: "It was not known whom to turn to"},
		{Value: "no_agreement", Label: "No agreement allowed it"}, {Value: "formal_demanded", Label: "A formal request was demanded for what needs none"},
		{Value: "language", Label: "Language or translation"}, {Value: "cost", Label: "Costs"}, {Value: "law", Label: "The law of one side"},
		{Value: "data", Label: "Data protection was in doubt"}, {Value: "safety", Label: "Safety of the person was in doubt"}, {Value: "other", Label: "Something else"},
	}
}

// Label names the obstacle to a person, in English.
func (o Obstacle) Label() string { return input.Label(o) }

// Hindrance is what discouraged cooperation with a State, and what was done about it (row 8e).
type Hindrance struct {
	ID      ident.ID
	At      time.Time
	By      ident.ID
	Kind    Obstacle `label:"What discouraged cooperation"`
	Channel Channel  `label:"Channel that was tried"`
	What    string   `label:"What happened" kind:"textarea" hint:"No person, no case, nothing from which a person could be known."`
	Done    string   `label:"What was done about it" kind:"textarea" optional:"true"`
	Settled bool     `label:"It is solved"`
}

// Check says what of it cannot be kept.
func (h *Hindrance) Check() error {
	return fault.All(input.Listed("kind", h.Kind), input.Listed("channel", h.Channel), line("what", short1(h.What)), short("what", h.What, 2000), short("done", h.Done, 2000),
		impersonal("what", h.What), impersonal("done", h.Done))
}

// Hinder keeps a note of what discouraged cooperation with a node, or with its
// id what became of it. It is sent to nobody. Faults: invalid, denied, not found.
func (r *Room) Hinder(ctx context.Context, d *record.Door, node string, h Hindrance) error {
	if err := h.Check(); err != nil {
		return err
	}
	if _, err := r.Of(ctx, d, node); err != nil {
		return err
	}
	return record.Do(ctx, d, record.Reason{Action: cooperation.DoCooperate}, func(tx *record.Tx) error {
		c, err := r.theirs(tx, node)
		if err != nil {
			return err
		}
		h := h
		h.At, h.By = tx.Now(), tx.Viewer().Member
		c.Hindrances = slices.Clone(c.Hindrances)
		i := slices.IndexFunc(c.Hindrances, func(o Hindrance) bool { return o.ID == h.ID })
		switch {
		case i >= 0:
			c.Hindrances[i] = h
		case h.ID.IsZero():
			if h.ID, err = tx.NewID(); err != nil {
				return err
			}
			c.Hindrances = append(c.Hindrances, h)
		default:
			return fault.NotFound("There is no such note.")
		}
		c.Note(happened{What: "hindrance_noted", ID: h.ID})
		return nil
	})
}
