package api

import (
	"bytes"
	"encoding/json"
	"flag"
	"net/http"
	"net/http/httptest"
	"os"
	"strings"
	"testing"

	"palermo/casework"
	"palermo/input"
)

var update = flag.Bool("update", false, "write testdata/openapi.json anew; a change of it is a change of the API")

// described is the document as a program fetches it, without a key.
func described(t *testing.T) []byte {
	t.Helper()
	w := httptest.NewRecorder()
	(&Server{}).Handler().ServeHTTP(w, httptest.NewRequest(http.MethodGet, "/api/v1/openapi.json", nil))
	if w.Code != http.StatusOK {
		t.Fatal(w.Code)
	}
	return w.Body.Bytes()
}

func TestTheAPIChangesOnlyOnPurpose(t *testing.T) {
	const file = "testdata/openapi.json"
	got := described(t)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs from what the node gives. Read what changed: programs rely on it. Then go test ./api -update.", file)
	}
}

func TestEveryStepIsDescribedWithAllItsFields(t *testing.T) {
	var doc struct {
		Paths map[string]map[string]struct {
			RequestBody struct {
				Content map[string]struct {
					Schema struct {
						Properties map[string]any
						Required   []string
					}
				}
			}
		}
	}
	if err := json.Unmarshal(described(t), &doc); err != nil {
		t.Fatal(err)
	}
	for _, info := range casework.Steps() {
		schema := doc.Paths["/cases/{id}/steps/"+info.Name]["post"].RequestBody.Content["application/json"].Schema
		needed := 0
		for _, f := range input.Describe(info.New()) {
			if _, ok := schema.Properties[f.Name]; !ok {
				t.Errorf("%s does not describe %s", info.Name, f.Name)
			}
			if f.Required {
				needed++
			}
		}
		if needed != len(schema.Required) {
			t.Errorf("%s: %d of %d needed fields", info.Name, len(schema.Required), needed)
		}
	}
}

// Each reference leads somewhere, and no two operations have one name.
func TestTheDescriptionHoldsTogether(t *testing.T) {
	var doc map[string]any
	if err := json.Unmarshal(described(t), &doc); err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	var walk func(any)
	walk = func(x any) {
		switch x := x.(type) {
		case []any:
			for _, y := range x {
				walk(y)
			}
		case map[string]any:
			if id, ok := x["operationId"].(string); ok {
				if seen[id] {
					t.Errorf("two operations are %s", id)
				}
				seen[id] = true
			}
			if ref, ok := x["$ref"].(string); ok {
				var at any = doc
				for _, part := range strings.Split(strings.TrimPrefix(ref, "#/"), "/") {
					at = at.(map[string]any)[part]
				}
				if at == nil {
					t.Errorf("%s leads nowhere", ref)
				}
			}
			for _, y := range x {
				walk(y)
			}
		}
	}
	walk(doc)
	if len(seen) < len(casework.Steps()) {
		t.Errorf("%d operations", len(seen))
	}
}
