package demo

import (
	"context"
	"fmt"

	"palermo/access"
	"palermo/directory"
	"palermo/node"
	"palermo/register"
)

var weekdays = []register.Weekday{"monday", "tuesday", "wednesday", "thursday", "friday"}

// Publish writes the node's card and sends it to the others, once it has a trust list.
func Publish(ctx context.Context, n *node.Node, cast Cast) error {
	d := n.Record.For(access.Node(access.FocalPoint))
	for _, x := range cast.card {
		if _, err := n.Register.Set(ctx, d, x); err != nil {
			return fmt.Errorf("card of %s: %w", cast.Title, err)
		}
	}
	return n.Register.Publish(ctx, d)
}

func italianCard() []register.Item {
	return []register.Item{
		&register.Point{Kind: "focal_point", Name: "Office of the National Focal Point", Channels: []register.Channel{register.Informal, register.Formal}, Languages: "it, en, fr",
			Zone: "Europe/Rome", Days: weekdays, Opens: "08:00", Closes: "18:00", Duty: "Duty officer of the focal point", Telephone: "+39 06 000 0010",
			Deputy: "Deputy duty officer", Second: "+39 06 000 0011", Night: "Anti-trafficking helpline", AtNight: "+39 800 000 000", Email: "focal@italy.example"},
		&register.Point{Kind: "central_authority", Name: "Ministry of Justice, mutual legal assistance", Channels: []register.Channel{register.Central}, Languages: "it, en",
			Zone: "Europe/Rome", Days: weekdays, Opens: "09:00", Closes: "16:00", Duty: "Desk for Africa", Email: "mla@italy.example"},
		&register.Point{Kind: "border", Name: "Border Police, Sicily", Channels: []register.Channel{register.Formal, register.Informal}, Languages: "it, en", Zone: "Europe/Rome",
			Duty: "Officer on duty", Telephone: "+39 095 000 0020", Joint: true},
		&register.Point{Kind: "embassy", Name: "Embassy of Italy, Abuja", In: "NG", Channels: []register.Channel{register.Consular}, Languages: "it, en", Zone: "Africa/Lagos",
			Days: weekdays, Opens: "08:30", Closes: "15:30", Duty: "Consular desk", Telephone: "+234 9 000 0001"},
		&register.Agreement{With: "NG", Parties: "Focal points of Italy and Nigeria", Form: "memorandum", Title: "Memorandum on referral and safe return",
			Channels: []register.Channel{register.Informal, register.Formal, register.NGOsAlone}, From: "2024-03-01", Note: "Names travel only with the person's consent."},
		&register.Service{Kind: directory.SafeHouseService, By: "Casa Ginestra", For: []directory.PersonKind{"women", "women_children"}, Languages: "it, en, bin",
			HowTo: "Through the focal point, at any hour.", Region: "Eastern Sicily"},
		&register.Service{Kind: "legal", By: "Legal Aid, Catania", For: []directory.PersonKind{"anyone"}, Languages: "it, en, fr", HowTo: "Write to the focal point. Wage claims can go on after the person has left.",
			Access: []directory.AccessFeature{"remote"}, Town: "Catania", Latitude: "37.50", Longitude: "15.09", Costs: "Nothing"},
		&register.Measure{Kind: "carriers", Title: "Short passenger lists on night ferries", Done: "Carriers tell the border police of groups whose tickets one person paid for.",
			By: "Border Police, Sicily", Since: "2025-05-01", Joint: "Name an office that answers the same day.", Nobody: true},
	}
}

func nigerianCard() []register.Item {
	return []register.Item{
		&register.Point{Kind: "focal_point", Name: "Office of the National Focal Point", Channels: []register.Channel{register.Informal, register.Formal}, Languages: "en, bin, yo, ha",
			Zone: "Africa/Lagos", Days: weekdays, Opens: "08:00", Closes: "17:00", Duty: "Returns desk", Telephone: "+234 9 000 0010", Deputy: "Head of reception",
			Second: "+234 9 000 0011", Night: "National helpline", AtNight: "+234 9 000 0012", Email: "focal@nigeria.example"},
		&register.Point{Kind: "ngo", Name: "Ivie House", Channels: []register.Channel{register.NGOsAlone}, Languages: "en, bin, pcm", Zone: "Africa/Lagos",
			Duty: "Person on duty", Email: "house@nigeria.example"},
		&register.Point{Kind: "consulate", Name: "Consulate General of Nigeria, Naples", In: "IT", Channels: []register.Channel{register.Consular}, Languages: "en, it", Zone: "Europe/Rome",
			Days: weekdays, Opens: "09:00", Closes: "14:00", Duty: "Travel documents", Telephone: "+39 081 000 0001", Note: "Turned to only when the person wishes it."},
		&register.Agreement{With: "IT", Parties: "Focal points of Nigeria and Italy", Form: "memorandum", Title: "Memorandum on referral and safe return",
			Channels: []register.Channel{register.Informal, register.Formal, register.NGOsAlone}, From: "2024-03-01"},
		&register.Service{Kind: "reintegration", By: "Ivie House", For: []directory.PersonKind{"women", "girls"}, Languages: "en, bin, pcm",
			HowTo: "From one organisation to another, or through the focal point. A first talk by telephone before travel.", Town: "Benin City", Latitude: "6.34", Longitude: "5.63", Costs: "Nothing"},
		&register.Service{Kind: "work", By: "Sewing and catering workshop", For: []directory.PersonKind{"anyone"}, Languages: "en, bin", HowTo: "Places begin in January, May and September.",
			Town: "Benin City", Latitude: "6.34", Longitude: "5.63"},
		&register.Service{Kind: directory.ShelterService, By: "Reception of the focal point", For: []directory.PersonKind{"women", "women_children", "girls"}, Languages: "en, bin, ha",
			HowTo: "Through the returns desk, three days before arrival.", Region: "Edo State"},
		&register.Measure{Kind: "recruitment", Title: "Licences of recruitment agencies", Done: "Two agencies that offered work in shops abroad have lost their licence; the list is public.",
			By: "Ministry of Labour", Since: "2026-01-15", Joint: "Tell us of advertisements that name a licence that is not on the list.", Nobody: true},
	}
}

func secretariatCard() []register.Item {
	return []register.Item{
		&register.Point{Kind: "international", Name: "Secretariat of the Conference", Channels: []register.Channel{register.Formal, register.Informal}, Languages: "en, fr, es, ar, ru, zh",
			Zone: "Europe/Vienna", Days: weekdays, Opens: "09:00", Closes: "17:30", Duty: "Secretary on duty", Email: "secretariat@conference.example", Note: "It has no case, and takes no personal data."},
	}
}
