package api

import (
	"strconv"
	"testing"
	"time"
)

func TestWhoAsksTooOftenWaitsAndOthersDoNot(t *testing.T) {
	l := limit{most: 3, refill: time.Second}
	now := time.Date(2026, 3, 2, 9, 0, 0, 0, time.UTC)
	for range 4 {
		l.count("a", now)
	}
	if l.may("a", now) || !l.may("b", now) || !l.may("a", now.Add(time.Second)) {
		t.Error("four at once of three, one a second")
	}
	for range 1000 {
		l.count("a", now)
	}
	if !l.may("a", now.Add(4*time.Second)) {
		t.Error("who goes on asking is locked out for longer and longer")
	}
	for i := range mostLimited + 10 {
		l.count(strconv.Itoa(i), now.Add(time.Duration(i)*time.Minute))
	}
	if len(l.full) > mostLimited+1 {
		t.Errorf("%d are remembered", len(l.full))
	}
}
