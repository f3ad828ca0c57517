package locale

import (
	"fmt"
	"reflect"

	"palermo/fault"
)

// Locale is one language, for one reader. Its zero value is English. It may be
// used by many at once.
type Locale struct {
	catalog *catalog
}

// Tag is the BCP 47 tag of the language, such as "ar".
func (l Locale) Tag() string {
	if l.catalog == nil {
		return "en"
	}
	return l.catalog.tag
}

// Dir is the direction of writing: "ltr" or "rtl".
func (l Locale) Dir() string {
	switch l.Tag() {
	case "ar", "fa", "he", "ur", "ps", "ckb":
		return "rtl"
	}
	return "ltr"
}

// Name is the language's name in itself, as its readers look for it.
func (l Locale) Name() string {
	if name, ok := ownNames()[l.Tag()]; ok {
		return name
	}
	return l.Tag()
}

func ownNames() map[string]string {
	return map[string]string{
		"en": "English", "fr": "Français", "es": "Español", "ar": "العربية",
		"zh": "中文", "ru": "Русский",
	}
}

// T says msgid in the language. With args it is a format of package fmt; a
// translation may put them in another order (%[2]s). An argument of a string
// type named Phrase is itself translated.
func (l Locale) T(msgid string, args ...any) string {
	return l.C("", msgid, args...)
}

// C is T for a word that means several things; context tells the translator
// (and the catalogue) which.
func (l Locale) C(context, msgid string, args ...any) string {
	text, ok := l.catalog.lookup(context, msgid)
	if !ok {
		text = msgid
	}
	return l.format(text, args)
}

// N says how many, in the plural form of the language: Arabic has six. n
// chooses the form and, when no args are given, fills its %d.
func (l Locale) N(one, many string, n int, args ...any) string {
	if len(args) == 0 {
		args = []any{n}
	}
	if text, ok := l.catalog.plural(one, n); ok {
		return l.format(text, args)
	}
	if n == 1 {
		return l.format(one, args)
	}
	return l.format(many, args)
}

// Fault says why something did not happen. It never shows the cause.
func (l Locale) Fault(f *fault.Fault) string {
	if f == nil {
		return ""
	}
	return l.T(f.Message, f.Args...)
}

// Err is Fault for any error: one that is not a fault is told as an internal one.
func (l Locale) Err(err error) string { return l.Fault(fault.Of(err)) }

func (l Locale) format(text string, args []any) string {
	if len(args) == 0 {
		return text
	}
	said := make([]any, len(args))
	for i, arg := range args {
		said[i] = l.say(arg)
	}
	return sprintf(text, said)
}

// say translates an argument that is a phrase of the program and not a
// person's words.
func (l Locale) say(arg any) any {
	v := reflect.ValueOf(arg)
	if v.Kind() == reflect.String && v.Type().Name() == "Phrase" {
		return l.T(v.String())
	}
	return arg
}

// sprintf formats, and lets a translation leave an argument out: in Arabic
// "one day" and "two days" name no number.
func sprintf(text string, args []any) string {
	used := 0
	for i := 0; i < len(text)-1; i++ {
		if text[i] != '%' {
			continue
		}
		if text[i+1] == '[' {
			return fmt.Sprintf(text, args...) // numbered verbs: fmt accepts unused ones
		}
		if text[i+1] != '%' {
			used++
		}
		i++
	}
	return fmt.Sprintf(text, args[:min(used, len(args))]...)
}
