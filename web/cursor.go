package web

import "palermo/record"

func cursorText(c record.Cursor) string { return c.Text() }

func cursor(text string) (record.Cursor, error) { return record.ParseCursor(text) }
