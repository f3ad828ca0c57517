package jurisdiction

import (
	"slices"
	"time"
)

// Procedure is how the State identifies: where a case may stand, and the
// stages at which somebody decides.
type Procedure struct {
	States Fact[[]ProcedureState] `yaml:"states" gap:"the states that a case passes"`
	Stages []Stage                `yaml:"stages" gap:"the stages of identification"`
}

// Phase is what a state means to the program, the same in every State.
type Phase string

// Phases lists every phase a state may have.
func Phases() []string {
	return []string{"draft", "referred", "first_pending", "first_negative", "recovery", "second_pending",
		"identified", "not_identified", "review", "withdrawn", "suspended", "disqualified", "notified_only"}
}

func (p Phase) refuse() string { return oneOf("phase", string(p), Phases()...) }

// ProcedureState is where a case may stand, and where it may go from there.
type ProcedureState struct {
	Key   string     `yaml:"key,required"`
	Name  string     `yaml:"name,required"`
	Phase Phase      `yaml:"phase,required"`
	Next  []StateRef `yaml:"next"`
}

// StageKind tells a decision from a step and from time given.
type StageKind string

func (k StageKind) refuse() string {
	return oneOf("kind of stage", string(k), "step", "decision", "period")
}

// Stage is one step of identification under the State's own name.
type Stage struct {
	Key           string    `yaml:"key,required"` // referral, first_decision, recovery, second_decision, review, …
	Kind          StageKind `yaml:"kind,required"`
	Name          Words     `yaml:"name,required"`
	Event         Event     `yaml:"event"`     // what is noted when it is reached
	Threshold     string    `yaml:"threshold"` // what must be shown, and how strongly
	Period        Period    `yaml:"period"`    // how soon it is expected, from From
	From          Event     `yaml:"from"`
	NotBefore     Period    `yaml:"not_before"` // the earliest, from NotBeforeFrom
	NotBeforeFrom Event     `yaml:"not_before_from"`
	NoMaximum     bool      `yaml:"no_maximum"` // the law knows no latest day
	Decides       []BodyRef `yaml:"decides"`
	Basis         `yaml:",inline"`
}

// Stages lists the stages in order.
func (p *Profile) Stages() []Stage { return slices.Clone(p.Procedure.Stages) }

// Stage returns the stage with this key.
func (p *Profile) Stage(key string) (Stage, bool) {
	for _, stage := range p.Procedure.Stages {
		if stage.Key == key {
			return stage, true
		}
	}
	return Stage{}, false
}

// States lists where a case may stand; the first is where it begins.
func (p *Profile) States() []ProcedureState { return slices.Clone(p.Procedure.States.Value) }

// MayFollow reports whether the State's procedure leads from one state to the other.
func (p *Profile) MayFollow(from, to string) bool {
	for _, state := range p.Procedure.States.Value {
		if state.Key == from {
			return slices.Contains(state.Next, StateRef(to))
		}
	}
	return false
}

// Consent is the State's rule on referring with and without the person's consent.
type Consent struct {
	AdultRequired   Fact[bool]   `yaml:"adult_required" gap:"whether an adult must consent to being referred"`
	ChildRequired   Fact[bool]   `yaml:"child_required" gap:"whether a child must consent to being referred"`
	ChildMustRefer  Fact[bool]   `yaml:"child_must_refer" gap:"whether a child must always be referred"`
	WithoutConsent  Fact[string] `yaml:"without_consent" gap:"what a first responder must do when an adult does not consent"`
	MayBeAnonymous  Fact[bool]   `yaml:"may_be_anonymous" gap:"whether a notification without consent may be anonymous"`
	NotifyProvision Fact[string] `yaml:"notify_provision" gap:"the provision behind a duty to notify"`
	NotifySince     Fact[Date]   `yaml:"notify_since"`
}

// ConsentRule returns the State's rule on consent to referral.
func (p *Profile) ConsentRule() Consent { return p.Consent }

// Recovery is the reflection and recovery period.
type Recovery struct {
	Name              Words        `yaml:"name"`
	Minimum           Fact[Period] `yaml:"minimum" gap:"how long the recovery period lasts at least"`
	History           []PastPeriod `yaml:"history"`
	NoRemoval         Fact[string] `yaml:"no_removal" gap:"whether a removal may be enforced during the recovery period"`
	ExtensionGrounds  []Ground     `yaml:"extension_grounds" gap:"on which grounds the recovery period is extended"`
	EarlyGrounds      []Ground     `yaml:"early_end_grounds" gap:"on which grounds the recovery period may end early; until one is listed, it may not"`
	ResidenceDocument Fact[string] `yaml:"residence_document" gap:"which document proves the right to stay during the recovery period"`
}

// PastPeriod was the minimum before Until, a day on which it no longer applied.
type PastPeriod struct {
	Until  Date   `yaml:"until,required"`
	Period Period `yaml:"period,required"`
	Basis  `yaml:",inline"`
}

// Ground is a listed reason.
type Ground struct {
	Key   string `yaml:"key,required"`
	Text  string `yaml:"text,required"`
	Basis `yaml:",inline"`
}

// EarlyEndGrounds lists the only reasons for which a recovery period may end
// early. None means that it may not.
func (p *Profile) EarlyEndGrounds() []Ground { return slices.Clone(p.Recovery.EarlyGrounds) }

// RecoveryMinimum returns the minimum for a recovery period that began at
// start, by the law of that day, and whether one is known.
func (p *Profile) RecoveryMinimum(start time.Time) (Period, Basis, bool) {
	day := start.In(p.Location()).Format(time.DateOnly)
	best := -1
	for i, past := range p.Recovery.History {
		if day < string(past.Until) && (best < 0 || past.Until < p.Recovery.History[best].Until) {
			best = i
		}
	}
	if best >= 0 {
		past := p.Recovery.History[best]
		return past.Period, past.Basis, true
	}
	return p.Recovery.Minimum.Value, p.Recovery.Minimum.Basis, p.Recovery.Minimum.Known
}

// Review is how a negative decision is looked at again, under its own name.
type Review struct {
	Name      Fact[Words]  `yaml:"name" gap:"how a person asks for a decision to be looked at again"`
	Period    Fact[Period] `yaml:"period" gap:"how long a person has to ask for a review"`
	From      Event        `yaml:"from"`
	Grounds   []Ground     `yaml:"grounds" gap:"on which grounds a review is granted"`
	Extension Fact[string] `yaml:"extension" gap:"whether a late request for review is accepted"`
	Further   Fact[string] `yaml:"further" gap:"what remedy remains after the review"`
}

// Review returns the State's rule on review and appeal.
func (p *Profile) Review() Review { return p.Remedy }

// ReviewEnds returns the last moment to ask for a review of a decision of
// which the person was told at told, and whether the State's period is known.
func (p *Profile) ReviewEnds(told time.Time) (time.Time, bool) {
	period, ok := p.Remedy.Period.Get()
	if !ok {
		return time.Time{}, false
	}
	return p.Add(period, told), true
}
