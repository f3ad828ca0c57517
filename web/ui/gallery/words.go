package main

// words are sample words of one language.
type words struct {
	Title, Word, Phrase, Sentence, Name, Organisation, Theirs, Yours string
	Nav                                                              [3]string
}

func wordsOf(tag string) words {
	switch tag {
	case "ar":
		return words{
			Title: "قضية", Word: "اللغة", Phrase: "المحضر الخاص بالإحالة",
			Sentence: "تُسأل عن ذلك مرة واحدة فقط، ويمكنها أن ترفض الإجابة دون أن يترتب على ذلك أي شيء.",
			Name:     "ليلى حدّاد", Organisation: "دار الأمان", Theirs: "المحفوظ الآن", Yours: "ما أدخلتَه أنت",
			Nav: [3]string{"يومي", "القضايا", "الأشخاص والجهات"},
		}
	case "fr":
		return words{
			Title: "Dossier", Word: "Langue", Phrase: "Rapport d’orientation initial",
			Sentence: "La question n’est posée qu’une fois ; ne pas répondre n’a aucune conséquence.",
			Name:     "Élodie N’Guessan", Organisation: "Maison d’accueil", Theirs: "Version enregistrée", Yours: "Votre version",
			Nav: [3]string{"Ma journée", "Dossiers", "Personnes et organismes"},
		}
	case "es":
		return words{
			Title: "Expediente", Word: "Idioma", Phrase: "Informe inicial de derivación",
			Sentence: "La pregunta se hace una sola vez; no responder no tiene ninguna consecuencia.",
			Name:     "Marisol Ibáñez", Organisation: "Casa de acogida", Theirs: "Versión guardada", Yours: "Su versión",
			Nav: [3]string{"Mi día", "Casos", "Personas y organizaciones"},
		}
	}
	return words{
		Title: "Case", Word: "Language", Phrase: "Report of the first referral",
		Sentence: "This is asked once only; not answering has no consequence for the person.",
		Name:     "Grace Adeyemi", Organisation: "Harbour House", Theirs: "Now stored", Yours: "What you entered",
		Nav: [3]string{"My day", "Cases", "People and organisations"},
	}
}
