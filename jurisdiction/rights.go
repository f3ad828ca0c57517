package jurisdiction

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
)

// Rights is the rights briefing: what is said to the person.
type Rights struct {
	// Items are texts that hold everywhere.
	Items []RightsItem `yaml:"items"`
	// Here adds, item by item, how it works in this State.
	Here map[RightRef]RightHere `yaml:"here"`
	// Unknown is said in place of Here while that is a gap.
	Unknown Words `yaml:"unknown"`
}

// RightsItem is one right, in plain words to “you”.
type RightsItem struct {
	Key     string  `yaml:"key,required"`
	Applies Applies `yaml:"applies"`
	Title   Words   `yaml:"title,required"`
	Text    Words   `yaml:"text,required"`
	// National tells that the person needs to know how it works in this
	// State; without a text of its own, the gap is said plainly.
	National bool `yaml:"national"`
	Basis    `yaml:",inline"`
}

// RightHere is how a right works in this State.
type RightHere struct {
	Text  Words `yaml:"text,required"`
	Basis `yaml:",inline"`
}

// Right is an item as it is shown in one language.
type Right struct {
	Key     string
	Applies Applies
	Lang    Lang // of Title and Text; English where the language asked for is missing
	Title   string
	Text    string
	Basis   Basis

	// Here is how it works in this State, in HereLang. While Gap is true it
	// is the plain admission that nobody has told us.
	Here      string
	HereLang  Lang
	HereBasis Basis
	Gap       bool
}

// RightsItems returns the rights briefing in lang, in the order to tell it.
func (p *Profile) RightsItems(lang string) []Right {
	rights := make([]Right, 0, len(p.Rights.Items))
	for _, item := range p.Rights.Items {
		right := Right{Key: item.Key, Applies: item.Applies, Basis: item.Basis}
		right.Title, _ = item.Title.In(lang)
		right.Text, right.Lang = item.Text.In(lang)
		if here, ok := p.Rights.Here[RightRef(item.Key)]; ok {
			right.Here, right.HereLang = here.Text.In(lang)
			right.HereBasis = here.Basis
		} else if item.National {
			right.Here, right.HereLang = p.Rights.Unknown.In(lang)
			right.Gap = true
		}
		rights = append(rights, right)
	}
	return rights
}

// BriefingVersion tells one state of the briefing's texts in a language from
// another: what a person was handed can be found again, and a changed text shows.
func (p *Profile) BriefingVersion(lang string) string {
	sum := sha256.New()
	for _, r := range p.RightsItems(lang) {
		for _, text := range []string{r.Key, r.Title, r.Text, r.Here} {
			sum.Write(binary.BigEndian.AppendUint32(nil, uint32(len(text))))
			sum.Write([]byte(text))
		}
	}
	return hex.EncodeToString(sum.Sum(nil)[:4])
}

// BriefingLanguages lists the languages in which every item of the briefing is written.
func (p *Profile) BriefingLanguages() []Lang {
	if len(p.Rights.Items) == 0 {
		return nil
	}
	var whole []Lang
	for _, lang := range sortedKeys(p.Rights.Items[0].Text) {
		if p.briefingWhole(lang) {
			whole = append(whole, lang)
		}
	}
	return whole
}

func (p *Profile) briefingWhole(lang Lang) bool {
	for _, item := range p.Rights.Items {
		if item.Title[lang] == "" || item.Text[lang] == "" {
			return false
		}
		if here, ok := p.Rights.Here[RightRef(item.Key)]; ok && here.Text[lang] == "" {
			return false
		}
	}
	return p.Rights.Unknown[lang] != ""
}
