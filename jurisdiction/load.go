package jurisdiction

import (
	"bytes"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"gopkg.in/yaml.v3"

	"palermo/fault"
)

//go:embed profiles/*.yaml
var profiles embed.FS

// library is where profiles are looked for: a State's own directory first,
// then those built in.
type library struct {
	own     fs.FS // nil: built-in only
	visited []string
}

const (
	largestFile  = 1 << 20
	longestChain = 12 // files in a chain of extends
)

// Codes lists the built-in profiles.
func Codes() []string {
	entries, err := fs.ReadDir(profiles, "profiles")
	if err != nil {
		return nil // the directory is part of the program
	}
	var codes []string
	for _, entry := range entries {
		codes = append(codes, strings.TrimSuffix(entry.Name(), ".yaml"))
	}
	return codes
}

// Load returns the built-in profile with this code, in either case. NotFound
// when there is none.
func Load(code string) (*Profile, error) { return LoadFS(nil, code) }

// LoadFS returns the profile code.yaml of a State's own directory, or the
// built-in one where the directory has none. A file may extend the built-in
// profile of its own code to correct it. NotFound when there is neither,
// Invalid with one fault per problem when a file is wrong.
func LoadFS(own fs.FS, code string) (*Profile, error) {
	code = strings.ToLower(code)
	p, problems, err := library{own: own}.open(code, false)
	if err != nil {
		return nil, err
	}
	if len(problems) == 0 && p.Code != code {
		problems = []Problem{{Line: 1, Column: 1, Path: "code", Reason: "is " + quote(p.Code) + ", but the file is named " + quote(code+".yaml")}}
	}
	return result(p, problems, code+".yaml")
}

// LoadFile returns the profile in a file; what it extends is looked for
// beside it, then among those built in. Errors as LoadFS.
func LoadFile(path string) (*Profile, error) {
	data, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fault.NotFound("There is no file %s.", path)
	}
	if err != nil {
		return nil, fault.Unavailable(err, "The profile could not be read.")
	}
	p, problems := read(bytes.NewReader(data), library{own: os.DirFS(filepath.Dir(path))}, 0)
	return result(p, problems, filepath.Base(path))
}

// CheckFile is Check for a file that may extend files beside it.
func CheckFile(path string) ([]Problem, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fault.NotFound("There is no file %s that can be read.", path)
	}
	defer func() { _ = f.Close() }() // only read
	_, problems := read(f, library{own: os.DirFS(filepath.Dir(path))}, 0)
	return problems, nil
}

func result(p *Profile, problems []Problem, name string) (*Profile, error) {
	if len(problems) == 0 {
		return p, nil
	}
	errs := make([]error, len(problems))
	for i, problem := range problems {
		errs[i] = fault.Invalid(name, "%s", problem.String())
	}
	return nil, fault.All(errs...)
}

// open reads the profile code, from the own directory unless builtinOnly.
func (l library) open(code string, builtinOnly bool) (*Profile, []Problem, error) {
	if !isWord(code) {
		return nil, nil, fault.NotFound("There is no profile %s.", quote(code))
	}
	var data []byte
	err := fs.ErrNotExist
	if l.own != nil && !builtinOnly {
		data, err = fs.ReadFile(l.own, code+".yaml")
	}
	if errors.Is(err, fs.ErrNotExist) {
		data, err = fs.ReadFile(profiles, "profiles/"+code+".yaml")
	}
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fault.NotFound("There is no profile %s.", quote(code))
	}
	if err != nil {
		return nil, nil, fault.Unavailable(err, "The profile %s could not be read.", code)
	}
	p, problems := read(bytes.NewReader(data), l, len(l.visited))
	return p, problems, nil
}

// read parses, checks and merges one file and what it extends.
func read(r io.Reader, l library, depth int) (*Profile, []Problem) {
	root, problem := parse(r)
	if problem != nil {
		return nil, []Problem{*problem}
	}
	d := &decoder{places: map[string]*yaml.Node{}, sources: map[string]Source{}}
	if !d.plain(root, 0) {
		return nil, sorted(d.problems)
	}
	d.code = child(root, "code")
	base := d.base(root, l, depth)
	if base != nil {
		for key, source := range base.Sources {
			d.sources[key] = source
		}
	}
	d.readSources(root)
	own := &Profile{}
	d.value(root, reflect.ValueOf(own).Elem(), "")
	p := merged(base, own)
	d.crosscheck(p)
	if len(d.problems) > 0 {
		return nil, sorted(d.problems)
	}
	p.chain = []string{p.Code}
	if base != nil {
		p.chain = append(p.chain, base.chain...)
	}
	p.calendar = newCalendar(p)
	return p, nil
}

// base loads what the file extends; a base that is wrong or missing is a problem of this line.
func (d *decoder) base(root *yaml.Node, l library, depth int) *Profile {
	node := childNode(root, "extends")
	if node == nil || node.Kind != yaml.ScalarNode || node.Value == "" {
		return nil
	}
	self := node.Value == d.code
	step := node.Value
	if self {
		step = "built-in " + step
	}
	if depth >= longestChain || slices.Contains(l.visited, step) || (self && slices.Contains(l.visited, "built-in "+d.code)) {
		d.refuse(node, "extends", "goes round in a circle")
		return nil
	}
	next := library{own: l.own, visited: append(slices.Clone(l.visited), step)}
	p, problems, err := next.open(node.Value, self)
	if err != nil {
		reason := "there is no profile " + quote(node.Value) + " to extend"
		if near := nearest(node.Value, Codes()); near != "" {
			reason += ": did you mean " + quote(near) + "?"
		}
		d.refuse(node, "extends", reason)
		return nil
	}
	if len(problems) > 0 {
		d.refuse(node, "extends", fmt.Sprintf("%s.yaml has problems itself, the first at line %s", node.Value, problems[0]))
		return nil
	}
	return p
}

// readSources learns the file's sources before its facts are read.
func (d *decoder) readSources(root *yaml.Node) {
	node := childNode(root, "sources")
	if node == nil || node.Kind != yaml.MappingNode {
		return
	}
	for i := 0; i+1 < len(node.Content); i += 2 {
		d.sources[node.Content[i].Value] = Source{
			Title: child(node.Content[i+1], "title"), Place: child(node.Content[i+1], "place")}
	}
}

func parse(r io.Reader) (*yaml.Node, *Problem) {
	data, err := io.ReadAll(io.LimitReader(r, largestFile+1))
	if err != nil {
		return nil, &Problem{Reason: "could not be read"}
	}
	if len(data) > largestFile {
		return nil, &Problem{Reason: "is larger than 1 MiB"}
	}
	decoder := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	if err := decoder.Decode(&document); err != nil {
		return nil, syntaxProblem(err)
	}
	var second yaml.Node
	if err := decoder.Decode(&second); err == nil {
		return nil, &Problem{Line: second.Line, Column: second.Column, Reason: "a profile is one document: nothing may follow"}
	} else if !errors.Is(err, io.EOF) {
		return nil, syntaxProblem(err)
	}
	if len(document.Content) != 1 || document.Content[0].Kind != yaml.MappingNode {
		return nil, &Problem{Line: 1, Column: 1, Reason: "a profile is names with values, such as \"code: it\""}
	}
	return document.Content[0], nil
}

// syntaxProblem takes the line out of the parser's message.
func syntaxProblem(err error) *Problem {
	if errors.Is(err, io.EOF) {
		return &Problem{Line: 1, Column: 1, Reason: "the file is empty"}
	}
	text := strings.TrimPrefix(err.Error(), "yaml: ")
	p := &Problem{Line: 1, Column: 1, Reason: "not YAML: " + text}
	if rest, ok := strings.CutPrefix(text, "line "); ok {
		number, reason, _ := strings.Cut(rest, ": ")
		if line, err := strconv.Atoi(number); err == nil {
			p.Line, p.Reason = line, "not YAML: "+reason
		}
	}
	return p
}
