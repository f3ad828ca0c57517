package main

import (
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"palermo/e2e/postgrestest"
	"palermo/node"
)

// As the program, the test binary is what an operator starts.
func TestMain(m *testing.M) {
	if os.Getenv("PALERMO_AS_PROGRAM") != "" {
		main()
	}
	postgrestest.Main(m)
}

// Each file of testdata/script is what an operator types and what must come of
// it, in the language of github.com/rogpeppe/go-internal/testscript: a command
// a line, then files between -- NAME -- lines.
func TestScripts(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "script", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no scripts", err)
	}
	source, err := filepath.Abs(filepath.Join("..", ".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			text, err := os.ReadFile(file)
			if err != nil {
				t.Fatal(err)
			}
			s := &script{T: t, file: file, dir: t.TempDir(), env: map[string]string{"SOURCE": source}, behind: map[string]*running{}}
			s.env["WORK"] = s.dir
			s.play(string(text))
		})
	}
}

type script struct {
	*testing.T
	file           string
	line           int
	dir            string
	env            map[string]string
	stdout, stderr string
	behind         map[string]*running
}

// running is a program in the background.
type running struct {
	cmd      *exec.Cmd
	out, err bytes.Buffer
}

func (s *script) fail(format string, args ...any) {
	s.Helper()
	s.Logf("stdout:\n%s\nstderr:\n%s", s.stdout, s.stderr)
	s.Fatalf("%s:%d: "+format, append([]any{s.file, s.line}, args...)...)
}

func (s *script) check(err error) {
	s.Helper()
	if err != nil {
		s.fail("%v", err)
	}
}

func (s *script) path(name string) string {
	if filepath.IsAbs(name) {
		return name
	}
	return filepath.Join(s.dir, name)
}

var fileHeading = regexp.MustCompile(`(?m)^-- (\S+) --\n`)

func (s *script) play(text string) {
	heads := fileHeading.FindAllStringSubmatchIndex(text, -1)
	commands := text
	for i, h := range heads {
		if i == 0 {
			commands = text[:h[0]]
		}
		end := len(text)
		if i+1 < len(heads) {
			end = heads[i+1][0]
		}
		name := s.path(text[h[2]:h[3]])
		s.check(os.MkdirAll(filepath.Dir(name), 0o700))
		s.check(os.WriteFile(name, []byte(text[h[1]:end]), 0o600))
	}
	defer s.stop()
	for i, line := range strings.Split(commands, "\n") {
		s.line = i + 1
		if words := s.words(line); len(words) > 0 {
			want := words[0] != "!"
			if !want {
				words = words[1:]
			}
			s.do(want, words[0], words[1:])
		}
	}
}

var word = regexp.MustCompile(`(?:'[^']*'|[^\s'])+`)

// words splits a line; $NAME stands for a value except between single quotes.
func (s *script) words(line string) []string {
	if strings.HasPrefix(line, "#") {
		return nil
	}
	words := word.FindAllString(line, -1)
	for i, w := range words {
		parts := strings.Split(w, "'")
		for j := 0; j < len(parts); j += 2 {
			parts[j] = os.Expand(parts[j], func(name string) string { return s.env[name] })
		}
		words[i] = strings.Join(parts, "")
	}
	return words
}

func (s *script) do(want bool, name string, args []string) {
	switch name {
	case "exits":
		if got := s.run(args[1:]); strconv.Itoa(got) != args[0] {
			s.fail("exit status %d, want %s", got, args[0])
		}
	case "exec":
		if last := args[len(args)-1]; strings.HasPrefix(last, "&") {
			s.start(strings.Trim(last, "&"), args[:len(args)-1])
		} else if got := s.run(args); (got == 0) != want {
			s.fail("exit status %d", got)
		}
	case "kill":
		s.check(s.behind[args[1]].cmd.Process.Signal(syscall.SIGINT))
	case "wait":
		r := s.behind[args[0]]
		delete(s.behind, args[0])
		err := r.cmd.Wait()
		s.stdout, s.stderr = r.out.String(), r.err.String()
		s.check(err)
	case "env":
		key, value, _ := strings.Cut(args[0], "=")
		s.env[key] = value
	case "stdout":
		s.match(want, args[0], s.stdout)
	case "stderr":
		s.match(want, args[0], s.stderr)
	case "grep":
		s.match(want, args[0], s.read(args[1]))
	default:
		s.files(want, name, args)
	}
}

// files is what is done with files.
func (s *script) files(want bool, name string, args []string) {
	switch name {
	case "cp":
		s.check(os.WriteFile(s.path(args[1]), []byte(s.read(args[0])), 0o600))
	case "cmp":
		if s.read(args[0]) != s.read(args[1]) {
			s.fail("%s and %s differ", args[0], args[1])
		}
	case "lift": // SUFFIX DIR NAME: the newest folder that ends so, from now on $NAME
		found, err := filepath.Glob(filepath.Join(s.path(args[1]), "*."+args[0]))
		s.check(err)
		if len(found) == 0 {
			s.fail("no %s in %s", args[0], args[1])
		}
		s.env[args[2]] = found[len(found)-1]
	case "mkdir":
		s.check(os.Mkdir(s.path(args[0]), 0o700))
	case "exists":
		if _, err := os.Stat(s.path(args[0])); (err == nil) != want {
			s.fail("%s: %v", args[0], err)
		}
	case "guarded": // only their owner may read them
		for _, f := range args {
			info, err := os.Stat(s.path(f))
			s.check(err)
			if info.Mode().Perm() != 0o600 {
				s.fail("%s has the mode %v", f, info.Mode())
			}
		}
	case "setting": // NAME FILE: a value of the settings, from now on $NAME
		_, after, _ := strings.Cut(s.read(args[1]), args[0]+" = \"")
		s.env[args[0]], _, _ = strings.Cut(after, "\"")
	case "witnessed": // FILE [THAN]: once its newest checkpoint counts more entries than the newest in THAN
		than := 0
		if len(args) > 1 {
			than = s.counted(args[1])
		}
		s.soon(func() bool { return s.counted(args[0]) > than })
	case "get": // SETTINGS PATH FILE: a page, once it is served
		s.soon(func() bool { return s.get(args[0], args[1], args[2]) })
	default:
		s.fail("there is no command %s", name)
	}
}

func (s *script) read(name string) string {
	if name == "stdout" {
		return s.stdout
	}
	text, err := os.ReadFile(s.path(name))
	s.check(err)
	return string(text)
}

// counted gives how many entries the newest checkpoint in a file counts; 0 while there is none.
func (s *script) counted(file string) int {
	notes, err := node.CheckpointsIn(s.path(file))
	s.check(err)
	if len(notes) == 0 {
		return 0
	}
	lines := strings.Split(string(notes[len(notes)-1]), "\n")
	if len(lines) < 2 {
		return 0 // it is being written
	}
	n, _ := strconv.Atoi(lines[1]) // likewise
	return n
}

func (s *script) match(want bool, pattern, text string) {
	if regexp.MustCompile("(?m)"+pattern).MatchString(text) != want {
		s.fail("wanted %v: %s", want, pattern)
	}
}

func (s *script) command(args []string) *running {
	r := &running{}
	if args[0] == "palermo" {
		args[0] = os.Args[0]
	}
	r.cmd = exec.Command(args[0], args[1:]...)
	r.cmd.Dir, r.cmd.Stdout, r.cmd.Stderr = s.dir, &r.out, &r.err
	r.cmd.Env = append(os.Environ(), "PALERMO_AS_PROGRAM=1")
	for k, v := range s.env {
		r.cmd.Env = append(r.cmd.Env, k+"="+v)
	}
	return r
}

func (s *script) run(args []string) (status int) {
	r := s.command(args)
	err := r.cmd.Run()
	s.stdout, s.stderr = r.out.String(), r.err.String()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		return failed.ExitCode()
	}
	s.check(err)
	return 0
}

func (s *script) start(name string, args []string) {
	s.behind[name] = s.command(args)
	s.check(s.behind[name].cmd.Start())
}

// stop ends what a failed script left running.
func (s *script) stop() {
	for _, r := range s.behind {
		_ = r.cmd.Process.Kill() // it may have ended by itself
		_ = r.cmd.Wait()         // killed: that is no news
	}
}

const patienceOfTests = 30 * time.Second

// soon tries again until it is done, as somebody would who waits for a page.
func (s *script) soon(done func() bool) {
	for end := time.Now().Add(patienceOfTests); !done(); time.Sleep(20 * time.Millisecond) {
		if time.Now().After(end) {
			s.fail("not within %v", patienceOfTests)
		}
	}
}

func (s *script) get(settings, path, file string) bool {
	c, err := node.ReadConfig(s.path(settings))
	if err != nil {
		return false
	}
	r, err := http.Get("http://" + c.Address + path)
	if err != nil {
		return false
	}
	body, err := io.ReadAll(r.Body)
	s.check(errors.Join(err, r.Body.Close()))
	if r.StatusCode != http.StatusOK {
		return false
	}
	s.check(os.WriteFile(s.path(file), body, 0o600))
	return true
}
