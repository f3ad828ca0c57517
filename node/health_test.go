package node_test

import (
	"net/http"
	"net/http/httptest"
	"regexp"
	"slices"
	"strconv"
	"testing"
	"time"

	"palermo/casework"
	"palermo/health"
	"palermo/node"
)

func TestTheNumbersAreThoseOfTheNode(t *testing.T) {
	onBoth(t, func(t *testing.T, n *node.Node) {
		ctx := t.Context()
		before := n.Health(ctx)
		if len(before.Troubles) != 0 || before.Overdue != 0 || before.Bytes == 0 || before.Schema < 6 || before.Waiting != 0 {
			t.Fatalf("a new node: %+v", before)
		}
		ana, _, _ := people()
		id, err := n.Desk.OpenCase(ctx, n.Record.For(ana), casework.DescribePerson{Age: casework.Adult})
		must(t, err)
		must(t, n.Desk.Take(ctx, n.Record.For(ana), id, "screen", &casework.Screen{Reasons: written}, 0))
		must(t, n.Desk.Take(ctx, n.Record.For(ana), id, "presume", &casework.Presume{Reasons: written}, 0))
		must(t, n.SequenceAll(ctx))
		now := n.Record.Now()
		n.Record.Now = func() time.Time { return now.AddDate(1, 0, 0) }
		after := n.Health(ctx)
		if after.Overdue == 0 || after.Entries == 0 || after.Commits <= before.Commits {
			t.Errorf("after a year with a case: %+v", after)
		}
		w := httptest.NewRecorder()
		n.Watched().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/metrics", nil))
		found := regexp.MustCompile(`\npalermo_duties_overdue (\d+)\n`).FindStringSubmatch(w.Body.String())
		if found == nil || found[1] != strconv.Itoa(after.Overdue) {
			t.Error(w.Body.String())
		}
		must(t, n.Keys.Close())
		if lacks := n.Health(ctx).Troubles; !slices.Equal(lacks, []health.Trouble{health.Keys}) {
			t.Errorf("without keys: %v", lacks)
		}
	})
}
