package node_test

import (
	"context"
	"reflect"
	"strings"
	"testing"
	"time"
	"unsafe"

	"palermo/access"
	"palermo/demo"
	"palermo/ident"
	"palermo/node"
	"palermo/record"
)

// compared is any kind of record, whatever its types.
type compared interface {
	Title() string
	Compare(ctx context.Context, d *record.Door, all []ident.ID) (wrong []string, err error)
}

// kinds are all kinds of record that hang on a node, wherever in its rooms: a new one is found without being named here.
func kinds(n *node.Node) map[string]compared {
	found, been := map[string]compared{}, map[uintptr]bool{}
	var in func(v reflect.Value)
	in = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Interface:
			if !v.IsNil() {
				in(v.Elem())
			}
		case reflect.Pointer:
			if v.IsNil() || been[v.Pointer()] || !strings.HasPrefix(v.Type().Elem().PkgPath(), "palermo/") {
				return
			}
			been[v.Pointer()] = true
			whole := reflect.NewAt(v.Type().Elem(), unsafe.Pointer(v.Pointer())) // also where the field is not exported
			if k, ok := whole.Interface().(compared); ok {
				found[k.Title()] = k
				return
			}
			in(whole.Elem())
		case reflect.Struct:
			for i := range v.NumField() {
				in(v.Field(i))
			}
		}
	}
	in(reflect.ValueOf(n))
	return found
}

// What a list shows of a record a look at it shows too, and the other way round: for every kind, and for everybody of the
// demonstration.
func TestListIsFilterOfViewForEveryKind(t *testing.T) {
	run := func(t *testing.T, c node.Config) {
		c.Name, c.Node, c.Jurisdiction, c.Data = "Palermo, test", "test", "it", t.TempDir()
		n, accounts, err := demo.New(context.Background(), c.Filled(), demo.Italy())
		must(t, err)
		t.Cleanup(func() { must(t, n.Close()) })
		now := time.Now()
		n.Record.Now = func() time.Time { return now } // both questions at one instant
		all := kinds(n)
		if len(all) < 12 || all["case"] == nil || all["member"] == nil || all["keyring"] == nil {
			t.Fatalf("only %d kinds were found", len(all))
		}
		compared := 0
		for name, kind := range all {
			rows, err := n.Store.Find(t.Context(), record.Find{Kind: name, Now: now, Limit: 200})
			must(t, err)
			var ids []ident.ID
			for _, row := range rows {
				ids = append(ids, row.ID)
			}
			if len(ids) == 0 {
				t.Logf("%s: the demonstration of one node has none, so nothing was compared", name)
				continue
			}
			compared++
			for _, a := range accounts {
				for _, viewer := range []access.Viewer{a.Viewer, {Member: a.Viewer.Member, Organisation: a.Viewer.Organisation}} {
					wrong, err := kind.Compare(t.Context(), n.Record.For(viewer), ids)
					must(t, err)
					if name == "member" && viewer.Has(access.Administrator) && len(wrong) == 1 && strings.HasSuffix(wrong[0], "no list has it") {
						continue // the record that stands for every user name that nobody has; it is nobody's account
					}
					for _, w := range wrong {
						t.Errorf("%s: %s", a.Login, w)
					}
				}
			}
		}
		if compared < 5 {
			t.Errorf("only %d kinds have records", compared)
		}
	}
	t.Run("SQLite", func(t *testing.T) { run(t, node.Config{}) })
}
