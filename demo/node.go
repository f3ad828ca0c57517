package demo

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"palermo/node"
	"palermo/vault"
)

// New makes a node in an empty folder, with a cast of the demonstration and its cases.
func New(ctx context.Context, c node.Config, cast Cast) (*node.Node, []*Account, error) {
	if _, err := os.Stat(c.RootFile); err == nil {
		return nil, nil, fmt.Errorf("%s holds a node already: choose an empty folder", c.Data)
	}
	c.PasswordCost = vault.Params{Memory: 19 << 10, Time: 2, Threads: 1} // everybody knows these passwords
	if err := node.CreateKeys(c); err != nil {
		return nil, nil, err
	}
	n, err := node.Open(ctx, c)
	if err != nil {
		return nil, nil, err
	}
	story := &Story{Node: n.Record, Book: n.Directory, Cast: cast}
	focal, accounts, err := story.People(ctx)
	if err != nil {
		return nil, nil, errors.Join(err, n.Close())
	}
	n.FocalPoint(focal)
	if err := n.Stock(ctx); err != nil {
		return nil, nil, errors.Join(err, n.Close())
	}
	if cast.reads {
		if err := errors.Join(story.Reading(ctx, n.Readings), story.Session(ctx, n.Sessions)); err != nil {
			return nil, nil, errors.Join(err, n.Close())
		}
	}
	if err := story.Cases(ctx, n.Desk, time.Now()); err != nil {
		return nil, nil, errors.Join(err, n.Close())
	}
	return n, accounts, n.Config.Write(filepath.Join(c.Data, "palermo.toml"))
}
