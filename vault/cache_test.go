package vault

import (
	"testing"
	"time"
)

func TestTheCacheKeepsTheKeysUsedLastAndNoMore(t *testing.T) {
	c := newCache(3, time.Now)
	for i := range byte(5) {
		c.put(cacheID{[16]byte{i}, "ngo"}, Key{i}, c.generation())
		_, _, _ = c.get(cacheID{[16]byte{0}, "ngo"}) // the first stays in use
	}
	for i, kept := range []bool{true, false, false, true, true} {
		k, ok, _ := c.get(cacheID{[16]byte{byte(i)}, "ngo"})
		if ok != kept || ok && k != (Key{byte(i)}) {
			t.Errorf("%d: kept %v", i, ok)
		}
	}
	if c.len() != 3 {
		t.Errorf("%d kept", c.len())
	}
}

func TestTheCacheTakesNothingReadBeforeItForgot(t *testing.T) {
	c := newCache(3, time.Now)
	id := cacheID{[16]byte{1}, "ngo"}
	_, _, gen := c.get(id)
	c.forgetOne(id)
	c.put(id, Key{1}, gen)
	if c.len() != 0 {
		t.Error("kept")
	}
}

func TestTheCacheLooksAgainAfterAWhile(t *testing.T) {
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	c := newCache(3, func() time.Time { return now })
	id := cacheID{[16]byte{1}, "ngo"}
	c.put(id, Key{1}, c.generation())
	now = now.Add(freshFor - 1)
	if _, ok, _ := c.get(id); !ok {
		t.Error("not kept for as long as it is fresh")
	}
	now = now.Add(1)
	if _, ok, _ := c.get(id); ok || c.len() != 0 {
		t.Error("kept for longer")
	}
}
