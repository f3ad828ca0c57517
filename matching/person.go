package matching

import (
	"regexp"
	"strings"

	"golang.org/x/text/language"

	"palermo/casework"
	"palermo/linkage"
)

// personOf gives what linkage compares. The names of parents are the family's
// data: they count only where the consent names them.
func personOf(c *casework.Case, family bool) linkage.Person {
	p := linkage.Person{Born: c.Person.BirthDate, Nationalities: strings.Fields(c.Person.Nationality), Documents: documents(c.Person.Documents)}
	if c.Person.Name != "" {
		p.Names = []string{c.Person.Name}
	}
	others := strings.FieldsFunc(c.Person.OtherNames, func(r rune) bool { return strings.ContainsRune(",;/\n", r) })
	for _, name := range others {
		if name = strings.TrimSpace(name); name != "" {
			p.Names = append(p.Names, name)
		}
	}
	for _, f := range c.Family {
		if family && f.Fields.Tie == "parent" && f.Fields.Name != "" {
			p.Parents = append(p.Parents, f.Fields.Name)
		}
	}
	return p
}

var document = regexp.MustCompile(`\b([A-Z]{2}):([A-Za-z0-9-]{5,20})\b`)

// documents finds numbers with the country that gave them, as NG:A01234567.
func documents(text string) []linkage.Document {
	var found []linkage.Document
	for _, m := range document.FindAllStringSubmatch(text, -1) {
		if region, err := language.ParseRegion(m[1]); err == nil && region.IsCountry() {
			found = append(found, linkage.Document{Country: region.String(), Number: m[2]})
		}
	}
	return found
}
