package abroad

import (
	"context"
	"testing"

	"palermo/e2e/browser"
)

// the person of the test, in words that are looked for on the line, in titles and in addresses.
const (
	names   = "Osarugue Aigbomian"
	brother = "Ehizojie"
	region  = "Uromi, Esanland"
)

// Rows 8a, 8h, 12: a return, a family brought together and a testimony, by the people of two States in their browsers.
func TestTwoStatesWorkOnOnePersonsProtection(t *testing.T) {
	s := start(t, true)
	b := browser.New(t, browser.Options{})
	x := &abroad{states: s, t: t, rosa: s.signIn(b, "rosa"), ines: s.signIn(b, "ines"), ivie: s.signIn(b, "ivie"), adesuwa: s.signIn(b, "adesuwa")}
	x.person = x.rosa.opens(names)
	for _, chapter := range []struct {
		name string
		tell func(*testing.T, *abroad)
	}{{"enquiry", enquired}, {"return", returned}, {"reunification", reunited}, {"testimony", testified}, {"known elsewhere", knownElsewhere}, {"erasure", erased}, {"asylum", closed}} {
		if !t.Run(chapter.name, func(t *testing.T) { chapter.tell(t, x.with(t)) }) {
			return
		}
	}
	s.silent(t, []string{names, known, "Itohan", "Osarugue", "Aigbomian", brother, region, "Uromi"})
}

// abroad is who works together.
type abroad struct {
	*states
	t                         *testing.T
	rosa, ines, ivie, adesuwa *person
	person                    string // address of the case
	reunion                   string // address of the procedure
}

// with makes failures those of a chapter.
func (x *abroad) with(t *testing.T) *abroad {
	x.states.t = t
	for _, p := range []*person{x.rosa, x.ines, x.ivie, x.adesuwa} {
		p.Page = p.With(t)
	}
	return x
}

// enquired: a question without anybody's data becomes a formal request without retyping.
func enquired(t *testing.T, x *abroad) {
	x.ines.Click("With other States")
	x.ines.accessible(t)
	x.ines.Click("Enquiry without personal data")
	x.ines.accessible(t)
	x.ines.Click("Send")
	x.ines.See("This is needed.") // what is missing is said, and nothing was sent
	x.ines.fill(form{{"With whom", "> " + nigeria}, {"What it is about", "( ) Services and reception"}, {"Question", "Who takes in two sisters in " + region + "?"}})
	x.ines.Click("Send")
	x.ines.See("The other side moves next.")
	enquiry := x.ines.path()
	x.ivie.sees("/", "Another State waits for an answer")
	x.ivie.Click("With other States")
	x.ivie.Click("Procedures > Enquiry without personal data")
	x.ivie.sees(enquiry, region)
	x.ivie.shoot(t, "abroad-enquiry-asked")
	x.ivie.accessible(t, region)
	x.ivie.reachable(t, "Answer")
	x.ivie.Click("Answer")
	x.ivie.shoot(t, "abroad-answer")
	x.ivie.accessible(t, region)
	x.ivie.fill(form{{"Answer", "A house that takes both."}})
	x.ivie.Click("Send")
	x.ines.sees(enquiry, "Make it a formal request", "A house that takes both.")
	x.ines.Click("Make it a formal request: Interpreter from another State")
	if got := x.ines.Value("With whom"); got != nigeria {
		t.Errorf("it would go to %q", got)
	}
	x.ines.sees(enquiry, "The enquiry is answered")
	x.ines.does(enquiry, "The enquiry is answered", nil)
	x.ivie.sees(enquiry, "Completed")
}

// returned: from the person's own choice to a follow-up that is declined, handed to a house on the other side.
func returned(t *testing.T, x *abroad) {
	x.rosa.Go(x.person)
	x.rosa.Click("Procedures of this case with other States")
	x.rosa.accessible(t, names)
	x.rosa.shoot(t, "abroad-of-case")
	x.rosa.Click("Begin something new > Safe return")
	x.rosa.shoot(t, "abroad-begin")
	ask := form{{"With whom", "> " + nigeria}, {"Through whom the person wants it", "( ) Between focal points"}, {"Age", "( ) 18 or older"},
		{"Region to which the person wants to return", region}, {"What help is needed there", "[x] Work; A safe place to stay"},
		{"Languages", "Edo, English"}, {"Reception must not disclose the person as trafficked", "[x]"}}
	x.rosa.fill(ask)
	x.rosa.Click("Send")
	x.rosa.See("A return begins only with the person's own choice.") // rule 4
	x.rosa.accessible(t, names)
	x.rosa.Go(x.person)
	x.rosa.steps("Needs and assistance", "Record what the person wants: to stay, to return, another country", form{{"What the person wants now", "( ) To return"},
		{"The person chose freely", "[x]"}, {"The person spoke with a lawyer", "[x]"}, {"Risks were assessed, here and there", "[x]"}})
	p := x.rosa.begins(x.person, "Safe return", ask[1:])
	x.rosa.accessible(t, names, region)
	x.rosa.Go(x.person)
	x.rosa.See("Began with another State")
	x.rosa.shoot(t, "abroad-case")

	x.ivie.sees(p, "Hand it to another organisation here")
	x.ivie.Click("Hand it to another organisation here")
	x.ivie.accessible(t)
	x.ivie.fill(form{{"Organisation here that works on it from now on", "> Ivie House, Benin City"}, {"What the other side is told of it", "A house for women"}})
	x.ivie.Click("Send")
	x.ivie.See("Handed over by")
	x.ivie.shoot(t, "abroad-handed")
	x.ivie.SeeNot(region)

	x.adesuwa.does(p, "Assess risk and needs here", form{{"How great is the danger there?", "( ) Low"}, {"What makes you think so", "Another town"},
		{"Who would receive the person", "Received as an apprentice"}, {"Help with social inclusion", "A workshop"}})
	x.rosa.sees(p, "At work on it there", "A house for women", "Record that the person still wants to return")
	confirm := form{{"The person heard what was assessed there", "[x]"}, {"The person still wants to return, freely", "[x]"},
		{"Service that the person chose for reception and follow-up", "Ivie House"}, {"The person agrees that it goes on", "[x]"}}
	x.rosa.Click("Record that the person still wants to return")
	x.rosa.fill(confirm)
	x.rosa.Click("Send")
	x.rosa.See("The person has not allowed anything for this purpose to this organisation.") // rule 2
	x.rosa.allows(x.person, "Return", "Name, date of birth, nationality, documents")
	x.rosa.does(p, "Record that the person still wants to return", confirm)
	x.rosa.Click("Choice confirmed")
	x.rosa.See("The very fields that were sent", "Ivie House", "The consent ends")
	x.rosa.shoot(t, "abroad-message")
	x.rosa.Click("Name")
	x.rosa.See(names)
	x.rosa.accessible(t, names)

	x.adesuwa.does(p, "Say that nationality or residence is verified", form{{"The person is", "( ) National"}, {"Documents that are issued", "A passport"}})
	x.ivie.sees(p, "Nationality or residence is verified")
	x.ivie.SeeNot(names)
	x.rosa.does(p, "Arrange travel and accompaniment", form{{"Leaves", at(10)}, {"Arrives", at(11)}, {"Time zone there", "Africa/Lagos"}, {"How", "By air"},
		{"Nobody on the way learns", "[x]"}, {"The person was asked again", "[x]"}})
	x.rosa.See("Africa/Lagos")
	x.rosa.shoot(t, "abroad-return")
	x.adesuwa.does(p, "Record the arrival", form{{"Arrived on", later(0)}, {"Received by", "Ivie House"}, {"What was agreed", "Workshop next week"}})
	x.adesuwa.does(p, "Offer a follow-up", form{{"Which one", "( ) After 1 month"}, {"What the person said", "( ) The person declined; that has no effect"}})
	x.adesuwa.does(p, "Finish", nil)
	x.rosa.sees(p, "Completed")
	x.rosa.accessible(t, names)
}

// reunited: a brother is traced while the other node stands still for a while; what waits is delivered once it is back.
func reunited(t *testing.T, x *abroad) {
	p := x.rosa.begins(x.person, "Family tracing and reunification", form{{"Who is to be traced", "( ) Sister or brother"}, {"Region where they may be", region},
		{"What must not happen on the way", "Nobody in the village is told"}})
	x.reunion = p
	x.ivie.does(p, "Say how it can be done safely", form{{"Who traces", "A teacher"}, {"How, without telling why", "About a school"}})
	x.rosa.allows(x.person, "Contact with family", "Name, date of birth, nationality, documents", "Family members")
	x.rosa.does(p, "Send what the person allowed", form{{"The person was told who receives it", "[x]"}})
	x.ivie.does(p, "Record what was found", form{{"Was somebody found?", "( ) Yes"}, {"Does an organisation here help or protect whoever was found?", "( ) No"}, {"Was the tie verified?", "( ) Yes"}, {"How the tie was verified", brother + " knew"},
		{"Danger that comes from this relative", "( ) Low"}})
	x.rosa.sees(p, brother)

	if err := x.node("ng").Stop(); err != nil {
		t.Fatal(err)
	}
	x.rosa.does(p, "Record what the person wants now", form{{"The person wants it, knowing what was found", "[x]"}, {"Where", "( ) In the country that was asked"}})
	x.rosa.sees(p, "On its way")
	x.rosa.Click("The person wants it")
	x.rosa.sees(x.rosa.path(), "Why it is not there yet")
	x.rosa.shoot(t, "abroad-message-waits")
	x.rosa.accessible(t, names)
	waits := x.rosa.path()
	if err := x.node("ng").Again(context.Background()); err != nil {
		t.Fatal(err)
	}
	x.rosa.sees(waits, "Stored at the receiver", "Receipt")
	x.ivie.does(p, "Record the steps that were taken", form{{"What was done", "They met."}})
	x.ivie.does(p, "Finish", nil)
	x.rosa.sees(p, "Completed")
}

// testified: the court asks, the house where the person is now answers for the person's will, and later the person stops.
func testified(t *testing.T, x *abroad) {
	ask := form{{"With whom", "> " + nigeria}, {"Court", "Court of Catania"}, {"Proposed time", at(30)}, {"How long, in minutes", "90"}, {"Time zone of the court", "Europe/Rome"},
		{"Language of the hearing", "> Italiano"}, {"Evidence other than testimony", "Money transfers"}, {"Measures that the court can give", "[x] Face not shown; Closed session"},
		{"It is said that refusing has no effect", "[x]"}}
	asks := func() string {
		x.ines.Click("With other States")
		x.ines.Click("Begin something new > Testimony by video")
		x.ines.fill(ask)
		x.ines.Click("Send")
		x.ines.See("Messages and their way")
		return x.ines.path()
	}
	hand := func(p string) {
		x.ivie.does(p, "Hand it to another organisation here", form{{"Organisation here that works on it", "> Ivie House, Benin City"}, {"What the other side is told of it", "A house for women"}})
		x.adesuwa.sees(p, "Link a case of this State")
	}
	p := asks()
	hand(p)
	theirs := x.adesuwa.opens(names)
	x.adesuwa.Go(theirs)
	reference := browser.Eval[string](x.adesuwa.Page, `document.querySelector('h1 bdi').innerText`)
	x.adesuwa.sees(p, "Link a case of this State")
	x.adesuwa.Click("Link a case of this State")
	x.adesuwa.accessible(t, names)
	x.adesuwa.Fill("Reference of the case", names)
	x.adesuwa.Click("Link")
	x.adesuwa.See("Write the reference as it stands at the top of the case.")
	x.adesuwa.Fill("Reference of the case", reference)
	x.adesuwa.Click("Link")
	x.adesuwa.See("Open the case")
	x.adesuwa.shoot(t, "abroad-linked")
	x.adesuwa.Go(theirs)
	x.adesuwa.See("Another State's procedure was linked")
	x.adesuwa.does(p, "Record that the person agrees", form{{"The person agrees freely", "[x]"}, {"Measures that the person asks for", "[x] Face not shown"}, {"Time zone of the person", "Africa/Lagos"}})
	x.ines.does(p, "Schedule room, link and measures", form{{"When", at(30)}, {"How long, in minutes", "90"}, {"Room of the court", "Room 3"},
		{"Measures that were ordered", "[x] Face not shown"}, {"Technical test", at(28)}, {"If the line fails", "The day after"}})
	x.ines.See("Hearing, at the court", "Hearing, where the person is", "Europe/Rome", "Africa/Lagos")
	x.ines.shoot(t, "abroad-testimony")
	x.ines.Go(x.ines.base + "/abroad")
	x.ines.shoot(t, "abroad-list")
	x.ines.accessible(t, names)
	x.adesuwa.does(p, "Record the technical test", form{{"Picture, sound and measures work on both sides", "[x]"}})
	x.ines.does(p, "The testimony was given", form{{"The measures were kept", "[x]"}})
	x.adesuwa.sees(p, "Completed")

	again := asks()
	hand(again)
	x.adesuwa.does(again, "Withdraw: the person, or this side, no longer wants it", form{{"Why, for this side only", names + " does not want to"}})
	x.adesuwa.sees(again, "Withdrawn")
	x.ines.sees(again, "Withdrawn")
	x.ines.SeeNot(names)
}

// erased: a consent is withdrawn, and the sender sees that the other node erased what it had.
func erased(t *testing.T, x *abroad) {
	x.rosa.Go(x.person)
	x.rosa.Click("Parts of the case > Rights and consent")
	x.rosa.Click("Withdraw a consent")
	x.rosa.Select("Which consent", "Contact with family: "+nigeria)
	x.rosa.Click("Save")
	x.rosa.sees(x.reunion, "Erased at the receiver")
	x.rosa.shoot(t, "abroad-erased")
	x.rosa.accessible(t, names)
	x.rosa.Click("Details sent")
	x.rosa.See("Erased at the receiver")
	x.rosa.accessible(t, names)
	x.ivie.sees(x.reunion, "Erased")
	x.ivie.SeeNot(names)
	x.ivie.Go(x.ivie.base + "/abroad/refused")
	x.ivie.shoot(t, "abroad-refused")
	x.ivie.accessible(t, names)
}

// closed: after a fear was said nothing goes to authorities of origin, and the page says no more than that it is not possible.
func closed(t *testing.T, x *abroad) {
	x.rosa.Go(x.person)
	x.rosa.steps("The case", "Record a wish for or fear behind international protection", form{{"What is recorded", "( ) A fear of return was said"}})
	x.rosa.Go(x.person)
	x.rosa.Click("Procedures of this case with other States")
	x.rosa.Click("Begin something new > Family tracing and reunification")
	x.rosa.fill(form{{"With whom", "> " + nigeria}, {"Who is to be traced", "( ) Sister or brother"}, {"Region where they may be", region}, {"What must not happen on the way", "Nobody is told"}})
	x.rosa.Click("Send")
	x.rosa.See("This is not possible with this organisation.")
	x.rosa.accessible(t, names)
}
