package casework

import (
	"testing"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

func TestAFilesTypeIsWhatItContains(t *testing.T) {
	b := newBench(t, "coe", Adult)
	attach := func(name string, data []byte) error {
		w := b.work("ngo")
		w.Attach = func([]byte) (ident.ID, error) { return w.newID() }
		return Take(b.c, "attach", &AttachDocument{Title: "t", Category: "notes", File: input.File{Name: name, Bytes: data}}, w)
	}
	for name, c := range map[string]struct {
		data []byte
		ok   bool
	}{
		"letter.pdf":  {[]byte("%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"), true},
		"letter.txt":  {[]byte("a plain letter"), true},
		"picture.pdf": {[]byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR"), false}, // a picture that says it is a PDF
		"run.pdf":     {[]byte("MZ\x90\x00\x03\x00\x00\x00"), false},
		"page.html":   {[]byte("<!doctype html><script>1</script>"), false},
		"empty.pdf":   {nil, false},
		"large.txt":   {make([]byte, largestFile+1), false},
	} {
		err := attach(name, c.data)
		if (err == nil) != c.ok || err != nil && !fault.Is(err, fault.CodeInvalid) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
