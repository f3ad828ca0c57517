package jurisdiction

// Profile is one State, merged over what it extends. Fields tagged gap say,
// in plain words, what is not known while they are empty.
type Profile struct {
	Code    string            `yaml:"code,required"` // ISO 3166 alpha-2 in lower case, or the name of a default
	Kind    ProfileKind       `yaml:"kind,required"`
	Extends string            `yaml:"extends"`
	Name    Words             `yaml:"name,required"`
	Sources map[string]Source `yaml:"sources"`

	Languages   Fact[[]Lang]    `yaml:"languages" gap:"in which languages its authorities work"`
	TimeZones   Fact[[]Zone]    `yaml:"time_zones" gap:"its time zone; deadlines are counted in UTC"`
	WorkingWeek Fact[[]Weekday] `yaml:"working_week" gap:"which days of the week are worked; Monday to Friday is used"`
	Holidays    Fact[[]Holiday] `yaml:"holidays" gap:"its public holidays; none is skipped, so a deadline may fall too early, never too late"`

	// Under this age a person is a child: eighteen in Palermo Protocol art. 3 (d).
	AgeOfMajority Fact[int]  `yaml:"age_of_majority" gap:"until what age a person is a child"`
	Statistics    Statistics `yaml:"statistics"`

	Instruments []Instrument `yaml:"instruments" gap:"which treaties bind it"`
	Laws        []Law        `yaml:"laws" gap:"the names of its laws on trafficking in persons"`
	Bodies      []Body       `yaml:"bodies" gap:"its competent authorities, focal point and first responders"`

	Procedure    Procedure      `yaml:"procedure"`
	Consent      Consent        `yaml:"consent"`
	Recovery     Recovery       `yaml:"recovery"`
	Remedy       Review         `yaml:"review"`
	Assistance   Assistance     `yaml:"assistance"`
	Permit       Permit         `yaml:"permit"`
	Children     Children       `yaml:"children"`
	Testimony    Testimony      `yaml:"testimony"`
	Return       Return         `yaml:"return"`
	Clocks       []Clock        `yaml:"clocks"`
	Between      []Move         `yaml:"between_states"`
	Rights       Rights         `yaml:"rights"`
	Letters      Letters        `yaml:"letters"`
	Entitlements Entitlements   `yaml:"entitlements"`
	Provisions   ProvisionTable `yaml:"provisions"`
	Amendments   []Amendment    `yaml:"amendments" gap:"which changes of its laws are on the way"`
	Forms        []Form         `yaml:"forms" gap:"its forms and letters"`
	Practices    []Practice     `yaml:"practices"`

	chain    []string // codes, this one first
	calendar calendar
}

// Statistics is what disclosure control needs to know of the State.
type Statistics struct {
	// K is the fewest people a published count may stand for.
	K Fact[int] `yaml:"k" gap:"from how many people on a count may be published"`
}

// Instrument is a treaty and the State's standing under it.
type Instrument struct {
	Key      string `yaml:"key,required"`
	Title    string `yaml:"title,required"`
	Standing string `yaml:"standing,required"`
	Basis    `yaml:",inline"`
}

// Law is a law of the State that the sources name.
type Law struct {
	Key     string `yaml:"key,required"`
	Title   string `yaml:"title,required"`
	Subject string `yaml:"subject,required"`
	Basis   `yaml:",inline"`
}

// BodyKind is what a body does in the referral mechanism.
type BodyKind string

func (k BodyKind) refuse() string {
	return oneOf("kind of body", string(k), "competent_authority", "focal_point", "first_responder",
		"coordinating_authority", "agency", "court", "prosecution", "ministry", "organisation")
}

// Body is an authority or organisation by its own name.
type Body struct {
	Key  string   `yaml:"key,required"`
	Name string   `yaml:"name,required"`
	Kind BodyKind `yaml:"kind,required"`
	Role string   `yaml:"role"` // what it does, in a sentence
	// ImmigrationEnforcement marks a body behind the wall: it reads no case.
	ImmigrationEnforcement bool `yaml:"immigration_enforcement"`
	Basis                  `yaml:",inline"`
}

// Form is a form or letter of the State, by its own name.
type Form struct {
	Key    string `yaml:"key,required"`
	Title  string `yaml:"title,required"`
	UseFor string `yaml:"use_for,required"`
	Basis  `yaml:",inline"`
}

// Practice is an example that a source reports, not a rule.
type Practice struct {
	Key   string `yaml:"key,required"`
	Text  string `yaml:"text,required"`
	Basis `yaml:",inline"`
}

// Children holds the State's rules for the young.
type Children struct {
	PresumeChildhood Fact[bool]   `yaml:"presume_childhood" gap:"whether a person whose age is uncertain is presumed a child"`
	Guardian         Fact[string] `yaml:"guardian" gap:"how a guardian is appointed for an unaccompanied child"`
	BestInterests    Fact[string] `yaml:"best_interests" gap:"how a child's best interests are assessed and determined"`
}

// Assistance says on what help may depend: in this program, on nothing.
type Assistance struct {
	Unconditional Fact[bool]   `yaml:"unconditional" gap:"whether help is free of any condition to take part in a proceeding"`
	Conditions    []Condition  `yaml:"conditions"`
	NonPunishment Fact[string] `yaml:"non_punishment" gap:"the rule on not punishing a person for what they were made to do"`
}

// Condition is something the law asks of the person. It is a gap of rule 1:
// listed, and told to the person before deciding.
type Condition struct {
	Key   string        `yaml:"key,required"`
	Kind  ConditionKind `yaml:"kind,required"`
	Text  string        `yaml:"text,required"`
	Basis `yaml:",inline"`
}

// ConditionKind tells what the condition asks for.
type ConditionKind string

func (k ConditionKind) refuse() string {
	return oneOf("kind of condition", string(k), "cooperation", "personal_situation", "conduct", "formality", "other")
}

// Permit is what a residence permit depends on.
type Permit struct {
	DependsOn []Condition `yaml:"depends_on" gap:"what a residence permit depends on"`
}

// Testimony holds what is known of giving evidence from afar.
type Testimony struct {
	ByVideo   Fact[bool]   `yaml:"by_video" gap:"whether testimony by video link is possible"`
	Provision Fact[string] `yaml:"provision" gap:"under which provision testimony by video link is given"`
}

// Return is the State's mechanism for return, if it has one.
type Return struct {
	Mechanism Fact[string] `yaml:"mechanism" gap:"its mechanism for voluntary and safe return"`
}

// Chain lists the codes of the merged files, the State's own first.
func (p *Profile) Chain() []string { return append([]string(nil), p.chain...) }

// FirstResponders lists the organisations that may refer, in the file's order.
func (p *Profile) FirstResponders() []Body { return p.bodiesOf("first_responder") }

// CompetentAuthorities lists the bodies that decide who is a victim.
func (p *Profile) CompetentAuthorities() []Body { return p.bodiesOf("competent_authority") }

func (p *Profile) bodiesOf(kind BodyKind) []Body {
	var found []Body
	for _, body := range p.Bodies {
		if body.Kind == kind {
			found = append(found, body)
		}
	}
	return found
}

// Body returns the body with this key.
func (p *Profile) Body(key string) (Body, bool) {
	for _, body := range p.Bodies {
		if body.Key == key {
			return body, true
		}
	}
	return Body{}, false
}

// IsChild reports whether someone of this age counts as a child here; where
// the State's age is not known, eighteen (Palermo Protocol art. 3 (d)).
func (p *Profile) IsChild(age int) bool { return age < p.AgeOfMajority.Or(18) }
