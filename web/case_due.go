package web

import (
	"slices"

	"palermo/casework"
	"palermo/record"
	"palermo/web/ui"
)

// due lists what is due on the case from this viewer, in one part of it or, where none is named, in all. Each line leads
// to the step that does it where that is possible now, or else to its part, which says why not.
func (v *visit) due(seen record.Redacted[casework.View], base, section string) (ui.TaskList, error) {
	items, err := record.DueOn(v.r.Context(), v.door, seen, 200)
	if err != nil {
		return ui.TaskList{}, err
	}
	c := seen.Value()
	offers := c.Offers()
	list := ui.TaskList{Title: v.loc.T("Due on this case")}
	for _, i := range items {
		task := v.task(i, v.loc.T("Due %s", v.loc.Time(i.Due, v.s.Zone)))
		at := slices.IndexFunc(offers, func(o casework.Offer) bool { return o.Name == v.s.Desk.DutyStep(i.Name) })
		if section != "" && (at < 0 || offers[at].Section != section) {
			continue
		}
		switch {
		case at < 0:
		case offers[at].WhyNot == nil:
			task.Href = stepAddress(base, offers[at].Name)
		case section == "":
			task.Href = base + "/part/" + casework.Part(offers[at].Section)
		default:
			task.Why = v.loc.Err(offers[at].WhyNot)
		}
		list.Tasks = append(list.Tasks, task)
	}
	return list, nil
}
