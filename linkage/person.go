package linkage

// Person is what a State knows of somebody who agreed to matching, as its
// office wrote it. Every field may be empty; nothing is guessed.
type Person struct {
	Names         []string // each a whole name, in any script and order
	Born          string   // 2006-01-02, 2006-01 or 2006
	Parents       []string // whole names
	Nationalities []string // ISO 3166-1 alpha-2
	Documents     []Document
	Places        []string // of birth, of origin, last known: the locality alone
	Addresses     []Address
}

// Document is a number that an office gave out, with the country of that office.
type Document struct {
	Country string // ISO 3166-1 alpha-2
	Number  string
}

// Address is a last known address. It is worth much where both offices saw the
// same papers, and little else: people who were trafficked rarely share one.
type Address struct {
	Street   string // the name of the street
	House    string // its number there
	Postcode string
}
