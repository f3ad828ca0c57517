package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"path/filepath"

	"palermo/node"
)

func verifyCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("verify", flag.ContinueOnError)
	config := f.String("config", "", "the node's settings")
	data := f.String("data", "", "or the folder of a demonstration")
	if done, err := parse(f, args, out, "palermo verify --config palermo.toml"); done {
		return err
	}
	n, err := openChosen(ctx, *config, *data)
	if err != nil {
		return err
	}
	progress := watched(out)
	problems, err := n.Verify(ctx, func(done int64) { progress.say("%d entries", done) })
	progress.end()
	erased, listErr := n.Record.Vault.Shredded(ctx)
	if err := errors.Join(err, listErr, n.Close()); err != nil {
		return err
	}
	for _, p := range problems {
		fmt.Fprintln(out, p)
	}
	if len(problems) > 0 {
		return fmt.Errorf("the history is not whole: %d findings", len(problems))
	}
	fmt.Fprintln(out, "Every entry is as it was signed, and every record as its last entry says.")
	if len(erased) > 0 {
		fmt.Fprintf(out, "Erased, with who did it and when: %d. Their keys are destroyed and their rows are gone; the entries about them prove the rest.\n", len(erased))
	}
	return nil
}

// openChosen opens the node of a settings file, or of a demonstration's folder.
func openChosen(ctx context.Context, config, data string) (*node.Node, error) {
	switch {
	case config != "":
		return openNode(ctx, config)
	case data != "":
		return openNode(ctx, filepath.Join(data, "palermo.toml"))
	}
	return nil, fmt.Errorf("%w: give --config FILE or --data DIR", errUsage)
}

// openNode opens the node of a settings file.
func openNode(ctx context.Context, config string) (*node.Node, error) {
	c, err := node.ReadConfig(config)
	if err != nil {
		return nil, err
	}
	return node.Open(ctx, c)
}
