package abroad

import (
	"bytes"
	"context"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"maps"
	"net"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"palermo/demo/walk"
	"palermo/exchange"
)

// told is what the walk's person told, and what was written about the person, in two States.
var told = []string{"Itohan", "Edosa", "1999-03", "sister is there", "Benin City", "Ivie House", "Edo State", "sewing", "Africa/Lagos", "Catania",
	"Room 3", "Transfer 2026", "0003", "return", "testimony", "compensation", "reception", "identity", "Money transfers", "passport"}

// Issue: whoever listens on the line learns that two nodes speak, when, and one of few sizes.
func TestTheLineTellsNothingOfThePerson(t *testing.T) {
	s := start(t, false)
	steps := 0
	if err := walk.Walk(context.Background(), s.Places(), func(walk.Step) { steps++ }); err != nil {
		t.Fatal(err)
	}
	if steps < 15 {
		t.Fatalf("the walk has %d steps: too little was said", steps)
	}
	s.silent(t, told)
	s.fewSizes(t)
}

// silent holds that none of the words went over a line, in any writing that a program gives them.
func (s *states) silent(t *testing.T, words []string) {
	t.Helper()
	for _, r := range s.relays {
		all := r.all()
		if r.node != "secretariat" && len(all) < 10_000 {
			t.Errorf("only %d bytes went to %s: nothing was heard", len(all), r.node)
		}
		for _, w := range words {
			for _, form := range writings(w) {
				if bytes.Contains(all, form) {
					t.Errorf("on the line to %s it can be read: %q", r.node, w)
				}
			}
		}
	}
}

// writings are the bytes of a word as programs write it. Base64 has three forms, by where the word begins.
func writings(word string) [][]byte {
	forms := [][]byte{[]byte(word), []byte(strings.ToLower(word)), []byte(strings.ToUpper(word)), []byte(url.QueryEscape(word)), []byte(hex.EncodeToString([]byte(word)))}
	var wide []byte
	for _, u := range utf16.Encode([]rune(word)) {
		wide = append(wide, byte(u>>8), byte(u))
	}
	forms = append(forms, wide[1:]) // either order of bytes has this inside
	for shift := range 3 {
		inside := base64.StdEncoding.EncodeToString(append(make([]byte, shift), word...))
		forms = append(forms, []byte(strings.TrimRight(inside, "=")[shift+1:max(shift+1, len(inside)-4)]))
	}
	return slices.DeleteFunc(forms, func(f []byte) bool { return len(f) < 4 })
}

// fewSizes prints the sizes, and holds that each message has one of the classes.
func (s *states) fewSizes(t *testing.T) {
	t.Helper()
	const around = 1200 // what a request says besides the object: signature, digest, frames; none of it is about the person
	classes := map[int]int{}
	for _, r := range s.relays {
		for _, n := range r.turns(true) {
			i := slices.IndexFunc(exchange.SizeClasses(), func(class int) bool {
				over := n - class - exchange.SealOverhead
				return over >= 0 && over < around
			})
			if i < 0 && n > around { // less is the end of a handshake, or a question for the trust list
				t.Errorf("%d bytes went to %s at once: no size class", n, r.node)
			}
			if i >= 0 {
				classes[exchange.SizeClasses()[i]]++
			}
		}
	}
	for _, class := range slices.Sorted(maps.Keys(classes)) {
		t.Logf("%5d messages of %d bytes", classes[class], class)
	}
	count := 0
	for _, n := range classes {
		count += n
	}
	if count < 15 || len(classes) > 3 {
		t.Errorf("%d messages in %d sizes: %v", count, len(classes), classes)
	}
}

// A word that goes over such a line in the clear is found: the test above can fail.
func TestTheRelayHears(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }() // the test is over
	r, err := listen("plain", "https://"+l.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer r.close()
	c, err := net.Dial("tcp", r.listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	there, err := l.Accept()
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range writings("Itohan Edosa") {
		fmt.Fprintf(c, "%s\n", form)
	}
	_ = c.Close() // all was written
	got := make([]byte, 1<<16)
	n := 0
	for {
		k, err := there.Read(got[n:])
		if n += k; err != nil {
			break
		}
	}
	for _, form := range writings("Itohan Edosa") {
		if !bytes.Contains(r.all(), form) {
			t.Errorf("%q was not heard", form)
		}
	}
	if n, rest := records([]byte{23, 3, 3, 0, 2, 'a', 'b', 22, 3, 3, 0, 1, 'c', 23, 3}); n != 2 || len(rest) != 2 {
		t.Errorf("records are counted wrongly: %d, %d left", n, len(rest))
	}
}
