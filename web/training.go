package web

import (
	"net/http"
	"slices"
	"strings"

	"palermo/access"
	"palermo/directory"
	"palermo/fault"
	"palermo/input"
	"palermo/record"
	"palermo/training"
	"palermo/web/ui"
)

func (s *Server) routeTraining(mux *http.ServeMux) {
	mux.HandleFunc("GET /training", s.signedIn(s.training))
	mux.HandleFunc("POST /training/courses", s.signedIn(s.takeUpCourses))
	mux.HandleFunc("GET /training/courses/{id}", s.signedIn(s.whoCompleted))
	mux.HandleFunc("GET /training/cases/{case}", s.signedIn(s.practiceCase))
	mux.HandleFunc("POST /training/cases/{case}", s.signedIn(s.tryCase))
}

// practiceChoice is a practice case as a form asks for it.
type practiceChoice string

// Options lists the cases that come with the program, by their English titles.
func (practiceChoice) Options() []input.Option { return training.Titles() }

type trainingPage struct {
	ui.Page
	Tabs    ui.Tabs
	Courses []ui.TaskList
	Steps   *ui.Steps // for administrators
}

// training offers the practice cases, by the course that they complete, and says how far the viewer came.
func (s *Server) training(v *visit) error {
	own, _, err := s.Training.Own(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	me, err := v.own()
	if err != nil {
		return err
	}
	courses, err := s.Directory.Courses(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	slices.SortFunc(courses, func(a, b directory.CourseView) int { return strings.Compare(a.Code, b.Code) })
	page := trainingPage{Page: v.frame("Training"), Tabs: v.learning()}
	others := s.Training.Codes()
	known := map[string]bool{}
	for _, c := range courses {
		known[c.Code] = true
		if len(c.Practice) == 0 || !c.Retired.IsZero() {
			continue
		}
		list := ui.TaskList{Title: c.Code + " · " + c.Title, Tasks: []ui.Task{v.courseTask(c, me.Completions)}}
		for _, code := range c.Practice {
			list.Tasks = append(list.Tasks, v.caseTask(code, own))
			others = slices.DeleteFunc(others, func(o string) bool { return o == code })
		}
		page.Courses = append(page.Courses, list)
	}
	if len(others) > 0 {
		list := ui.TaskList{Title: v.loc.T("More practice cases")}
		for _, code := range others {
			list.Tasks = append(list.Tasks, v.caseTask(code, own))
		}
		page.Courses = append(page.Courses, list)
	}
	missing := slices.ContainsFunc(s.Training.Courses(), func(c training.Course) bool { return !known[c.Code] })
	if missing && v.viewer().Has(access.Administrator) {
		page.Steps = &ui.Steps{Steps: []ui.Step{{Text: v.loc.T("Take up the courses that come with the program"), Action: "/training/courses"}}}
	}
	return v.show(http.StatusOK, "training", page)
}

// courseTask says whether the viewer completed a course, and leads those who answer for training to who did.
func (v *visit) courseTask(c directory.CourseView, done []directory.Completion) ui.Task {
	task := ui.Task{Text: v.loc.T("Completed when all of these are passed"), Status: ui.Tag{Text: v.loc.T("Not completed"), Colour: ui.Grey}}
	for _, d := range done {
		if d.Course == c.Code {
			task.Hint = v.loc.T("Last completed on %s.", v.loc.Date(d.On.In(v.s.Zone).Format("2006-01-02")))
		}
	}
	if c.Holds(done, v.s.Node.Now()) {
		task.Status = ui.Tag{Text: v.loc.T("Completed"), Colour: ui.Green}
	}
	if v.answersForTraining() {
		task.Text, task.Href = v.loc.T("Who completed %s", c.Code), "/training/courses/"+c.ID.String()
	}
	return task
}

func (v *visit) answersForTraining() bool {
	return v.viewer().Has(access.Administrator) || v.viewer().Has(access.FocalPoint)
}

func (v *visit) caseTask(code string, own training.View) ui.Task {
	task := ui.Task{Text: code, Href: "/training/cases/" + code, Status: ui.Tag{Text: v.loc.T("Not begun"), Colour: ui.Grey}}
	if c, ok := v.s.Training.Case(code, v.loc.Tag()); ok {
		task.Text = c.Title
	}
	w, tried := own.Cases[code]
	switch {
	case !tried:
	case !w.Passed.IsZero():
		task.Status = ui.Tag{Text: v.loc.T("Passed"), Colour: ui.Green}
	default:
		task.Status = ui.Tag{Text: v.loc.T("Not passed yet"), Colour: ui.Yellow}
		task.Hint = v.loc.N("%d try", "%d tries", w.Tries)
	}
	return task
}

func (s *Server) takeUpCourses(v *visit) error {
	if err := s.Training.TakeUp(v.r.Context(), v.door); err != nil {
		return err
	}
	return v.redirect("/training")
}

type completedPage struct {
	ui.Page
	Heading string
	Table   ui.Table
}

// whoCompleted lists who completed a course, for administrators and the focal point.
func (s *Server) whoCompleted(v *visit) error {
	if !v.answersForTraining() {
		return fault.Denied("Who completed a course is shown to administrators and to the national focal point.")
	}
	id, err := record.ParseID[directory.Course](v.r.PathValue("id"))
	if err != nil {
		return err
	}
	seen, err := s.Directory.Course(v.r.Context(), v.door, id)
	if err != nil {
		return err
	}
	course := seen.Value()
	members, err := s.Directory.Passed(v.r.Context(), v.door, course.Code)
	if err != nil {
		return err
	}
	page := completedPage{Page: v.frame("Who completed a course"), Heading: course.Code + " · " + course.Title}
	page.Back = &ui.Link{Text: v.loc.T("Training"), Href: "/training"}
	page.Table = ui.Table{Caption: v.loc.T("Who completed it"), Columns: []ui.Column{{Text: v.loc.T("Name")}, {Text: v.loc.T("Organisation")},
		{Text: v.loc.T("Completed on")}, {Text: v.loc.T("Attested by")}, {Text: v.loc.T("Status")}},
		Empty: ui.Empty{Title: v.loc.T("Nobody"), Text: v.loc.T("Nobody has completed this course yet.")}}
	for _, m := range members {
		last := directory.Completion{}
		for _, c := range m.Completions {
			if c.Course == course.Code && !c.On.Before(last.On) {
				last = c
			}
		}
		tag := ui.Tag{Text: v.loc.T("Counts"), Colour: ui.Green}
		if !course.Holds(m.Completions, s.Node.Now()) {
			tag = ui.Tag{Text: v.loc.T("Must be repeated"), Colour: ui.Yellow}
		}
		page.Table.Rows = append(page.Table.Rows, ui.TableRow{Cells: []ui.Cell{{Text: m.Name}, {Text: v.organisation(m.Organisation)},
			{Text: v.loc.Date(last.On.In(s.Zone).Format("2006-01-02"))}, {Text: v.attested(last)}, {Tag: &tag}}})
	}
	return v.show(http.StatusOK, "completed", page)
}

// attested says who attested a completion.
func (v *visit) attested(c directory.Completion) string {
	if c.By.IsZero() {
		return v.loc.T("The program, by practice cases")
	}
	return v.member(c.By)
}
