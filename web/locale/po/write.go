package po

import (
	"bytes"
	"fmt"
	"strings"
)

// Bytes writes the file. Parse reads it back the same.
func (f *File) Bytes() []byte {
	var b bytes.Buffer
	for _, c := range f.HeaderComments {
		comment(&b, "#", c)
	}
	b.WriteString("msgid \"\"\n")
	text(&b, "", "msgstr", f.Header)
	for _, e := range f.Entries {
		b.WriteByte('\n')
		e.write(&b)
	}
	return b.Bytes()
}

func (e *Entry) write(b *bytes.Buffer) {
	for _, c := range e.Comments {
		comment(b, "#", c)
	}
	for _, c := range e.Extracted {
		comment(b, "#.", c)
	}
	for _, r := range e.References {
		comment(b, "#:", r)
	}
	if len(e.Flags) > 0 {
		comment(b, "#,", strings.Join(e.Flags, ", "))
	}
	prefix := ""
	if e.Obsolete {
		prefix = "#~ "
	}
	if e.Context != "" {
		text(b, prefix, "msgctxt", e.Context)
	}
	text(b, prefix, "msgid", e.ID)
	if e.Plural == "" {
		first := ""
		if len(e.Strings) > 0 {
			first = e.Strings[0]
		}
		text(b, prefix, "msgstr", first)
		return
	}
	text(b, prefix, "msgid_plural", e.Plural)
	for i, s := range e.Strings {
		text(b, prefix, fmt.Sprintf("msgstr[%d]", i), s)
	}
}

func comment(b *bytes.Buffer, mark, words string) {
	b.WriteString(strings.TrimRight(mark+" "+words, " "))
	b.WriteByte('\n')
}

// text writes a keyword with its string; one with several lines is broken
// after each of them.
func text(b *bytes.Buffer, prefix, keyword, s string) {
	lines := strings.SplitAfter(s, "\n")
	if last := len(lines) - 1; last > 0 && lines[last] == "" {
		lines = lines[:last]
	}
	b.WriteString(prefix + keyword + " ")
	if len(lines) > 1 {
		b.WriteString("\"\"\n" + prefix)
	}
	for i, line := range lines {
		if i > 0 {
			b.WriteString(prefix)
		}
		b.WriteString(quote(line) + "\n")
	}
}

func quote(s string) string {
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`).Replace(s) + `"`
}
