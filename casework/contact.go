package casework

import (
	"time"

	"palermo/access"
	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// Contact is one message, letter or call to the person, prepared under the
// safe-contact plan, and what came back (row 7n). The program itself sends
// nothing: it says what may be sent and keeps what was.
type Contact struct {
	ID           ident.ID
	At           time.Time
	By           ident.ID
	Organisation ident.ID
	Fields       Reach
	Said         string // the words as they go out, neutral
	Came         *Reached
	CameAt       time.Time
	CameBy       ident.ID
}

// Channel is a way to reach the person.
type Channel string

const (
	Call    Channel = "call"
	Voice   Channel = "voice"
	Text    Channel = "text"
	Email   Channel = "email"
	Post    Channel = "letter"
	Through Channel = "through"
	Meeting Channel = "meeting"
)

func (Channel) Options() []input.Option {
	return []input.Option{{Value: string(Call), Label: "A call"}, {Value: string(Voice), Label: "A voice message"},
		{Value: string(Text), Label: "A text message"}, {Value: string(Email), Label: "An e-mail"}, {Value: string(Post), Label: "A letter"},
		{Value: string(Through), Label: "Through whom the plan names"}, {Value: string(Meeting), Label: "In person"}}
}

// telephone channels reach whoever holds the telephone.
func (ch Channel) telephone() bool { return ch == Call || ch == Voice || ch == Text }

// written channels leave words behind that somebody else may find.
func (ch Channel) written() bool {
	return ch == Voice || ch == Text || ch == Email || ch == Post || ch == Through
}

// against says why the plan forbids the channel, nil where it does not. In
// doubt it forbids: what was sent cannot be called back.
func (p *SafeContact) against(ch Channel) error {
	if p == nil {
		return fault.Conflict("There is no safe-contact plan. Agree one with the person first; until then nothing is sent.")
	}
	f := &p.Fields
	refuse := func(why string) error { return fault.Invalid("channel", why) }
	switch {
	case ch == Meeting:
		return nil
	case ch == Through && (f.Through == "" || f.Through == "nobody"):
		return refuse("The plan names nobody to go through.")
	case ch == Through:
		return nil
	case f.Alone == "controlled":
		return refuse("Somebody controls the telephone: nothing is sent. Meet the person, or go through whom the plan names.")
	case ch.telephone() && (f.Alone == "none" || f.Telephone == ""):
		return refuse("The plan has no safe telephone number.")
	case ch == Voice && !f.Voice:
		return refuse("The plan says that no voice message may be left.")
	case (ch == Text || ch == Email || ch == Post) && !f.Write:
		return refuse("The plan says that it is not safe to write.")
	case (ch == Text || ch == Email) && f.Alone == "shared":
		return refuse("Others can see the telephone too: nothing is written to it.")
	case ch == Email && f.Email == "":
		return refuse("The plan has no safe e-mail address.")
	case ch == Post && f.Address == "":
		return refuse("The plan does not say where to write.")
	}
	return nil
}

// Reach prepares a message, letter or call: refused where the plan forbids it.
type Reach struct {
	Channel  Channel   `label:"How"`
	Message  Message   `label:"What it says" hint:"A short text that tells nobody anything, in a language that the person reads."`
	Language string    `label:"In which language" kind:"language" optional:"true"`
	When     time.Time `label:"When the appointment is" optional:"true"`
	Words    string    `label:"Words of your own" kind:"textarea" hint:"As if a stranger read them: no reference, no authority, nothing of what happened." optional:"true"`
	Hours    bool      `label:"It is one of the safe hours now"`
	Never    bool      `label:"I have read what must never be done, and keep to it"`
}

func (s *Reach) Possible(c *Case, _ Work) error {
	if err := c.open(); err != nil {
		return err
	}
	return c.SafeContact.against(Meeting)
}

func (s *Reach) Apply(c *Case, w Work) error {
	p := c.SafeContact
	if err := p.against(s.Channel); err != nil {
		return err
	}
	remote := s.Channel != Meeting && s.Channel != Through
	switch {
	case remote && !c.unsafe(p.At).IsZero():
		return fault.Conflict("Somebody else answered, or it was not safe, since the plan was made. Make the plan anew with the person first.")
	case s.Channel.telephone() && p.Fields.Hours != "" && !s.Hours:
		return fault.Invalid("hours", "Wait for one of the safe hours.")
	case p.Fields.Never != "" && !s.Never:
		return fault.Invalid("never", "Read first what must never be done.")
	}
	said, err := s.said(c, w.Profile)
	if err != nil {
		return err
	}
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.Contacts = append(c.Contacts, Contact{ID: id, At: w.Now, By: w.By.Member, Organisation: w.By.Organisation, Fields: *s, Said: said})
	return nil
}

// Halt is read before the number is shown: when, with which word, and what never.
func (s *Reach) Halt(v *View, _ Work) *Entry {
	if v.SafeContact == nil {
		return nil
	}
	p := &v.SafeContact.Fields
	e := entry("Before you reach the person", v.SafeContact.At, v.SafeContact.By, &struct {
		Never    string `label:"What must never be done" kind:"textarea"`
		Hours    string `label:"Hours when it is safe to call"`
		CodeWord string `label:"Code word that says it is safe to talk"`
		Alone    Holder `label:"Who has the telephone?"`
	}{p.Never, p.Hours, p.CodeWord, p.Alone})
	return &e
}

// Shows the number and the addresses, once the card was read.
func (s *Reach) Shows(v *View, w Work) []Entry {
	if v.SafeContact == nil {
		return nil
	}
	e := entry("Safe-contact plan", v.SafeContact.At, v.SafeContact.By, &v.SafeContact.Fields)
	e.Warn = v.SafeContact.stale(w.Now)
	return []Entry{e}
}

// Reply is what came back.
type Reply string

const (
	Answered Reply = "answered"
	Other    Reply = "other"
	Unsafe   Reply = "unsafe"
)

func (Reply) Options() []input.Option {
	return []input.Option{{Value: string(Answered), Label: "The person answered"}, {Value: "silence", Label: "No answer"},
		{Value: string(Other), Label: "Somebody else answered, or had it in hand", Hint: "The person's safety is then looked at again."},
		{Value: string(Unsafe), Label: "The person answered, but it was not safe"}, {Value: "back", Label: "It came back"},
		{Value: "unsent", Label: "It was not sent"}}
}

// danger reports that the contact may have endangered the person.
func (r Reply) danger() bool { return r == Other || r == Unsafe }

// Reached records what came back.
type Reached struct {
	Contact ident.ID `label:"Which message, letter or call" kind:"contact"`
	Reply   Reply    `label:"What came back"`
	Code    bool     `label:"The code word was said"`
	Note    string   `label:"What was agreed, or what follows" kind:"textarea" optional:"true"`
}

// awaiting is a contact of the organisation that nothing came back to yet.
func (x *Contact) awaiting(organisation ident.ID) bool {
	return x.Came == nil && x.Organisation == organisation
}

func (s *Reached) Possible(c *Case, w Work) error {
	for i := range c.Contacts {
		if c.Contacts[i].awaiting(w.By.Organisation) {
			return nil
		}
	}
	return fault.Conflict("No message, letter or call of your organisation waits for an answer.")
}

func (s *Reached) Apply(c *Case, w Work) error {
	for i := range c.Contacts {
		x := &c.Contacts[i]
		if x.ID != s.Contact || !x.awaiting(w.By.Organisation) {
			continue
		}
		spoke := x.Fields.Channel == Call && s.Reply == Answered
		if spoke && c.SafeContact != nil && c.SafeContact.Fields.CodeWord != "" && !s.Code {
			return fault.Invalid("code", "Without the code word nobody knows who spoke: record that somebody else answered, or that it was not safe.")
		}
		x.Came, x.CameAt, x.CameBy = s, w.Now, w.By.Member
		return nil
	}
	return fault.Invalid("contact", "Choose one of the answers.")
}

// contactsApart shows that the person was reached to all who may reach them;
// in which words, to the organisation that did: a lawyer's are the lawyer's.
func contactsApart(v *View, c *Case, d access.Decision) {
	for _, x := range c.Contacts {
		if x.Organisation != d.Viewer.Organisation {
			x.Said, x.Fields.Words, x.Fields.Message, x.Fields.Language, x.Fields.When = "", "", "", "", time.Time{}
			if x.Came != nil {
				x.Came = &Reached{Contact: x.ID, Reply: x.Came.Reply, Code: x.Came.Code}
			}
		}
		v.Contacts = append(v.Contacts, x)
	}
}

func (x *Contact) entry() Entry {
	e := entry("Message, letter or call", x.At, x.By, &struct {
		Channel Channel `label:"How"`
		Message Message `label:"What it says"`
	}{x.Fields.Channel, x.Fields.Message})
	e.Hidden = true
	if x.Said != "" {
		e.Fields = append(e.Fields, fact("The words", "textarea", x.Said))
	}
	if x.Fields.Channel == Post && x.Said != "" && x.Came == nil {
		e.Fields = append(e.Fields, fact("On paper", "letter", x.ID.String()))
	}
	if x.Came != nil {
		came := entry("", x.CameAt, x.CameBy, &struct {
			Reply Reply  `label:"What came back"`
			Note  string `label:"What was agreed, or what follows" kind:"textarea"`
		}{x.Came.Reply, x.Came.Note})
		e.Fields = append(append(e.Fields, instant("Recorded", x.CameAt)), came.Fields...)
	}
	return e
}

// Letter is a letter of the viewer's organisation that may still go out: the
// plan may have changed since it was prepared.
func (v *View) Letter(id ident.ID) (Contact, error) {
	for _, x := range v.Contacts {
		if x.ID != id || x.Fields.Channel != Post || x.Said == "" {
			continue
		}
		if x.Came != nil {
			return Contact{}, fault.Conflict("What became of this letter is recorded already. Prepare a new one.")
		}
		if err := v.SafeContact.against(Post); err != nil {
			return Contact{}, err
		}
		if !v.unsafe(v.SafeContact.At).IsZero() {
			return Contact{}, fault.Conflict("Somebody else answered, or it was not safe, since the plan was made. Make the plan anew with the person first.")
		}
		return x, nil
	}
	return Contact{}, fault.NotFound("There is no such letter, or you may not see it.")
}
