package table

import (
	"bufio"
	"encoding/csv"
	"errors"
	"io"
	"strings"
	"unicode/utf8"
)

const (
	mostColumns = 2048
	longestCell = 1 << 20 // bytes
)

// Reader reads a CSV file row by row.
type Reader struct {
	Encoding string // as it was told from the bytes: UTF-8, UTF-16, Windows-1252

	csv  *csv.Reader
	row  int // the last one that was read
	line int // on which it ended
}

// NewReader for the bytes of a file, with commas, semicolons or tabs between
// cells, whichever the first line has most of.
func NewReader(data []byte) *Reader {
	text, encoding := decoded(data)
	buffered := bufio.NewReaderSize(text, looked)
	head, _ := buffered.Peek(looked) // what is wrong with the file shows when it is read
	c := csv.NewReader(buffered)
	c.Comma, c.FieldsPerRecord = separator(string(head)), -1
	return &Reader{Encoding: encoding, csv: c}
}

func separator(head string) rune {
	first, _, _ := strings.Cut(head, "\n")
	best, most := ',', 0
	for _, r := range []rune{',', ';', '\t'} {
		if n := strings.Count(first, string(r)); n > most {
			best, most = r, n
		}
	}
	return best
}

// Next gives the next row that holds anything, io.EOF after the last, or a
// Mistake, after which nothing more can be read.
func (r *Reader) Next() (Row, error) {
	for {
		cells, err := r.csv.Read()
		if errors.Is(err, io.EOF) {
			return Row{}, io.EOF
		}
		if err != nil {
			return Row{}, &Mistake{Row: r.row + 1, Reason: "The row cannot be read: a quotation mark is missing, or stands where none may."}
		}
		start, _ := r.csv.FieldPos(0)
		end, _ := r.csv.FieldPos(len(cells) - 1)
		r.row += start - r.line // lines between are empty rows
		r.line = end + strings.Count(cells[len(cells)-1], "\n")
		if err := r.fits(cells); err != nil {
			return Row{}, err
		}
		if strings.TrimSpace(strings.Join(cells, "")) != "" {
			return Row{Number: r.row, Cells: cells}, nil
		}
	}
}

func (r *Reader) fits(cells []string) error {
	if len(cells) > mostColumns {
		return &Mistake{Row: r.row, Reason: "The row has too many columns."}
	}
	for _, c := range cells {
		switch {
		case len(c) > longestCell:
			return &Mistake{Row: r.row, Reason: "A cell is too long."}
		case !utf8.ValidString(c) || strings.ContainsRune(c, 0):
			return &Mistake{Row: r.row, Reason: "A cell is no text in the encoding of the file. Save the file as CSV in UTF-8."}
		}
	}
	return nil
}
