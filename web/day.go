package web

import (
	"net/http"

	"palermo/casework"
	"palermo/cooperation"
	"palermo/duty"
	"palermo/interchange"
	"palermo/matching"
	"palermo/record"
	"palermo/register"
	"palermo/web/ui"
)

type dayPage struct {
	ui.Page
	List  ui.TaskList
	Empty *ui.Empty
}

// day is the viewer's list of what is due (row 26).
func (s *Server) day(v *visit) error {
	items, err := record.Day(v.r.Context(), v.door, 200)
	if err != nil {
		return err
	}
	page := dayPage{Page: v.frame("My day")}
	for _, i := range items {
		task := v.task(i, v.loc.T("Case %s, due %s", i.Record.Reference(), v.loc.Time(i.Due, v.s.Zone)))
		task.Href = v.address(i)
		page.List.Tasks = append(page.List.Tasks, task)
	}
	if len(items) == 0 {
		page.Empty = &ui.Empty{Title: v.loc.T("Nothing is due"), Text: v.loc.T("New duties appear here by themselves.")}
		if v.seesCases() {
			page.Empty.Link = &ui.Link{Text: v.loc.T("Cases"), Href: "/cases"}
		}
	}
	return v.show(http.StatusOK, "day", page)
}

// task is a duty in a list; due says on what, where that is not clear, and when.
func (v *visit) task(i duty.Item, due string) ui.Task {
	now := v.s.Node.Now()
	task := ui.Task{Text: v.loc.T(v.dutyTitle(i.Name)), Hint: due}
	if again := v.again(i.Name, duty.Duty{Due: i.Due}); again != "" {
		task.Hint += ". " + again
	}
	switch {
	case i.Late(now):
		task.Status = ui.Tag{Text: v.loc.T("Overdue"), Colour: ui.Red}
	case i.Due.Sub(now) < soon:
		task.Status = ui.Tag{Text: v.loc.T("Due soon"), Colour: ui.Yellow}
	default:
		task.Status = ui.Tag{Text: v.loc.T("To do"), Colour: ui.Grey}
	}
	if i.Level > 0 {
		task.Hint += ". " + v.loc.T("It was not done in time and came up to you.")
	}
	return task
}

func (v *visit) dutyTitle(name string) string {
	if title, ok := cooperation.DutyTitle(name); ok {
		return title
	}
	if title, ok := register.DutyTitle(name); ok {
		return title
	}
	if title, ok := matching.DutyTitle(name); ok {
		return title
	}
	if title, ok := interchange.DutyTitle(name); ok {
		return title
	}
	return v.s.Desk.DutyTitle(name)
}

// address is where a duty can be done: of a case, the part where its step is.
func (v *visit) address(i duty.Item) string {
	switch i.Kind {
	case "hold":
		return "/holds"
	case "procedure":
		return "/abroad/" + i.Record.String()
	case "card", "trust":
		return "/states"
	case "message":
		return "/messages/" + i.Record.String()
	case "match":
		return "/matching/" + i.Record.String()
	case "match_question":
		return "/matching/asked/" + i.Record.String()
	case "import":
		return "/imports/" + i.Record.String()
	case "engagement":
		return "/engagements"
	}
	base := "/cases/" + i.Record.String()
	if step, ok := casework.Find(v.s.Desk.DutyStep(i.Name)); ok {
		return base + "/part/" + casework.Part(step.Section)
	}
	return base
}
