package exchange

import (
	"errors"
	"fmt"

	"palermo/fault"
)

// Why something of the exchange did not happen. Compare with errors.Is; each
// is a fault with a sentence for the focal point and has a name on the line
// (Reason), so that both nodes say the same.
var (
	ErrMalformed      = fault.Invalid("", "What the other node sent cannot be read. Its administrator must look.")
	ErrOversize       = fault.Invalid("", "This is larger than one message may be. Send less, or in parts.")
	ErrDoesNotOpen    = fault.Invalid("", "This was damaged or altered on its way, or sealed with another key.")
	ErrNotForUs       = fault.Denied("This is for another node.")
	ErrUnknownEpoch   = fault.Unavailable(nil, "This was sealed to a key that is not in use here. It must be sealed anew.")
	ErrWrongSignature = fault.Denied("The signature is not the sender's. Nothing of it was taken.")
	ErrUnknownNode    = fault.Denied("This node is not in the trust list.")
	ErrRevokedNode    = fault.Denied("The key of this node was revoked. Nothing goes there, and nothing is taken from there.")
	ErrOtherCarrier   = fault.Denied("Another node brought this than the one that signed it.")
	ErrUnknownKind    = fault.Invalid("", "This kind of message is not known here.")
	ErrConsentEnded   = fault.Denied("The consent that this rested on has ended. Nothing of it was taken.")
	ErrDeadlinePassed = fault.Denied("The deadline of this message has passed. Nothing of it was taken.")
	ErrAlteredCopy    = fault.Conflict("Another message came under the number of one that is stored. The first was kept.")
	ErrNeverStored    = fault.NotFound("The other node has not stored this message, and will not.")
	ErrWrongReceipt   = fault.Denied("The receipt is not for this message, or not signed by its receiver.")
	ErrWithdrawn      = fault.Conflict("This message was taken back before it was sent.")
	ErrOldCard        = fault.Conflict("This card is older than the one that is kept, or another under its number.")
	ErrClock          = fault.Unavailable(nil, "The clocks of the two nodes differ too much.")
	ErrNoAnswer       = fault.Unavailable(nil, "The other node does not answer. It is tried again.")
	ErrUsedUp         = fault.Unavailable(nil, "What this State may ask in a day is used up. Ask again tomorrow, or call the focal point.")
	ErrNotAnswered    = fault.Denied("The other node does not answer such a question.")
	ErrWrongOperator  = fault.Denied("An operator of matching answered wrongly. Tell the signers of the trust list.")
	ErrUnavailable    = fault.Unavailable(nil, "The other node cannot take this now. It is tried again.")

	ErrOldTrustList     = fault.Conflict("This trust list is older than the one in force.")
	ErrExpiredTrustList = fault.Unavailable(nil, "The trust list has expired. A new one must be installed before anything is sent or taken.")
	ErrBehindTrustList  = fault.Unavailable(nil, "The sender has a newer trust list than this node. It must be installed first.")
	ErrForkedTrustList  = fault.Conflict("There are two different trust lists of the same version. Tell every signer.")
	ErrTooFewSignatures = fault.Denied("Too few signers of the trust list in force have signed this.")
)

// What a refusal means for the message.
type meaning uint8

const (
	refused meaning = iota // for good; whether an earlier attempt is stored it does not say
	settled                // for good, and nothing is or will be stored under this id
	passing                // trying again later may help
)

// reasons are the names on the line and in the journal.
var reasons = []struct {
	name string
	err  error
	is   meaning
}{
	{"malformed", ErrMalformed, refused}, {"oversize", ErrOversize, refused}, {"does-not-open", ErrDoesNotOpen, refused},
	{"not-for-us", ErrNotForUs, refused}, {"wrong-signature", ErrWrongSignature, refused}, {"unknown-node", ErrUnknownNode, refused},
	{"revoked-node", ErrRevokedNode, refused}, {"other-carrier", ErrOtherCarrier, refused}, {"altered-copy", ErrAlteredCopy, refused},
	{"old-trust-list", ErrOldTrustList, refused}, {"forked-trust-list", ErrForkedTrustList, refused},
	{"too-few-signatures", ErrTooFewSignatures, refused},
	{"withdrawn", ErrWithdrawn, settled}, {"old-card", ErrOldCard, settled}, {"unknown-kind", ErrUnknownKind, settled}, {"consent-ended", ErrConsentEnded, settled},
	{"deadline-passed", ErrDeadlinePassed, settled}, {"never-stored", ErrNeverStored, settled},
	{"wrong-operator", ErrWrongOperator, refused}, {"not-answered", ErrNotAnswered, settled}, {"used-up", ErrUsedUp, settled},
	{"unknown-epoch", ErrUnknownEpoch, passing}, {"wrong-receipt", ErrWrongReceipt, passing}, {"clock", ErrClock, passing},
	{"expired-trust-list", ErrExpiredTrustList, passing}, {"behind-trust-list", ErrBehindTrustList, passing},
	{"no-answer", ErrNoAnswer, passing}, {"unavailable", ErrUnavailable, passing},
}

// Reason is the name of a refusal; what has none is "unavailable": our own trouble, of which nothing is told.
func Reason(err error) string {
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.name
		}
	}
	return "unavailable"
}

// FromReason is the refusal of that name, as another node gave it; an unknown name is ErrUnavailable.
func FromReason(name string) error {
	for _, r := range reasons {
		if r.name == name {
			return r.err
		}
	}
	return fmt.Errorf("reason %.40q: %w", name, ErrUnavailable)
}

// Passes reports whether trying again later may help; trouble without a name does.
func Passes(err error) bool { return means(err) == passing }

// Settles reports whether it is certain that the message is not stored at the
// other node and will not be. Where a refusal neither passes nor settles, an
// earlier attempt may have been stored: the person who is told must know it.
func Settles(err error) bool { return means(err) == settled }

func means(err error) meaning {
	for _, r := range reasons {
		if errors.Is(err, r.err) {
			return r.is
		}
	}
	return passing
}

// Malformed is an ErrMalformed that says where.
type Malformed struct {
	Where string // as "object.deadline"
	Cause error
}

func (m *Malformed) Error() string {
	return fmt.Sprintf("%s: %v: %v", m.Where, m.Cause, ErrMalformed)
}

// Unwrap makes it an ErrMalformed to errors.Is, and a fault to fault.Of.
func (m *Malformed) Unwrap() error { return ErrMalformed }

func malformed(where string, cause error) error { return &Malformed{Where: where, Cause: cause} }
