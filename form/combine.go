package form

// The six dimensions of the operational indicators.
const (
	deception      = "D1" // deceptive recruitment
	coercion       = "D2" // coercive recruitment
	abuse          = "D3" // recruitment by abuse of vulnerability
	exploitation   = "D4"
	coercionThere  = "D5" // coercion at destination
	abuseThere     = "D6" // abuse of vulnerability at destination
	ageChild       = "under_18"
	agePresumed    = "presumed_under_18"
	recruitmentAct = "any recruitment, transport, transfer, harbouring or receipt"
)

// combine says what the positive dimensions point to together. Sets without
// weights have no rule and no indication of this kind.
func (s *Scored) combine() {
	if !s.Weighted {
		return
	}
	switch {
	case !s.reaches(exploitation):
		s.withoutExploitation()
	case s.Age == ageChild || s.Age == agePresumed:
		s.child()
	default:
		s.adult()
	}
}

func (s *Scored) dimension(code string) *Dimension {
	for i := range s.Dimensions {
		if s.Dimensions[i].Code == code {
			return &s.Dimensions[i]
		}
	}
	return nil
}

func (s *Scored) reaches(code string) bool {
	d := s.dimension(code)
	return d != nil && d.Reaches
}

func (s *Scored) found(code string) bool {
	d := s.dimension(code)
	return d != nil && len(d.Because) > 0
}

// indicate adds a sentence with the answers of the dimensions it rests on.
func (s *Scored) indicate(code, text string, dimensions ...string) {
	in := Indication{Code: code, Text: text, Because: []Answered{}}
	for _, d := range dimensions {
		if dim := s.dimension(d); dim != nil && len(dim.Because) > 0 {
			in.Dimensions = append(in.Dimensions, d)
			in.Because = append(in.Because, dim.Because...)
		}
	}
	s.Indications = append(s.Indications, in)
}

// positive lists which of these dimensions are positive.
func (s *Scored) positive(codes ...string) []string {
	var all []string
	for _, c := range codes {
		if s.reaches(c) {
			all = append(all, c)
		}
	}
	return all
}

func (s *Scored) withoutExploitation() {
	others := s.positive(deception, coercion, abuse, coercionThere, abuseThere)
	if len(others) == 0 {
		s.indicate("none", "The answers reach the rule in no dimension. That does not mean that nothing happened: people often tell later, or tell someone else.")
		return
	}
	s.indicate("means_only", "Indications of deception, coercion or abuse of vulnerability, without enough on exploitation. "+
		"Exploitation need not have taken place: the purpose is enough.", others...)
}

// child: under 18 no means are needed (Protocol, article 3 (c)). The act
// remains an element; indicators of recruitment show it.
func (s *Scored) child() {
	dims := append([]string{exploitation}, s.positive(coercionThere, abuseThere)...)
	presumed := ""
	if s.Age == agePresumed {
		presumed = " The age is not certain; the person is presumed a child for protection."
	}
	if s.found(deception) || s.found(coercion) || s.found(abuse) {
		s.indicate("child_trafficking", "Indications of trafficking of a child: an act and exploitation. Means are not needed under 18, and consent is irrelevant."+presumed,
			append(dims, deception, coercion, abuse)...)
		return
	}
	s.indicate("child_exploitation", "Indications of exploitation of a child. With "+recruitmentAct+
		" for that purpose they would be indications of trafficking; means are not needed under 18."+presumed, dims...)
}

// adult follows the combinations of the operational indicators; abuse of
// vulnerability may stand in for the means.
func (s *Scored) adult() {
	recruited := s.positive(deception, coercion)
	held := s.reaches(coercionThere)
	switch {
	case len(recruited) > 0 && held:
		s.indicate("trafficking", "Indications of trafficking for the exploitation described: deceptive or coercive recruitment, exploitation, and coercion at destination.",
			append(recruited, exploitation, coercionThere)...)
	case len(s.positive(deception, coercion, abuse)) > 0 && len(s.positive(coercionThere, abuseThere)) > 0:
		s.indicate("trafficking_vulnerability", "Indications of trafficking for the exploitation described; abuse of a position of vulnerability stands in for deception or coercion.",
			append(s.positive(deception, coercion, abuse, coercionThere, abuseThere), exploitation)...)
	case s.reaches(deception):
		s.indicate("deception_exploitation", "Indications of deception and exploitation, without enough on coercion at destination.", deception, exploitation)
	case held:
		s.indicate("coercion_exploitation", "Indications of exploitation under coercion, without enough on recruitment. Forced labour may be looked at, and how the person came there.", exploitation, coercionThere)
	default:
		s.indicate("exploitation", "Indications of exploitation. Labour rights may have been breached.",
			append([]string{exploitation}, s.positive(coercion, abuse, abuseThere)...)...)
	}
	if s.Age == "" {
		s.indicate("age_unanswered", "The age has no answer. If the person is or may be under 18, means are not needed.")
	}
}
