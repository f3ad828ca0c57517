package answer

import (
	"cmp"
	"context"
	"crypto/sha256"
	"slices"
	"strconv"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
	"palermo/review/questionnaire"
	"palermo/review/questionnaire/drafts"
	"palermo/statistics"
)

// View is what may be shown of answers: all of them to the focal point, those
// of one's own organisation to who drafts, what is submitted and public to everybody.
type View struct {
	Answers
	Own bool // it shows more than what is public
}

// Figures give what the node has measured; statistics is the one there is.
type Figures interface {
	Release(ctx context.Context, d *record.Door, year int) error
	Latest(ctx context.Context, d *record.Door, measure string, year int) (statistics.View, error)
}

// Room is the answers of one State.
type Room struct {
	Kind *record.Kind[Answers, View]

	figures Figures
}

// New opens it over what the node measures.
func New(figures Figures) *Room { return &Room{Kind: newKind(), figures: figures} }

func newKind() *record.Kind[Answers, View] {
	return &record.Kind[Answers, View]{Name: "answers", Schema: 1,
		Index: func(a *Answers) record.Index {
			x := record.Index{State: "open", Sort: a.Began, Words: []string{"symbol:" + a.Symbol, "year:" + strconv.Itoa(a.Year)}}
			if !a.Submitted.IsZero() {
				x.State = "submitted"
			}
			x.Relations = access.ForEveryone(access.Member, access.FocalPoint, access.Auditor)
			return x
		},
		Redact: redact,
	}
}

func redact(a *Answers, d access.Decision) View {
	if !d.Sees(access.Summary) {
		return View{}
	}
	v := View{Answers: *a, Own: d.May(ActClear)}
	v.Replies = slices.Clone(a.Replies)
	for i := range v.Replies {
		r := &v.Replies[i]
		own := !r.By.IsZero() && r.By == d.Viewer.Organisation
		public := r.Public && !a.Submitted.IsZero()
		v.Own = v.Own || own
		switch {
		case d.May(ActClear) || own:
		case public:
			r.Returned = ""
		default:
			*r = Reply{Key: r.Key}
		}
	}
	return v
}

// place is the only place of a questionnaire's answers in a year.
func place(symbol string, year int) record.ID[Answers] {
	sum := sha256.Sum256([]byte("palermo answers " + symbol + " " + strconv.Itoa(year)))
	id := ident.ID(sum[:16])
	id[6], id[8] = id[6]&0x0f|0x80, id[8]&0x3f|0x80
	return record.ID[Answers](id)
}

// Begin begins to answer a frozen questionnaire, with what was submitted before carried forward. Faults: invalid, denied, conflict, not found.
func (r *Room) Begin(ctx context.Context, d *record.Door, symbol string, year int) (record.ID[Answers], error) {
	id := place(symbol, year)
	q, err := drafts.Find(symbol)
	if err != nil {
		return id, err
	}
	if now := d.Now().Year(); year < now-1 || year > now+1 {
		return id, fault.Invalid("year", "Choose this year, the one before or the one after.")
	}
	list, err := r.All(ctx, d)
	if err != nil {
		return id, err
	}
	return id, record.Do(ctx, d, record.Reason{Action: ActClear}, func(tx *record.Tx) error {
		a := &Answers{Symbol: symbol, Year: year, Began: tx.Now()}
		for _, x := range q.Questions {
			a.Replies = append(a.Replies, Reply{Key: x.Key})
		}
		if before := last(list, year); before != nil {
			was, err := record.Open(tx, r.Kind, place(before.Symbol, before.Year))
			if err != nil {
				return err
			}
			a.carry(was)
		}
		if _, err := record.Open(tx, r.Kind, id); !fault.Is(err, fault.CodeNotFound) {
			return cmp.Or(err, error(fault.Conflict("The answers of this year were begun already.")))
		}
		a.Note(happened{Act: "answers_begun"})
		return record.CreateAs(tx, r.Kind, id, a)
	})
}

// last are the answers submitted last before a year.
func last(list []View, year int) *View {
	var best *View
	for i := range list {
		if v := &list[i]; v.Year < year && !v.Submitted.IsZero() && (best == nil || v.Year > best.Year) {
			best = v
		}
	}
	return best
}

// All are the answers of every year, the newest first.
func (r *Room) All(ctx context.Context, d *record.Door) ([]View, error) {
	found, err := record.Collect(record.Every(ctx, d, r.Kind, record.Query[Answers]{Why: record.Reason{Action: access.Look}}))
	if err != nil {
		return nil, err
	}
	var list []View
	for _, f := range found {
		list = append(list, f.Value())
	}
	slices.SortStableFunc(list, func(a, b View) int { return cmp.Compare(b.Year, a.Year) })
	return list, nil
}

// One gives the answers of a year with their questionnaire. Faults: not found.
func (r *Room) One(ctx context.Context, d *record.Door, id record.ID[Answers]) (View, *questionnaire.Version, error) {
	seen, err := record.View(ctx, d, r.Kind, id, record.Reason{Action: access.Look})
	if err != nil {
		return View{}, nil, err
	}
	q, err := drafts.Find(seen.Value().Symbol)
	return seen.Value(), q, err
}

// Do does something to the reply to one question. Faults: invalid, denied, conflict, not found.
func (r *Room) Do(ctx context.Context, d *record.Door, id record.ID[Answers], key string, act Act) error {
	return record.Do(ctx, d, record.Reason{Action: act.action()}, func(tx *record.Tx) error {
		a, err := record.Open(tx, r.Kind, id)
		if err != nil {
			return err
		}
		if _, publishes := act.(*Publish); !a.Submitted.IsZero() && !publishes {
			return fault.Conflict("The answers are submitted. They stay as they are.")
		}
		a.Replies = slices.Clone(a.Replies)
		reply := a.reply(key)
		if reply == nil {
			return fault.NotFound("There is no such question.")
		}
		if err := act.apply(reply, tx); err != nil {
			return err
		}
		a.Note(happened{Act: name(act), Key: key, Reply: reply.Draft})
		return nil
	})
}

// Attach attaches what the node measures in a year, counting it first where that was not done. Faults: as Do.
func (r *Room) Attach(ctx context.Context, d *record.Door, id record.ID[Answers], key, measure string, year int) error {
	if _, known := statistics.Find(measure); !known {
		return fault.Invalid("measure", "Choose one of the answers.")
	}
	f, err := r.figures.Latest(ctx, d, measure, year)
	if fault.Is(err, fault.CodeNotFound) {
		if err = r.figures.Release(ctx, d, year); err == nil {
			f, err = r.figures.Latest(ctx, d, measure, year)
		}
	}
	if err != nil {
		return err
	}
	return r.Do(ctx, d, id, key, &attach{f})
}

// Submit freezes the answers: every mandatory question is cleared, and no draft waits. Faults: conflict, denied.
func (r *Room) Submit(ctx context.Context, d *record.Door, id record.ID[Answers]) error {
	return record.Do(ctx, d, record.Reason{Action: ActClear}, func(tx *record.Tx) error {
		a, err := record.Open(tx, r.Kind, id)
		if err != nil {
			return err
		}
		q, err := drafts.Find(a.Symbol)
		if err != nil {
			return err
		}
		if err := a.ready(q); err != nil {
			return err
		}
		a.Submitted = tx.Now()
		a.Note(happened{Act: "answers_submitted"})
		return nil
	})
}

// ready says what stands against submitting.
func (a *Answers) ready(q *questionnaire.Version) error {
	if !a.Submitted.IsZero() {
		return fault.Conflict("The answers are submitted. They stay as they are.")
	}
	for _, x := range q.Questions {
		r := a.reply(x.Key)
		switch {
		case r == nil || r.Status == Empty && x.Obligation == questionnaire.Mandatory:
			return fault.Conflict("Question %s is mandatory and has no answer.", q.Number(x.Key))
		case r.Status != Empty && r.Status != Cleared:
			return fault.Conflict("The answer to question %s is not cleared.", q.Number(x.Key))
		}
	}
	return nil
}

// WhyNot says what stands against submitting what the focal point sees.
func (v *View) WhyNot(q *questionnaire.Version) error { return v.ready(q) }

// happened is a note for the journal, with the words as they were then: what a later draft replaces is not lost.
type happened struct {
	Act   string
	Key   string `json:",omitempty"`
	Reply Draft
}

// Event names it.
func (h happened) Event() string { return h.Act }

func name(act Act) string {
	switch act.(type) {
	case *Share:
		return "answer_shared"
	case *Draft:
		return "answer_drafted"
	case *Clear:
		return "answer_cleared"
	case *Return:
		return "answer_returned"
	case *Publish:
		return "answer_published"
	case *attach:
		return "evidence_attached"
	case *Detach:
		return "evidence_detached"
	}
	return "answer_changed"
}
