package form

import (
	"archive/zip"
	"bytes"
	"io"
	"strings"
)

// checkZip unpacks nothing into memory; it reads each part through and stops
// where the whole exceeds the limit, so that a small file that unpacks to a
// huge one is refused before anything is parsed.
func checkZip(data []byte) error {
	archive, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		return unreadable(err)
	}
	if len(archive.File) > 4096 {
		return tooLarge("The workbook has too many parts to be a questionnaire.")
	}
	left := int64(maxUnzip)
	for _, part := range archive.File {
		n, err := readThrough(part, left)
		if err != nil {
			return err
		}
		left -= n
	}
	return nil
}

// readThrough counts the bytes of a part.
func readThrough(part *zip.File, left int64) (int64, error) {
	r, err := part.Open()
	if err != nil {
		return 0, unreadable(err)
	}
	defer func() { _ = r.Close() }() // a reader of bytes in memory
	n, err := io.Copy(io.Discard, io.LimitReader(r, left+1))
	if err != nil {
		return n, unreadable(err)
	}
	if n > left {
		return n, tooLarge("The workbook unpacks to more than %d MB. It cannot be a questionnaire.", maxUnzip>>20)
	}
	if strings.Contains(part.Name, "..") {
		return n, tooLarge("The workbook names a part outside itself and was refused.")
	}
	return n, nil
}
