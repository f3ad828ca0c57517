package exchangetest

import "testing"

func TestMemoryKeepsTheContract(t *testing.T) {
	Suite(t, func(*testing.T, *World) Boxes { return NewMemory() })
}
