package form

import (
	"strings"
)

// column is a column of a sheet: what it means and in which language.
type column struct {
	index    int
	header   string // as written
	meaning  string // "label", "relevant", …; "" where it has none here
	language string
}

// columns reads the header row. Names are taken without regard to case, with
// pyxform's aliases, and with the language after "::" or, as older workbooks
// have it, ":".
func columns(header []string, meaning func(string) string) []column {
	var all []column
	for i, h := range header {
		h := strings.TrimSpace(h)
		if h == "" {
			continue
		}
		c := column{index: i, header: h}
		base, language := splitHeader(h)
		if c.meaning = meaning(base); translatable(c.meaning) {
			c.language = language
		} else if language != "" {
			c.meaning = "" // such as relevant::English, which nobody knows
		}
		all = append(all, c)
	}
	return all
}

// splitHeader cuts "media::image::French (fr)" into "image" and "French (fr)".
func splitHeader(h string) (base, language string) {
	separator := "::"
	if !strings.Contains(h, "::") {
		separator = ":"
		if strings.HasPrefix(strings.ToLower(h), "jr:") {
			separator = "\x00"
		}
	}
	parts := strings.Split(h, separator)
	for i := range parts {
		parts[i] = strings.TrimSpace(parts[i])
	}
	base = strings.ReplaceAll(strings.ToLower(parts[0]), " ", "_")
	if len(parts) > 1 && (base == "media" || base == "bind" || base == "control" || base == "body") {
		base = strings.ToLower(parts[1])
		parts = parts[1:]
	}
	if len(parts) > 1 {
		language = strings.Join(parts[1:], separator)
	}
	return base, language
}

func translatable(meaning string) bool {
	switch meaning {
	case "label", "hint", "guidance_hint", "constraint_message", "required_message", "image", "big-image", "audio", "video":
		return true
	}
	return false
}

func surveyColumn(base string) string {
	switch base {
	case "type", "command":
		return "type"
	case "name", "tag":
		return "name"
	case "label", "caption", "text":
		return "label"
	case "relevant", "relevance", "skip_logic":
		return "relevant"
	case "constraint_message", "constraining_message", "constraint_msg", "constraintmsg", "jr:constraintmsg":
		return "constraint_message"
	case "required_message", "requiredmsg", "required_msg", "jr:requiredmsg":
		return "required_message"
	case "read_only", "readonly":
		return "readonly"
	case "calculation", "calculate":
		return "calculation"
	case "choice_filter", "choicefilter":
		return "choice_filter"
	case "repeat_count", "jr:count", "count":
		return "repeat_count"
	case "hint", "guidance_hint", "constraint", "required", "default", "appearance", "parameters", "trigger", "disabled",
		"image", "big-image", "audio", "video",
		"indicator_code", "dimension", "weight", "source", "status":
		return base
	}
	return ""
}

func choiceColumn(base string) string {
	switch base {
	case "list_name", "listname":
		return "list_name"
	case "name", "value":
		return "name"
	case "label", "caption":
		return "label"
	case "image", "big-image", "audio", "video":
		return base
	}
	return ""
}

func settingsColumn(base string) string {
	switch base {
	case "form_title", "title", "set_form_title":
		return "form_title"
	case "form_id", "id_string", "set_form_id":
		return "form_id"
	}
	return base
}

// table is a sheet read by its columns.
type table struct {
	sheet   *Sheet
	columns []column
	first   int // 0-based row after the header
}

func newTable(s *Sheet, meaning func(string) string) table {
	t := table{sheet: s}
	if h := s.header(); h >= 0 {
		t.columns = columns(s.Rows[h], meaning)
		t.first = h + 1
	} else {
		t.first = len(s.Rows)
	}
	return t
}

// line is one row of a table.
type line struct {
	table *table
	row   int // 0-based
}

// get is the trimmed cell of the first column with this meaning that holds something.
func (l line) get(meaning string) string {
	for _, c := range l.table.columns {
		if c.meaning == meaning {
			if s := strings.TrimSpace(l.table.sheet.cell(l.row, c.index)); s != "" {
				return s
			}
		}
	}
	return ""
}

// texts collects the languages of a column.
func (l line) texts(meaning string) Text {
	var t Text
	for _, c := range l.table.columns {
		if c.meaning != meaning {
			continue
		}
		if s := strings.TrimSpace(l.table.sheet.cell(l.row, c.index)); s != "" {
			if t == nil {
				t = Text{}
			}
			if t[c.language] == "" {
				t[c.language] = s
			}
		}
	}
	return t
}

func (l line) media() map[string]Text {
	var all map[string]Text
	for _, kind := range []string{"image", "big-image", "audio", "video"} {
		if t := l.texts(kind); t != nil {
			if all == nil {
				all = map[string]Text{}
			}
			all[kind] = t
		}
	}
	return all
}

// unknown collects the cells of columns without a meaning, by header.
func (l line) unknown() map[string]string {
	var all map[string]string
	for _, c := range l.table.columns {
		if s := l.table.sheet.cell(l.row, c.index); c.meaning == "" && s != "" {
			if all == nil {
				all = map[string]string{}
			}
			all[c.header] = s
		}
	}
	return all
}

func (l line) empty() bool {
	for _, c := range l.table.columns {
		if strings.TrimSpace(l.table.sheet.cell(l.row, c.index)) != "" {
			return false
		}
	}
	return true
}
