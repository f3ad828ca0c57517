package casework

import (
	"slices"
	"strings"

	"palermo/fault"
	"palermo/input"
	"palermo/jurisdiction"
)

// Message is a short text of the jurisdiction that says nothing to a stranger.
type Message string

// OwnWords is a message without a text of the jurisdiction.
const OwnWords Message = "own"

func (Message) Options() []input.Option {
	return []input.Option{{Value: "appointment", Label: "An appointment"}, {Value: "news", Label: "There is news: a decision was given"},
		{Value: "stopped", Label: "What the person asked to stop has stopped: a consent ended"}, {Value: "paper", Label: "A paper is ready"},
		{Value: "in_touch", Label: "Please get in touch"}, {Value: string(OwnWords), Label: "Only words of your own"}}
}

// telling are stems of words that would tell a stranger what the message is
// about. A list cannot be whole; it stops the plain mistakes.
var telling = []string{
	"traffick", "victim", "exploit", "slave", "prostitut", "smuggl", "shelter", "safe house",
	"traite des", "victime", "proxén", "esclav", "foyer",
	"trata de", "víctim", "explot", "proxen", "casa de acogida",
	"tratta", "vittim", "sfrutt", "schiav", "casa rifugio",
	"vítima", "menschenhandel", "opfer", "ausbeut", "zwangs",
	"торговл", "жертв", "эксплуат", "受害", "贩", "剥削",
	"اتجار", "ضحي", "ضحايا", "استغلال", "دعارة", "مأوى",
}

// tells gives the first word that would tell a stranger, or nothing.
func tells(text string) string {
	low := strings.ToLower(text)
	if i := slices.IndexFunc(telling, func(stem string) bool { return strings.Contains(low, stem) }); i >= 0 {
		return telling[i]
	}
	return ""
}

// said puts the words together that go out.
func (s *Reach) said(c *Case, p *jurisdiction.Profile) (string, error) {
	said := ""
	if s.Message != OwnWords && (s.Channel.written() || s.Language != "") {
		text, ok := p.Letter(string(s.Message), s.Language)
		switch {
		case s.Language == "" || !ok:
			return "", fault.Invalid("language", "There is no such text in this language. Choose one that the person reads, or write words of your own.")
		case s.Message == "appointment" && s.When.IsZero():
			return "", fault.Invalid("when", "Say when the appointment is.")
		}
		said = strings.ReplaceAll(text, "{when}", s.When.In(p.Location()).Format("2006-01-02, 15:04"))
	} else if s.Channel.written() && s.Words == "" {
		return "", fault.Invalid("words", "Write what is to be said.")
	}
	said = strings.TrimSpace(said + "\n\n" + s.Words)
	if !s.Channel.written() {
		return said, nil
	}
	if s.Channel != Voice {
		said = strings.TrimSpace(said + "\n\n" + c.SafeContact.sender(p, s.Language))
	}
	if stem := tells(said); stem != "" {
		return "", fault.Invalid("words", "A stranger could see from “%s” what this is about. Say it in neutral words.", stem)
	}
	if strings.Contains(strings.ToUpper(said), c.RecordID().Reference()) {
		return "", fault.Invalid("words", "The reference of the case stands on no message.")
	}
	return said, nil
}

// sender is what a message is signed with: the name agreed with the person,
// else the jurisdiction's neutral one, else none.
func (p *SafeContact) sender(profile *jurisdiction.Profile, lang string) string {
	if p.Fields.Sender != "" {
		return p.Fields.Sender
	}
	return profile.LetterSender(lang)
}
