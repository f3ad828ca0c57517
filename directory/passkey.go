package directory

import (
	"context"
	"encoding/json"
	"errors"
	"sync"
	"time"

	"github.com/go-webauthn/webauthn/protocol"
	"github.com/go-webauthn/webauthn/webauthn"

	"palermo/fault"
	"palermo/record"
)

// Ceremony is the WebAuthn exchange with a browser, to add a passkey and to
// sign in with one. Every step asks for user verification, so that a passkey is two
// factors in one; what is stored of the authenticator is its model and no attestation.
type Ceremony struct {
	book *Book
	web  *webauthn.WebAuthn

	mu    sync.Mutex
	spent map[string]time.Time // challenges that were answered, until they run out
}

const ceremonyTime = 5 * time.Minute

// NewCeremony for the node's domain ("palermo.example") and its origins ("https://palermo.example").
func NewCeremony(b *Book, domain, nodeName string, origins ...string) (*Ceremony, error) {
	limit := webauthn.TimeoutConfig{Enforce: true, Timeout: ceremonyTime, TimeoutUVD: ceremonyTime}
	web, err := webauthn.New(&webauthn.Config{RPID: domain, RPDisplayName: nodeName, RPOrigins: origins,
		AttestationPreference: protocol.PreferNoAttestation,
		AuthenticatorSelection: protocol.AuthenticatorSelection{ResidentKey: protocol.ResidentKeyRequirementRequired,
			UserVerification: protocol.VerificationRequired},
		Timeouts: webauthn.TimeoutsConfig{Login: limit, Registration: limit}})
	if err != nil {
		return nil, err
	}
	return &Ceremony{book: b, web: web, spent: map[string]time.Time{}}, nil
}

// Challenge is a begun exchange: Options go to the browser as they are, State
// stays with the node (in a sealed cookie, or in memory) until it answers.
type Challenge struct {
	Options []byte // JSON
	State   []byte
}

// BeginAdd asks the viewer's browser for a new passkey.
func (c *Ceremony) BeginAdd(ctx context.Context, d *record.Door) (Challenge, error) {
	m, _, _, err := c.book.read(ctx, d.Viewer().Member)
	if err != nil {
		return Challenge{}, err
	}
	u := user{m}
	var known []protocol.CredentialDescriptor
	for _, credential := range u.WebAuthnCredentials() {
		known = append(known, credential.Descriptor())
	}
	options, session, err := c.web.BeginRegistration(u, webauthn.WithExclusions(known),
		webauthn.WithExtensions(webauthn.WithExtensionPRFSupport())) // a security key has its secret from the start or never
	if err != nil {
		return Challenge{}, fault.Internal(err)
	}
	return challenge(options, session)
}

// FinishAdd reads the browser's answer and adds the passkey under a name. The
// member's password is asked for once more, where there is one.
func (c *Ceremony) FinishAdd(ctx context.Context, d *record.Door, state, answer []byte, password, name string) error {
	m, _, _, err := c.book.read(ctx, d.Viewer().Member)
	if err != nil {
		return err
	}
	session, err := c.resume(state)
	if err != nil {
		return err
	}
	parsed, err := protocol.ParseCredentialCreationResponseBytes(answer)
	if err != nil {
		return errCeremony(err)
	}
	made, err := c.web.CreateCredential(user{m}, session, parsed)
	if err != nil {
		return errCeremony(err)
	}
	p := Passkey{ID: made.ID, PublicKey: made.PublicKey, Name: name, Type: made.AttestationType, Format: made.AttestationFormat,
		AAGUID: made.Authenticator.AAGUID, SignCount: made.Authenticator.SignCount, Flags: made.Flags.MsgpByte()}
	for _, t := range made.Transport {
		p.Transports = append(p.Transports, string(t))
	}
	return c.book.AddPasskey(ctx, d, password, p)
}

// BeginSignIn asks the browser for any passkey of this node; no user name is asked for.
func (c *Ceremony) BeginSignIn() (Challenge, error) {
	options, session, err := c.web.BeginDiscoverableLogin(webauthn.WithUserVerification(protocol.VerificationRequired))
	if err != nil {
		return Challenge{}, fault.Internal(err)
	}
	return challenge(options, session)
}

// FinishSignIn reads the browser's answer and begins a session, or refuses as SignIn does.
func (c *Ceremony) FinishSignIn(ctx context.Context, state, answer []byte) (token string, err error) {
	session, err := c.resume(state)
	if err != nil {
		return "", err
	}
	parsed, err := protocol.ParseCredentialRequestResponseBytes(answer)
	if err != nil {
		return "", errCeremony(err)
	}
	var unavailable error
	find := func(id, handle []byte) (webauthn.User, error) {
		m, err := c.book.one(ctx, passkeyWord(id))
		if err != nil {
			unavailable = err
			return nil, err
		}
		if m.Stranger {
			return nil, errors.New("unknown passkey")
		}
		return user{m}, nil
	}
	_, used, err := c.web.ValidatePasskeyLogin(find, session, parsed)
	if unavailable != nil {
		return "", unavailable
	}
	if err != nil {
		// Noted as a stranger's: what does not verify says nothing of whose it is.
		return c.book.SignInPasskey(ctx, Verified{})
	}
	return c.book.SignInPasskey(ctx, Verified{ID: used.ID, SignCount: parsed.Response.AuthenticatorData.Counter,
		Flags: used.Flags.MsgpByte(), UserVerified: parsed.Response.AuthenticatorData.Flags.UserVerified()})
}

// resume reads the state of a begun exchange. Each is answered once: a
// passkey without a counter would answer the same way again.
func (c *Ceremony) resume(state []byte) (webauthn.SessionData, error) {
	var session webauthn.SessionData
	if err := json.Unmarshal(state, &session); err != nil {
		return session, errCeremony(err)
	}
	now := c.book.node.Now()
	c.mu.Lock()
	defer c.mu.Unlock()
	for challenge, until := range c.spent {
		if now.After(until) {
			delete(c.spent, challenge)
		}
	}
	if _, ok := c.spent[session.Challenge]; ok {
		return session, errCeremony(errors.New("a challenge answered twice"))
	}
	c.spent[session.Challenge] = now.Add(2 * ceremonyTime)
	return session, nil
}

func challenge(options, session any) (Challenge, error) {
	o, err := json.Marshal(options)
	if err != nil {
		return Challenge{}, fault.Internal(err)
	}
	s, err := json.Marshal(session)
	if err != nil {
		return Challenge{}, fault.Internal(err)
	}
	return Challenge{Options: o, State: s}, nil
}

func errCeremony(cause error) error {
	return &fault.Fault{Code: fault.CodeInvalid, Message: "The passkey could not be read. Begin again.", Cause: cause}
}

// user is a member as the library knows one. The handle is the member's id and no name.
type user struct{ m *Member }

func (u user) WebAuthnID() []byte          { id := u.m.RecordID(); return id[:] }
func (u user) WebAuthnName() string        { return u.m.Login }
func (u user) WebAuthnDisplayName() string { return u.m.Known() }

func (u user) WebAuthnCredentials() []webauthn.Credential {
	var list []webauthn.Credential
	for _, p := range u.m.Credentials.Passkeys {
		c := webauthn.Credential{ID: p.ID, PublicKey: p.PublicKey, AttestationType: p.Type, AttestationFormat: p.Format,
			Flags: webauthn.CredentialFlagsFromMsgpByte(p.Flags), Authenticator: webauthn.Authenticator{AAGUID: p.AAGUID, SignCount: p.SignCount}}
		for _, t := range p.Transports {
			c.Transport = append(c.Transport, protocol.AuthenticatorTransport(t))
		}
		list = append(list, c)
	}
	return list
}

var _ webauthn.User = user{}
