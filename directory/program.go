package directory

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base64"
	"io"
	"slices"
	"strings"
	"sync"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Program is a key with which a program acts for a member, in one role of
// theirs, until a day: through the API, or from a telephone in the field. It
// ends with the member's account, and opens nothing while the role is not in
// force. The node knows only the hash of its 256 random bits.
type Program struct {
	ID   ident.ID
	Name string // the member's: "survey telephone 3"
	Role access.Role
	Hash []byte
	Made time.Time
	Ends time.Time
}

// AddProgram is what a member writes of a program.
type AddProgram struct {
	Name string      `label:"Name of the program" hint:"So that you know it again, such as: survey telephone 3."`
	Role access.Role `label:"Role"`
	Ends string      `label:"Works until" kind:"date"`
}

const (
	mostPrograms   = 10                   // of a member
	longestProgram = 366 * 24 * time.Hour // then a new key is made, by somebody who still wants it
)

// programRole refuses what no program may be: who keeps accounts, and who reads the journal.
func programRole(m *access.Viewer, r access.Role) error {
	if r == access.Administrator || r == access.Auditor || !slices.Contains(m.Roles, r) {
		return fault.Invalid("role", "A program acts in a role that you have, and never as administrator or auditor.")
	}
	return nil
}

// AddProgram makes a key, which is shown once. The member's password is asked
// for once more. Faults: invalid, with the field; denied.
func (b *Book) AddProgram(ctx context.Context, d *record.Door, password string, a AddProgram) (key string, err error) {
	viewer := d.Viewer()
	err = b.proved(ctx, d, password, func(tx *record.Tx, m *Member) error {
		p, err := a.program(&viewer, tx.Now())
		if err != nil {
			return err
		}
		if len(m.Credentials.Programs) >= mostPrograms {
			return fault.Conflict("You have %d keys for programs. End one that you no longer need.", mostPrograms)
		}
		secret := make([]byte, 32)
		if _, err := io.ReadFull(tx.Random(), secret); err != nil {
			return fault.Internal(err)
		}
		if p.ID, err = tx.NewID(); err != nil {
			return err
		}
		sum := sha256.Sum256(secret)
		p.Hash, key = sum[:], base64.RawURLEncoding.EncodeToString(append(p.ID[:], secret...))
		m.Credentials.Programs = append(m.Credentials.Programs, p)
		m.Note(changed("program_added"))
		return nil
	})
	return key, err
}

func (a AddProgram) program(by *access.Viewer, now time.Time) (Program, error) {
	p := Program{Name: strings.TrimSpace(a.Name), Role: a.Role, Made: now}
	var nameErr, endsErr error
	if p.Name == "" || len(p.Name) > 100 {
		nameErr = fault.Invalid("name", "Give the program a name of at most 100 characters.")
	}
	day, err := time.Parse(time.DateOnly, a.Ends)
	p.Ends = day.AddDate(0, 0, 1)
	if err != nil || !now.Before(p.Ends) || p.Ends.After(now.Add(longestProgram)) {
		endsErr = fault.Invalid("ends", "Choose a day from today on, within a year.")
	}
	return p, fault.All(nameErr, programRole(by, a.Role), endsErr)
}

// EndProgram ends a key at once: one's own.
func (b *Book) EndProgram(ctx context.Context, d *record.Door, key ident.ID) error {
	return b.own(ctx, d, func(_ *record.Tx, m *Member) error {
		i := slices.IndexFunc(m.Credentials.Programs, func(p Program) bool { return p.ID == key })
		if i < 0 {
			return fault.NotFound("There is no such key.")
		}
		m.Credentials.Programs = slices.Delete(m.Credentials.Programs, i, i+1)
		m.Note(changed("program_ended"))
		return nil
	})
}

var errProgram = fault.Denied("This key is not known here, or it has ended.")

// ProgramViewer gives who a program acts for: the member, in the key's one
// role; the walls count the other roles as well. Denied when the key is none,
// has ended, or the role is not in force; unavailable when too many wrong keys
// came within a minute and this one was not met before.
func (b *Book) ProgramViewer(ctx context.Context, key string) (access.Viewer, error) {
	raw, err := base64.RawURLEncoding.DecodeString(key)
	if err != nil || len(raw) != 48 {
		return access.Viewer{}, errProgram
	}
	now := b.node.Now()
	member, p, err := b.program(ctx, ident.ID(raw[:16]))
	if err != nil {
		return access.Viewer{}, err
	}
	sum := sha256.Sum256(raw[16:])
	if subtle.ConstantTimeCompare(sum[:], p.Hash) != 1 || !now.Before(p.Ends) {
		b.programs.wrong(now)
		return access.Viewer{}, errProgram
	}
	w, err := b.at(ctx, member)
	if fault.Is(err, fault.CodeNotFound) {
		return access.Viewer{}, errProgram
	}
	if err != nil {
		return access.Viewer{}, err
	}
	v := w.viewer
	if w.setUp || programRole(&v, p.Role) != nil {
		return access.Viewer{}, errProgram
	}
	v.Held, v.Roles, v.OnDuty, v.Program = v.Roles, []access.Role{p.Role}, false, p.ID
	return v, nil
}

// program finds a key and whose it is; with an empty hash where there is none.
// What was found once is remembered until its member changes.
func (b *Book) program(ctx context.Context, key ident.ID) (ident.ID, Program, error) {
	b.mu.Lock()
	member, known := b.keys[key]
	b.mu.Unlock()
	if known {
		if w, err := b.at(ctx, member); err == nil {
			if p, ok := find(w.programs, key); ok {
				return member, p, nil
			}
		}
	}
	if b.programs.tooMany(b.node.Now()) { // a key that was found before is not held up
		return ident.ID{}, Program{}, fault.Unavailable(nil, "Too many wrong keys came in. Try again in a minute.")
	}
	m, err := b.one(ctx, programWord(key))
	if err != nil {
		return ident.ID{}, Program{}, err
	}
	p, ok := find(m.Credentials.Programs, key)
	if !ok {
		return ident.ID{}, Program{}, nil
	}
	b.mu.Lock()
	b.keys[key] = m.RecordID()
	b.mu.Unlock()
	return m.RecordID(), p, nil
}

func find(list []Program, key ident.ID) (Program, bool) {
	i := slices.IndexFunc(list, func(p Program) bool { return p.ID == key })
	if i < 0 {
		return Program{}, false
	}
	return list[i], true
}

// wrongKeys counts wrong keys of the last minute: each costs a look into the directory.
type wrongKeys struct {
	mu    sync.Mutex
	since time.Time
	count int
}

const mostWrongKeys = 60 // in a minute

func (w *wrongKeys) wrong(now time.Time) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if now.Sub(w.since) >= time.Minute {
		w.since, w.count = now, 0
	}
	w.count++
}

func (w *wrongKeys) tooMany(now time.Time) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	return now.Sub(w.since) < time.Minute && w.count >= mostWrongKeys
}
