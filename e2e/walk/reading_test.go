package walk

import (
	"testing"

	"palermo/demo"
	"palermo/e2e/browser"
	"palermo/e2e/postgrestest"
	"palermo/node"
	"palermo/review/reading"
)

// secretariat runs a test on the secretariat's node on each database.
func secretariat(t *testing.T, test func(*testing.T, *served)) {
	t.Run("SQLite", func(t *testing.T) { test(t, serveCast(t, node.Config{}, demo.Secretariat())) })
	t.Run("PostgreSQL", func(t *testing.T) {
		test(t, serveCast(t, node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}, demo.Secretariat()))
	})
}

// Three delegations propose, the Chair decides, a screen in the room follows, the secretariat freezes the non-paper.
func TestAQuestionnaireIsReadByThreeDelegationsAndAChair(t *testing.T) {
	secretariat(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		ingrid := s.signIn(t, b, "ingrid")
		ingrid.Click("Questionnaires")
		shoot(t, ingrid, "readings-en")
		ingrid.Click("Questionnaire on the Trafficking in Persons Protocol")
		ingrid.See("It is not a text of the Working Group", "Tracked changes since DEMO/NP.1", "Proposals: 2")
		shoot(t, ingrid, "reading-en")
		ingrid.Click("Question 1")
		ingrid.See("Argentina", "Philippines", "All proposals put together")
		address := ingrid.URL()
		ingrid.Click("Sponsor proposal 1")
		ingrid.See("Norway")
		ingrid.Click("Propose")
		shoot(t, ingrid, "propose-en")
		ingrid.Fill("The words as you would have them", "Which measures does your country have?")
		ingrid.Fill("Reason", "Short, precise and focused.")
		ingrid.Click("Propose it")
		ingrid.See("Short, precise and focused.", "Withdraw proposal 3")
		ingrid.SeeNot("Decide")
		shoot(t, ingrid, "reading-question-en")

		screen := s.signIn(t, b, "naledi")
		screen.Go(address)
		screen.Click("Questionnaire")
		screen.Click("Screen for the room")
		screen.See("Question 1", "3. Norway")
		shoot(t, screen, "screen-en")

		amara := s.signIn(t, b, "amara")
		amara.Go(address)
		amara.Click("Decide on proposal 1")
		amara.Choose("Agreed ad referendum")
		shoot(t, amara, "decide-en")
		first := s.firstProposal(t)
		s.must(t, s.Readings.Decide(t.Context(), s.Record.For(s.accounts["amara"].Viewer), first, reading.Decision{Outcome: reading.Agreed}, 0))
		screen.See("Since when does your country have")
		amara.Click("Decide")
		amara.See("This proposal is decided already.")
		amara.Errors() // the refusal was asked for
		amara.Go(address)
		amara.See("Agreed", "The words have changed since")
		amara.Click("Decide on proposal 2")
		amara.Choose("Agreed ad referendum")
		amara.Click("Decide")
		amara.See("The words have changed since this was proposed.")
		amara.Errors() // the refusal was asked for
		amara.Fill("The words as agreed, where they differ", "Since when does your country have laws on this? Yes / No")
		amara.Click("Decide")
		amara.See("Agreed ad referendum")
		screen.See("Since when does your country have laws on this?")
		shoot(t, amara, "reading-question-decided-en")
		amara.Click("العربية")
		shoot(t, amara, "reading-question-ar")
		amara.Click("English")
		amara.Click("Next")
		amara.Click("Take it up")
		screen.See("Question 2")

		chen := s.signIn(t, b, "chen")
		chen.Go(address)
		chen.Click("Questionnaire")
		shoot(t, chen, "reading-changed-en")
		chen.Click("Freeze the text")
		chen.Fill("Symbol of the non-paper", "DEMO/NP.3")
		chen.Click("Freeze the text")
		chen.See("DEMO/NP.3", "DEMO/NP.1")
		shoot(t, chen, "reading-texts-en")
		chen.Select("Newer text", "As it stands now")
		chen.Click("Compare")
		chen.See("From DEMO/NP.1", "Since when")
		shoot(t, chen, "reading-compare-en")
		chen.Click("العربية")
		shoot(t, chen, "reading-compare-ar")
		chen.Click("English")
		chen.Go(address)
		chen.Click("Move it to another questionnaire")
		chen.Select("To which questionnaire", "Questionnaire on the Convention")
		chen.Click("Move it")
		chen.See("TIP, question 1")
		s.verified(t)
	})
}

// firstProposal is the oldest proposal at the first question.
func (s *served) firstProposal(t *testing.T) reading.ProposalID {
	t.Helper()
	d := s.Record.For(s.accounts["chen"].Viewer)
	list, err := s.Readings.List(t.Context(), d)
	s.must(t, err)
	for _, seen := range list {
		r := seen.Value()
		if ids := r.Open[r.Text.Questions[0].Key]; len(ids) > 0 {
			return ids[0]
		}
	}
	t.Fatal("nothing is proposed")
	return reading.ProposalID{}
}

func (s *served) must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
