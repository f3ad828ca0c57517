package store

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"palermo/ident"
)

// The store knows the hash of the token in a cookie, never the token.

// BeginSession notes a session, and ends the member's oldest ones beyond most and everybody's that have run out.
func (s *Store) BeginSession(ctx context.Context, hash [32]byte, member ident.ID, now, expires time.Time, most int) error {
	err := s.db.change(ctx, func(ctx context.Context, c conn) error {
		if _, err := c.exec(ctx, "DELETE FROM session WHERE expires <= ?1", micros(now)); err != nil {
			return err
		}
		if _, err := c.exec(ctx, "INSERT INTO session (hash, member, created, seen, expires) VALUES (?1, ?2, ?3, ?3, ?4)",
			hash[:], member[:], micros(now), micros(expires)); err != nil {
			return err
		}
		_, err := c.exec(ctx, `DELETE FROM session WHERE member = ?1 AND hash NOT IN (
			SELECT k.hash FROM session k WHERE k.member = ?1 ORDER BY k.created DESC, k.hash DESC LIMIT ?2)`, member[:], int64(most))
		return err
	})
	if err != nil {
		return fmt.Errorf("begin a session: %w", err)
	}
	return nil
}

// FindSession gives the session of a token's hash, also one that has run out; found is false when there is none.
func (s *Store) FindSession(ctx context.Context, hash [32]byte) (member ident.ID, seen, expires time.Time, found bool, err error) {
	type session struct {
		member        []byte
		seen, expires int64
	}
	all, err := collect(ctx, s.db.reader(), func(rows *sql.Rows) (v session, err error) {
		return v, rows.Scan(&v.member, &v.seen, &v.expires)
	}, "SELECT member, seen, expires FROM session WHERE hash = ?1", hash[:])
	if err == nil && len(all) > 0 {
		err = fixed(member[:], all[0].member)
		seen, expires, found = instant(all[0].seen), instant(all[0].expires), err == nil
	}
	if err != nil {
		return ident.ID{}, time.Time{}, time.Time{}, false, fmt.Errorf("session: %w", err)
	}
	return member, seen, expires, found, nil
}

// TouchSession notes that a session was used.
func (s *Store) TouchSession(ctx context.Context, hash [32]byte, seen time.Time) error {
	return s.session(ctx, "UPDATE session SET seen = ?2 WHERE hash = ?1", hash[:], micros(seen))
}

// DropSession ends a session.
func (s *Store) DropSession(ctx context.Context, hash [32]byte) error {
	return s.session(ctx, "DELETE FROM session WHERE hash = ?1", hash[:])
}

// DropMemberSessions ends all sessions of a member.
func (s *Store) DropMemberSessions(ctx context.Context, member ident.ID) error {
	return s.session(ctx, "DELETE FROM session WHERE member = ?1", member[:])
}

// DropAllSessions ends everybody's: those in a restored database were ended long ago, or somebody else's to end.
func (s *Store) DropAllSessions(ctx context.Context) error {
	return s.session(ctx, "DELETE FROM session")
}

func (s *Store) session(ctx context.Context, query string, args ...any) error {
	err := s.db.change(ctx, func(ctx context.Context, c conn) error {
		_, err := c.exec(ctx, query, args...)
		return err
	})
	if err != nil {
		return fmt.Errorf("session: %w", err)
	}
	return nil
}
