package web

import (
	"context"
	"time"

	"palermo/access"
	"palermo/directory"
	"palermo/ident"
	"palermo/record"
	"palermo/vault"
)

// Directory is what the pages of accounts and organisations need of the directory.
type Directory interface {
	ownAccount
	keptMembers
	keptOrganisations
	confidentialNotes
}

// confidentialNotes is the key to one's organisation's notes, which only its members can open.
type confidentialNotes interface {
	Keyring(ctx context.Context, d *record.Door) (directory.KeyringView, error)
	NotesKey(ctx context.Context, d *record.Door, token string) (vault.Keyring, error)
	Unlock(ctx context.Context, d *record.Door, token, password string) error
	Lock(token string)
	BeginNotes(ctx context.Context, d *record.Door, token, password string) (recovery string, err error)
	AskForNotes(ctx context.Context, d *record.Door, password string) error
	LetIn(ctx context.Context, d *record.Door, token string, member ident.ID, fingerprint string) error
	TakeOut(ctx context.Context, d *record.Door, token string, member ident.ID) error
	NewRecovery(ctx context.Context, d *record.Door, token string) (recovery string, err error)
	Recover(ctx context.Context, d *record.Door, token, paper, password string) error
}

// ownAccount is what everybody does to their own account.
type ownAccount interface {
	Member(ctx context.Context, d *record.Door, id ident.ID) (record.Redacted[directory.MemberView], error)
	Conditions(ctx context.Context, d *record.Door, id ident.ID) ([]directory.Standing, error)
	SetPassword(ctx context.Context, d *record.Door, present, next string) (token string, err error)
	EnrolTOTP(ctx context.Context, d *record.Door, password, nodeName string) (address string, err error)
	ConfirmTOTP(ctx context.Context, d *record.Door, code string) (recovery []string, err error)
	NewRecoveryCodes(ctx context.Context, d *record.Door, password string) (codes []string, err error)
	AddProgram(ctx context.Context, d *record.Door, password string, a directory.AddProgram) (key string, err error)
	EndProgram(ctx context.Context, d *record.Door, key ident.ID) error
	RemovePasskey(ctx context.Context, d *record.Door, password string, id []byte) error
	SetOnDuty(ctx context.Context, d *record.Door, id ident.ID, on bool) error
	EndSessions(ctx context.Context, d *record.Door) error
}

// keptMembers is what administrators do to accounts, and what the auditor reads of them.
type keptMembers interface {
	Roll(ctx context.Context, d *record.Door, before record.Cursor, limit int) ([]record.Redacted[directory.MemberView], error)
	FindMembers(ctx context.Context, d *record.Door, text string) ([]directory.MemberView, error)
	Invite(ctx context.Context, d *record.Door, n directory.AddMember) (id ident.ID, handOver string, err error)
	Reinvite(ctx context.Context, d *record.Door, id ident.ID) (handOver string, err error)
	Deactivate(ctx context.Context, d *record.Door, id ident.ID) error
	GrantRole(ctx context.Context, d *record.Door, id ident.ID, g directory.Grant) error
	RevokeRole(ctx context.Context, d *record.Door, id ident.ID, r access.Role, why string) error
	Courses(ctx context.Context, d *record.Door) ([]directory.CourseView, error)
	Course(ctx context.Context, d *record.Door, id record.ID[directory.Course]) (record.Redacted[directory.CourseView], error)
	Passed(ctx context.Context, d *record.Door, code string) ([]directory.MemberView, error)
	AddCourse(ctx context.Context, d *record.Door, f directory.CourseFacts) (ident.ID, error)
	RetireCourse(ctx context.Context, d *record.Door, id ident.ID) error
	RecordCompletion(ctx context.Context, d *record.Door, id ident.ID, code string, on time.Time) error
	MemberHistory(ctx context.Context, d *record.Door, id, before ident.ID, limit int) ([]record.Line, error)
}

// keptOrganisations is what is read and written of organisations.
type keptOrganisations interface {
	AllOrganisations(ctx context.Context, d *record.Door) ([]directory.OrganisationView, error)
	Organisation(ctx context.Context, d *record.Door, id ident.ID) (record.Redacted[directory.OrganisationView], error)
	Add(ctx context.Context, d *record.Door, f directory.AddOrganisation) (ident.ID, error)
	ChangeOrganisation(ctx context.Context, d *record.Door, id ident.ID, f directory.AddOrganisation) error
	CloseOrganisation(ctx context.Context, d *record.Door, id ident.ID) error
	ReopenOrganisation(ctx context.Context, d *record.Door, id ident.ID) error
	Sign(ctx context.Context, d *record.Door, organisation ident.ID, s directory.SignAgreement) (ident.ID, error)
	EndAgreement(ctx context.Context, d *record.Door, organisation, agreement ident.ID) error
	Offer(ctx context.Context, d *record.Door, organisation ident.ID, s directory.Service) (ident.ID, error)
	Interpreters(ctx context.Context, d *record.Door, s directory.SeekInterpreter) ([]directory.MemberView, error)
	Interpreter(ctx context.Context, d *record.Door, id ident.ID) (directory.MemberView, error)
	Describe(ctx context.Context, d *record.Door, id ident.ID, s directory.DescribeInterpreter) error
	WhoIsOnDuty(ctx context.Context, d *record.Door, district string) ([]directory.Turn, error)
	MembersOf(ctx context.Context, d *record.Door, organisation ident.ID) ([]directory.MemberView, error)
	SetReach(ctx context.Context, d *record.Door, id ident.ID, s directory.Reach) error
	SetDeputy(ctx context.Context, d *record.Door, id, deputy ident.ID) error
	SetReference(ctx context.Context, d *record.Door, id ident.ID, on bool) error
	SetEscalation(ctx context.Context, d *record.Door, id ident.ID, order []ident.ID) error
	Post(ctx context.Context, d *record.Door, id ident.ID, s directory.PostMember, zone *time.Location) error
	EndPosting(ctx context.Context, d *record.Door, id ident.ID) error
	OnCall(ctx context.Context, d *record.Door, organisation ident.ID, role access.Role) (now, next ident.ID, err error)
	FreePlaces(ctx context.Context, d *record.Door, w directory.Wanted) ([]directory.Place, error)
	PlacesOf(ctx context.Context, d *record.Door, organisation ident.ID) ([]directory.Place, error)
	SetPlaces(ctx context.Context, d *record.Door, organisation, service ident.ID, places directory.Places) error
	SetFree(ctx context.Context, d *record.Door, organisation, service ident.ID, kind directory.PersonKind, free int) error
}

// Passkeys is the exchange with a browser to add a passkey, to sign in with one, and to open confidential notes with one.
type Passkeys interface {
	BeginAdd(ctx context.Context, d *record.Door) (directory.Challenge, error)
	FinishAdd(ctx context.Context, d *record.Door, state, answer []byte, password, name string) error
	BeginSignIn() (directory.Challenge, error)
	FinishSignIn(ctx context.Context, state, answer []byte) (token string, err error)
	BeginNotes(ctx context.Context, d *record.Door, add bool) (directory.Challenge, error)
	OpenNotes(ctx context.Context, d *record.Door, token string, state, answer []byte) error
	AddToNotes(ctx context.Context, d *record.Door, token string, state, answer []byte) error
}

var (
	_ Directory = (*directory.Book)(nil)
	_ Passkeys  = (*directory.Ceremony)(nil)
)
