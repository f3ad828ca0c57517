package drafts_test

import (
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"palermo/fault"
	"palermo/review/instrument"
	"palermo/review/questionnaire"
	"palermo/review/questionnaire/drafts"
)

// frozen are the digests of the files: answers stand on their words.
var frozen = map[string]string{
	"tip-1.json": "8a704121d68982e94dd01850fc2b12ea82ac8e4ded83cb2a4c1d9321fd4048fb",
}

func TestAFrozenDraftIsNeverChanged(t *testing.T) {
	names, err := filepath.Glob("*.json")
	if err != nil || len(names) != len(frozen) {
		t.Fatal(names, err)
	}
	for _, name := range names {
		file, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if sum := sha256.Sum256(file); hex.EncodeToString(sum[:]) != frozen[name] {
			t.Errorf("%s has other words than were frozen (%x): new words are a new file", name, sum)
		}
	}
}

func TestEveryDraftSaysThatItsWordsAreTheProjects(t *testing.T) {
	all, err := drafts.All()
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, v := range all {
		if !v.OwnDraft || v.Symbol == "" || seen[v.Symbol] || v.Status.IsZero() || strings.HasPrefix(v.Symbol, "CTOC/") {
			t.Errorf("%q: own draft %v, at %v", v.Symbol, v.OwnDraft, v.Status)
		}
		seen[v.Symbol] = true
		if found, err := drafts.Find(v.Symbol); err != nil || len(found.Questions) != len(v.Questions) {
			t.Errorf("%q is not found: %v", v.Symbol, err)
		}
	}
	if _, err := drafts.Find("CTOC/COP/WG.4/2018/CRP.1"); !fault.Is(err, fault.CodeNotFound) {
		t.Error(err)
	}
}

func TestTheFirstDraftAsksAboutEachParagraphThatBinds(t *testing.T) {
	l, err := instrument.Open()
	if err != nil {
		t.Fatal(err)
	}
	v, err := drafts.Find("PALERMO/TIP/1")
	if err != nil {
		t.Fatal(err)
	}
	asked := questionnaire.Draft(l)
	for _, x := range asked.Questions {
		if v.Find(x.Key) < 0 {
			t.Errorf("%s is not asked", x.Key)
		}
	}
}
