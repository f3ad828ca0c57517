package uitest

import (
	"strings"
	"testing"
)

const good = `<!DOCTYPE html><html lang="en" dir="ltr"><head><title>T</title></head><body><main><h1>H</h1>%s</main></body></html>`

func TestEachFaultIsFound(t *testing.T) {
	for body, want := range map[string]string{
		``:                                       "",
		`<p><b>x</p></b>`:                        "closes",
		`<div>`:                                  "closes",
		`<p style="color:red">x</p>`:             "inline style",
		`<p onclick="x()">x</p>`:                 "inline onclick",
		`<script>1</script>`:                     "inline <script>",
		`<script src="https://x/a.js"></script>`: "elsewhere",
		`<input name="a">`:                       "without a label",
		`<label for="a"> </label><input id="a">`: "without words",
		`<p id="a"></p><p id="a"></p>`:           "two elements",
		`<p aria-describedby="b">x</p>`:          "not there",
		`<a href="#b">x</a>`:                     "not there",
		`<a href="/"></a>`:                       "<a> without words",
		`<h1>x</h1>`:                             "2 elements <h1>",
	} {
		got := strings.Join(Problems([]byte(strings.Replace(good, "%s", body, 1))), "\n")
		if (want == "") != (got == "") || !strings.Contains(got, want) {
			t.Errorf("%s: want %q, got %q", body, want, got)
		}
	}
}
