package cooperation

import (
	"strings"

	"palermo/access"
	"palermo/consent"
	"palermo/fault"
	"palermo/input"
)

// compensation pays an award to somebody who is in another State, also without
// a bank account (row 27).
func compensation() *Definition {
	return &Definition{
		Type: "compensation", Label: "Compensation paid abroad", Row: "27", Purpose: consent.LegalHelp, Begin: "announce", Person: true, Holds: Asking,
		States: []Stage{
			{"announced", "Announced", Asked},
			{"ways", "Ways to pay are known", Asking},
			{"details", "The person's details were sent", Asked},
			{"payable", "It can be paid", Asking},
			{"paid", "Paid across", Asked},
		},
		Acts: append([]Info{
			{Name: "announce", Label: "Announce an award", Past: "Award announced", By: Asking, From: []State{""}, To: "announced", New: act[AnnounceAward]()},
			{Name: "ways", Label: "Say how it can be paid", Past: "Ways to pay given", By: Asked, From: []State{"announced"}, To: "ways", New: act[WaysToPay]()},
			{Name: "send-details", Label: "Send what the person allowed", Past: "Details sent", By: Asking, From: []State{"ways"}, To: "details",
				Draws: access.Of(access.Identity, access.Contact), New: act[SendDetails]()},
			{Name: "ready", Label: "The person can be paid", Past: "The person can be paid", By: Asked, From: []State{"details"}, To: "payable", New: act[ReadyToPay]()},
			{Name: "pay", Label: "Record the payment", Past: "Paid", By: Asking, From: []State{"payable"}, To: "paid", New: act[Pay]()},
			{Name: "received", Label: "Record that the person has it", Past: "The person has it", By: Asked, From: []State{"paid"}, To: Completed, New: act[PaidOut]()},
		}, always(Asking)...),
	}
}

// Route is where a compensation comes from.
type Route string

// Options lists the routes.
func (Route) Options() []input.Option {
	return []input.Option{{Value: "criminal", Label: "Order of the criminal court"}, {Value: "civil", Label: "Civil claim"}, {Value: "wages", Label: "Unpaid wages"},
		{Value: "state", Label: "State scheme"}, {Value: "fund", Label: "Fund fed by confiscated assets"}}
}

// AnnounceAward says that there is one, of nobody in particular.
type AnnounceAward struct {
	Route    Route  `label:"Where it comes from"`
	Currency string `label:"Currency" hint:"Three letters: EUR."`
	Cents    int    `label:"Amount in the smallest unit" hint:"1250000 for 12,500.00"`
	Region   string `label:"Region where the person is"`
}

// Check of the currency and the amount.
func (s *AnnounceAward) Check(*Procedure, Work) error {
	if s.Cents <= 0 {
		return fault.Invalid("cents", "Write an amount.")
	}
	return currency("currency", s.Currency)
}

// currency refuses what is no code of ISO 4217.
func currency(field, code string) error {
	if len(code) != 3 || strings.ToUpper(code) != code || strings.Trim(code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "" {
		return fault.Invalid(field, "Write three capital letters: EUR.")
	}
	return nil
}

// Way to pay somebody.
type Way string

// Options lists the ways.
func (Way) Options() []input.Option {
	return []input.Option{{Value: "bank", Label: "Bank account"}, {Value: "mobile", Label: "Mobile money"}, {Value: "cash", Label: "Cash, handed over by an organisation"}, {Value: "cheque", Label: "Cheque"}}
}

// WaysToPay are those that work without danger.
type WaysToPay struct {
	free
	Ways []Way  `label:"Ways that are safe here"`
	Who  string `label:"Who would hand it over or help with it"`
	Cost string `label:"What it costs, and who bears it" optional:"true"`
}

// ReadyToPay names the way; the account goes with the payment order, not here.
type ReadyToPay struct {
	free
	Way  Way    `label:"Way that the person chose"`
	Told bool   `label:"The person knows the whole amount, and that nobody may keep a part"`
	Note string `label:"What the payer must know" optional:"true"`
}

// Pay is the payment across.
type Pay struct {
	Currency string `label:"Currency" hint:"Three letters: EUR."`
	Cents    int    `label:"Amount in the smallest unit" hint:"1250000 for 12,500.00"`
	On       string `label:"Paid on" kind:"date"`
	Proof    string `label:"Reference of the payment"`
}

// Check that it is what was announced, to the cent.
func (s *Pay) Check(p *Procedure, _ Work) error {
	award := last[AnnounceAward](p, "announce")
	if award != nil && (award.Cents != s.Cents || award.Currency != s.Currency) {
		return fault.Invalid("cents", "This is not the amount that was announced.")
	}
	return currency("currency", s.Currency)
}

// PaidOut is the proof that the person has it.
type PaidOut struct {
	Currency string `label:"Currency" hint:"Three letters: EUR."`
	Cents    int    `label:"Amount that the person has, in the smallest unit" hint:"1250000 for 12,500.00"`
	On       string `label:"On" kind:"date"`
	Proof    string `label:"Proof that is kept" hint:"A receipt that the person signed."`
}

// Check of the proof. An amount in another currency may differ; in the same it is what was paid.
func (s *PaidOut) Check(p *Procedure, _ Work) error {
	if paid := last[Pay](p, "pay"); paid != nil && paid.Currency == s.Currency && paid.Cents != s.Cents {
		return fault.Invalid("cents", "The person must have every cent that was paid.")
	}
	return currency("currency", s.Currency)
}
