package record

import (
	"encoding/base64"
	"encoding/binary"
	"time"

	"palermo/fault"
)

// Text writes a place in a list for an address; it tells nothing but time and id.
func (c Cursor) Text() string {
	b := binary.BigEndian.AppendUint64(nil, uint64(c.Sort.UnixMicro()))
	return base64.RawURLEncoding.EncodeToString(append(b, c.ID[:]...))
}

// ParseCursor reads what Text wrote; an empty text is the beginning of the list.
func ParseCursor(text string) (Cursor, error) {
	var c Cursor
	if text == "" {
		return c, nil
	}
	b, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil || len(b) != 24 {
		return c, fault.Invalid("", "This page of the list does not exist. Begin at the first one.")
	}
	c.Sort = time.UnixMicro(int64(binary.BigEndian.Uint64(b)))
	copy(c.ID[:], b[8:])
	return c, nil
}
