package directory

import (
	"context"
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/record"
)

const setUpTime = 72 * time.Hour // for which a handed-over password opens the set-up

// AddMember adds a member who can work at once, with a password and one-time
// codes that are set up, and gives the secret of the codes. Only the node itself may, at
// its command line and for the demonstration; in the pages an administrator
// invites, and never knows a password that opens cases. Faults: invalid, denied, conflict.
func (b *Book) AddMember(ctx context.Context, d *record.Door, n AddMember) (id ident.ID, secret string, err error) {
	if !d.Viewer().Member.IsZero() {
		return id, "", fault.Denied("Invite the member: they choose their own password.")
	}
	err = b.add(ctx, d, n, func(tx *record.Tx, found *Member) (err error) {
		id, secret, err = b.createAtWork(tx, found, n)
		return err
	})
	return id, secret, err
}

// createAtWork makes a member whose sign-in is set up.
func (b *Book) createAtWork(tx *record.Tx, found *Member, n AddMember) (id ident.ID, secret string, err error) {
	id, err = b.create(tx, found, n, func(m *Member) error {
		if err := checkNewPassword(n.Password, m.Login, m.Name); err != nil {
			return err
		}
		c := &m.Credentials
		if c.Password, err = hashPassword(tx.Random(), b.cost, n.Password); err != nil {
			return err
		}
		if c.TOTP, _, err = newTOTP(tx.Random(), "Palermo", m.Login); err != nil {
			return err
		}
		c.TOTP.Confirmed = true
		secret = c.TOTP.Secret
		return nil
	})
	return id, secret, err
}

// Invite adds a member and gives a password to hand over in person or by post.
// For three days it opens the set-up of sign-in, and nothing else. Faults: invalid, denied, conflict.
func (b *Book) Invite(ctx context.Context, d *record.Door, n AddMember) (id ident.ID, handOver string, err error) {
	err = b.add(ctx, d, n, func(tx *record.Tx, found *Member) (err error) {
		id, err = b.create(tx, found, n, func(m *Member) (err error) {
			handOver, err = b.invite(tx, m)
			return err
		})
		return err
	})
	return id, handOver, err
}

// invite puts a new handed-over password in place of all credentials.
func (b *Book) invite(tx *record.Tx, m *Member) (string, error) {
	handOver, err := newSecret(tx.Random(), 10)
	if err != nil {
		return "", err
	}
	hash, err := hashPassword(tx.Random(), b.cost, handOver)
	m.Credentials = Credentials{Password: hash, Initial: true, SetUpUntil: tx.Now().Add(setUpTime)}
	m.Attempts = Attempts{LastSignIn: m.Attempts.LastSignIn}
	return handOver, err
}

// add makes a member in a commit of its own; found is the stranger, whose record may still have to be made.
func (b *Book) add(ctx context.Context, d *record.Door, n AddMember, create func(tx *record.Tx, found *Member) error) error {
	b.adding.Lock() // no two at once: a user name is one member's
	defer b.adding.Unlock()
	found, err := b.vacant(ctx, n.Login)
	if err != nil {
		return err
	}
	if err := b.employs(ctx, n.Organisation, n.grants()); err != nil {
		return err
	}
	return record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error { return create(tx, found) })
}

// vacant gives the stranger for a user name that nobody has; else a conflict.
func (b *Book) vacant(ctx context.Context, login string) (*Member, error) {
	found, err := b.one(ctx, loginWord(login))
	if err == nil && !found.Stranger {
		err = fault.Conflict("Somebody has this user name already. Choose another.")
	}
	return found, err
}

// create makes the record of a member; the first time, that of the stranger too.
func (b *Book) create(tx *record.Tx, found *Member, n AddMember, credentials func(*Member) error) (ident.ID, error) {
	m, err := n.member(tx.Viewer().Member, tx.Now())
	if err != nil {
		return ident.ID{}, err
	}
	if err := credentials(m); err != nil {
		return ident.ID{}, err
	}
	if found.RecordID().IsZero() {
		stranger := &Member{Stranger: true, Added: tx.Now()}
		stranger.Note(changed("directory_opened"))
		if _, err := record.Create(tx, b.members, stranger); err != nil {
			return ident.ID{}, err
		}
	}
	m.Note(changed("member_added"))
	for _, g := range m.Grants {
		m.Note(RoleGranted{Grant: g})
	}
	id, err := record.Create(tx, b.members, m)
	return ident.ID(id), err
}

// employs refuses an organisation that there is not, that takes part no longer, or whose members cannot have a role.
func (b *Book) employs(ctx context.Context, organisation ident.ID, grants []Grant) error {
	if organisation.IsZero() {
		return fault.Invalid("organisation", "Choose the organisation.")
	}
	seen, err := record.View(ctx, b.door(), b.organisations, record.ID[Organisation](organisation), record.Reason{Action: access.Look})
	if err != nil {
		return err
	}
	if o := seen.Value(); !o.Active() {
		return fault.Conflict("The organisation takes part no longer.")
	}
	for _, g := range grants {
		if o := seen.Value(); g.Role.Known() && !o.Allows(g.Role) {
			return fault.Invalid("roles", wrongHouse)
		}
	}
	return nil
}

// FirstAdministrator makes a new node's own organisation and its first
// administrator, both or neither, and gives the secret of the one-time codes.
// Faults: invalid; conflict when the node has an administrator.
func (b *Book) FirstAdministrator(ctx context.Context, o AddOrganisation, n AddMember) (organisation, member ident.ID, secret string, err error) {
	d := b.node.For(access.Node(access.Administrator))
	q := record.Query[Member]{Why: record.Reason{Action: access.Look}, States: []string{"open"}, Words: [][]string{{roleWord(access.Administrator)}}}
	there, err := record.Count(ctx, d, b.members, q)
	if err != nil {
		return organisation, member, "", err
	}
	if there > 0 {
		return organisation, member, "", fault.Conflict("The node has an administrator already.")
	}
	found, err := b.vacant(ctx, n.Login)
	if err != nil {
		return organisation, member, "", err
	}
	err = record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
		own, err := b.createOrganisation(tx, o)
		if err != nil {
			return err
		}
		organisation = ident.ID(own)
		n.Organisation, n.Roles = organisation, []access.Role{access.Administrator}
		member, secret, err = b.createAtWork(tx, found, n)
		return err
	})
	b.forgetAll()
	return organisation, member, secret, err
}

// CheckFirstAdministrator refuses what FirstAdministrator would, before there is a node.
func CheckFirstAdministrator(o AddOrganisation, n AddMember) error {
	n.Organisation, n.Roles = ident.ID{1}, []access.Role{access.Administrator} // whichever it will be
	m, err := n.member(ident.ID{}, time.Time{})
	return fault.All(new(Organisation).set(o), err, checkNewPassword(n.Password, m.Login, m.Name))
}
