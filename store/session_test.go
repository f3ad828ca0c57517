package store_test

import (
	"testing"
	"time"

	"palermo/ident"
)

func TestASessionLastsUntilItIsEnded(t *testing.T) {
	each(t, func(t *testing.T, db database) {
		ana, ben := newID(t), newID(t)
		ends := begun.Add(8 * time.Hour)
		hash := func(n byte) [32]byte { return [32]byte{n} }
		begin := func(n byte, member ident.ID, minute int, most int) {
			t.Helper()
			must(t, db.BeginSession(t.Context(), hash(n), member, begun.Add(time.Duration(minute)*time.Minute), ends, most))
		}
		stands := func(n byte, want bool) {
			t.Helper()
			if _, _, _, found, err := db.FindSession(t.Context(), hash(n)); err != nil || found != want {
				t.Errorf("session %d: %v, %v", n, found, err)
			}
		}
		begin(1, ana, 0, 2)
		begin(2, ben, 0, 2)
		must(t, db.TouchSession(t.Context(), hash(1), begun.Add(time.Minute)))
		member, seen, expires, found, err := db.FindSession(t.Context(), hash(1))
		if err != nil || !found || member != ana || !seen.Equal(begun.Add(time.Minute)) || !expires.Equal(ends) {
			t.Errorf("%v %v %v %v %v", member, seen, expires, found, err)
		}
		begin(3, ana, 2, 2)
		begin(4, ana, 3, 2) // one too many: the oldest goes
		stands(1, false)
		stands(2, true)
		stands(3, true)
		stands(4, true)
		must(t, db.DropSession(t.Context(), hash(3)))
		stands(3, false)
		stands(4, true)
		must(t, db.DropMemberSessions(t.Context(), ana))
		stands(4, false)
		stands(2, true)
		begin(5, ana, 9*60, 2) // by now the other has run out
		stands(2, false)
	})
}
