package names

import (
	"math/rand"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// people are common or made-up names that are each another name. They are used
// to measure how often different names have one key.
const people = `Maria Marco Amina Aminu Ali Ola Blessing Grace Gracia Ngozi Nkechi Ivan Iwona Chen Zhang Ahmed Hamid Hassan
Hussein Olga Helga Sara Samira Amaka Emeka Chidi Chioma Adaeze Ifeoma Obinna Uchenna Chinedu Kelechi Onyeka Nneka
Osas Osayuwamen Efosa Itohan Isoken Omoruyi Ehigiator Oghogho Esosa Precious Mercy Faith Joy Patience Sunday Monday
Fatou Mamadou Awa Aminata Binta Kadiatou Mariam Oumou Ramata Salif Seydou Boubacar Diallo Diarra Keita Kone Traore
Camara Toure Sow Barry Bah Sylla Conde Cisse Mamta Sunita Anjali Priya Rahul Suman Gita Sita Laxmi Kamala Nirmala
Nguyen Tran Pham Hoang Phan Dang Bui Ngo Duong Linh Huong Thao Trang Lan Mai Hoa Thu Oksana Natalia Iryna
Tetiana Kateryna Svitlana Halyna Larysa Nadiia Vira Liubov Bohdan Taras Ostap Yaroslav Dmytro Serhii Andrii Vasyl
Kovalenko Shevchenko Bondarenko Tkachenko Kravchenko Oliynyk Melnyk Lysenko Savchenko Marchenko Rudenko Ana Luisa
Carmen Rosa Lucia Elena Teresa Pilar Isabel Gloria Carlos Pedro Pablo Diego Luis Jorge Fernando Garcia Lopez Perez
Gomez Sanchez Ramirez Torres Flores Rivera Vargas Castillo Morales Ortiz Gutierrez Romero Andrea Bianca Cristina
Denisa Florin Gabriel Ionut Mihai Radu Stefan Vlad Alina Corina Doina Mirela Nicoleta Omar Khalid Yusuf Ibrahim Salim
Karim Tariq Nadir Bilal Jamal Samir Walid Faisal Layla Nour Huda Rania Yasmin Zaynab Khadija Halima Safia Salma
Tesfaye Bekele Abebe Alemu Tadesse Hirut Selam Almaz Tigist Mulu Genet Senait Yohannes Dawit Solomon Kidane`

func TestDifferentNamesSeldomShareAKey(t *testing.T) {
	list := strings.Fields(people)
	pairs, shared, folded := 0, []string{}, 0
	for i, a := range list {
		for _, b := range list[i+1:] {
			pairs++
			switch finds(a, b) {
			case Phonetic:
				shared = append(shared, a+"/"+b)
			case Folded, Exact:
				folded++
				t.Errorf("%s and %s are one name by spelling", a, b)
			}
		}
	}
	t.Logf("%d names, %d pairs, %d share a phonetic key (%.3f %%): %s", len(list), pairs, len(shared),
		100*float64(len(shared))/float64(pairs), strings.Join(shared, " "))
	if len(shared)*1000 > pairs {
		t.Errorf("%d of %d pairs of different names share a key: more than one in a thousand", len(shared), pairs)
	}
}

func TestASpellingStandsInOneLine(t *testing.T) {
	seen := map[string]string{}
	for line := range strings.Lines(spellingTable) {
		list := strings.Fields(line)
		for _, w := range list {
			w = Normalise(w)
			if before, ok := seen[w]; ok && before != list[0] {
				t.Errorf("%s stands under %s and under %s", w, before, list[0])
			}
			seen[w] = list[0]
		}
	}
}

func TestTheChosenSpellingIsFoundByEverySpelling(t *testing.T) {
	for spelling, choice := range chosen {
		if finds(spelling, choice) < Folded || finds(choice, spelling) < Folded {
			t.Errorf("%s and %s do not find each other", spelling, choice)
		}
	}
}

var namePieces = append(strings.Fields(people), "Abdul", "abd", "al", "el", "al-Hassan", "Jean-Pierre", "de", "la", "bin",
	"ibn", "Ben", "van", "din", "Xiao", "Ming", "Li", "李小明", "朝阳", "مُحَمَّد", "عبد", "الرحمن", "نور", "الدين", "بن",
	"Юлія", "Ковальський", "Ẹ̀fẹ́", "N’Diaye", "Đặng", "สมชาย", "ヤマダ", "e", "y", "-", "'")

func drawName(t *rapid.T, label string) []string {
	return rapid.SliceOfN(rapid.SampledFrom(namePieces), 1, 6).Draw(t, label)
}

func TestOrderOfWordsDoesNotMatter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := drawName(t, "words")
		name := strings.Join(words, " ")
		if len(Query(name)) == 0 {
			return
		}
		other := slices.Clone(words)
		seed := rapid.Int64().Draw(t, "seed")
		rand.New(rand.NewSource(seed)).Shuffle(len(other), func(i, j int) { other[i], other[j] = other[j], other[i] })
		if shuffled := strings.Join(other, " "); finds(shuffled, name) == 0 {
			t.Fatalf("%q does not find %q", shuffled, name)
		}
	})
}

func TestSimilarIsSymmetricAndBounded(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		a, b := strings.Join(drawName(t, "a"), " "), strings.Join(drawName(t, "b"), " ")
		x, y := Similar(a, b), Similar(b, a)
		if x != y || x < 0 || x > 1.000001 {
			t.Fatalf("Similar(%q, %q) = %v, other way %v", a, b, x, y)
		}
	})
}

func TestSimilarPutsTheBestFirst(t *testing.T) {
	for _, c := range []struct{ query, better, worse string }{
		{"Ahmed Hassan", "Ahmed Hassan", "Ahmet Hasan"},
		{"Ahmed Hassan", "Hasan Ahmad", "Ahmed Hussein"},
		{"Osas Blessing", "Blessing Osas", "Blessing Osas Joy"},
		{"محمد علي", "Mohammed Ali", "Mohammed Salim"},
		{"李小明", "李小明", "李明"},
		{"李小明", "Xiaoming Li", "Li Daming"},
		{"Li Ming", "李明", "李小明"},
		{"Yulia", "Юлія", "Yuliana"},
	} {
		if b, w := Similar(c.query, c.better), Similar(c.query, c.worse); b <= w {
			t.Errorf("%s: %s %.3f, %s %.3f", c.query, c.better, b, c.worse, w)
		}
	}
	if got := Similar("Ana", ""); got != 0 {
		t.Errorf("nothing is like %v", got)
	}
}

func TestNothingFindsNothing(t *testing.T) {
	for _, s := range []string{"", " ", "-", "...", "'", "\u0301", "ـ"} {
		if len(Query(s)) != 0 || len(Terms(s)) != 0 {
			t.Errorf("%q: query %v, terms %v", s, Query(s), Terms(s))
		}
	}
}

func TestAParticleAloneIsAskedFor(t *testing.T) {
	for _, s := range []string{"Ben", "de la", "bin", "Ben Smith"} {
		if finds(s, s) != Exact {
			t.Errorf("%q does not find itself", s)
		}
	}
	if finds("Ben Smith", "Ann Smith") != 0 {
		t.Error("Ben of Ben Smith was taken for a particle")
	}
}

func TestTheStrongestAlternativeComesFirst(t *testing.T) {
	for _, alternatives := range Query("Abdul Rahman Müller Jelena 李小明 نسرين") {
		if !slices.IsSortedFunc(alternatives, func(a, b Term) int { return int(b.Weight) - int(a.Weight) }) {
			t.Errorf("not sorted: %v", alternatives)
		}
	}
}

func TestLongNamesAreBounded(t *testing.T) {
	for _, unit := range []string{"a", "jeje ", "abd-al-", "李", "小明 ", "e\u0301", "Xiao ", "نسرين ", "عبد", "\u0301", "Ǆ", "ﷺ", "a-"} {
		name := strings.Repeat(unit, 10_000/len(unit))
		checkBounds(t, name)
	}
}

func checkBounds(t *testing.T, name string) {
	t.Helper()
	terms := Terms(name)
	if len(terms) > MaxTerms {
		t.Errorf("%d terms", len(terms))
	}
	query := Query(name)
	if len(query) > maxWords*maxHanRunes {
		t.Errorf("%d words asked", len(query))
	}
	for _, alternatives := range append(query, terms) {
		for _, term := range alternatives {
			if len(term.Text) > 4*maxRunes || term.Text == "" || term.Weight.String() == "none" {
				t.Errorf("term %q of kind %v", term.Text, term.Weight)
			}
		}
		if len(alternatives) > MaxTerms || len(alternatives) == 0 && len(query) > 0 {
			t.Errorf("%d alternatives", len(alternatives))
		}
	}
}

func FuzzNames(f *testing.F) {
	for _, p := range namePieces {
		f.Add(p, "Abd al-Rahman")
	}
	f.Add("I\u0307\u0301", "\xff")
	f.Add("ا\u0640\u0654", "ŉ ´ ¨ ﷲ")
	f.Fuzz(func(t *testing.T, a, b string) {
		n := Normalise(a)
		if again := Normalise(n); again != n {
			t.Errorf("Normalise(%q) = %q, again %q", a, n, again)
		}
		checkBounds(t, a)
		if x, y := Similar(a, b), Similar(b, a); x != y || x < 0 || x > 1.000001 {
			t.Errorf("Similar(%q, %q) = %v, other way %v", a, b, x, y)
		}
		if len(Query(a)) > 0 && len(split(a)) < maxWords && len(Terms(a)) < MaxTerms && finds(a, a) == 0 {
			t.Errorf("%q does not find itself", a)
		}
		if p, ok := Phone(a); ok {
			if again, _ := Phone(p); again != p {
				t.Errorf("Phone(%q) = %q, again %q", a, p, again)
			}
		}
		if r, ok := Reference(a); ok {
			if again, _ := Reference(r); again != r {
				t.Errorf("Reference(%q) = %q, again %q", a, r, again)
			}
		}
		DateQuery(a)
	})
}

func BenchmarkTerms(b *testing.B) {
	for _, name := range []string{"Osayuwamen Blessing", "عبد الرحمن محمد علي", "李小明", "Олександр Ковальський"} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Terms(name)
			}
		})
	}
}

func BenchmarkTermsOfTenKilobytes(b *testing.B) {
	name := strings.Repeat("Jeje-Ndjeje Jörg ", 600)
	b.ReportAllocs()
	for b.Loop() {
		Terms(name)
	}
}

func BenchmarkSimilar(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Similar("Abdul Rahman Mohammed", "محمد عبد الرحمن")
	}
}
