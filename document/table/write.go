package table

import "strings"

// Formula reports a cell that a spreadsheet would run. A telephone number or
// a number with its sign is none.
func Formula(cell string) bool {
	if cell == "" || !strings.ContainsRune("=+-@\t\r", rune(cell[0])) {
		return false
	}
	signed := cell[0] == '+' || cell[0] == '-'
	return !signed || strings.Trim(cell[1:], "0123456789 .,()/-") != "" || cell[1:] == ""
}

// Harmless writes a cell so that a spreadsheet shows it and runs nothing.
func Harmless(cell string) string {
	if Formula(cell) {
		return "'" + cell
	}
	return cell
}
