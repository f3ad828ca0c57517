package exchange

import (
	"bytes"
	"errors"
	"io"
	"strings"
	"testing"
)

func TestAFileHoldsTheSealedObjectAsItIs(t *testing.T) {
	w := newWorld(t)
	_, s := w.sealed(t, message(t, 1))
	var file bytes.Buffer
	if err := ArmourSealed.Write(&file, s); err != nil {
		t.Fatal(err)
	}
	text := file.String()
	for name, carried := range map[string]string{"as it is": text, "by an e-mail": "\r\n" + strings.ReplaceAll(text, "\n", "\r\n") + "\n"} {
		b, err := ArmourSealed.Read(strings.NewReader(carried))
		if err != nil || !bytes.Equal(b, s) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, test := range map[string]struct {
		file io.Reader
		want error
	}{
		"nothing":         {strings.NewReader(""), ErrMalformed},
		"cut":             {strings.NewReader(text[:len(text)/2]), ErrMalformed},
		"two in one":      {strings.NewReader(text + text), ErrMalformed},
		"another heading": {strings.NewReader(strings.ReplaceAll(text, "SEALED OBJECT", "RECEIPT")), ErrMalformed},
		"without end":     {endless{}, ErrOversize},
	} {
		if _, err := ArmourSealed.Read(test.file); !errors.Is(err, test.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	largest := make([]byte, MaxSealed)
	file.Reset()
	if err := ArmourSealed.Write(&file, largest); err != nil {
		t.Fatal(err)
	}
	if b, err := ArmourSealed.Read(&file); err != nil || len(b) != MaxSealed {
		t.Errorf("the largest: %d bytes, %v", len(b), err)
	}
	if err := ArmourSealed.Write(&file, append(largest, 0)); !errors.Is(err, ErrOversize) {
		t.Error(err)
	}
}

type endless struct{}

func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'A'
	}
	return len(p), nil
}
