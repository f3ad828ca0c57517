package directory

import (
	"time"

	"palermo/access"
	"palermo/ident"
)

// Notes of what happened. Their particulars are sealed with the record; none
// has a secret in it, nor an interpreter's name.

// Changed says that facts of a record changed: what, in a word.
type Changed struct {
	What string
	ID   ident.ID // of what it concerns inside the record, or zero
}

// Event names it.
func (n Changed) Event() string { return n.What }

// RoleGranted says that a role was given.
type RoleGranted struct{ Grant Grant }

// Event names it.
func (RoleGranted) Event() string { return "role_granted" }

// RoleRevoked says that a role was taken back.
type RoleRevoked struct {
	Role access.Role
	Why  string
}

// Event names it.
func (RoleRevoked) Event() string { return "role_revoked" }

// CourseCompleted says that somebody attested a completion.
type CourseCompleted struct{ Completion Completion }

// Event names it.
func (CourseCompleted) Event() string { return "course_completed" }

// SignedIn says that the member signed in, and how.
type SignedIn struct{ By string } // password, recovery_code, set_up, passkey, oidc

// Event names it.
func (SignedIn) Event() string { return "signed_in" }

// SignInRefused says that a sign-in failed. The person is told no reason.
type SignInRefused struct {
	Why         string // locked, closed, password, code, set_up_over, cloned_passkey, unknown
	LockedUntil time.Time
}

// Event names it.
func (SignInRefused) Event() string { return "sign_in_refused" }

func changed(what string) Changed { return Changed{What: what} }
