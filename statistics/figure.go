package statistics

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"golang.org/x/mod/sumdb/note"

	"palermo/ident"
	"palermo/record"
)

// Figure is a measure in one year, with all that was given out of it.
type Figure struct {
	record.Base
	Measure  string
	Year     int
	Began    time.Time
	Releases []Release // the oldest first
}

// Release is one time that a figure was given out.
type Release struct {
	Released Released
	Signed   string

	// What stood behind it, so that the next one can be held back until enough of it is different. It is never shown.
	Salt   [16]byte
	Behind []trace
}

// trace is a case and what it added, as salted digests: whose it was is not in it, and when the case is erased nothing leads to it.
type trace struct {
	Case  [8]byte
	Added [8]byte
}

// added is what a case adds to a figure.
type added struct {
	id ident.ID
	part
}

func traced(salt [16]byte, a added) trace {
	of := func(b []byte) (short [8]byte) {
		sum := sha256.Sum256(append(salt[:], b...))
		copy(short[:], sum[:])
		return short
	}
	value := binary.BigEndian.AppendUint64(a.id[:], uint64(a.cell))
	return trace{Case: of(a.id[:]), Added: of(binary.BigEndian.AppendUint64(value, uint64(int64(a.value))))}
}

// differs counts the cases that contribute otherwise than they did when it was given out.
func (r *Release) differs(now []added) int {
	before := map[[8]byte][8]byte{}
	for _, t := range r.Behind {
		before[t.Case] = t.Added
	}
	n := 0
	for _, a := range now {
		t := traced(r.Salt, a)
		if was, known := before[t.Case]; !known || was != t.Added {
			n++
		}
		delete(before, t.Case)
	}
	return n + len(before)
}

// release gives the figure out, or what was given out before where fewer than k cases contribute otherwise.
func (f *Figure) release(now []added, m Measure, k int, tx *record.Tx, signer note.Signer) error {
	if n := len(f.Releases); n > 0 && f.Releases[n-1].differs(now) < k {
		return nil
	}
	r := Release{Released: Released{Measure: f.Measure, Year: f.Year, K: k, At: tx.Now()}}
	if _, err := tx.Random().Read(r.Salt[:]); err != nil {
		return err
	}
	counts, values := make([]int, len(m.Cells)), make([][]int, len(m.Cells))
	for _, a := range now {
		counts[a.cell]++
		if a.value >= 0 {
			values[a.cell] = append(values[a.cell], a.value)
		}
		r.Behind = append(r.Behind, traced(r.Salt, a))
	}
	r.Released.Cells, r.Released.Total = divided(counts, k)
	if mid, enough := middle(values, k); enough && m.Unit != "" {
		r.Released.Median = &mid
	}
	var err error
	if r.Signed, err = r.Released.sign(signer); err != nil {
		return err
	}
	f.Releases = append(f.Releases, r)
	f.Note(released{Measure: f.Measure, Year: f.Year, Digest: sha256.Sum256([]byte(r.Signed))})
	return nil
}

// released is the note in the journal: the digest of the signed figure stands under the journal's checkpoints from then on.
type released struct {
	Measure string
	Year    int
	Digest  [32]byte
}

// Event names it.
func (released) Event() string { return "figure_released" }
