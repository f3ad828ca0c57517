package faults

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

const (
	inside  = "PALERMO_FAULTS_INSIDE"  // set in the process that has namespaces of its own
	program = "PALERMO_FAULTS_PROGRAM" // the program that is tried
	told    = "PALERMO_SAID"           // a file for what a run must say also when it passes
)

// refusedGrounds is the exit status of a process that could not set up its namespaces.
const refusedGrounds = 77

func TestMain(m *testing.M) {
	if os.Getenv(inside) != "" {
		if err := layGrounds(); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(refusedGrounds)
		}
		say("faults: each node in a network of its own and on a disk that can be filled")
		os.Exit(m.Run())
	}
	os.Exit(outside(m))
}

// outside builds the program and runs the tests in namespaces, or else here.
func outside(m *testing.M) int {
	dir, err := os.MkdirTemp("", "palermo-faults-")
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays in the temporary files does no harm
	built := filepath.Join(dir, "palermo")
	if out, err := exec.Command("go", "build", "-o", built, "palermo/cmd/palermo").CombinedOutput(); err != nil {
		fmt.Fprintf(os.Stderr, "the program does not build: %v\n%s", err, out)
		return 1
	}
	if err := os.Setenv(program, built); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	status, err := runInside()
	if err == nil && status != refusedGrounds {
		return status
	}
	say("faults: no namespaces on this machine: one loopback, a relay that cuts, and no disk that can be filled")
	return m.Run()
}

// runInside runs this same test in fresh namespaces; they end with it.
func runInside() (status int, err error) {
	self, err := os.Executable()
	if err != nil {
		return 0, err
	}
	cmd := exec.Command(self, os.Args[1:]...)
	cmd.Stdout, cmd.Stderr = os.Stdout, os.Stderr
	cmd.Env = append(os.Environ(), inside+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS | syscall.CLONE_NEWNET | syscall.CLONE_NEWPID, Pdeathsig: syscall.SIGKILL}
	if os.Getuid() != 0 {
		cmd.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		cmd.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}}
		cmd.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}}
	}
	err = cmd.Run()
	var ended *exec.ExitError
	if errors.As(err, &ended) {
		return ended.ExitCode(), nil
	}
	return 0, err
}

// layGrounds makes a network for each node: one way for its people's pages, one for its line.
func layGrounds() error {
	for _, m := range []struct {
		source, at, kind string
		flags            uintptr
	}{{"none", "/", "", syscall.MS_REC | syscall.MS_PRIVATE}, {"proc", "/proc", "proc", 0}, {"tmpfs", "/run", "tmpfs", 0}} {
		if err := syscall.Mount(m.source, m.at, m.kind, m.flags, ""); err != nil {
			return fmt.Errorf("mount %s: %w", m.at, err)
		}
	}
	commands := []string{"link set lo up"}
	for i, n := range []string{"it", "ng"} {
		commands = append(commands, "netns add "+n, "-n "+n+" link set lo up")
		for j, way := range []string{"pages", "line"} {
			net := fmt.Sprintf("10.77.%d", 2*i+j)
			commands = append(commands, fmt.Sprintf("link add %s-%s type veth peer name %s netns %s", way, n, way, n),
				fmt.Sprintf("addr add %s.1/24 dev %s-%s", net, way, n), fmt.Sprintf("link set %s-%s up", way, n),
				fmt.Sprintf("-n %s addr add %s.2/24 dev %s", n, net, way), fmt.Sprintf("-n %s link set %s up", n, way))
		}
	}
	for _, c := range commands {
		if err := ip(c); err != nil {
			return err
		}
	}
	return nil
}

// ip changes the network of the test's own namespaces.
func ip(command string) error {
	if out, err := exec.Command("ip", strings.Fields(command)...).CombinedOutput(); err != nil {
		return fmt.Errorf("ip %s: %w: %s", command, err, out)
	}
	return nil
}

// say is for what must be known of a run that passes.
func say(line string) {
	fmt.Fprintln(os.Stderr, line)
	file := os.Getenv(told)
	if file == "" {
		return
	}
	f, err := os.OpenFile(file, os.O_APPEND|os.O_CREATE|os.O_WRONLY, 0o600)
	if err == nil {
		_, err = fmt.Fprintln(f, line)
		err = errors.Join(err, f.Close())
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
	}
}
