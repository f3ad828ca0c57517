package exchange

import "testing"

func BenchmarkSign(b *testing.B) {
	w, o := newWorld(b), message(b, 1)
	for b.Loop() {
		if _, err := Sign(o, w.italy); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkSeal(b *testing.B) {
	w := newWorld(b)
	m, _ := w.sealed(b, message(b, 1))
	n, err := w.trust.Node("ng-focal", noon)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := m.Seal(n); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOpen(b *testing.B) {
	w := newWorld(b)
	_, s := w.sealed(b, message(b, 1))
	for b.Loop() {
		if _, err := Open(s, w.nigeria, w.trust, noon); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkReceipt(b *testing.B) {
	w := newWorld(b)
	m, s := w.sealed(b, message(b, 1))
	opened, err := Open(s, w.nigeria, w.trust, noon)
	if err != nil {
		b.Fatal(err)
	}
	awaited, err := m.Awaited()
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		r, err := NewReceipt(opened, w.nigeria, noon)
		if err != nil {
			b.Fatal(err)
		}
		if _, err := r.Verify(awaited, w.trust); err != nil {
			b.Fatal(err)
		}
	}
}
