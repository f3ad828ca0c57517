package main

import (
	"palermo/web/locale"
	"palermo/web/ui"
)

type sample struct {
	template string
	data     any
}

type partsPage struct {
	ui.Page
	Tabs         ui.Tabs
	Steps        ui.Steps
	Facts        ui.SummaryList
	SubFacts     ui.SummaryList
	SubSteps     ui.Steps
	Tasks        ui.TaskList
	Sentence     string
	Filter       ui.Filter
	Table        ui.Table
	NoRows       ui.Table
	Pages        ui.Pages
	Cards        []ui.Card
	Timeline     ui.Timeline
	Interruption ui.Interruption
	Codes        ui.Codes
	Buttons      ui.ButtonGroup
	Upload       ui.Upload
	Tags         []ui.Tag
}

type formPage struct {
	ui.Page
	Form ui.Form
}

type conflictPage struct {
	ui.Page
	Comparison ui.Comparison
	Form       ui.Form
}

// samples are the pages of the gallery in the words of one language.
func samples(loc locale.Locale) map[string]sample {
	w := wordsOf(loc.Tag())
	form := formPage{Page: framed(w, "form"), Form: sampleForm(w)}
	refused := formPage{Page: framed(w, "refused"), Form: sampleForm(w)}
	refused.Form.Fields[0].Error = w.Sentence
	refused.Form.Fields[6].Error = w.Sentence
	refused.Errors = []ui.ErrorItem{
		{Text: w.Sentence, Href: "#" + refused.Form.Fields[0].FieldID()},
		{Text: w.Sentence, Href: "#" + refused.Form.Fields[6].FieldID()},
	}
	person := formPage{Page: ui.Page{Title: w.Title, Path: "/gallery/person", Plain: true, Exit: &ui.Exit{Href: "/away"}},
		Form: ui.Form{Action: "/gallery/person", Fields: []ui.Field{{Name: "code", Label: w.Word, Hint: w.Sentence, Kind: ui.KindCode, Required: true}}}}
	short := formPage{Page: framed(w, "short"), Form: ui.Form{Action: "/gallery/short", Draft: "short", Fields: []ui.Field{
		{Name: "called", Label: w.Word}, {Name: "secret", Label: w.Phrase, Kind: ui.KindPassword},
	}}}
	ending := short
	ending.Session = &ui.Session{Seconds: 4, SignIn: "/gallery/person"}
	conflict := conflictPage{Page: framed(w, "conflict"), Comparison: ui.Comparison{
		Theirs: w.Theirs, Yours: w.Yours,
		Rows: []ui.ComparisonRow{
			{Key: w.Word, Before: "Lagos", Theirs: "Benin City", Yours: "مدينة بنين", Field: "place"},
			{Key: w.Phrase, Theirs: w.Sentence, Yours: "", Field: "note"},
			{Key: w.Phrase, Theirs: "PAL-7Q4K-2M", Yours: "PAL-7Q4K-2M"},
		},
	}}
	return map[string]sample{
		"parts":        {"parts", sampleParts(loc, w)},
		"interruption": {"interruption", sampleParts(loc, w)},
		"form":         {"form", form},
		"refused":      {"form", refused},
		"short":        {"form", short},
		"ending":       {"form", ending},
		"person":       {"form", person},
		"conflict":     {"conflict", conflict},
	}
}

func framed(w words, name string) ui.Page {
	return ui.Page{
		Title: w.Title, Path: "/gallery/" + name,
		Viewer:  &ui.ViewerBar{Name: w.Name, Organisation: w.Organisation, Unread: 3, UnreadHref: "/messages", SignOut: "/sign-out"},
		Nav:     []ui.NavItem{{Text: w.Nav[0], Href: "/", Current: true}, {Text: w.Nav[1], Href: "/cases"}, {Text: w.Nav[2], Href: "/people"}},
		Back:    &ui.Link{Href: "/"},
		Session: &ui.Session{Seconds: 1800, Extend: "/session", SignIn: "/sign-in"},
		Drafts:  &ui.Drafts{Scope: "sample", Key: "MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY="},
	}
}

func sampleForm(w words) ui.Form {
	options := []ui.Option{{Value: "a", Label: w.Word}, {Value: "b", Label: w.Phrase, Hint: w.Sentence}, {Value: "c", Label: w.Yours}}
	return ui.Form{
		Action: "/gallery/form", Draft: "sample",
		Fields: []ui.Field{
			{Name: "called", Label: w.Word, Hint: w.Sentence, Required: true, Value: "مُحَمَّد <script>alert(1)</script>"},
			{Name: "born", Label: w.Phrase, Kind: ui.KindDate, Value: "1998-03-04"},
			{Name: "met", Label: w.Word, Kind: ui.KindDatetime},
			{Name: "many", Label: w.Word, Kind: ui.KindNumber, Value: "3"},
			{Name: "tongue", Label: w.Word, Kind: ui.KindSelect, Options: options, Value: "b"},
			{Kind: ui.KindNote, Label: w.Phrase, Hint: w.Sentence},
			{Name: "way", Label: w.Phrase, Hint: w.Sentence, Kind: ui.KindRadios, Options: options, Value: "a", Required: true},
			{Name: "needs", Label: w.Phrase, Kind: ui.KindCheckboxes, Options: options, Values: []string{"b", "c"}},
			{Name: "told", Label: w.Sentence, Kind: ui.KindCheckbox, Checked: true},
			{Name: "note", Label: w.Phrase, Kind: ui.KindTextarea, Rows: 4},
			{Name: "secret", Label: w.Word, Kind: ui.KindPassword, Autocomplete: "current-password"},
			{Name: "once", Label: w.Word, Kind: ui.KindCode},
			{Name: "mail", Label: w.Word, Kind: ui.KindEmail, Value: "a@example.org"},
			{Name: "paper", Label: w.Word, Kind: ui.KindFile},
			{Name: "kept", Kind: ui.KindHidden, Value: "1"},
		},
		Secondary: []ui.Button{{Text: w.Nav[1], Name: "then", Value: "list", Kind: ui.ButtonSecondary}},
		Cancel:    &ui.Link{Href: "/"},
	}
}

func sampleParts(loc locale.Locale, w words) partsPage {
	p := partsPage{Page: framed(w, "parts"), Sentence: w.Sentence}
	p.Notice = &ui.Notice{Kind: ui.NoticeSuccess, Text: w.Sentence, Link: &ui.Link{Text: w.Word, Href: "#"}}
	p.Tabs = ui.Tabs{Label: w.Word, Items: p.Nav, Counts: map[string]int{"/cases": 1240}}
	p.Steps = ui.Steps{Steps: []ui.Step{
		{Text: w.Phrase, Href: "#", Main: true}, {Text: w.Yours, Action: "#", Hint: w.Sentence}, {Text: w.Theirs, Href: "#"},
		{Text: w.Phrase, Why: w.Sentence}, {Text: w.Word, Why: w.Sentence},
	}}
	p.Facts = ui.SummaryList{Title: w.Title, Actions: []ui.Link{{Text: w.Word, Href: "#"}}, Rows: []ui.Row{
		{Key: w.Word, Value: "Blessing Osagie", Actions: []ui.Link{{Text: w.Nav[0], Href: "#"}}},
		{Key: w.Phrase, Value: "محمد \u202eevil", Note: w.Sentence},
		{Key: w.Word, Value: w.Sentence, Hidden: true},
		{Key: w.Word, Values: []string{"Edo", "English", "العربية"}},
		{Key: w.Phrase, Tag: &ui.Tag{Text: w.Word, Colour: ui.Teal}},
		{Key: w.Word, Value: loc.Date("2026-03-04")},
		{Key: w.Word},
	}}
	p.SubFacts = ui.SummaryList{Title: w.Word, Sub: true, Rows: p.Facts.Rows[:2]}
	p.SubSteps = ui.Steps{Sub: true, Steps: p.Steps.Steps}
	p.Tasks = ui.TaskList{Title: w.Nav[0], Tasks: []ui.Task{
		{Text: w.Phrase, Href: "#", Hint: loc.Date("2026-03-04"), Status: ui.Tag{Text: w.Word, Colour: ui.Red}},
		{Text: w.Theirs, Href: "#", Status: ui.Tag{Text: w.Word, Colour: ui.Green}},
		{Text: w.Yours, Why: w.Sentence, Status: ui.Tag{Text: w.Word, Colour: ui.Grey}},
	}}
	p.Filter = ui.Filter{Action: "#", Active: 1, Clear: "#", Fields: []ui.Field{{Name: "q", Label: w.Word}, {Name: "s", Label: w.Word, Kind: ui.KindSelect}}}
	p.Table = ui.Table{Caption: w.Title, Columns: []ui.Column{{Text: w.Word}, {Text: w.Phrase}, {Text: w.Word, Numeric: true}}, Rows: []ui.TableRow{
		{Cells: []ui.Cell{{Text: "PAL-7Q4K-2M", Href: "#"}, {Text: "محمد بن علي", Note: w.Word}, {Text: loc.Number(1240)}}},
		{Cells: []ui.Cell{{Text: "PAL-9W1D-5C", Href: "#"}, {Tag: &ui.Tag{Text: w.Word, Colour: ui.Yellow}}, {Text: loc.Number(87)}}},
	}}
	p.NoRows = ui.Table{Empty: ui.Empty{Title: w.Title, Text: w.Sentence, Link: &ui.Link{Text: w.Word, Href: "#"}}}
	p.Pages = ui.Pages{Previous: "#", Next: "#", Label: "21–40"}
	p.Cards = []ui.Card{{Title: "PAL-7Q4K-2M", Href: "#", Tag: &ui.Tag{Text: w.Word, Colour: ui.Blue}, Text: w.Sentence, Facts: []ui.Row{{Key: w.Word, Value: "Benin City"}, {Key: w.Word, Value: loc.Date("2026-03-04")}}}}
	p.Timeline = ui.Timeline{Title: w.Nav[2], Items: []ui.TimelineItem{
		{Title: w.Phrase, When: loc.Date("2026-03-05"), By: w.Name, Text: w.Sentence},
		{Title: w.Theirs, When: loc.Date("2026-03-04"), By: "Đặng Thị Hạnh", Tag: &ui.Tag{Text: w.Word, Colour: ui.Green}},
	}}
	p.Interruption = ui.Interruption{Title: w.Phrase, Text: []string{w.Sentence}, Points: []string{w.Yours, w.Theirs}, Buttons: []ui.Button{{Text: w.Word, Href: "#"}}, Cancel: &ui.Link{Href: "#"}}
	p.Codes = ui.Codes{Title: w.Word, Text: w.Sentence, Codes: []string{"7QK4-M2XD", "K9PW-1RTC", "5HJB-Q8ZN", "V3FA-6LSE"}}
	p.Buttons = ui.ButtonGroup{Buttons: []ui.Button{{Text: w.Word, Href: "#"}, {Text: w.Yours, Action: "#", Kind: ui.ButtonSecondary}, {Text: w.Theirs, Action: "#", Kind: ui.ButtonWarning}}, Cancel: &ui.Link{Href: "#"}}
	p.Upload = ui.Upload{Files: []ui.File{{Name: "تقرير.pdf", Href: "#", Note: "240 kB", Remove: &ui.Button{Text: w.Word, Action: "#", Kind: ui.ButtonSecondary}}}, Form: ui.Form{Action: "#", Fields: []ui.Field{{Name: "file", Label: w.Word, Kind: ui.KindFile}}}}
	for _, colour := range []ui.Colour{ui.Grey, ui.Teal, ui.Green, ui.Yellow, ui.Red, ui.Blue} {
		p.Tags = append(p.Tags, ui.Tag{Text: w.Word, Colour: colour})
	}
	return p
}
