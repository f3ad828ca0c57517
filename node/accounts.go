package node

import (
	"context"

	"palermo/directory"
	"palermo/ident"
	"palermo/record"
	"palermo/web"
)

// accounts gives the pages what they need of the directory.
type accounts struct{ book *directory.Book }

func (a accounts) SignIn(ctx context.Context, login, password, code string) (string, error) {
	return a.book.SignIn(ctx, login, password, code)
}

func (a accounts) SignOut(ctx context.Context, token string) error { return a.book.SignOut(ctx, token) }

func (a accounts) Session(ctx context.Context, token string) (web.Session, error) {
	s, err := a.book.AtWork(ctx, token)
	return web.Session{Viewer: s.Viewer, Organisation: s.Organisation, MustSetUp: s.MustSetUp, Ends: s.Ends}, err
}

func (a accounts) Organisations(ctx context.Context, d *record.Door) ([]web.Named, error) {
	list, err := a.book.OrganisationNames(ctx, d)
	named := make([]web.Named, len(list))
	for i, o := range list {
		named[i] = web.Named{ID: o.ID, Name: o.Name, Node: o.Node}
	}
	return named, err
}

func (a accounts) MemberName(ctx context.Context, d *record.Door, id ident.ID) (string, error) {
	return a.book.MemberName(ctx, d, id)
}
