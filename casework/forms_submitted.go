package casework

import (
	"context"
	"crypto/sha256"
	"slices"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Submit keeps a questionnaire that was answered on a telephone, on the case
// named, or on one that it opens at first contact where id is zero. It keeps
// it once: the same instance again changes nothing, and kept is false.
func (k *Desk) Submit(ctx context.Context, d *record.Door, id CaseID, s *FillForm) (kept bool, err error) {
	if s.Instance == "" {
		return false, fault.Invalid("meta/instanceID", "Answers from a telephone need an instanceID.")
	}
	if id == (CaseID{}) {
		return k.openSubmitted(ctx, d, s)
	}
	err = k.Take(ctx, d, id, "fill-form", s, 0)
	if err == errKept {
		return false, nil
	}
	return err == nil, err
}

// errKept says that a submission is on the case already.
var errKept = fault.Conflict("These answers are already on this case.")

func (c *Case) keeps(instance string) bool {
	return instance != "" && slices.ContainsFunc(c.Forms, func(f FilledForm) bool { return f.Instance == instance })
}

// openSubmitted opens the case under an id that follows from who sent what, so
// that there can be only one.
func (k *Desk) openSubmitted(ctx context.Context, d *record.Door, s *FillForm) (kept bool, err error) {
	if err := k.organisations.Learn(ctx); err != nil {
		return false, err
	}
	by := d.Viewer()
	if by.Member.IsZero() {
		return false, fault.Denied("Answers from a telephone come from a member.")
	}
	id := submittedID(by.Member, s.Instance)
	if there, err := k.there(ctx, d, id); there || err != nil {
		return false, err
	}
	err = record.Do(ctx, d, record.Reason{Action: "create"}, func(tx *record.Tx) error {
		c := k.begin(tx)
		if err := Take(c, "fill-form", s, k.work(by, tx)); err != nil {
			return err
		}
		return record.CreateAs(tx, k.Kind, id, c)
	})
	if fault.Is(err, fault.CodeConflict) { // the same answers came at the same time
		if there, _ := k.there(ctx, d, id); there {
			return false, nil
		}
	}
	return err == nil, err
}

func (k *Desk) there(ctx context.Context, d *record.Door, id CaseID) (bool, error) {
	_, err := record.View(ctx, d, k.Kind, id, record.Reason{Action: access.Look, Code: "submission"})
	if fault.Is(err, fault.CodeNotFound) {
		return false, nil
	}
	return err == nil, err
}

// submittedID is an id of version 8 (RFC 9562). It does not begin with an
// instant, for a telephone's clock is nobody's word.
func submittedID(member ident.ID, instance string) CaseID {
	sum := sha256.Sum256([]byte("palermo submission\x00" + string(member[:]) + instance))
	id := ident.ID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return CaseID(id)
}
