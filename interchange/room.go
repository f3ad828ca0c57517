package interchange

import (
	"bytes"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
	"time"

	"palermo/access"
	"palermo/casework"
	"palermo/document/table"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

// Room is where members bring files in.
type Room struct {
	Kind *record.Kind[Import, ImportView]

	desk     *casework.Desk
	standard func() map[string]htcdsField // of HTCDS, by folded name
}

// NewRoom for the cases of a desk.
func NewRoom(desk *casework.Desk) *Room {
	return &Room{Kind: NewKind(), desk: desk, standard: sync.OnceValue(func() map[string]htcdsField {
		fields, err := htcdsByName()
		if err != nil {
			return nil // then cells are shown as they came
		}
		return fields
	})}
}

// Meaning gives the standard's own words, in English, for a cell of an HTCDS
// file: for its column, and for its value where the field has a list.
func (r *Room) Meaning(c casework.Cell) (label, value string, known bool) {
	f, known := r.standard()[folded(c.Column)]
	if !known {
		return c.Column, c.Value, false
	}
	parts := []string{c.Value}
	if len(f.Values) > 1 && len(f.Labels) == len(f.Values) {
		parts = f.parted(c.Value)
	}
	for i, part := range parts {
		parts[i] = strings.TrimSpace(part)
		if at := slices.Index(f.Values, parts[i]); at >= 0 && len(f.Labels) == len(f.Values) {
			parts[i] = f.Labels[at]
		}
	}
	return f.Label, strings.Join(parts, "\n"), true
}

const (
	atOnce   = 2000 // rows that one Go stores: some seconds
	together = 250  // cases that are committed at once
)

// Begin takes a file and checks it; nothing is stored of it as cases. The
// mapping is YAML, or empty: then the latest of the organisation's for the same
// headings is taken again. Faults: invalid, denied.
func (r *Room) Begin(ctx context.Context, d *record.Door, format string, file, mapping []byte) (ImportID, error) {
	i := &Import{Began: d.Now(), By: d.Viewer().Member, Organisation: d.Viewer().Organisation, Format: format}
	if err := r.check(ctx, d, i, file, mapping); err != nil {
		return ImportID{}, err
	}
	if format == "csv" && len(i.Mapping.Columns) == 0 {
		known, err := r.mappingFor(ctx, d, i.Headings)
		if err != nil {
			return ImportID{}, err
		}
		i.Mapping = known
		if err := r.check(ctx, d, i, file, nil); err != nil {
			return ImportID{}, err
		}
	}
	var id ImportID
	err := record.Do(ctx, d, record.Reason{Action: "create"}, func(tx *record.Tx) (err error) {
		begun := *i
		begun.Note(happened{What: "import_begun"})
		id, err = record.Create(tx, r.Kind, &begun)
		return err
	})
	if err != nil {
		return id, err
	}
	return id, r.change(ctx, d, id, func(tx *record.Tx, i *Import) (err error) {
		i.File, err = record.Attach(tx, r.Kind, id, file)
		i.Note(happened{What: "import_file_came"})
		return err
	})
}

// check reads the file and writes down what was found. mapping, where given, is taken into the import.
func (r *Room) check(ctx context.Context, d *record.Door, i *Import, file, mapping []byte) error {
	if len(mapping) > 0 {
		m, err := ReadMapping(mapping)
		if err != nil {
			return err
		}
		i.Mapping = m
	}
	if i.Format == "csv" && len(i.Mapping.Columns) == 0 {
		head, err := Headings(file)
		i.Headings, i.Encoding, i.Rows = head.Headings, head.Encoding, head.Rows
		i.note(head)
		return err
	}
	read, err := r.read(i, file, i.Began)
	if err != nil {
		return err
	}
	i.Encoding, i.Headings, i.Rows, i.Good = read.Encoding, read.Headings, read.Rows, len(read.Good)
	i.note(read)
	if i.Values, err = valuesOf(file, i.Mapping); err != nil {
		return err
	}
	i.Before, err = r.desk.CameBefore(ctx, d, read.Good)
	return err
}

func (i *Import) note(read Read) {
	i.Refused = len(read.Refused)
	i.First = slices.Clone(read.Refused[:min(len(read.Refused), namedRefusals)])
}

func (r *Room) read(i *Import, file []byte, now time.Time) (Read, error) {
	f, err := i.format(now)
	if err != nil {
		return Read{}, err
	}
	return ReadFile(file, f, now)
}

func (i *Import) format(now time.Time) (Format, error) {
	switch i.Format {
	case "htcds":
		return HTCDS(now)
	case "ctdc":
		return CTDC(), nil
	case "csv":
		return i.Mapping.Format(now)
	}
	return nil, fault.Invalid("format", "Choose one of the answers.")
}

// opened is an import with its file.
func (r *Room) opened(ctx context.Context, d *record.Door, id ImportID) (Import, []byte, error) {
	file, err := r.file(ctx, d, id)
	if err != nil {
		return Import{}, nil, err
	}
	seen, err := r.Import(ctx, d, id)
	if err != nil {
		return Import{}, nil, err
	}
	return seen.Value().Import, file, nil
}

// Map says what the columns mean, and checks the file anew. Faults: invalid, denied, not found.
func (r *Room) Map(ctx context.Context, d *record.Door, id ImportID, m Mapping) error {
	if err := m.check(); err != nil {
		return err
	}
	mapped, file, err := r.opened(ctx, d, id)
	if err != nil {
		return err
	}
	mapped.Mapping = m
	if err := r.check(ctx, d, &mapped, file, nil); err != nil {
		return err
	}
	return r.change(ctx, d, id, func(_ *record.Tx, i *Import) error {
		if i.Format != "csv" || i.Done > 0 {
			return fault.Conflict("The columns of this file are set.")
		}
		i.Mapping, i.Values, i.First = mapped.Mapping, mapped.Values, mapped.First
		i.Rows, i.Good, i.Before, i.Refused = mapped.Rows, mapped.Good, mapped.Before, mapped.Refused
		i.Note(happened{What: "import_mapped"})
		return nil
	})
}

// Go stores the next rows: all of the file, or its good rows where some are
// refused and the good ones are wanted. Cases and how far it came are one
// commit each time, so what breaks off goes on where it was. Faults: conflict, denied, not found.
func (r *Room) Go(ctx context.Context, d *record.Door, id ImportID, goodRows bool) error {
	i, file, err := r.opened(ctx, d, id)
	if err != nil {
		return err
	}
	if all, good := i.Ready(); !all && !(good && goodRows) {
		return fault.Conflict("Values are refused. Mend the file, or import the good rows alone.")
	}
	read, err := r.read(&i, file, i.Began)
	if err != nil {
		return err
	}
	if err := r.desk.Prepare(ctx); err != nil {
		return err
	}
	for end := i.Done + atOnce; i.Done < min(end, len(read.Good)); {
		if i, err = r.some(ctx, d, id, read, goodRows); err != nil {
			return err
		}
	}
	return nil
}

// some stores what comes next, and notes how far it came.
func (r *Room) some(ctx context.Context, d *record.Door, id ImportID, read Read, goodRows bool) (after Import, err error) {
	err = record.Do(ctx, d, record.Reason{Action: ActImport, Code: "import"}, func(tx *record.Tx) error {
		i, err := record.Open(tx, r.Kind, id)
		if err != nil {
			return err
		}
		if !i.Waits() {
			return fault.Conflict("This import is over.")
		}
		to := min(i.Done+together, len(read.Good))
		stored, err := r.desk.ImportIn(tx, read.Good[i.Done:to])
		if err != nil {
			return err
		}
		i.Done, i.Stored, i.GoodRows = to, i.Stored+stored, goodRows
		i.Note(happened{What: "import_stored", Stored: stored})
		if i.Done == len(read.Good) {
			err = r.end(tx, i)
		}
		after = *i
		return err
	})
	return after, err
}

// Discard ends an import; the file goes, and what was stored of it stays. Faults: conflict, denied, not found.
func (r *Room) Discard(ctx context.Context, d *record.Door, id ImportID) error {
	return r.change(ctx, d, id, func(tx *record.Tx, i *Import) error {
		i.Discarded = true
		i.Note(happened{What: "import_discarded"})
		return r.end(tx, i)
	})
}

// end takes the file away, and what could tell of its rows.
func (r *Room) end(tx *record.Tx, i *Import) error {
	file := i.File
	i.File, i.Ended, i.Values = ident.ID{}, tx.Now(), nil
	if file.IsZero() {
		return nil
	}
	return record.ErasePart(tx, r.Kind, i.ID(), record.Part{Files: []ident.ID{file}, In: func(string, time.Time, []byte) bool { return false }})
}

// ID names the import.
func (i *Import) ID() ImportID { return ImportID(i.RecordID()) }

func (r *Room) change(ctx context.Context, d *record.Door, id ImportID, fn func(*record.Tx, *Import) error) error {
	return record.Do(ctx, d, record.Reason{Action: ActImport}, func(tx *record.Tx) error {
		i, err := record.Open(tx, r.Kind, id)
		if err != nil {
			return err
		}
		if !i.Waits() {
			return fault.Conflict("This import is over.")
		}
		return fn(tx, i)
	})
}

// Import gives one. Faults: not found.
func (r *Room) Import(ctx context.Context, d *record.Door, id ImportID) (record.Redacted[ImportView], error) {
	return record.View(ctx, d, r.Kind, id, record.Reason{Action: access.Look})
}

// Imports lists those of the viewer's organisation, newest first.
func (r *Room) Imports(ctx context.Context, d *record.Door) ([]record.Redacted[ImportView], error) {
	return record.Collect(record.List(ctx, d, r.Kind, record.Query[Import]{Why: record.Reason{Action: access.Look}, Limit: 50}))
}

func (r *Room) file(ctx context.Context, d *record.Door, id ImportID) ([]byte, error) {
	return record.Attachment(ctx, d, r.Kind, id, record.Reason{Action: access.Look, Code: "document"}, func(v ImportView) (ident.ID, error) {
		if v.File.IsZero() {
			return v.File, fault.Conflict("This import is over.")
		}
		return v.File, nil
	})
}

// mappingFor is the newest mapping that was used for these headings.
func (r *Room) mappingFor(ctx context.Context, d *record.Door, headings []string) (Mapping, error) {
	list, err := r.Imports(ctx, d)
	for _, seen := range list {
		if i := seen.Value(); slices.Equal(i.Headings, headings) && len(i.Mapping.Columns) > 0 {
			return i.Mapping, nil
		}
	}
	return suggested(headings), err
}

// Headings reads the first row of a file, and counts the others.
func Headings(data []byte) (Read, error) {
	out, next, err := begin(data)
	if err != nil || len(out.Refused) > 0 {
		return out, err
	}
	for {
		_, err := next()
		var m *table.Mistake
		if errors.As(err, &m) {
			out.Refused = append(out.Refused, Refusal{Row: m.Row, Reason: Phrase(m.Reason)})
		}
		if err != nil {
			return out, nil
		}
		out.Rows++
	}
}

// valuesOf lists what stands under columns that fill a field of fixed answers.
func valuesOf(data []byte, m Mapping) (map[string][]string, error) {
	found := map[string][]string{}
	if len(m.Columns) == 0 {
		return found, nil
	}
	out, next, err := begin(data)
	if err != nil || len(out.Refused) > 0 {
		return found, err
	}
	for {
		row, err := next()
		if err != nil { // what is wrong with it was refused when it was read
			return found, nil
		}
		for i, cell := range row.Cells {
			cell = string(bytes.TrimSpace([]byte(cell)))
			if i >= len(out.Headings) || cell == "" {
				continue
			}
			column := out.Headings[i]
			if list := found[column]; FixedAnswers(m.Columns[column].Field) != nil && len(list) < valuesOffered && !slices.Contains(list, cell) {
				found[column] = append(list, cell)
			}
		}
	}
}
