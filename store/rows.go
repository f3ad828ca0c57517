package store

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// A row as bytes: each value a tag, its length and its bytes, so that the same
// row is the same bytes on both databases.
const (
	tagNull  = 0
	tagInt   = 1
	tagBytes = 2
	tagText  = 3
)

const longest = 64 << 20 // bytes of one row; what claims more is no dump

func encodeRow(row []any) ([]byte, error) {
	b := make([]byte, 0, 256)
	for _, v := range row {
		switch v := v.(type) {
		case nil:
			b = append(b, tagNull)
		case int64:
			b = binary.BigEndian.AppendUint64(append(b, tagInt), uint64(v))
		case []byte:
			b = append(binary.AppendUvarint(append(b, tagBytes), uint64(len(v))), v...)
		case string:
			b = append(binary.AppendUvarint(append(b, tagText), uint64(len(v))), v...)
		default:
			return nil, fmt.Errorf("a value is a %T", v)
		}
	}
	return b, nil
}

var errRow = errors.New("a row is cut off or damaged")

func decodeRow(b []byte, columns int) ([]any, error) {
	row := make([]any, columns)
	for i := range row {
		if len(b) == 0 {
			return nil, errRow
		}
		tag := b[0]
		b = b[1:]
		switch tag {
		case tagNull:
		case tagInt:
			if len(b) < 8 {
				return nil, errRow
			}
			row[i], b = int64(binary.BigEndian.Uint64(b)), b[8:]
		case tagBytes, tagText:
			n, size := binary.Uvarint(b)
			if size <= 0 || n > uint64(len(b)-size) {
				return nil, errRow
			}
			v := b[size : size+int(n) : size+int(n)]
			row[i], b = v, b[size+int(n):]
			if tag == tagText {
				row[i] = string(v)
			}
		default:
			return nil, errRow
		}
	}
	if len(b) > 0 {
		return nil, errRow
	}
	return row, nil
}

// encoder writes a dump; its first error stays.
type encoder struct {
	w   *bufio.Writer
	err error
}

func (e *encoder) bytes(b []byte) {
	if e.err == nil {
		_, e.err = e.w.Write(binary.AppendUvarint(nil, uint64(len(b))))
	}
	if e.err == nil {
		_, e.err = e.w.Write(b)
	}
}

func (e *encoder) text(s string) { e.bytes([]byte(s)) }

func (e *encoder) number(n int64) { e.bytes(binary.AppendVarint(nil, n)) }

// decoder reads a dump; its first error stays.
type decoder struct {
	r   *bufio.Reader
	err error
}

func (d *decoder) fail(why string) {
	if d.err == nil {
		d.err = errors.New(why)
	}
}

func (d *decoder) bytes() []byte {
	if d.err != nil {
		return nil
	}
	n, err := binary.ReadUvarint(d.r)
	if err == nil && n > longest {
		err = errRow
	}
	if err != nil {
		d.err = fmt.Errorf("the dump is cut off: %w", err)
		return nil
	}
	b := make([]byte, n)
	if _, err := io.ReadFull(d.r, b); err != nil {
		d.err = fmt.Errorf("the dump is cut off: %w", err)
	}
	return b
}

func (d *decoder) text() string { return string(d.bytes()) }

func (d *decoder) number() int64 {
	n, size := binary.Varint(d.bytes())
	if size <= 0 {
		d.fail("a number in the dump is damaged")
	}
	return n
}

// small is a number of columns.
func (d *decoder) small() int {
	n := d.number()
	if n < 0 || n > 1000 {
		d.fail("a number in the dump is damaged")
		return 0
	}
	return int(n)
}
