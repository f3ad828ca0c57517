// Notices writes THIRD-PARTY-NOTICES.md: what others wrote of the program, under which licence, with the texts that
// their licences ask us to pass on. It reads the modules that cmd/palermo is linked from out of the module cache, and
// the licences that lie beside foreign files in this repository.
//
//	go run ./scripts/notices           write the file
//	go run ./scripts/notices -check    fail when it is not current
package main

import (
	"bytes"
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
)

const (
	output = "THIRD-PARTY-NOTICES.md"
	head   = `# Third-party notices

Palermo is under the Apache License 2.0 (LICENSE). The program contains the work below, each under its own licence.
The standard library of Go, also contained, has the licence and the text of golang.org/x/text; SQLite, which
go-sqlite3-wasm translates, is in the public domain. Tools used only for tests are not part of the program. Written by
` + "`make notices`" + `; do not edit.

`
)

// part is a module, or a folder of this repository with foreign files.
type part struct {
	name      string
	dirs      []string // where its licences may be
	licences  []string // SPDX identifiers
	copyright string
	text      string // of the licence
	notice    string // of the NOTICE file
}

func main() {
	check := flag.Bool("check", false, "fail when "+output+" is not current")
	flag.Parse()
	if err := run(*check); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func run(check bool) error {
	parts, err := modules()
	if err != nil {
		return err
	}
	folders, err := foreignFolders()
	if err != nil {
		return err
	}
	parts = append(parts, folders...)
	for i := range parts {
		if err := parts[i].read(); err != nil {
			return err
		}
	}
	want := write(parts)
	if !check {
		return os.WriteFile(output, want, 0o644)
	}
	have, err := os.ReadFile(output)
	if err != nil || !bytes.Equal(have, want) {
		return errors.New(output + " is not current: run make notices")
	}
	return nil
}

// modules are those with a package in the program, as built for Linux. A package may have a licence of its own, so
// each folder from the module down to a package is one to look into.
func modules() ([]part, error) {
	list := exec.Command("go", "list", "-deps", "-f",
		"{{with .Module}}{{if not .Main}}{{.Path}} {{.Version}}\t{{.Dir}}\t{{$.Dir}}{{end}}{{end}}", "./cmd/palermo")
	list.Env = append(os.Environ(), "GOOS=linux", "GOARCH=amd64", "CGO_ENABLED=0")
	list.Stderr = os.Stderr
	out, err := list.Output()
	if err != nil {
		return nil, fmt.Errorf("list the modules of the program: %w", err)
	}
	dirs := map[string][]string{} // by name
	for line := range strings.Lines(string(out)) {
		field := strings.Split(strings.TrimSpace(line), "\t")
		if len(field) != 3 {
			continue // of the standard library, or ours
		}
		name, top := field[0], field[1]
		for dir := field[2]; strings.HasPrefix(dir, top); dir = filepath.Dir(dir) {
			if !slices.Contains(dirs[name], dir) {
				dirs[name] = append(dirs[name], dir)
			}
		}
	}
	var parts []part
	for _, name := range slices.Sorted(maps.Keys(dirs)) {
		parts = append(parts, part{name: name, dirs: slices.Sorted(slices.Values(dirs[name]))})
	}
	return parts, nil
}

// foreignFolders are those below the root with a licence of their own.
func foreignFolders() ([]part, error) {
	var parts []part
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && path != "." && (strings.HasPrefix(d.Name(), ".") || d.Name() == "node_modules"):
			return fs.SkipDir
		case !d.IsDir() && filepath.Dir(path) != "." && isLicence(d.Name()):
			dir := filepath.Dir(path)
			if !slices.ContainsFunc(parts, func(p part) bool { return p.name == dir }) {
				parts = append(parts, part{name: dir, dirs: []string{dir}})
			}
		}
		return nil
	})
	return parts, err
}

var (
	licenceFile   = regexp.MustCompile(`^(?i)(LICEN[CS]E|COPYING|OFL)(-[\w-]+)?(\.(txt|md))?$`)
	copyrightLine = regexp.MustCompile(`(?im)^[\s*]*((?:original work |modified work )?copyright (\(c\)|©|[0-9]).*)$`)
	marks         = []struct{ licence, mark string }{
		{"Apache-2.0", "Apache License"},
		{"MIT", "The above copyright notice and this permission notice shall be included"},
		{"MIT-0", "Software without restriction, including without limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the Software, and to permit persons to whom the Software is furnished to do so. THE SOFTWARE IS"},
		{"MPL-2.0", "Mozilla Public License"},
		{"OFL-1.1", "SIL OPEN FONT LICENSE"},
		{"ISC", "Permission to use, copy, modify, and/or distribute"},
		{"BSD-3-Clause", "endorse or promote products"},
		{"BSD-2-Clause", "Redistribution and use in source and binary forms"},
		{"public domain", "public domain"},
	}
)

func isLicence(name string) bool { return licenceFile.MatchString(name) }

func (p *part) read() error {
	for _, dir := range p.dirs {
		files, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, file := range files {
			notice := strings.HasPrefix(file.Name(), "NOTICE")
			if file.IsDir() || !isLicence(file.Name()) && !notice {
				continue
			}
			content, err := os.ReadFile(filepath.Join(dir, file.Name()))
			if err != nil {
				return err
			}
			text := strings.TrimSpace(strings.ReplaceAll(string(content), "\r\n", "\n"))
			if notice {
				p.notice = text
			} else {
				p.text = strings.TrimSpace(p.text + "\n\n" + text)
			}
		}
	}
	flat := strings.Join(strings.Fields(p.text), " ")
	for _, m := range marks {
		bsd := m.licence == "BSD-2-Clause" && slices.Contains(p.licences, "BSD-3-Clause")
		if strings.Contains(flat, m.mark) && !bsd {
			p.licences = append(p.licences, m.licence)
		}
	}
	if len(p.licences) == 0 {
		return fmt.Errorf("%s: its licence is missing or unknown to scripts/notices; look before it is used", p.name)
	}
	var lines []string
	for _, found := range copyrightLine.FindAllStringSubmatch(p.notice+"\n"+p.text, -1) {
		if line := strings.TrimSpace(found[1]); !slices.Contains(lines, line) {
			lines = append(lines, line)
		}
	}
	p.copyright = strings.Join(lines, "; ")
	return nil
}

func write(parts []part) []byte {
	var b bytes.Buffer
	b.WriteString(head + "| part | licence | copyright |\n| --- | --- | --- |\n")
	names := map[string][]string{} // by text
	for _, p := range parts {
		fmt.Fprintf(&b, "| %s | %s | %s |\n", p.name, strings.Join(p.licences, ", "), strings.ReplaceAll(p.copyright, "|", "\\|"))
		if !slices.Equal(p.licences, []string{"Apache-2.0"}) { // that text is in LICENSE
			names[p.text] = append(names[p.text], p.name)
		}
	}
	texts := slices.SortedFunc(maps.Keys(names), func(a, b string) int { return cmp.Compare(names[a][0], names[b][0]) })
	for _, text := range texts {
		fmt.Fprintf(&b, "\n## %s\n\n```text\n%s\n```\n", strings.Join(names[text], ", "), text)
	}
	for _, p := range parts {
		if p.notice != "" {
			fmt.Fprintf(&b, "\n## NOTICE of %s\n\n```text\n%s\n```\n", p.name, p.notice)
		}
	}
	return b.Bytes()
}
