package walk

import (
	"testing"

	"palermo/access"
	"palermo/directory"
	"palermo/e2e/browser"
)

// sees answers these indicators with yes.
func sees(p *browser.Page, indicators ...string) {
	for _, label := range indicators {
		p.Choose(label + " > Yes, seen or told")
	}
}

// An officer whose role hangs on a course of practice cases works through them, learns from what was missed, and comes into the role.
func TestAnOfficerPractisesAndComesIntoTheRole(t *testing.T) {
	both(t, func(t *testing.T, s *served) {
		b := browser.New(t, browser.Options{})
		p := s.newcomerOf(t, b, "carlo", "nora", directory.Grant{Role: access.Police, Courses: []string{"PRACTICE-2"}})
		settleIn(t, p)
		p.Click("Confirm")
		p.Click("I have kept them: go on")
		p.See("Not in force", "The course PRACTICE-2")
		p.Click("Training")
		p.See("Identifying victims of trafficking", "Not begun")
		shoot(t, p, "training-en")
		p.Click("The file is closed")
		p.See("Everybody in this story is made up.")
		p.Click("Show what colleagues saw")
		p.See("Please check the following")
		p.Errors() // the refusal was asked for
		p.Choose("It ends with the proceeding.")
		p.Choose("Where the suspect is thought to be.")
		p.Choose("Nothing until the suspect is caught.")
		p.Choose("That a witness must be kept close until the trial.")
		p.Click("Show what colleagues saw")
		p.See("Not passed yet", "Colleagues see it otherwise", "Support was never given for a proceeding.")
		shoot(t, p, "practice-not-passed-en")
		p.Click("Try again")
		p.Choose("Nothing. It goes on by his plan, and ends when he no longer needs it.")
		p.Choose("That he stays where he is, that the decision says nothing about whether he is believed, and that you will go through the letter with him and an interpreter.")
		p.Choose("The unpaid wages, a civil claim, a State scheme or fund, his stay, and a fresh look at the risks.")
		p.Choose("To secure other evidence early: accounts, telephones, deliveries.")
		p.Click("Show what colleagues saw")
		p.See("Passed", "As colleagues see it")
		p.Click("All practice cases")

		p.Click("Three towns in a year")
		shoot(t, p, "practice-en")
		sees(p, "The person is moved between brothels or places", "The person is accompanied to and from work and errands",
			"The person works long hours with few days off", "The person sleeps where they work", "The person has no cash of their own")
		p.Choose("Signs of trafficking: I would presume a victim")
		p.Choose("The same as anybody: a safe place, a doctor, counselling, a lawyer, time. Now, or whenever she calls.")
		p.Choose("Her safety is the result. And cases are proven with money flows, telephones and rents, so that none needs to rest on her word.")
		p.Choose("Leave her a way to call that he will not find, write down what you saw, and tell the case worker with her agreement.")
		p.Click("Show what colleagues saw")
		p.See("Not passed yet", "You missed", "Her identity card is in his jacket.", "You and colleagues saw")
		shoot(t, p, "practice-missed-en")
		p.Click("العربية")
		shoot(t, p, "practice-missed-ar")
		p.Click("English")
		p.Click("Try again")
		sees(p, "The person cannot show an identity document")
		p.Click("Show what colleagues saw")
		p.See("Passed")

		p.Go(s.url + "/training/cases/plants")
		sees(p, "Vulnerability is abused", "The person was deceived", "Movement is restricted", "The person is isolated",
			"There is intimidation or there are threats", "Wages are withheld", "The person is in debt bondage", "The working and living conditions are abusive")
		p.Choose("Signs of trafficking: I would presume a victim")
		p.Choose("As a child, until it is known better.")
		p.Choose("Get him a lawyer before he is heard again, record that he was compelled, and ask the prosecutor not to punish.")
		p.Choose("In a place for children with people who know the danger, with a plan should he go missing.")
		p.Click("Show what colleagues saw")
		p.See("Passed")
		p.Go(s.url + "/training")
		p.See("Completed", "Last completed on")
		p.Go(s.url + "/account")
		p.See("In force")
		p.SeeNot("Not in force")

		ines := s.signIn(t, b, "ines")
		ines.Click("Training")
		ines.Click("Who completed PRACTICE-1")
		ines.SeeNot("Nora Fini")
		ines.Click("Training")
		ines.Click("Who completed PRACTICE-2")
		second := ines.URL()
		ines.See("Nora Fini", "The program, by practice cases", "Counts")
		shoot(t, ines, "completed-en")
		carlo := s.signIn(t, b, "carlo")
		carlo.Go(second)
		if carlo.Status() != 403 {
			t.Errorf("who completed a course is shown to the police: %d", carlo.Status())
		}
		carlo.Errors() // the refusal was asked for
	})
}
