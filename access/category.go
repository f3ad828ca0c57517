package access

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Category is a kind of information about a person. What a viewer may see is
// decided per category, once for a whole record.
type Category uint8

const (
	Summary       Category = iota // reference, stage, responsible organisations, dates
	Identity                      // name, date of birth, nationality, documents
	Contact                       // telephone, safe-contact plan
	Screening                     // indicators, account of exploitation, classification
	Decisions                     // decisions on identification, their reasons, recovery period
	Health                        // medical needs, counselling, disability as a diagnosis
	Placement                     // kind and dates of accommodation, without the address
	Shelter                       // the address of accommodation
	Risk                          // risks to the person and what is done about them
	Needs                         // needs other than health, assistance plan, access needs
	Family                        // family members and dependants
	Protection                    // wish for, fear behind or claim to international protection
	Privileged                    // charges and requests not to punish: the lawyer's or NGO's record
	Consents                      // what the person allowed and withdrew
	Notes                         // notes and conferences that are shared on the case
	Interpreters                  // who interprets
	Complaints                    // complaints about officials, shelters and staff
	History                       // who looked, and why
	OpenedAddress                 // the address of accommodation, opened to police in an emergency, for hours
	Delays                        // orders for which the person is not told yet that an authority looked
	categoryCount
)

var categoryNames = [categoryCount]string{
	"summary", "identity", "contact", "screening", "decisions", "health", "placement", "shelter", "risk", "needs",
	"family", "protection", "privileged", "consents", "notes", "interpreters", "complaints", "history", "opened_address",
	"delays",
}

// Label names the category to a person, in English.
func (c Category) Label() string {
	return [categoryCount]string{
		Summary: "That the case exists, its stage and who is responsible", Identity: "Name, date of birth, nationality, documents",
		Contact: "Telephone and safe-contact plan", Screening: "Screening and what happened to the person",
		Decisions: "Decisions on identification", Health: "Health and counselling", Placement: "Kind and dates of accommodation",
		Shelter: "Address of accommodation", Risk: "Risks and safety", Needs: "Needs and assistance plan", Family: "Family members",
		Protection: "International protection", Privileged: "Charges and requests not to punish", Consents: "What the person allowed",
		Notes: "Shared notes and conferences", Interpreters: "Who interprets", Complaints: "Complaints", History: "Who looked, and why",
		OpenedAddress: "Address, opened to police in an emergency",
		Delays:        "Orders that delay telling who looked",
	}[c]
}

func (c Category) String() string {
	if c >= categoryCount {
		return fmt.Sprintf("category(%d)", uint8(c))
	}
	return categoryNames[c]
}

// Categories lists all of them.
func Categories() []Category {
	all := make([]Category, categoryCount)
	for i := range all {
		all[i] = Category(i)
	}
	return all
}

// Set is a set of categories.
type Set uint32

// Everything is the set of all categories.
const Everything Set = 1<<categoryCount - 1

// Of makes a set.
func Of(categories ...Category) Set {
	var s Set
	for _, c := range categories {
		s |= 1 << c
	}
	return s
}

// Has reports whether c is in s.
func (s Set) Has(c Category) bool { return s&(1<<c) != 0 }

// List gives the categories of s in order.
func (s Set) List() []Category {
	var list []Category
	for c := range categoryCount {
		if s.Has(c) {
			list = append(list, c)
		}
	}
	return list
}

func (s Set) String() string {
	names := make([]string, 0, categoryCount)
	for _, c := range s.List() {
		names = append(names, c.String())
	}
	return strings.Join(names, ",")
}

// MarshalJSON writes the names, so that a stored set survives a new category.
func (s Set) MarshalJSON() ([]byte, error) {
	names := []string{}
	for _, c := range s.List() {
		names = append(names, c.String())
	}
	return json.Marshal(names)
}

// UnmarshalJSON refuses names that it does not know.
func (s *Set) UnmarshalJSON(data []byte) error {
	var names []string
	if err := json.Unmarshal(data, &names); err != nil {
		return err
	}
	var set Set
	for _, name := range names {
		c, err := ParseCategory(name)
		if err != nil {
			return err
		}
		set |= Of(c)
	}
	*s = set
	return nil
}

// ParseCategory finds a category by its name.
func ParseCategory(name string) (Category, error) {
	for i, n := range categoryNames {
		if n == name {
			return Category(i), nil
		}
	}
	return 0, fmt.Errorf("unknown category of data %q", name)
}
