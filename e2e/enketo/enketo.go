// Package enketo shows the node's XForms in Enketo, the field's own client, in
// a real browser: enketo-transformer and enketo-core of npm, bundled by esbuild.
package enketo

import (
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"testing"
)

// Page is a page with Enketo in it, at every address that it is mounted on.
// Where npm's packages are not installed, a test fails in CI and is skipped elsewhere.
func Page(t *testing.T) http.Handler {
	t.Helper()
	_, file, _, _ := runtime.Caller(0)
	here := filepath.Dir(file)
	modules := filepath.Join(here, "../../node_modules")
	builder := filepath.Join(modules, ".bin/esbuild")
	if _, err := os.Stat(builder); err != nil {
		const advice = "esbuild and Enketo are not installed: npm ci --ignore-scripts"
		if os.Getenv("CI") == "true" {
			t.Fatal(advice)
		}
		t.Skip(advice)
	}
	bundle := filepath.Join(t.TempDir(), "enketo.js")
	args := []string{filepath.Join(here, "entry.js"), "--bundle", "--format=iife", "--outfile=" + bundle, "--external:libxslt", "--log-level=error"}
	args = append(args, "--alias:enketo/config="+filepath.Join(here, "config.js"))
	for name, at := range map[string]string{"widgets": "src/js/widgets.js", "translator": "src/js/fake-translator.js",
		"dialog": "src/js/fake-dialog.js", "file-manager": "src/js/file-manager.js", "xpath-evaluator-binding": "src/js/xpath-evaluator-binding.js"} {
		args = append(args, "--alias:enketo/"+name+"="+filepath.Join(modules, "enketo-core", at))
	}
	if out, err := exec.Command(builder, args...).CombinedOutput(); err != nil {
		t.Fatalf("esbuild: %v\n%s", err, out)
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /enketo.js", func(w http.ResponseWriter, r *http.Request) { http.ServeFile(w, r, bundle) })
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, _ *http.Request) {
		_, _ = w.Write([]byte(`<!DOCTYPE html><html lang="en"><title>Enketo</title><link rel="icon" href="data:,"><div class="main" id="form"></div><script src="/enketo.js"></script>`))
	})
	return mux
}
