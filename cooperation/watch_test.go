package cooperation_test

import (
	"context"
	"slices"
	"testing"
	"time"

	"palermo/record"
)

// An expired list stops everything between States: whoever can have it renewed
// is told two weeks before, once more three days before, and no more once a
// list is in force that lasts.
func TestTheFocalPointIsToldBeforeTheTrustListExpires(t *testing.T) {
	both(t, func(t *testing.T, w *world) {
		it := w.places["it"]
		must(t, it.desk.WatchTrust(context.Background()))
		due := func(d *record.Door) (names []string) {
			items, err := record.Day(context.Background(), d, 100)
			must(t, err)
			for _, i := range items {
				if i.Kind == "trust" {
					names = append(names, i.Name)
				}
			}
			slices.Sort(names)
			return names
		}
		expires := w.trust.List().Expires.Time()
		for before, want := range map[time.Duration][]string{
			15 * 24 * time.Hour: nil,
			13 * 24 * time.Hour: {"trust_list_expires"},
			2 * 24 * time.Hour:  {"trust_list_expires", "trust_list_expires_soon"},
		} {
			w.now = expires.Add(-before)
			if got := due(it.focal()); !slices.Equal(got, want) {
				t.Errorf("%v before it expires the focal point is told %v", before, got)
			}
			if got := due(it.ngo()); got != nil {
				t.Errorf("%v before it expires an organisation that has nothing to do with it is told %v", before, got)
			}
		}
		w.now = expires.Add(-24 * time.Hour)
		w.install(w.nodes())
		must(t, it.desk.WatchTrust(context.Background()))
		if got := due(it.focal()); got != nil {
			t.Errorf("another list is in force, and still the focal point is told %v", got)
		}
	})
}
