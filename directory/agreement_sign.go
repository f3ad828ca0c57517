package directory

import (
	"context"
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
	"palermo/record"
)

// SignAgreement is what is written down of an agreement.
type SignAgreement struct {
	With   string        `label:"With whom"`
	WithID ident.ID      `label:"The other organisation, where it is in the directory" kind:"organisation" optional:"true"`
	Form   AgreementForm `label:"What kind of agreement"`
	Title  string        `label:"Title"`
	Covers []Cover       `label:"What it covers"`
	From   time.Time     `label:"From"`
	Until  time.Time     `label:"Until" optional:"true"`
}

// Sign writes down an agreement of an organisation and gives its id. Faults: invalid, denied, not found.
func (b *Book) Sign(ctx context.Context, d *record.Door, organisation ident.ID, s SignAgreement) (ident.ID, error) {
	var id ident.ID
	err := b.changeOrganisation(ctx, d, organisation, ActAgree, func(tx *record.Tx, o *Organisation) error {
		a, err := s.agreement()
		if err != nil {
			return err
		}
		if id, err = tx.NewID(); err != nil {
			return err
		}
		a.ID, a.Signed = id, tx.Viewer().Member
		o.Agreements = append(o.Agreements, a)
		o.Note(Changed{What: "agreement_signed", ID: id})
		return nil
	})
	return id, err
}

func (s SignAgreement) agreement() (Agreement, error) {
	with, withErr := text("with", s.With)
	title, titleErr := text("title", s.Title)
	errs := []error{withErr, titleErr, input.Listed("form", s.Form), input.EachListed("covers", s.Covers)}
	if len(s.Covers) == 0 {
		errs = append(errs, fault.Invalid("covers", "Choose at least one answer."))
	}
	if s.From.IsZero() {
		errs = append(errs, fault.Invalid("from", "This is needed."))
	}
	if !s.Until.IsZero() && !s.From.Before(s.Until) {
		errs = append(errs, fault.Invalid("until", "The end must come after the beginning."))
	}
	return Agreement{With: with, WithID: s.WithID, Form: s.Form, Title: title, Covers: s.Covers, From: s.From, Until: s.Until}, fault.All(errs...)
}

// EndAgreement ends an agreement before its time. Roles that hang on it are in force no longer.
func (b *Book) EndAgreement(ctx context.Context, d *record.Door, organisation, agreement ident.ID) error {
	return b.changeOrganisation(ctx, d, organisation, ActAgree, func(tx *record.Tx, o *Organisation) error {
		for i := range o.Agreements {
			a := &o.Agreements[i]
			if a.ID != agreement {
				continue
			}
			if !a.Ended.IsZero() {
				return fault.Conflict("The agreement has ended already.")
			}
			a.Ended = tx.Now()
			o.Note(Changed{What: "agreement_ended", ID: a.ID})
			return nil
		}
		return fault.NotFound("There is no such agreement.")
	})
}
