package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"palermo/node"
	"strings"

	"palermo/access"
	"palermo/directory"
	"palermo/ident"
)

func userCommand(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("user add", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	login := f.String("login", "", "user name")
	name := f.String("name", "", "name as colleagues know it")
	organisation := f.String("organisation", "", "id of the organisation")
	roles := f.String("roles", "", "roles, separated by commas")
	if len(args) == 0 || args[0] != "add" {
		return fmt.Errorf("%w: palermo user add --login … --name … --organisation … --roles …", errUsage)
	}
	example := "PALERMO_PASSWORD='four calm words here' palermo user add --config palermo.toml --login efosa --name 'E. Osagie' --organisation 0193… --roles case_worker"
	if done, err := parse(f, args[1:], out, example); done {
		return err
	}
	org, err := ident.Parse(*organisation)
	if err != nil {
		return fmt.Errorf("%w: --organisation: %w", errUsage, err)
	}
	c, err := node.ReadConfig(*config)
	if err != nil {
		return err
	}
	n, err := node.Open(ctx, c)
	if err != nil {
		return err
	}
	fields := directory.AddMember{Name: *name, Login: *login, Organisation: org, Password: os.Getenv("PALERMO_PASSWORD")}
	for _, r := range strings.Split(*roles, ",") {
		fields.Roles = append(fields.Roles, access.Role(strings.TrimSpace(r)))
	}
	id, secret, err := n.Directory.AddMember(ctx, n.Record.For(access.Node(access.Administrator)), fields)
	if err := errors.Join(err, n.Close()); err != nil {
		return err
	}
	fmt.Fprintf(out, "Added %s (%s). Secret of one-time codes, not shown again: %s\n", *login, id, secret)
	return nil
}
