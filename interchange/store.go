package interchange

import (
	"context"

	"palermo/casework"
	"palermo/record"
)

// Store makes cases of the rows that were read. Where something was refused
// nothing is stored, unless the good rows alone are asked for. What breaks off
// is begun again with the same file: rows that came before are left out.
func Store(ctx context.Context, k *casework.Desk, d *record.Door, r Read, goodRows bool, done func(rows int)) (stored int, err error) {
	if len(r.Refused) > 0 && !goodRows {
		return 0, nil
	}
	for at := 0; at < len(r.Good); at += together {
		n, err := k.Import(ctx, d, r.Good[at:min(at+together, len(r.Good))])
		if err != nil {
			return stored, err
		}
		stored += n
		done(min(at+together, len(r.Good)))
	}
	return stored, nil
}
