package main

import (
	"context"
	"crypto/ed25519"
	"crypto/sha256"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"palermo/exchange"
	"palermo/node"
)

func trustShow(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("trust show", flag.ContinueOnError)
	current := f.String("current", "", "the list in force, to say whether this one may follow it")
	if done, err := parse(f, args, out, "palermo trust show --current trust-1.list trust.list", "LIST"); done {
		return err
	}
	s, l, err := readList(f.Arg(0))
	if err != nil {
		return err
	}
	accepted := s.Accepted(l.Signers)
	fmt.Fprintf(out, "Version %d, of %s, until %s. Compare by telephone:\n  %s\n", l.Version, day(l.Issued), day(l.Expires), spelled(s.Fingerprint()))
	fmt.Fprintf(out, "Signers, %d of whom must accept the next list:\n", l.Threshold)
	for _, a := range l.Signers {
		said := "has not accepted this one"
		if slices.Contains(accepted, a.Name) {
			said = "has accepted this one"
		}
		fmt.Fprintf(out, "  %s %s\n", a.Name, said)
	}
	fmt.Fprintln(out, "Nodes:")
	for _, n := range l.Nodes {
		fmt.Fprintf(out, "  %s: %s, %s\n    key %d: %s\n", n.Name, n.Title, strings.Join(known(string(n.Kind), n.State, n.URL), ", "),
			n.Sign.Epoch, spelled(sha256.Sum256(n.Sign.Public)))
		for _, e := range n.Earlier {
			fmt.Fprintf(out, "    key %d counts for what was signed until %s\n", e.Key.Epoch, day(e.Until))
		}
		if n.RevokedAt != 0 {
			fmt.Fprintf(out, "    revoked on %s\n", day(n.RevokedAt))
		}
	}
	showMatching(l.Matching, out)
	return mayFollow(*current, s, accepted, l, out)
}

// showMatching says who holds the key of matching, and how much may be asked.
func showMatching(m *exchange.Matching, out io.Writer) {
	if m == nil {
		return
	}
	fmt.Fprintf(out, "Key of matching %d, until %s: %d questions a day, %d elements for a State's registers. Two of three operators help:\n",
		m.Epoch, day(m.Until), m.Questions, m.Elements)
	for i, o := range m.Operators {
		fmt.Fprintf(out, "  %d %s: %s\n", i+1, o.Node, spelled([32]byte(o.Share)))
	}
}

// mayFollow says whether a node would take the list now.
func mayFollow(current string, s exchange.SignedList, accepted []string, l exchange.TrustList, out io.Writer) error {
	if current == "" {
		if len(accepted) < l.Threshold {
			fmt.Fprintf(out, "It needs %d more signatures before a node can begin with it.\n", l.Threshold-len(accepted))
			return nil
		}
		fmt.Fprintln(out, "A node can begin with it.")
		return nil
	}
	before, _, err := readList(current)
	if err != nil {
		return err
	}
	trust, err := exchange.Restore(exchange.Bundle{List: before})
	if err != nil {
		return err
	}
	if _, err := trust.Accept(s, time.Now()); err != nil {
		return err
	}
	fmt.Fprintf(out, "It may follow version %d.\n", trust.List().Version)
	return nil
}

func known(words ...string) []string {
	return slices.DeleteFunc(words, func(w string) bool { return w == "" })
}

func day(i exchange.Instant) string { return i.Time().Format(time.DateOnly) }

// spelled writes a digest in groups that can be read out.
func spelled(d [32]byte) string {
	var groups []string
	for i := 0; i < len(d); i += 4 {
		groups = append(groups, fmt.Sprintf("%x", d[i:i+4]))
	}
	return strings.Join(groups, " ")
}

func readList(path string) (exchange.SignedList, exchange.TrustList, error) {
	b, err := readArmour(path, exchange.ArmourList)
	if err != nil {
		return exchange.SignedList{}, exchange.TrustList{}, err
	}
	s, err := exchange.ParseList(b)
	if err != nil {
		return s, exchange.TrustList{}, fmt.Errorf("%s: %w", path, err)
	}
	l, err := s.Read()
	if err != nil {
		return s, l, fmt.Errorf("%s: %w", path, err)
	}
	return s, l, nil
}

func writeDraft(path string, l exchange.TrustList, how int, out io.Writer) error {
	s, err := l.Draft()
	if err != nil {
		return err
	}
	b, err := exchange.Encode(s)
	if err != nil {
		return err
	}
	if err := writeArmour(path, exchange.ArmourList, b, how, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(out, "Version %d is in %s. It counts once %d signers have accepted it: palermo trust sign.\n", l.Version, path, l.Threshold)
	return nil
}

func readSecret(path string) (ed25519.PrivateKey, error) {
	if path == "" {
		return nil, fmt.Errorf("%w: give --key FILE.key", errUsage)
	}
	seed, err := readArmour(path, exchange.ArmourSecret)
	if err != nil {
		return nil, err
	}
	if len(seed) != ed25519.SeedSize {
		return nil, fmt.Errorf("%s: %w", path, exchange.ErrMalformed)
	}
	return ed25519.NewKeyFromSeed(seed), nil
}

func readArmour(path string, a exchange.Armour) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	b, err := a.Read(file)
	if err := errors.Join(err, file.Close()); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return b, nil
}

func writeArmour(path string, a exchange.Armour, b []byte, how int, mode os.FileMode) error {
	file, err := os.OpenFile(path, os.O_WRONLY|os.O_CREATE|how, mode)
	if err != nil {
		return err
	}
	return errors.Join(a.Write(file, b), file.Sync(), file.Close())
}

func trustInstall(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("trust install", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	if done, err := parse(f, args, out, "palermo trust install --config palermo.toml trust.list", "FILE"); done {
		return err
	}
	n, err := openNode(ctx, *config)
	if err != nil {
		return err
	}
	if err := errors.Join(installFile(n, f.Arg(0)), n.Close()); err != nil {
		return err
	}
	fmt.Fprintln(out, "It is in force here. A node that is being served takes it within a minute; one that had none, when it begins again.")
	return nil
}

// installFile takes a list, or a revocation.
func installFile(n *node.Node, path string) error {
	s, _, err := readList(path)
	if err == nil {
		return n.Exchange.Install(s, time.Now())
	}
	revocation, other := readArmour(path, exchange.ArmourRevocation)
	if other != nil {
		return err
	}
	return n.Exchange.Change(func(t *exchange.Trust) (*exchange.Trust, error) {
		if t == nil {
			return nil, fmt.Errorf("%s: install a list first: %w", path, exchange.ErrUnknownNode)
		}
		return t.Revoke(revocation, time.Now())
	})
}
