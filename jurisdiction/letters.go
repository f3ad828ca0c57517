package jurisdiction

// Letters are the short texts that may reach the person from outside: neutral,
// so that a stranger who reads one learns nothing (row 7n).
type Letters struct {
	// Sender stands on letter and envelope; without one, nobody does.
	Sender Words    `yaml:"sender"`
	Items  []Letter `yaml:"items"`
}

// Letter is one text. {when} stands for an appointment's date and time.
type Letter struct {
	Key   string `yaml:"key,required"`
	Text  Words  `yaml:"text,required"`
	Basis `yaml:",inline"`
}

// Letter gives the text of a key in the language, or in the one that it is a
// variety of; false where there is none: no other language stands in for it.
func (p *Profile) Letter(key, lang string) (string, bool) {
	for _, item := range p.Letters.Items {
		if item.Key != key {
			continue
		}
		text, got := item.Text.In(lang)
		_, same := item.Text[Lang(lang)]
		return text, same || got != "en" || lang == "en"
	}
	return "", false
}

// LetterSender is the neutral sender, or nothing.
func (p *Profile) LetterSender(lang string) string {
	sender, _ := p.Letters.Sender.In(lang)
	return sender
}
