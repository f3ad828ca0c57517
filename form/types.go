package form

import (
	"regexp"
	"strings"
)

// Type is the type of a question, in the spelling of this program whatever
// alias the workbook used.
type Type string

const (
	TypeText      Type = "text"
	TypeInteger   Type = "integer"
	TypeDecimal   Type = "decimal"
	TypeRange     Type = "range"
	TypeDate      Type = "date"
	TypeTime      Type = "time"
	TypeDateTime  Type = "dateTime"
	TypeOne       Type = "select_one"
	TypeMultiple  Type = "select_multiple"
	TypeRank      Type = "rank"
	TypeTick      Type = "acknowledge" // one box: empty or OK
	TypeNote      Type = "note"
	TypeCalculate Type = "calculate"
	TypeHidden    Type = "hidden"
	TypeGroup     Type = "group"
	TypeRepeat    Type = "repeat"
)

// types that a device fills in by itself.
const recorded = " start end today deviceid subscriberid simserial phonenumber username email start-geopoint audit background-audio background-geopoint xml-external csv-external instanceID "

// types that are known but cannot be filled in a plain web page.
const unsupported = " geopoint geotrace geoshape image audio video file barcode osm uri "

// Asked reports whether a person gives the answer.
func (t Type) Asked() bool {
	switch t {
	case TypeNote, TypeCalculate, TypeHidden, TypeGroup, TypeRepeat, "":
		return false
	}
	return !t.Recorded()
}

// Recorded reports whether a device would fill it in: start, end, today, …
func (t Type) Recorded() bool { return strings.Contains(recorded, " "+string(t)+" ") }

// Supported reports whether it can be answered on line. Places, pictures,
// sounds and bar codes cannot; their rows are kept and shown as such.
func (t Type) Supported() bool { return !strings.Contains(unsupported, " "+string(t)+" ") }

// Select reports whether the answer is chosen from a list.
func (t Type) Select() bool { return t == TypeOne || t == TypeMultiple || t == TypeRank }

// row is what the type column says.
type rowType struct {
	begin, end Kind
	kind       Type
	list       string
	other      bool
	external   bool // list in sheet external_choices
	file       bool // list in a file kept elsewhere
	osm        bool
}

// typePatterns are compiled once per questionnaire: package state is not kept.
type typePatterns struct{ begin, choose *regexp.Regexp }

func newTypePatterns() typePatterns {
	return typePatterns{
		begin: regexp.MustCompile(`(?i)^(begin|end)[\s_]+(l?group|looped group|repeat|loop)(\s+(?:over\s+)?(\S+))?$`),
		choose: regexp.MustCompile(`(?i)^(add select one prompt using|add select multiple prompt using|select all that apply from|` +
			`select all that apply|select one from|select multiple from|select one using|select multiple using|select_one_external|select one external|` +
			`select_one_from_file|select one from file|select_multiple_from_file|select multiple from file|` +
			`select_one|select one|select1|select_multiple|select multiple|rank)\s+(\S+|\$\{[^}]*\})(\s+(?:or[_ ]specify[_ ]other|or[_ ]other))?$`),
	}
}

// read understands a type cell; false for one that nobody knows.
func (p typePatterns) read(cell string) (rowType, bool) {
	cell = strings.Join(strings.Fields(cell), " ")
	if m := p.begin.FindStringSubmatch(cell); m != nil {
		kind := KindGroup
		if w := strings.ToLower(m[2]); w == "repeat" || w == "loop" {
			kind = KindRepeat
		}
		if strings.EqualFold(m[1], "begin") {
			return rowType{begin: kind}, true
		}
		return rowType{end: kind}, true
	}
	if m := p.choose.FindStringSubmatch(cell); m != nil {
		word := strings.ReplaceAll(strings.ToLower(m[1]), "_", " ")
		t := rowType{kind: TypeOne, list: m[2], other: m[3] != "", external: strings.Contains(word, "external"), file: strings.Contains(word, "file")}
		switch {
		case strings.Contains(word, "rank"):
			t.kind = TypeRank
		case strings.Contains(word, "multiple"), strings.Contains(word, "all that apply"):
			t.kind = TypeMultiple
		}
		return t, true
	}
	lower := strings.ToLower(cell)
	if list, ok := strings.CutPrefix(lower, "osm "); ok {
		return rowType{kind: "osm", list: list, osm: true}, true
	}
	if t := plainType(lower); t != "" {
		return rowType{kind: t}, true
	}
	return rowType{}, false
}

// plainType knows the aliases of pyxform's question types.
func plainType(s string) Type {
	for _, affix := range []string{"add ", "q "} {
		s = strings.TrimPrefix(s, affix)
	}
	for _, affix := range []string{" prompt", " question"} {
		s = strings.TrimSuffix(s, affix)
	}
	s = strings.TrimPrefix(s, "uri:")
	switch s {
	case "text", "string", "textarea":
		return TypeText
	case "integer", "int":
		return TypeInteger
	case "decimal", "percentage":
		return TypeDecimal
	case "range", "date", "time", "note", "calculate", "hidden", "barcode", "geopoint", "geotrace", "geoshape",
		"audio", "video", "file", "osm", "uri", "audit", "start-geopoint", "background-audio", "background-geopoint",
		"xml-external", "csv-external", "username", "email", "start", "end", "today", "deviceid", "subscriberid", "simserial", "phonenumber":
		return Type(s)
	case "datetime", "date time":
		return TypeDateTime
	case "acknowledge", "trigger":
		return TypeTick
	case "image", "photo", "picture":
		return "image"
	case "gps", "location":
		return "geopoint"
	case "phone number", "telephone", "tel":
		return TypeText
	case "device id", "imei", "get device id", "deviceid ":
		return "deviceid"
	case "subscriber id", "get subscriber id":
		return "subscriberid"
	case "sim id", "sim serial", "get sim id":
		return "simserial"
	case "get phone number", "phone":
		return "phonenumber"
	case "start time", "get start time":
		return "start"
	case "end time", "get end time":
		return "end"
	case "date of survey", "get today":
		return "today"
	}
	return ""
}
