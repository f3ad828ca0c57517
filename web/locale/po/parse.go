package po

import (
	"bufio"
	"bytes"
	"fmt"
	"strconv"
	"strings"
)

// Parse reads a PO file. An error names the line that is not understood.
func Parse(data []byte) (*File, error) {
	p := &parser{file: &File{}, entry: &Entry{}}
	lines := bufio.NewScanner(bytes.NewReader(data))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		p.number++
		if err := p.line(strings.TrimSpace(lines.Text())); err != nil {
			return nil, fmt.Errorf("line %d: %w", p.number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if err := p.flush(); err != nil {
		return nil, fmt.Errorf("line %d: %w", p.number, err)
	}
	return p.file, nil
}

type parser struct {
	file   *File
	entry  *Entry
	target *string // where a continued string goes
	begun  bool    // a msgid was read
	done   bool    // a msgstr was read: the next comment or msgid begins another entry
	header bool    // the header was read
	number int
}

func (p *parser) line(text string) error {
	switch {
	case text == "":
		return p.flush()
	case strings.HasPrefix(text, "#~"):
		rest := strings.TrimSpace(text[2:])
		if rest == "" || strings.HasPrefix(rest, "|") {
			return nil
		}
		if err := p.keyword(rest); err != nil {
			return err
		}
		p.entry.Obsolete = true
		return nil
	case strings.HasPrefix(text, "#"):
		return p.comment(text)
	}
	return p.keyword(text)
}

func (p *parser) comment(text string) error {
	if p.done {
		if err := p.flush(); err != nil {
			return err
		}
	}
	e := p.entry
	switch {
	case strings.HasPrefix(text, "#."):
		e.Extracted = append(e.Extracted, strings.TrimSpace(text[2:]))
	case strings.HasPrefix(text, "#:"):
		e.References = append(e.References, strings.Fields(text[2:])...)
	case strings.HasPrefix(text, "#,"):
		for flag := range strings.SplitSeq(text[2:], ",") {
			e.Flags = append(e.Flags, strings.TrimSpace(flag))
		}
	case strings.HasPrefix(text, "#|"): // the former msgid of a fuzzy entry: not kept
	default:
		e.Comments = append(e.Comments, strings.TrimSpace(text[1:]))
	}
	return nil
}

func (p *parser) keyword(text string) error {
	word, rest, _ := strings.Cut(text, " ")
	if strings.HasPrefix(text, `"`) {
		if p.target == nil {
			return fmt.Errorf("a text that belongs to nothing: %s", text)
		}
		return p.read(text)
	}
	if p.done && !strings.HasPrefix(word, "msgstr") {
		if err := p.flush(); err != nil {
			return err
		}
	}
	e := p.entry
	switch {
	case word == "msgctxt":
		p.target = &e.Context
	case word == "msgid":
		p.target, p.begun = &e.ID, true
	case word == "msgid_plural":
		p.target = &e.Plural
	case word == "msgstr" || word == "msgstr["+strconv.Itoa(len(e.Strings))+"]":
		e.Strings = append(e.Strings, "")
		p.target, p.done = &e.Strings[len(e.Strings)-1], true
	default:
		return fmt.Errorf("not a PO keyword, or a plural form out of order: %s", text)
	}
	return p.read(strings.TrimSpace(rest))
}

func (p *parser) read(quoted string) error {
	text, err := unquote(quoted)
	if err != nil {
		return err
	}
	*p.target += text
	return nil
}

// flush ends the entry that was being read.
func (p *parser) flush() error {
	e := p.entry
	if !p.begun && !p.done {
		// Comments that stand alone at the top belong to the header.
		if len(e.Comments) > 0 && !p.header && len(p.file.Entries) == 0 {
			p.file.HeaderComments = append(p.file.HeaderComments, e.Comments...)
			p.entry = &Entry{}
		}
		return nil
	}
	if !p.begun || !p.done {
		return fmt.Errorf("msgid and msgstr do not come in pairs")
	}
	if e.ID == "" && e.Context == "" {
		if p.header {
			return fmt.Errorf("a second header, or an empty msgid")
		}
		p.header = true
		p.file.Header = e.Strings[0]
		p.file.HeaderComments = append(p.file.HeaderComments, e.Comments...)
	} else {
		p.file.Entries = append(p.file.Entries, e)
	}
	p.entry, p.target, p.begun, p.done = &Entry{}, nil, false, false
	return nil
}

// unquote reads a C-like string. strconv.Unquote would refuse nothing that
// translators' tools write, but would take \u escapes that they do not.
func unquote(s string) (string, error) {
	if len(s) < 2 || s[0] != '"' || s[len(s)-1] != '"' {
		return "", fmt.Errorf("not a quoted text: %s", s)
	}
	s = s[1 : len(s)-1]
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return "", fmt.Errorf("a quotation mark inside a text must be written \\\"")
		case s[i] != '\\':
			b.WriteByte(s[i])
			continue
		}
		i++
		if i == len(s) {
			return "", fmt.Errorf("a text ends with a backslash")
		}
		switch s[i] {
		case 'n':
			b.WriteByte('\n')
		case 't':
			b.WriteByte('\t')
		case '"', '\\':
			b.WriteByte(s[i])
		default:
			return "", fmt.Errorf("unknown escape \\%c", s[i])
		}
	}
	return b.String(), nil
}
