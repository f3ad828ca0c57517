package cooperation

import "palermo/casework"

// Filled is for tests of other packages: an act with every field filled in.
var Filled = filled

// Forged is the body of an act as a peer might make it.
func Forged(t Type, act string, number int, sheets []casework.Sheet) ([]byte, error) {
	return Word{Number: number, Type: t, Name: act, Fields: map[string][]string{}, Sheets: sheets, State: "proposed"}.encode()
}
