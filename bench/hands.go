package main

import (
	"errors"
	"math/rand/v2"
	"slices"
	"sync"
	"time"
)

// worked is what several hands did in a time.
type worked struct {
	took []time.Duration // of each, sorted
	rate float64         // a second
}

func (w worked) p99() time.Duration { return quantile(w.took, 0.99) }

// hands does something over and over, with so many hands, for a time.
func hands(many int, lasts time.Duration, do func(*rand.Rand) error) (worked, error) {
	took := make([][]time.Duration, many)
	errs := make([]error, many)
	var all sync.WaitGroup
	start := time.Now()
	for hand := range many {
		all.Go(func() {
			random := rand.New(rand.NewPCG(uint64(hand), uint64(many)))
			for time.Since(start) < lasts {
				begun := time.Now()
				if errs[hand] = do(random); errs[hand] != nil {
					return
				}
				took[hand] = append(took[hand], time.Since(begun))
			}
		})
	}
	all.Wait()
	w := worked{took: slices.Concat(took...)}
	w.rate = float64(len(w.took)) / time.Since(start).Seconds()
	slices.Sort(w.took)
	return w, errors.Join(errs...)
}
