package node

import (
	"context"

	"palermo/casework"
	"palermo/directory"
	"palermo/ident"
	"palermo/record"
)

// interpreters gives booking what it needs of the interpreters' register.
type interpreters struct{ book *directory.Book }

func (r interpreters) Interpreter(ctx context.Context, d *record.Door, id ident.ID) (casework.Interpreter, error) {
	m, err := r.book.Interpreter(ctx, d, id)
	if err != nil {
		return casework.Interpreter{}, err
	}
	i := m.Interpreting
	return casework.Interpreter{Member: m.ID, Pseudonym: i.Pseudonym, Name: m.RealName, Languages: m.Languages,
		Gender: string(i.Gender), Communities: i.Communities, Free: m.Active && i.Bookable(d.Now())}, nil
}
