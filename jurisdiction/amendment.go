package jurisdiction

import "slices"

// Amendment is a change of law, on its way or made (row 7k): what it changes,
// how far it has come, and on which days it came there.
type Amendment struct {
	Key       string          `yaml:"key,required"`
	Provision ProvisionID     `yaml:"provision,required"`
	Title     string          `yaml:"title,required"`
	Text      string          `yaml:"text"` // what changes for the person
	Stage     BillStage       `yaml:"stage,required"`
	Steps     []AmendmentStep `yaml:"steps"` // the way so far, oldest first; empty where no day is known
	Basis     `yaml:",inline"`
}

// AmendmentStep is a stage and the day on which it was reached.
type AmendmentStep struct {
	Stage BillStage `yaml:"stage,required"`
	On    Date      `yaml:"on,required"`
}

// Since is the day on which the present stage was reached; empty when it is not known.
func (a Amendment) Since() Date {
	if n := len(a.Steps); n > 0 {
		return a.Steps[n-1].On
	}
	return ""
}

// BillStage is how far an amendment has come.
type BillStage string

// BillStages lists the stages in the order in which a law comes about; dropped may follow any but the last.
func BillStages() []BillStage {
	return []BillStage{"planned", "proposed", "in_parliament", "adopted", "in_force", "dropped"}
}

func (s BillStage) refuse() string { return oneOf("stage", string(s), texts(BillStages())...) }

// checkAmendments refuses a way that goes back, in stages or in days, and one
// that ends elsewhere than the amendment says that it stands.
func (d *decoder) checkAmendments(p *Profile) {
	for _, a := range p.Amendments {
		path := "amendments[" + a.Key + "]"
		if d.places[path] == nil {
			continue // it comes from what the file extends, and was checked there
		}
		before := AmendmentStep{}
		for _, step := range a.Steps {
			switch {
			case before.Stage == "":
			case slices.Index(BillStages(), step.Stage) <= slices.Index(BillStages(), before.Stage), before.Stage == "in_force":
				d.refuseAt(path+".steps", quote(string(step.Stage))+" does not come after "+quote(string(before.Stage)))
			case step.On < before.On:
				d.refuseAt(path+".steps", quote(string(step.On))+" is before "+quote(string(before.On))+", and comes after it in the list")
			}
			before = step
		}
		if before.Stage != "" && before.Stage != a.Stage {
			d.refuseAt(path+".stage", "is "+quote(string(a.Stage))+", but the last step is "+quote(string(before.Stage)))
		}
	}
}
