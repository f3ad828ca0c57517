package node

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"palermo/fault"
)

// Backups says when this node was last backed up and when that was last tried.
// It stands in the data folder, for the operator.
type Backups struct {
	Made  time.Time `json:"made,omitzero"`
	Tried time.Time `json:"tried,omitzero"`
	Trial string    `json:"trial,omitempty"` // which backup
	Good  bool      `json:"good,omitempty"`  // the trial's end
}

func (c Config) backupsFile() string { return filepath.Join(c.Data, "backups.json") }

// Backups reads what was noted.
func (c Config) Backups() (Backups, error) {
	var b Backups
	text, err := os.ReadFile(c.backupsFile())
	if errors.Is(err, fs.ErrNotExist) {
		return b, nil
	}
	if err == nil {
		err = json.Unmarshal(text, &b)
	}
	if err != nil {
		return b, fmt.Errorf("what was noted of backups: %w", err)
	}
	return b, nil
}

// NoteBackup notes that one was made.
func (c Config) NoteBackup(at time.Time) error {
	return c.note(func(b *Backups) { b.Made = at.UTC() })
}

// NoteTrial notes that one was tried.
func (c Config) NoteTrial(at time.Time, which string, good bool) error {
	return c.note(func(b *Backups) { b.Tried, b.Trial, b.Good = at.UTC(), which, good })
}

func (c Config) note(fn func(*Backups)) error {
	b, err := c.Backups()
	if err != nil {
		return err
	}
	fn(&b)
	text, err := json.Marshal(b)
	if err != nil {
		return err
	}
	return os.WriteFile(c.backupsFile(), append(text, '\n'), 0o600)
}

// Settings are those in a file, or else those of the backup. fresh says that they are to be written.
func (r Restore) Settings(path, root string) (c Config, fresh bool, err error) {
	from := path
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		from, fresh = filepath.Join(r.Documents, settingsFile), true
	}
	if c, err = ReadConfig(from); err != nil {
		return c, fresh, err
	}
	if root != "" {
		c.RootFile = root
	}
	if _, err := os.Stat(c.RootFile); err != nil {
		return c, fresh, fault.Invalid("", "The root key is not at %s. Bring it from its safe place, and name it with --root-file.", c.RootFile)
	}
	if !fresh && c.FocalPoint == "" { // a file that somebody wrote for the new machine
		kept, err := ReadConfig(filepath.Join(r.Documents, settingsFile))
		if err != nil {
			return c, fresh, err
		}
		c.FocalPoint, fresh = kept.FocalPoint, true
	}
	return c, fresh, nil
}
