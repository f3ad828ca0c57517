package directory

import (
	"testing"

	"palermo/access"
	"palermo/fault"
	"palermo/record"
)

func (r *rig) at(node string) OrganisationView {
	r.t.Helper()
	id, err := r.OrganisationAt(r.ctx, node)
	r.must(err)
	seen, err := record.View(r.ctx, r.as(access.Administrator), r.organisations, record.ID[Organisation](id), record.Reason{Action: access.Look})
	r.must(err)
	return seen.Value()
}

func TestTheNodesOfATrustListComeIntoTheDirectoryByThemselves(t *testing.T) {
	r := open(t)
	keeper := r.as(access.Administrator)
	listed := Listed{Node: "ng", Title: "Focal point, Nigeria", Country: "NG", Kind: FocalPointOffice}
	r.must(r.TakeUp(r.ctx, keeper, []Listed{listed}))
	r.must(r.TakeUp(r.ctx, keeper, []Listed{listed}))
	o := r.at("ng")
	if o.Name != listed.Title || o.Country != "NG" || o.FocalPoint || !o.Authority() {
		t.Errorf("%+v", o.Organisation)
	}
	if nodes, err := r.Nodes(r.ctx); err != nil || len(nodes) != 1 {
		t.Errorf("%v, %v: once, not twice", nodes, err)
	}
	listed.Title = "National Focal Point, Nigeria"
	r.must(r.TakeUp(r.ctx, keeper, []Listed{listed}))
	if o := r.at("ng"); o.Name != listed.Title {
		t.Errorf("the list's new name was not taken: %q", o.Name)
	}
	r.member("ama", "Ama Owusu")
	r.refused(fault.CodeDenied, r.TakeUp(r.ctx, r.door("ama"), []Listed{{Node: "fr", Title: "France", Country: "FR", Kind: FocalPointOffice}}))
}

func TestANameThatAnAdministratorGaveStaysAndTheCountryFollowsTheList(t *testing.T) {
	r := open(t)
	keeper := r.as(access.Administrator)
	listed := Listed{Node: "ng", Title: "Focal point, Nigeria", Country: "NG", Kind: FocalPointOffice}
	r.must(r.TakeUp(r.ctx, keeper, []Listed{listed}))
	r.must(r.ChangeOrganisation(r.ctx, keeper, r.at("ng").ID, AddOrganisation{Name: "Our colleagues in Abuja", Kind: FocalPointOffice, Country: "GH", Node: "ng"}))
	listed.Title = "National Focal Point, Nigeria"
	r.must(r.TakeUp(r.ctx, keeper, []Listed{listed}))
	if o := r.at("ng"); o.Name != "Our colleagues in Abuja" || o.Country != "NG" {
		t.Errorf("%q of %q", o.Name, o.Country)
	}
}
