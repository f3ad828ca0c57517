package main

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"palermo/exchange"
	"palermo/exchange/line"
)

func trustKey(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("trust key", flag.ContinueOnError)
	if done, err := parse(f, args, out, "palermo trust key ghana.key", "FILE.key"); done {
		return err
	}
	secret, ok := strings.CutSuffix(f.Arg(0), ".key")
	if !ok {
		return fmt.Errorf("%w: the secret goes into FILE.key, and what others may have into FILE.pub", errUsage)
	}
	public, key, err := ed25519.GenerateKey(rand.Reader)
	if err != nil {
		return err
	}
	err = writeArmour(f.Arg(0), exchange.ArmourSecret, key.Seed(), os.O_EXCL, 0o600)
	if err != nil {
		return err
	}
	if err := writeArmour(secret+".pub", exchange.ArmourSigner, public, os.O_EXCL, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(out, "Keep %s on a disk of its own, and give %s.pub to the others.\n", f.Arg(0), secret)
	return nil
}

// changeOfKeys is how long what a node signs with its old key still counts:
// until every node has the list that names the new one.
const changeOfKeys = 30 * 24 * time.Hour

// changes are the flags that make a list another.
type changes struct {
	signers, cards, drop []string
	threshold            int
	expires              string
	matching             string
}

func (c *changes) flags(f *flag.FlagSet) {
	list := func(to *[]string) func(string) error {
		return func(s string) error { *to = append(*to, s); return nil }
	}
	f.Func("signer", "a signer, as `NAME=FILE.pub`; may be given again", list(&c.signers))
	f.Func("card", "a node, by the `FILE` that it wrote with trust card; its old key counts for 30 days more, "+
		"unless --drop names it; may be given again", list(&c.cards))
	f.Func("drop", "a signer or a node to take out, by `NAME`; may be given again", list(&c.drop))
	f.IntVar(&c.threshold, "threshold", 0, "how many signers must accept the next list")
	f.StringVar(&c.matching, "matching", "", "the key of matching, by the `FILE` that its operators wrote with linkage assemble; none takes it out")
	f.StringVar(&c.expires, "expires", "", "the day until which the list counts, as 2028-03-01")
}

func (c *changes) apply(l exchange.TrustList, now time.Time) (exchange.TrustList, error) {
	l.Issued = exchange.At(now)
	l.Signers = slices.DeleteFunc(slices.Clone(l.Signers), func(s exchange.Signer) bool { return slices.Contains(c.drop, s.Name) })
	l.Nodes = slices.DeleteFunc(slices.Clone(l.Nodes), func(n exchange.Node) bool { return slices.Contains(c.drop, n.Name) })
	for _, s := range c.signers {
		name, file, _ := strings.Cut(s, "=")
		public, err := readArmour(file, exchange.ArmourSigner)
		if err != nil {
			return l, err
		}
		l.Signers = slices.DeleteFunc(l.Signers, func(s exchange.Signer) bool { return s.Name == name })
		l.Signers = append(l.Signers, exchange.Signer{Name: name, Public: public})
	}
	slices.SortFunc(l.Signers, func(a, b exchange.Signer) int { return strings.Compare(a.Name, b.Name) })
	for _, file := range c.cards {
		card, err := readArmour(file, exchange.ArmourCard)
		if err != nil {
			return l, err
		}
		n, err := exchange.Card(card).Read()
		if err != nil {
			return l, fmt.Errorf("%s: %w", file, err)
		}
		for _, old := range l.Nodes {
			if old.Name == n.Name {
				n = n.After(old, exchange.At(now.Add(changeOfKeys)))
			}
		}
		l = l.With(n)
	}
	if c.threshold != 0 {
		l.Threshold = c.threshold
	}
	switch c.matching {
	case "":
	case "none":
		l.Matching = nil
	default:
		m, err := readMatching(c.matching)
		if err != nil {
			return l, err
		}
		l.Matching = m
	}
	if c.expires != "" {
		day, err := time.Parse(time.DateOnly, c.expires)
		if err != nil {
			return l, fmt.Errorf("%w: --expires: %w", errUsage, err)
		}
		l.Expires = exchange.At(day)
	}
	return l, nil
}

func trustInit(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("trust init", flag.ContinueOnError)
	var c changes
	c.flags(f)
	example := "palermo trust init --signer ghana=ghana.pub --signer italy=italy.pub --signer unodc=unodc.pub " +
		"--threshold 2 --expires 2028-03-01 trust.list"
	if done, err := parse(f, args, out, example, "LIST"); done {
		return err
	}
	if len(c.signers) == 0 || c.threshold == 0 || c.expires == "" {
		return fmt.Errorf("%w: give --signer, --threshold and --expires; see palermo trust init --help", errUsage)
	}
	l, err := c.apply(exchange.TrustList{Version: 1}, time.Now())
	if err != nil {
		return err
	}
	return writeDraft(f.Arg(0), l, os.O_EXCL, out)
}

func trustAdd(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("trust add", flag.ContinueOnError)
	var c changes
	c.flags(f)
	if done, err := parse(f, args, out, "palermo trust add --card ng-focal.card trust.list", "LIST"); done {
		return err
	}
	s, l, err := readList(f.Arg(0))
	if err != nil {
		return err
	}
	if len(s.Signatures) > 0 { // somebody has accepted it as it is: what is changed is the next version
		l.Version++
	}
	l, err = c.apply(l, time.Now())
	if err != nil {
		return err
	}
	return writeDraft(f.Arg(0), l, os.O_TRUNC, out)
}

func trustSign(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("trust sign", flag.ContinueOnError)
	secret := f.String("key", "", "the signer's `FILE.key`")
	current := f.String("current", "", "the list in force, when its signers are others")
	if done, err := parse(f, args, out, "palermo trust sign --key ghana.key trust.list", "LIST"); done {
		return err
	}
	key, err := readSecret(*secret)
	if err != nil {
		return err
	}
	s, l, err := readList(f.Arg(0))
	if err != nil {
		return err
	}
	signers := l.Signers
	if *current != "" {
		_, before, err := readList(*current)
		if err != nil {
			return err
		}
		signers = slices.Concat(signers, before.Signers)
	}
	s, err = s.Sign(signers, key)
	if err != nil {
		return err
	}
	b, err := exchange.Encode(s)
	if err != nil {
		return err
	}
	if err := writeArmour(f.Arg(0), exchange.ArmourList, b, os.O_TRUNC, 0o644); err != nil {
		return err
	}
	fmt.Fprintf(out, "Version %d: %d of %d signatures.\n", l.Version, len(s.Accepted(l.Signers)), l.Threshold)
	return nil
}

func trustRevoke(_ context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("trust revoke", flag.ContinueOnError)
	secret := f.String("key", "", "the signer's `FILE.key`")
	name := f.String("node", "", "the `NAME` of the node whose key is lost or stolen")
	if done, err := parse(f, args, out, "palermo trust revoke --key ghana.key --node it-focal trust.list > it-focal.revoked", "LIST"); done {
		return err
	}
	key, err := readSecret(*secret)
	if err != nil {
		return err
	}
	_, l, err := readList(f.Arg(0))
	if err != nil {
		return err
	}
	by := slices.IndexFunc(l.Signers, func(s exchange.Signer) bool { return bytes.Equal(s.Public, key.Public().(ed25519.PublicKey)) })
	of := slices.IndexFunc(l.Nodes, func(n exchange.Node) bool { return n.Name == *name })
	switch {
	case by < 0:
		return fmt.Errorf("%s is no signer's key: %w", *secret, exchange.ErrTooFewSignatures)
	case of < 0:
		return fmt.Errorf("%s: %w", *name, exchange.ErrUnknownNode)
	}
	r, err := exchange.NewRevocation(exchange.Revocation{Node: *name, Key: l.Nodes[of].Sign.Public,
		At: exchange.At(time.Now()), By: l.Signers[by].Name}, key)
	if err != nil {
		return err
	}
	return exchange.ArmourRevocation.Write(out, r)
}

func trustCard(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("trust card", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	var n exchange.Node
	f.StringVar(&n.State, "state", "", "its State, two letters; none for a body of no State")
	kind := f.String("kind", "", "focal_point, ministry, central_authority, mission, ngo, international or secretariat")
	f.StringVar(&n.Title, "title", "", "what people call it")
	f.StringVar(&n.URL, "url", "", "https://HOST:PORT where other nodes reach it; none if by files only")
	number := f.Uint("keys", 0, "the number of its keys; the usual one is LineKeys of the settings, one more asks for new keys")
	example := "palermo trust card --config palermo.toml --state IT --kind focal_point " +
		"--title 'Numero Verde' --url https://exchange.example:8443 > it-focal.card"
	if done, err := parse(f, args, out, example); done {
		return err
	}
	if *kind == "" || n.Title == "" || *number > 1<<16 {
		return fmt.Errorf("%w: give --kind and --title; see palermo trust card --help", errUsage)
	}
	n.Kind = exchange.Kind(*kind)
	at, err := openNode(ctx, *config)
	if err != nil {
		return err
	}
	epoch := uint32(*number)
	if epoch == 0 {
		epoch = at.Config.LineKeys
	}
	keys, err := exchange.VaultKeys(at.Record.Vault, at.Config.Node, epoch)
	cert, failed := line.VaultCertificate(at.Record.Vault, at.Config.Node, epoch)
	if err := errors.Join(err, failed, at.Close()); err != nil {
		return err
	}
	n.Pins = [][]byte{line.Pin(cert.Leaf)}
	card, err := exchange.NewCard(n, keys)
	if err != nil {
		return err
	}
	return exchange.ArmourCard.Write(out, card)
}
