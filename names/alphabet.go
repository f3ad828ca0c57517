package names

import (
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// reading is how one letter is written in plain Latin: first letter by letter,
// then as the other usual way, most often by sound. Each word is read through
// once in the first way and once in the second.
type reading [2]string

// letters holds what taking the marks off does not give: Latin letters of their
// own, Latin letters that have a second spelling, Cyrillic (Russian first,
// Ukrainian second), Greek, Georgian and Armenian.
var letters = map[rune]reading{
	// Latin
	'æ': {"ae", "a"}, 'ø': {"o", "oe"}, 'œ': {"oe", "o"}, 'å': {"a", "aa"}, 'ä': {"a", "ae"}, 'ö': {"o", "oe"},
	'ü': {"u", "ue"}, 'ß': {"ss", "ss"}, 'ł': {"l", "l"}, 'đ': {"d", "dj"}, 'ð': {"d", "th"}, 'þ': {"th", "th"},
	'ı': {"i", "i"}, 'ħ': {"h", "h"}, 'ŋ': {"ng", "n"}, 'ɓ': {"b", "b"}, 'ɗ': {"d", "d"}, 'ƙ': {"k", "k"},
	'ƴ': {"y", "y"}, 'ɛ': {"e", "e"}, 'ɔ': {"o", "o"}, 'ɖ': {"d", "d"}, 'ƒ': {"f", "f"}, 'ɣ': {"g", "gh"},
	'ʋ': {"v", "v"}, 'ɲ': {"n", "ny"}, 'ə': {"a", "e"}, 'ǝ': {"e", "e"}, 'ɨ': {"i", "i"}, 'ŀ': {"l", "l"},
	'č': {"c", "ch"}, 'ć': {"c", "ch"}, 'ç': {"c", "ch"}, 'š': {"s", "sh"}, 'ş': {"s", "sh"}, 'ș': {"s", "sh"},
	'ś': {"s", "sh"}, 'ž': {"z", "zh"}, 'ź': {"z", "zh"}, 'ż': {"z", "zh"}, 'ț': {"t", "ts"}, 'ţ': {"t", "ts"},
	'ñ': {"n", "ny"}, 'ń': {"n", "n"}, 'ṣ': {"s", "sh"}, 'ğ': {"g", ""}, 'ě': {"e", "ie"},
	'ⱳ': {"w", "w"}, 'ŧ': {"t", "t"}, 'ĸ': {"k", "k"}, 'ƈ': {"c", "c"}, 'ɩ': {"i", "i"}, 'ʊ': {"u", "u"},
	// Cyrillic
	'а': {"a", "a"}, 'б': {"b", "b"}, 'в': {"v", "v"}, 'г': {"g", "h"}, 'ґ': {"g", "g"}, 'д': {"d", "d"},
	'е': {"e", "e"}, 'ё': {"e", "yo"}, 'є': {"e", "ie"}, 'ж': {"zh", "zh"}, 'з': {"z", "z"}, 'и': {"i", "y"},
	'і': {"i", "i"}, 'ї': {"i", "yi"}, 'й': {"y", "i"}, 'к': {"k", "k"}, 'л': {"l", "l"}, 'м': {"m", "m"},
	'н': {"n", "n"}, 'о': {"o", "o"}, 'п': {"p", "p"}, 'р': {"r", "r"}, 'с': {"s", "s"}, 'т': {"t", "t"},
	'у': {"u", "u"}, 'ў': {"u", "w"}, 'ф': {"f", "f"}, 'х': {"kh", "kh"}, 'ц': {"ts", "ts"}, 'ч': {"ch", "ch"},
	'ш': {"sh", "sh"}, 'щ': {"shch", "shch"}, 'ъ': {"", "a"}, 'ы': {"y", "y"}, 'ь': {"", ""}, 'э': {"e", "e"},
	'ю': {"yu", "iu"}, 'я': {"ya", "ia"}, 'ђ': {"dj", "d"}, 'ј': {"j", "y"}, 'љ': {"lj", "ly"}, 'њ': {"nj", "ny"},
	'ћ': {"ch", "c"}, 'џ': {"dzh", "dz"}, 'ѓ': {"gj", "g"}, 'ќ': {"kj", "k"}, 'ѕ': {"dz", "dz"}, 'қ': {"k", "q"},
	'ғ': {"g", "gh"}, 'ү': {"u", "u"}, 'ұ': {"u", "u"}, 'ө': {"o", "o"}, 'ә': {"a", "e"}, 'ң': {"n", "ng"},
	'һ': {"h", "h"}, 'ҳ': {"h", "kh"}, 'ҷ': {"j", "ch"}, 'ӣ': {"i", "i"}, 'ӯ': {"u", "u"}, 'ӏ': {"", ""},
	// Greek
	'α': {"a", "a"}, 'β': {"v", "b"}, 'γ': {"g", "y"}, 'δ': {"d", "d"}, 'ε': {"e", "e"}, 'ζ': {"z", "z"},
	'η': {"i", "i"}, 'θ': {"th", "th"}, 'ι': {"i", "i"}, 'κ': {"k", "c"}, 'λ': {"l", "l"}, 'μ': {"m", "m"},
	'ν': {"n", "n"}, 'ξ': {"x", "ks"}, 'ο': {"o", "o"}, 'π': {"p", "p"}, 'ρ': {"r", "r"}, 'σ': {"s", "s"},
	'ς': {"s", "s"}, 'τ': {"t", "t"}, 'υ': {"y", "u"}, 'φ': {"f", "ph"}, 'χ': {"ch", "h"}, 'ψ': {"ps", "ps"},
	'ω': {"o", "o"},
	// Georgian
	'ა': {"a", "a"}, 'ბ': {"b", "b"}, 'გ': {"g", "g"}, 'დ': {"d", "d"}, 'ე': {"e", "e"}, 'ვ': {"v", "v"},
	'ზ': {"z", "z"}, 'თ': {"t", "t"}, 'ი': {"i", "i"}, 'კ': {"k", "k"}, 'ლ': {"l", "l"}, 'მ': {"m", "m"},
	'ნ': {"n", "n"}, 'ო': {"o", "o"}, 'პ': {"p", "p"}, 'ჟ': {"zh", "zh"}, 'რ': {"r", "r"}, 'ს': {"s", "s"},
	'ტ': {"t", "t"}, 'უ': {"u", "u"}, 'ფ': {"p", "ph"}, 'ქ': {"k", "k"}, 'ღ': {"gh", "g"}, 'ყ': {"q", "k"},
	'შ': {"sh", "sh"}, 'ჩ': {"ch", "ch"}, 'ც': {"ts", "ts"}, 'ძ': {"dz", "dz"}, 'წ': {"ts", "ts"}, 'ჭ': {"ch", "ch"},
	'ხ': {"kh", "kh"}, 'ჯ': {"j", "dj"}, 'ჰ': {"h", "h"},
	// Armenian (Eastern)
	'ա': {"a", "a"}, 'բ': {"b", "b"}, 'գ': {"g", "g"}, 'դ': {"d", "d"}, 'ե': {"e", "ye"}, 'զ': {"z", "z"},
	'է': {"e", "e"}, 'ը': {"y", "e"}, 'թ': {"t", "t"}, 'ժ': {"zh", "zh"}, 'ի': {"i", "i"}, 'լ': {"l", "l"},
	'խ': {"kh", "kh"}, 'ծ': {"ts", "ts"}, 'կ': {"k", "k"}, 'հ': {"h", "h"}, 'ձ': {"dz", "dz"}, 'ղ': {"gh", "gh"},
	'ճ': {"ch", "ch"}, 'մ': {"m", "m"}, 'յ': {"y", "y"}, 'ն': {"n", "n"}, 'շ': {"sh", "sh"}, 'ո': {"o", "vo"},
	'չ': {"ch", "ch"}, 'պ': {"p", "p"}, 'ջ': {"j", "j"}, 'ռ': {"r", "r"}, 'ս': {"s", "s"}, 'վ': {"v", "v"},
	'տ': {"t", "t"}, 'ր': {"r", "r"}, 'ց': {"ts", "ts"}, 'ւ': {"", ""}, 'փ': {"p", "p"}, 'ք': {"k", "k"},
	'օ': {"o", "o"}, 'ֆ': {"f", "f"}, 'և': {"ev", "yev"},
}

// latin reads w in plain letters and digits. The result is empty when w has a
// letter of a script that is not covered: half a transliteration would match
// what it should not.
func latin(w string, way int) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(w) {
		if !latinRune(&b, r, way) {
			return ""
		}
	}
	return b.String()
}

func latinRune(b *strings.Builder, r rune, way int) bool {
	if l, ok := letters[r]; ok {
		b.WriteString(l[way])
		return true
	}
	if r < 0x80 {
		if r != '\'' && r != '-' {
			b.WriteRune(r)
		}
		return true
	}
	bare := norm.NFD.String(string(r))
	for i, p := range bare {
		switch {
		case p == r && unicode.IsMark(p):
		case p == r:
			return false
		case i > 0 && unicode.IsMark(p):
		case !latinRune(b, p, way):
			return false
		}
	}
	return true
}
