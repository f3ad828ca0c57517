package web

import (
	"net/http"
	"slices"
	"strconv"

	"palermo/access"
	"palermo/fault"
	"palermo/statistics"
	"palermo/web/ui"
)

func (s *Server) routeFigures(mux *http.ServeMux) {
	mux.HandleFunc("GET /figures", s.signedIn(s.figures))
	mux.HandleFunc("POST /figures", s.signedIn(s.releaseFigures))
	mux.HandleFunc("GET /figures/{year}/{measure}/signed", s.signedIn(s.signedFigure))
}

// yearOf is what the page asks for to count.
type yearOf struct {
	Year int `label:"Year to count"`
}

type figuresPage struct {
	ui.Page
	K     string
	Form  *ui.Form // for whoever gives figures out
	Years []cardPart
}

// figures lists what was given out: the only figures of the node (rule 9).
func (s *Server) figures(v *visit) error { return v.showFigures(nil) }

func (v *visit) showFigures(refusal error) error {
	list, err := v.s.Statistics.Figures(v.r.Context(), v.door)
	if err != nil {
		return err
	}
	page := figuresPage{Page: v.frame("Figures")}
	page.K = v.loc.T("No figure stands for fewer than %d persons. Smaller ones, and nought, are not shown; the others are rounded down.", v.s.Statistics.K())
	if v.viewer().Has(access.Statistician) || v.viewer().Has(access.FocalPoint) {
		page.Form = &ui.Form{Action: "/figures", Submit: v.loc.T("Count, and give out"), Fields: v.asked(&yearOf{v.s.Node.Now().In(v.s.Zone).Year()})}
	}
	status := http.StatusOK
	if refusal != nil {
		status = http.StatusUnprocessableEntity
		page.Errors = page.Form.Refuse(v.loc, refusal)
	}
	for _, f := range list {
		year := strconv.Itoa(f.Released.Year)
		if n := len(page.Years); n == 0 || page.Years[n-1].Title != year {
			page.Years = append(page.Years, cardPart{Title: year})
		}
		last := &page.Years[len(page.Years)-1]
		last.Cards = append(last.Cards, v.figureCard(f))
	}
	return v.show(status, "figures", page)
}

// figureCard shows a figure and nothing that it does not say.
func (v *visit) figureCard(f statistics.View) ui.Card {
	m, _ := statistics.Find(f.Measure)
	card := ui.Card{Title: v.loc.T(m.Title), Facts: v.figureRows(&f.Released)}
	card.Actions = []ui.Link{{Text: v.loc.T("As a signed file"), Href: "/figures/" + strconv.Itoa(f.Released.Year) + "/" + f.Measure + "/signed"}}
	return card
}

func (v *visit) figureRows(r *statistics.Released) []ui.Row {
	m, _ := statistics.Find(r.Measure)
	list := facts{v: v}
	for i, c := range r.Cells[:min(len(r.Cells), len(m.Cells))] {
		list.add(m.Cells[i], v.count(c, r.K))
	}
	if r.Median != nil {
		label := "In the middle, in days"
		if m.Unit == "hours" {
			label = "In the middle, in hours"
		}
		list.add(label, v.loc.Number(*r.Median))
	}
	list.add("As of", v.loc.Time(r.At, v.s.Zone))
	return list.rows
}

func (v *visit) count(c statistics.Count, k int) string {
	if c.Hidden {
		return v.loc.T("Fewer than %d", k)
	}
	return v.loc.T("At least %d", c.AtLeast)
}

func (s *Server) releaseFigures(v *visit) error {
	var asked yearOf
	err := v.decode(&asked)
	if err == nil {
		err = s.Statistics.Release(v.r.Context(), v.door, asked.Year)
	}
	if fault.Is(err, fault.CodeInvalid) {
		return v.showFigures(err)
	}
	if err != nil {
		return err
	}
	return v.redirect("/figures")
}

// signedFigure gives the figure as the note that anybody can check.
func (s *Server) signedFigure(v *visit) error {
	year, err := strconv.Atoi(v.r.PathValue("year"))
	if err != nil {
		return fault.NotFound("There is no such page.")
	}
	f, err := s.Statistics.Latest(v.r.Context(), v.door, v.r.PathValue("measure"), year)
	if err != nil {
		return err
	}
	return v.signed(&f.Released, f.Signed)
}

// signed sends a signed note as a file.
func (v *visit) signed(r *statistics.Released, note string) error {
	v.w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	v.w.Header().Set("Content-Disposition", `attachment; filename="figure-`+r.Measure+"-"+strconv.Itoa(r.Year)+`.txt"`)
	if _, err := v.w.Write([]byte(note)); err != nil {
		v.s.Log.Debug("the reader went away", "cause", err)
	}
	return nil
}

// measuredPart are the figures that measure a recommendation, as they were given out.
func (v *visit) measuredPart(number string) (cardPart, error) {
	part := cardPart{Title: v.loc.T("Figures of this State's own node")}
	list, err := v.s.Statistics.Figures(v.r.Context(), v.door)
	if err != nil {
		return part, err
	}
	for _, f := range list {
		if m, _ := statistics.Find(f.Measure); slices.Contains(m.Recommendations, number) {
			card := v.figureCard(f)
			card.Title += " " + strconv.Itoa(f.Released.Year)
			part.Cards = append(part.Cards, card)
		}
	}
	return part, nil
}
