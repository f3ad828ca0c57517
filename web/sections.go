package web

import (
	"slices"

	"palermo/access"
	"palermo/web/ui"
)

// sections are the parts of the program that the viewer's roles open: first what a day's work goes through, in one
// row, then the rest by theme.
func (v *visit) sections() (daily []ui.NavItem, more []ui.NavGroup) {
	who := v.viewer()
	if v.reviewingAlone() {
		return []ui.NavItem{v.section("Sessions", "/sessions"), v.section("Questionnaires", "/readings"), v.section("Recommendations", "/recommendations"), v.section("Organisations", "/organisations")}, nil
	}
	daily = append(daily, v.section("My day", "/"))
	if v.seesCases() {
		daily = append(daily, v.section("Cases", "/cases"))
	}
	if v.s.Abroad != nil && (who.Has(access.FocalPoint) || who.Has(access.CaseWorker) || who.Has(access.Advocate)) {
		daily = append(daily, v.section("With other States", "/abroad"))
	}
	if who.Has(access.RemovalAuthority) || who.Has(access.FocalPoint) {
		daily = append(daily, v.section("Removals that must wait", "/holds"))
	}
	if v.interpreting() {
		daily = append(daily, v.section("Engagements", "/engagements"))
	}
	if who.Has(access.BookingDesk) {
		daily = append(daily, v.section("Interpreters", "/interpreters"))
	}
	if who.Has(access.Administrator) {
		daily = append(daily, v.section("Members", "/members"), v.section("Courses", "/courses"), v.section("Operation", "/operation"))
	}
	if who.Has(access.Statistician) || who.Has(access.Rapporteur) || who.Has(access.FocalPoint) {
		daily = append(daily, v.section("Figures", "/figures"))
	}
	if v.reviewing() {
		daily = append(daily, v.section("Sessions", "/sessions"), v.section("Questionnaires", "/readings"))
	}
	if who.Has(access.Auditor) {
		daily = append(daily, v.section("Audit", "/audit"))
	}
	return append(daily, v.section("Rights", "/rights")), v.more()
}

// more is what is looked up now and then.
func (v *visit) more() []ui.NavGroup {
	turn := ui.NavGroup{Title: v.loc.T("Whom to turn to"), Items: []ui.NavItem{v.section("Who is on duty", "/on-duty"),
		v.section("Organisations", "/organisations"), v.section("Free places", "/places")}}
	if v.s.Register != nil {
		turn.Items = append(turn.Items, v.section("Contacts and services abroad", "/states"))
	}
	know := ui.NavGroup{Title: v.loc.T("To learn and to look up"), Items: []ui.NavItem{v.section("Training", "/training"),
		v.section("This State", "/state"), v.section("Recommendations", "/recommendations"), v.section("Answers", "/answers"), v.section("Reviews of States", "/reviews")}}
	return []ui.NavGroup{turn, know}
}

func (v *visit) section(title, href string) ui.NavItem {
	return ui.NavItem{Text: v.loc.T(title), Href: href, Current: v.r.URL.Path == href}
}

// seesCases reports a role that may stand on a case. Administrators and immigration authorities see none (rule 7),
// interpreters learn of an engagement alone, statisticians and rapporteurs read figures.
func (v *visit) seesCases() bool {
	none := []access.Role{access.Administrator, access.RemovalAuthority, access.Interpreter, access.Statistician, access.Rapporteur}
	return slices.ContainsFunc(v.viewer().Roles, func(r access.Role) bool { return !slices.Contains(none, r) })
}
