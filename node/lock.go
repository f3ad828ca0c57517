package node

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"

	"palermo/fault"
)

// Lock takes the data folder for one process that serves, moves or restores
// the node. It goes with the process, however that ends.
func (c Config) Lock() (release func() error, err error) {
	f, err := os.OpenFile(filepath.Join(c.Data, "lock"), os.O_RDWR|os.O_CREATE, 0o600)
	if err != nil {
		return nil, fmt.Errorf("lock: %w", err)
	}
	err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) {
		err = fault.Conflict("Another process is at work on %s. Stop the node first.", c.Data)
	}
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return f.Close, nil
}
