package jurisdiction

// Need is a row of the matrix of entitlements.
type Need string

// Needs lists the rows in order.
func Needs() []Need {
	return []Need{"accommodation", "medical_care", "counselling", "legal_aid", "interpretation",
		"work", "education_for_children", "residence_permit", "compensation", "return"}
}

func (n Need) refuse() string { return oneOf("entitlement", string(n), texts(Needs())...) }

// Standing is a column: where the person stands in identification.
type Standing string

// Standings lists the columns in order.
func Standings() []Standing {
	return []Standing{"presumed", "recovery", "identified", "declined", "child"}
}

func (s Standing) refuse() string { return oneOf("standing", string(s), texts(Standings())...) }

// Entitled is the answer in a cell.
type Entitled string

const (
	Yes         Entitled = "yes"
	No          Entitled = "no"
	Conditional Entitled = "conditional"
	// Unknown is never written in a file: it is what an absent cell says.
	Unknown Entitled = "gap"
)

func (e Entitled) refuse() string {
	return oneOf("answer", string(e), string(Yes), string(No), string(Conditional))
}

// Cell is what a non-national in this standing is entitled to.
type Cell struct {
	Value     Entitled `yaml:"value,required"`
	Condition string   `yaml:"condition"` // on what, where the value is conditional
	Basis     `yaml:",inline"`
}

// Entitlements is the matrix; absent cells are gaps.
type Entitlements map[Need]map[Standing]Cell

// Entitlement returns the cell; a gap where nothing is known.
func (p *Profile) Entitlement(need Need, standing Standing) Cell {
	if cell, ok := p.Entitlements[need][standing]; ok {
		return cell
	}
	return Cell{Value: Unknown}
}
