package access

import (
	_ "embed"
	"fmt"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/cedar-policy/cedar-go"
)

//go:embed policies.cedar
var policies []byte

// Action is something one may do to a record of a kind: "do:decide". To see a
// category is the action "see:" and its name; to come to the record at all is Look.
type Action string

// Look is coming to a record at all; what is seen is decided per category.
const Look Action = "look"

// See is the action of seeing a category.
func See(c Category) Action { return Action("see:" + c.String()) }

// Policy is the compiled policy. It is safe for use by several goroutines.
type Policy struct {
	set   *cedar.PolicySet
	known sync.Map // question as text → bool; the policy looks at nothing else
}

// NewPolicy compiles the policies of the program.
func NewPolicy() (*Policy, error) {
	set, err := cedar.NewPolicySetFromBytes("policies.cedar", policies)
	if err != nil {
		return nil, fmt.Errorf("policies.cedar: %w", err)
	}
	return &Policy{set: set}, nil
}

// Decision is what a viewer may see and do on one record, after policy and consent.
type Decision struct {
	Viewer   Viewer
	Standing []Role
	At       time.Time // when it was asked
	kind     string
	question string // all but the action, as the policy knows it
	policy   *Policy
	seen     Set
}

// Decide asks the policy what the standing on a record of the kind allows. A
// viewer without standing may not look.
func (p *Policy) Decide(v Viewer, kind string, standing []Role, now time.Time) Decision {
	roles := slices.Clone(v.Roles)
	slices.Sort(roles)
	held := v.held()
	d := Decision{Viewer: v, Standing: standing, At: now, kind: kind, policy: p, question: fmt.Sprint(kind, "|", v.OnDuty, "|", roles, "|", held, "|", standing, "|")}
	if !d.May(Look) {
		return d
	}
	for _, c := range Categories() {
		if d.May(See(c)) {
			d.seen |= Of(c)
		}
	}
	return d
}

// Within narrows the decision to the categories that consent or a duty releases.
func (d Decision) Within(released Set) Decision {
	d.seen &= released
	return d
}

// Sees reports whether the category may be shown.
func (d Decision) Sees(c Category) bool { return d.seen.Has(c) }

// Seen is the set of categories that may be shown.
func (d Decision) Seen() Set { return d.seen }

// May reports whether the action is allowed. Any diagnostic error denies.
func (d Decision) May(a Action) bool {
	if d.policy == nil {
		return false
	}
	key := d.question + string(a)
	if known, ok := d.policy.known.Load(key); ok {
		return known.(bool)
	}
	allowed := d.ask(a)
	d.policy.known.Store(key, allowed)
	return allowed
}

// ask puts the question to Cedar.
func (d Decision) ask(a Action) bool {
	decision, diagnostic := cedar.Authorize(d.policy.set, nil, cedar.Request{
		Principal: cedar.NewEntityUID("Viewer", "viewer"),
		Action:    cedar.NewEntityUID("Action", cedar.String(a)),
		Resource:  cedar.NewEntityUID("Record", cedar.String(d.kind)),
		Context: cedar.NewRecord(cedar.RecordMap{
			"standing": texts(d.Standing), "roles": texts(d.Viewer.Roles), "held": texts(d.Viewer.held()), "onDuty": cedar.Boolean(d.Viewer.OnDuty),
			"see": cedar.Boolean(strings.HasPrefix(string(a), "see:")),
		}),
	})
	return decision == cedar.Allow && len(diagnostic.Errors) == 0
}

func texts(roles []Role) cedar.Set {
	values := make([]cedar.Value, len(roles))
	for i, r := range roles {
		values[i] = cedar.String(r)
	}
	return cedar.NewSet(values...)
}
