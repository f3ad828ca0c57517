package web

import (
	"net/http"
	"time"

	"palermo/access"
	"palermo/directory"
	"palermo/ident"
	"palermo/web/ui"
)

// granting is a role with its conditions as a form asks for it.
type granting struct {
	Role      roleChoice      `label:"Role"`
	Course    string          `label:"Course that must have been passed" kind:"course" optional:"true"`
	Agreement directory.Cover `label:"What an agreement of the organisation must cover" optional:"true"`
	Until     time.Time       `label:"Until" optional:"true"`
}

func (v *visit) givingRole(g *granting) question {
	return question{title: "Give a role", action: v.r.URL.Path, back: "/members/" + v.r.PathValue("id"), fields: v.asked(g),
		text: "The role is in force while its conditions are met, and not before."}
}

func (s *Server) roleForm(v *visit) error { return v.ask(v.givingRole(&granting{}), nil) }

func (s *Server) giveRole(v *visit) error {
	var g granting
	return v.changed(&g, func() question { return v.givingRole(&g) }, func(id ident.ID) error {
		return s.Directory.GrantRole(v.r.Context(), v.door, id, grant(g.Role, g.Course, g.Agreement, g.Until))
	}, "/members/")
}

// revoking asks for the reason.
type revoking struct {
	Why string `label:"Reason" kind:"textarea"`
}

func (v *visit) takingBack(r *revoking) question {
	return question{title: "Take back a role", action: v.r.URL.Path, back: "/members/" + v.r.PathValue("id"), submit: "Take back", danger: true,
		text: "The member's sessions end. The reason is kept in the history.", fields: v.asked(r)}
}

func (s *Server) revokeForm(v *visit) error { return v.ask(v.takingBack(&revoking{}), nil) }

func (s *Server) revokeRole(v *visit) error {
	var r revoking
	return v.changed(&r, func() question { return v.takingBack(&r) }, func(id ident.ID) error {
		return s.Directory.RevokeRole(v.r.Context(), v.door, id, access.Role(v.r.PathValue("role")), r.Why)
	}, "/members/")
}

// passing is a course passed as a form asks for it.
type passing struct {
	Course string `label:"Course" kind:"course"`
	On     string `label:"Passed on" kind:"date"`
}

func (v *visit) recordingCourse(p *passing) question {
	return question{title: "Record a course passed", action: v.r.URL.Path, back: "/members/" + v.r.PathValue("id"), fields: v.asked(p)}
}

func (s *Server) completionForm(v *visit) error { return v.ask(v.recordingCourse(&passing{}), nil) }

func (s *Server) recordCompletion(v *visit) error {
	var p passing
	return v.changed(&p, func() question { return v.recordingCourse(&p) }, func(id ident.ID) error {
		on, err := time.ParseInLocation(time.DateOnly, p.On, s.Zone)
		if err != nil {
			on = time.Time{} // the directory asks for a day
		}
		return s.Directory.RecordCompletion(v.r.Context(), v.door, id, p.Course, on)
	}, "/members/")
}

type coursesPage struct {
	ui.Page
	Table ui.Table
	Steps ui.Steps
}

// courses lists the training that can be made a condition of a role.
func (s *Server) courses(v *visit) error {
	list, err := s.Directory.Courses(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := coursesPage{Page: v.frame("Courses")}
	page.Table = ui.Table{Caption: v.loc.T("Courses"), Columns: []ui.Column{{Text: v.loc.T("Code")}, {Text: v.loc.T("Title")}, {Text: v.loc.T("Demanded of")},
		{Text: v.loc.T("Repeated after")}, {Text: v.loc.T("Change")}}, Empty: ui.Empty{Title: v.loc.T("No course"), Text: v.loc.T("Add one to make it a condition of a role.")}}
	for _, c := range list {
		demanded, end := "", ui.Cell{Text: v.loc.T("End"), Href: "/courses/" + c.ID.String() + "/retire"}
		if !c.Retired.IsZero() {
			end = ui.Cell{Text: v.loc.T("Given no longer")}
		}
		for i, r := range c.For {
			if i > 0 {
				demanded += " · "
			}
			demanded += v.loc.T(roleLabel(r))
		}
		again := v.loc.T("Never")
		if c.ValidMonths > 0 {
			again = v.loc.N("%d month", "%d months", c.ValidMonths)
		}
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: c.Code}, {Text: c.Title}, {Text: demanded}, {Text: again}, end}})
	}
	page.Steps = ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Add a course"), Href: "/courses/new", Main: true}}}
	return v.show(http.StatusOK, "courses", page)
}

// teaching is a course as a form asks for it.
type teaching struct {
	Code        string           `label:"Code" hint:"As on the certificate."`
	Title       string           `label:"Title"`
	For         []roleChoice     `label:"Roles that it is meant for" optional:"true"`
	Mandatory   bool             `label:"Whoever has one of these roles must have passed it"`
	ValidMonths int              `label:"Months until it must be repeated" hint:"Empty: it need not be repeated." optional:"true"`
	Practice    []practiceChoice `label:"Practice cases that complete it" hint:"None: somebody attests that it was passed." optional:"true"`
}

func (v *visit) addingCourse(c *teaching) question {
	return question{title: "Add a course", action: "/courses/new", back: "/courses", fields: v.asked(c)}
}

func (s *Server) courseForm(v *visit) error { return v.ask(v.addingCourse(&teaching{}), nil) }

func (s *Server) addCourse(v *visit) error {
	var c teaching
	err := v.decode(&c)
	if err == nil {
		facts := directory.CourseFacts{Code: c.Code, Title: c.Title, Mandatory: c.Mandatory, ValidMonths: c.ValidMonths}
		for _, r := range c.For {
			facts.For = append(facts.For, access.Role(r))
		}
		for _, p := range c.Practice {
			facts.Practice = append(facts.Practice, string(p))
		}
		_, err = s.Directory.AddCourse(v.r.Context(), v.door, facts)
	}
	return v.answer(v.addingCourse(&c), err, "/courses")
}

func (v *visit) endingCourse() question {
	return question{title: "End a course", action: v.r.URL.Path, back: "/courses", submit: "End a course", danger: true,
		text: "It is demanded of nobody any more, but of those whose role names it."}
}

func (s *Server) retireForm(v *visit) error { return v.ask(v.endingCourse(), nil) }

func (s *Server) retireCourse(v *visit) error {
	return v.changed(&struct{}{}, v.endingCourse, func(id ident.ID) error {
		return s.Directory.RetireCourse(v.r.Context(), v.door, id)
	}, "/courses#")
}
