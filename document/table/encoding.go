package table

import (
	"bytes"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

const looked = 64 << 10 // bytes from which an encoding without a mark is told

// decoded gives the text in UTF-8 without its mark, and the name of its
// encoding: what the mark says; UTF-16 by its empty halves; UTF-8 where the
// first stretch is; else Windows-1252, which old spreadsheets write.
func decoded(data []byte) (io.Reader, string) {
	head := data[:min(len(data), looked)]
	utf16 := func(order unicode.Endianness) io.Reader {
		return transform.NewReader(bytes.NewReader(data), unicode.UTF16(order, unicode.UseBOM).NewDecoder())
	}
	switch {
	case bytes.HasPrefix(head, []byte("\xef\xbb\xbf")):
		return bytes.NewReader(data[3:]), "UTF-8"
	case bytes.HasPrefix(head, []byte("\xff\xfe")):
		return utf16(unicode.LittleEndian), "UTF-16"
	case bytes.HasPrefix(head, []byte("\xfe\xff")):
		return utf16(unicode.BigEndian), "UTF-16"
	case halves(head, 1):
		return transform.NewReader(bytes.NewReader(data), unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()), "UTF-16"
	case halves(head, 0):
		return transform.NewReader(bytes.NewReader(data), unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()), "UTF-16"
	case !sound(head, len(head) < len(data)):
		return transform.NewReader(bytes.NewReader(data), charmap.Windows1252.NewDecoder()), "Windows-1252"
	}
	return bytes.NewReader(data), "UTF-8"
}

// halves reports that every second byte from the offset on is mostly zero.
func halves(head []byte, offset int) bool {
	zero, all := 0, 0
	for i := offset; i < len(head); i += 2 {
		all++
		if head[i] == 0 {
			zero++
		}
	}
	return all > 1 && zero*2 > all
}

// sound reports UTF-8; a character that the stretch cuts in two does not count.
func sound(head []byte, cut bool) bool {
	for n := 0; cut && n < utf8.UTFMax && len(head) > 0; n++ {
		if r, _ := utf8.DecodeLastRune(head); r != utf8.RuneError {
			break
		}
		head = head[:len(head)-1]
	}
	return utf8.Valid(head)
}
