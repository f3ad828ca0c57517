package main

import (
	"fmt"
	"io"
	"os"
	"time"
)

const patience = 2 * time.Second // after which somebody at a terminal is told how far it is

// progress says how far a command is, in one line that is written over.
type progress struct {
	out   io.Writer // nil where nobody watches: a file, a pipe
	began time.Time
	shown bool
}

func watched(out io.Writer) *progress {
	p := &progress{began: time.Now()}
	if f, ok := out.(*os.File); ok {
		if info, err := f.Stat(); err == nil && info.Mode()&os.ModeCharDevice != 0 {
			p.out = out
		}
	}
	return p
}

func (p *progress) say(format string, args ...any) {
	if p.out == nil || time.Since(p.began) < patience {
		return
	}
	p.shown = true
	fmt.Fprintf(p.out, "\r\x1b[K"+format, args...)
}

// end leaves the line empty for what follows.
func (p *progress) end() {
	if p.shown {
		fmt.Fprint(p.out, "\r\x1b[K")
	}
}
