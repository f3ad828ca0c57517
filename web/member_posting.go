package web

import (
	"strings"

	"palermo/access"
	"palermo/directory"
	"palermo/ident"
	"palermo/web/ui"
)

// postingRows are what a member whom another State sent is bound by.
func (v *visit) postingRows(m directory.MemberView) []ui.Row {
	p := m.Posting
	if p == nil {
		return nil
	}
	tag := ui.Tag{Text: v.loc.T("In force"), Colour: ui.Green}
	if !p.InForce(m.Organisation, v.s.Node.Now()) {
		tag = ui.Tag{Text: v.loc.T("Not in force"), Colour: ui.Yellow}
	}
	var looks []string
	for _, c := range p.Looks.List() {
		looks = append(looks, v.loc.T(c.Label()))
	}
	return []ui.Row{{Key: v.loc.T("Posting"), Value: v.loc.T("Sent by %s, until %s", p.State, v.loc.Time(p.Until, v.s.Zone)), Tag: &tag},
		{Key: v.loc.T("What for"), Value: p.Purpose}, {Key: v.loc.T("What they may look at"), Value: strings.Join(looks, " · ")}}
}

// memberSteps are those of where somebody works: reference and posting.
func (v *visit) memberSteps(m directory.MemberView, base string) []ui.Step {
	steps := []ui.Step{{Text: v.loc.T("Write down a posting"), Href: base + "/posting", Hint: v.loc.T("For a liaison officer, or a prosecutor whom another State sends.")}}
	if m.Posting.InForce(m.Organisation, v.s.Node.Now()) {
		steps = append(steps, ui.Step{Text: v.loc.T("End the posting"), Href: base + "/posting/end"})
	}
	for _, r := range m.Roles {
		if r == access.Judge || r == access.Prosecutor {
			text := "Make a reference for colleagues"
			if m.Reference {
				text = "No longer a reference for colleagues"
			}
			return append(steps, ui.Step{Text: v.loc.T(text), Action: base + "/reference"})
		}
	}
	return steps
}

func (v *visit) postingQuestion(p *directory.PostMember) question {
	return question{title: "Write down a posting", action: v.r.URL.Path, back: "/members/" + v.r.PathValue("id"), fields: v.asked(p),
		text: "Without a posting in force the role of liaison officer is not in force. Whoever is posted has no role beyond its end. The member's sessions end now."}
}

func (s *Server) postingForm(v *visit) error {
	return v.ask(v.postingQuestion(&directory.PostMember{}), nil)
}

func (s *Server) post(v *visit) error {
	var p directory.PostMember
	return v.changed(&p, func() question { return v.postingQuestion(&p) }, func(id ident.ID) error {
		return s.Directory.Post(v.r.Context(), v.door, id, p, s.Zone)
	}, "/members/")
}

func (v *visit) endingPosting() question {
	return question{title: "End the posting", action: v.r.URL.Path, back: "/members/" + v.r.PathValue("id"), submit: "End the posting", danger: true,
		text: "The member's roles are in force no longer, and their sessions end.", fields: []ui.Field{}}
}

func (s *Server) endPostingForm(v *visit) error { return v.ask(v.endingPosting(), nil) }

func (s *Server) endPosting(v *visit) error {
	return v.changed(&struct{}{}, v.endingPosting, func(id ident.ID) error {
		return s.Directory.EndPosting(v.r.Context(), v.door, id)
	}, "/members/")
}

// setReference makes a judge or prosecutor a reference for colleagues, or no longer.
func (s *Server) setReference(v *visit) error {
	seen, err := v.memberSeen()
	if err != nil {
		return err
	}
	m := seen.Value()
	if err := s.Directory.SetReference(v.r.Context(), v.door, m.ID, !m.Reference); err != nil {
		return err
	}
	return v.redirect("/members/" + m.ID.String())
}
