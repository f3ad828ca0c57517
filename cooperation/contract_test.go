package cooperation_test

import (
	"net/url"
	"testing"

	"palermo/cooperation"
	"palermo/e2e/postgrestest"
	"palermo/exchange"
	"palermo/exchange/exchangetest"
	"palermo/node"
)

// boxes are both ends of a desk, as package exchange sees them.
type boxes struct {
	cooperation.Outbox
	cooperation.Inbox
}

func (b boxes) Add(s exchange.Signed) error { return b.Outbox.Add(s) }

// What the courier and the desk of package exchange rely on holds for records as for what is kept in memory.
func TestOutboxAndInboxKeepTheContract(t *testing.T) {
	for name, config := range map[string]func(*testing.T) node.Config{
		"SQLite": func(*testing.T) node.Config { return node.Config{} },
		"PostgreSQL": func(t *testing.T) node.Config {
			return node.Config{Database: postgrestest.DSN(t), Keys: postgrestest.DSN(t)}
		},
	} {
		t.Run(name, func(t *testing.T) {
			exchangetest.Suite(t, func(t *testing.T, x *exchangetest.World) exchangetest.Boxes {
				x.Kind, x.Body = "enquiry.ask", enquiryBody(t) // it acts without a case
				w := &world{t: t, now: exchangetest.Noon}
				p := w.open("it", "it", config(t))
				desk := cooperation.NewDesk(p.Record, p.Desk, p.Directory, x.Nodes[0], func() *exchange.Trust { return x.Trust }, p.org["focal"])
				return boxes{desk.Outbox(), desk.Inbox()}
			})
		})
	}
}

func enquiryBody(t testing.TB) []byte {
	t.Helper()
	body, err := cooperation.Encode(cooperation.Word{Number: 1, Type: "enquiry", Name: "ask", State: "asked",
		Fields: url.Values{"topic": {"services"}, "question": {"Which houses take a family?"}}})
	if err != nil {
		t.Fatal(err)
	}
	return body
}
