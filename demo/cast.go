package demo

import (
	"context"
	"time"

	"palermo/access"
	"palermo/directory"
	"palermo/exchange"
	"palermo/register"
)

// Cast is who is at one node of the demonstration, and what happened there.
type Cast struct {
	Node         string // its name in the trust list
	Title        string
	Jurisdiction string
	Entry        exchange.Node // what the trust list says of it, without keys

	organisations []organisation
	people        []person
	services      bool
	card          []register.Item
	reads         bool // a questionnaire is read there
	cases         func(*Story, context.Context, time.Time) error
}

// Casts are the nodes of the demonstration.
func Casts() []Cast { return []Cast{Italy(), Nigeria(), Secretariat()} }

// Italy has the cases of the story.
func Italy() Cast {
	return Cast{Node: "it", Title: "Italy", Jurisdiction: "it", Entry: exchange.Node{State: "IT", Kind: exchange.FocalPoint},
		organisations: italian(), people: italians(), services: true, card: italianCard(), cases: (*Story).told}
}

// Nigeria receives whoever returns, and answers.
func Nigeria() Cast {
	return Cast{Node: "ng", Title: "Nigeria", Jurisdiction: "ng", card: nigerianCard(), Entry: exchange.Node{State: "NG", Kind: exchange.FocalPoint},
		organisations: []organisation{
			{"focal", directory.AddOrganisation{Name: "Office of the National Focal Point", Kind: "focal_point_office", FocalPoint: true, Country: "NG"}},
			{"ngo", directory.AddOrganisation{Name: "Ivie House, Benin City", Kind: "ngo", Country: "NG", FirstResponder: true}},
			{"italy", directory.AddOrganisation{Name: "National Focal Point, Italy", Kind: "focal_point_office", Country: "IT", Node: "it"}},
			{"secretariat", directory.AddOrganisation{Name: "Secretariat of the Conference", Kind: "international", Node: "secretariat"}},
		},
		people: []person{
			{"efosa", "Efosa Aigbe", "focal", "is the national focal point, and leads returns", access.FocalPoint, true},
			{"ivie", "Ivie Omoruyi", "focal", "accompanies people who return", access.FocalPoint, true},
			{"adesuwa", "Adesuwa Osaro", "ngo", "runs a house and a training workshop", access.CaseWorker, true},
			{"halima", "Halima Sule", "focal", "keeps the accounts and sees no case", access.Administrator, false},
		}, cases: (*Story).toldInNigeria}
}

// Secretariat is the third operator of the trust list and of matching; it has
// no case. Delegations read a questionnaire there.
func Secretariat() Cast {
	return Cast{Node: "secretariat", Title: "Secretariat", Jurisdiction: "coe", card: secretariatCard(), Entry: exchange.Node{Kind: exchange.Secretariat},
		organisations: []organisation{
			{"focal", directory.AddOrganisation{Name: "Secretariat of the Conference", Kind: "focal_point_office"}},
			{"italy", directory.AddOrganisation{Name: "National Focal Point, Italy", Kind: "focal_point_office", Country: "IT", Node: "it"}},
			{"nigeria", directory.AddOrganisation{Name: "National Focal Point, Nigeria", Kind: "focal_point_office", Country: "NG", Node: "ng"}},
			{"chair", directory.AddOrganisation{Name: "Chair of the Working Group", Kind: "delegation"}},
			{"argentina", directory.AddOrganisation{Name: "Argentina", Kind: "delegation", Country: "AR"}},
			{"philippines", directory.AddOrganisation{Name: "Philippines", Kind: "delegation", Country: "PH"}},
			{"norway", directory.AddOrganisation{Name: "Norway", Kind: "delegation", Country: "NO"}},
			{"observer", directory.AddOrganisation{Name: "Network of survivors' organisations", Kind: "delegation"}},
		},
		reads: true,
		people: []person{
			{"chen", "Chen Liwei", "focal", "keeps the text of the questionnaire", access.Secretariat, false},
			{"amara", "Amara Diop", "chair", "chairs the Working Group", access.Chair, false},
			{"lucia", "Lucía Ferreyra", "argentina", "speaks for Argentina", access.Delegate, false},
			{"jose", "José Reyes", "philippines", "speaks for the Philippines", access.Delegate, false},
			{"ingrid", "Ingrid Solberg", "norway", "speaks for Norway", access.Delegate, false},
			{"naledi", "Naledi Khumalo", "observer", "observes, and shows the text in the room", access.Observer, false},
			{"mei", "Mei Tanaka", "focal", "keeps the trust list, and answers enquiries", access.FocalPoint, true},
			{"noor", "Noor Haddad", "focal", "keeps the accounts", access.Administrator, false},
		}}
}
