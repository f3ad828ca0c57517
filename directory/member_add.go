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
	id, err = b.add(ctx, d, n, func(tx *record.Tx, m *Member) error {
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
	id, err = b.add(ctx, d, n, func(tx *record.Tx, m *Member) error {
		handOver, err = b.invite(tx, m)
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

// add makes the record of a member; the first time, that of the stranger too.
func (b *Book) add(ctx context.Context, d *record.Door, n AddMember, credentials func(*record.Tx, *Member) error) (ident.ID, error) {
	b.adding.Lock() // no two at once: a user name is one member's
	defer b.adding.Unlock()
	found, err := b.one(ctx, loginWord(n.Login))
	if err != nil {
		return ident.ID{}, err
	}
	if !found.Stranger {
		return ident.ID{}, fault.Conflict("Somebody has this user name already. Choose another.")
	}
	if err := b.employs(ctx, n.Organisation); err != nil {
		return ident.ID{}, err
	}
	var id record.ID[Member]
	err = record.Do(ctx, d, record.Reason{Action: actCreate}, func(tx *record.Tx) error {
		if found.RecordID().IsZero() {
			stranger := &Member{Stranger: true, Added: tx.Now()}
			stranger.Note(changed("directory_opened"))
			if _, err := record.Create(tx, b.members, stranger); err != nil {
				return err
			}
		}
		m, err := n.member(tx.Viewer().Member, tx.Now())
		if err != nil {
			return err
		}
		if err := credentials(tx, m); err != nil {
			return err
		}
		m.Note(changed("member_added"))
		for _, g := range m.Grants {
			m.Note(RoleGranted{Grant: g})
		}
		id, err = record.Create(tx, b.members, m)
		return err
	})
	return ident.ID(id), err
}

// employs refuses an organisation that there is not, or that takes part no longer.
func (b *Book) employs(ctx context.Context, organisation ident.ID) error {
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
	return nil
}

// FirstAdministrator makes a new node's own organisation and its first
// administrator, and gives the secret of the one-time codes. Conflict when the node has an administrator.
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
	if organisation, err = b.Add(ctx, d, o); err != nil {
		return organisation, member, "", err
	}
	n.Organisation, n.Roles = organisation, []access.Role{access.Administrator}
	member, secret, err = b.AddMember(ctx, d, n)
	return organisation, member, secret, err
}
