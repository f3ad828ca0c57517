package main

import (
	"bytes"
	"testing"
	"time"
)

func TestProgressIsShownToWhoWaitsLong(t *testing.T) {
	var b bytes.Buffer
	early := progress{out: &b, began: time.Now()}
	early.say("%d entries", 1000)
	early.end()
	if b.Len() > 0 {
		t.Errorf("shown at once: %q", b.String())
	}
	late := progress{out: &b, began: time.Now().Add(-patience)}
	late.say("%d entries", 2000)
	late.end()
	if want := "\r\x1b[K2000 entries\r\x1b[K"; b.String() != want {
		t.Errorf("%q", b.String())
	}
	b.Reset()
	piped := watched(&b)
	piped.began = piped.began.Add(-patience)
	piped.say("%d entries", 3000)
	piped.end()
	if b.Len() > 0 {
		t.Errorf("written into what is no terminal: %q", b.String())
	}
}
