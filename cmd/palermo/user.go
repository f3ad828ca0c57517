package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	"palermo/access"
	"palermo/directory"
	"palermo/ident"
)

func userAdd(ctx context.Context, args []string, out io.Writer) error {
	f := flag.NewFlagSet("user add", flag.ContinueOnError)
	config := f.String("config", "palermo.toml", "the node's settings")
	login := f.String("login", "", "user name")
	name := f.String("name", "", "name as colleagues know it")
	organisation := f.String("organisation", "", "id of the organisation")
	roles := f.String("roles", "", "roles, separated by commas")
	example := "PALERMO_PASSWORD='four calm words here' palermo user add --config palermo.toml --login efosa --name 'E. Osagie' --organisation 0193… --roles case_worker"
	if done, err := parse(f, args, out, example); done {
		return err
	}
	org, err := ident.Parse(*organisation)
	if err != nil {
		return fmt.Errorf("%w: --organisation: %w", errUsage, err)
	}
	given, err := rolesIn(*roles)
	if err != nil {
		return err
	}
	n, err := openNode(ctx, *config)
	if err != nil {
		return err
	}
	fields := directory.AddMember{Name: *name, Login: *login, Organisation: org, Roles: given, Password: os.Getenv("PALERMO_PASSWORD")}
	id, secret, err := n.Directory.AddMember(ctx, n.Record.For(access.Node(access.Administrator)), fields)
	if err := errors.Join(err, n.Close()); err != nil {
		return err
	}
	fmt.Fprintf(out, "Added %s (%s). Secret of one-time codes, not shown again: %s\n", *login, id, secret)
	return nil
}

// rolesIn reads roles that are separated by commas.
func rolesIn(list string) ([]access.Role, error) {
	var roles []access.Role
	for _, word := range strings.Split(list, ",") {
		role := access.Role(strings.TrimSpace(word))
		if !role.Known() {
			return nil, fmt.Errorf("%w: --roles: %q is none of %v", errUsage, role, access.Roles())
		}
		roles = append(roles, role)
	}
	return roles, nil
}
