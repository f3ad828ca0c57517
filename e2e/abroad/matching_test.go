package abroad

import "testing"

const known = "Edosa, Itohan" // Nigeria's case of the demonstration, as another office wrote it

// knownElsewhere: Italy asks whether Nigeria knows somebody, and reads nothing until the duty officer there has decided.
func knownElsewhere(t *testing.T, x *abroad) {
	x.rosa.Go(x.rosa.base + "/cases/new")
	x.rosa.fill(form{{"Name", known}, {"Date of birth", "1999-03"}, {"Age", "( ) 18 or older"}, {"Nationality", "NG"}})
	x.rosa.Click("Save")
	x.rosa.See("Case opened")
	person := x.rosa.URL()
	asking := x.rosa.path() + "/matching"
	x.rosa.Click("Procedures of this case with other States")
	x.rosa.Click("Does another State help the person already?")
	x.rosa.See("No State can be asked from this case now.") // nobody is asked without consent, nor offered
	x.rosa.accessible(t, known)
	x.rosa.allows(person, "Asking whether another State already helps the person", "Name, date of birth, nationality, documents")
	x.rosa.sees(asking, "Which State")
	x.rosa.fill(form{{"Which State", "> " + nigeria}})
	x.rosa.Click("Ask")
	x.rosa.See("What it says")
	x.rosa.accessible(t, known)
	x.rosa.shoot(t, "matching-asked")
	x.rosa.SeeNot("Both should talk")

	x.ivie.sees("/", "Another State may assist the same person: look, and decide")
	x.ivie.Click("Another State may assist the same person: look, and decide")
	x.ivie.See("Two parts of the name, and a nationality", "That is possible, not certain.")
	x.ivie.SeeNot("Itohan")
	x.ivie.accessible(t, known)
	x.ivie.shoot(t, "matching-found")
	x.adesuwa.Go(x.adesuwa.base + "/matching")
	x.adesuwa.See("Nothing waits for a decision") // not even to who leads the case
	x.ivie.fill(form{{"Do you say that both States should talk?", "( ) Yes"}})
	x.ivie.Click("Decide")
	x.ivie.See("It was said that both should talk")

	x.rosa.sees(asking, "Both should talk")
	x.rosa.Click("Both should talk")
	x.rosa.See("It may assist the same person. That is not certain")
	x.rosa.accessible(t, known)
	x.rosa.Click("I speak with them")
	x.rosa.SeeNot("I speak with them")
	x.rosa.shoot(t, "matching-talk")
}
