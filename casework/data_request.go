package casework

import (
	"time"

	"palermo/fault"
	"palermo/ident"
	"palermo/input"
)

// DataRequest is what the person asks about the data that are held: to see,
// correct or erase them, or to know who looked. Its answer has a clock.
type DataRequest struct {
	ID         ident.ID
	At         time.Time
	By         ident.ID
	Fields     AskAboutData
	Answer     *AnswerDataRequest // nil until then
	AnsweredAt time.Time
	AnsweredBy ident.ID
}

// AskAboutData records the request.
type AskAboutData struct {
	Wish dataWish `label:"What the person asks for"`
	What string   `label:"What it is about" kind:"textarea" hint:"Shortly, in the person's words. Nothing of what happened to the person."`
}

// dataWish is what can be asked.
type dataWish string

func (dataWish) Options() []input.Option {
	return []input.Option{{Value: "see", Label: "To see what is held"}, {Value: "copy", Label: "A copy, where it is safe to keep one"},
		{Value: "who", Label: "To know who looked"}, {Value: "correct", Label: "To correct it"}, {Value: "restrict", Label: "That it is not used for now"},
		{Value: "erase", Label: "To erase it"}}
}

func (s *AskAboutData) Possible(_ *Case, _ Work) error { return nil }

func (s *AskAboutData) Apply(c *Case, w Work) error {
	id, err := w.newID()
	if err != nil {
		return err
	}
	if c.unanswered() == nil { // else the clock of the older one runs
		c.happened("data_requested", w.Now)
	}
	c.DataRequests = append(c.DataRequests, DataRequest{ID: id, At: w.Now, By: w.By.Member, Fields: *s})
	return nil
}

// unanswered gives the oldest request that waits for an answer.
func (c *Case) unanswered() *DataRequest {
	for i := range c.DataRequests {
		if c.DataRequests[i].Answer == nil {
			return &c.DataRequests[i]
		}
	}
	return nil
}

// AnswerDataRequest answers one; a refusal, also in part, names its provision
// and how to complain about it.
type AnswerDataRequest struct {
	Request   ident.ID   `label:"Which request" kind:"data_request"`
	Answer    dataAnswer `label:"What was done"`
	Done      string     `label:"What exactly, and what not" kind:"textarea"`
	Provision string     `label:"The provision for what was not done" hint:"Law and article. Needed unless everything was done." optional:"true"`
	Complain  string     `label:"To whom the person can complain about this answer, and until when" hint:"Needed unless everything was done." kind:"textarea" optional:"true"`
	Told      bool       `label:"The person was told, in a language they understand"`
}

// dataAnswer is what became of a request.
type dataAnswer string

func (dataAnswer) Options() []input.Option {
	return []input.Option{{Value: "done", Label: "Everything that was asked for"}, {Value: "partly", Label: "A part of it"}, {Value: "refused", Label: "Nothing of it"}}
}

func (s *AnswerDataRequest) Possible(c *Case, w Work) error {
	if err := c.ownersOnly(w); err != nil {
		return err
	}
	if c.unanswered() == nil {
		return fault.Conflict("No request of the person about their data waits for an answer.")
	}
	return nil
}

func (s *AnswerDataRequest) Apply(c *Case, w Work) error {
	if s.Answer != "done" && s.Provision == "" {
		return fault.Invalid("provision", "Name the provision for what was not done.")
	}
	if s.Answer != "done" && s.Complain == "" {
		return fault.Invalid("complain", "Say how the person can complain about this answer.")
	}
	if !s.Told {
		return fault.Invalid("told", "Tell the person first.")
	}
	for i := range c.DataRequests {
		r := &c.DataRequests[i]
		if r.ID != s.Request || r.Answer != nil {
			continue
		}
		r.Answer, r.AnsweredAt, r.AnsweredBy = s, w.Now, w.By.Member
		c.happened("data_answered", w.Now)
		if next := c.unanswered(); next != nil {
			c.happened("data_requested", next.At)
		}
		return nil
	}
	return fault.Invalid("request", "Choose one of the answers.")
}

// ErasureAsked is what a recipient was asked to erase, and its answer (rule 2).
type ErasureAsked struct {
	ID         ident.ID
	At         time.Time
	By         ident.ID
	Fields     AskToErase
	Answer     *RecordErasureAnswer // nil until then
	AnsweredAt time.Time
}

// AskToErase asks a recipient to erase what the person has withdrawn.
type AskToErase struct {
	Recipient ident.ID `label:"Who received it" kind:"organisation"`
	What      string   `label:"What it is asked to erase" kind:"textarea" hint:"Which kinds of information, without their content."`
	How       string   `label:"How it was asked" hint:"By letter, by telephone, with whom."`
	All       bool     `label:"Everybody who received something that was withdrawn has now been asked"`
}

func (s *AskToErase) Possible(_ *Case, _ Work) error { return nil }

func (s *AskToErase) Apply(c *Case, w Work) error {
	id, err := w.newID()
	if err != nil {
		return err
	}
	c.ErasuresAsked = append(c.ErasuresAsked, ErasureAsked{ID: id, At: w.Now, By: w.By.Member, Fields: *s})
	if s.All {
		c.happened("erasure_asked", w.Now)
	}
	return nil
}

// RecordErasureAnswer records what a recipient answered: erased, or retained under a provision.
type RecordErasureAnswer struct {
	Asked     ident.ID      `label:"Which recipient" kind:"erasure_asked"`
	Answer    erasureAnswer `label:"What it answered"`
	Provision string        `label:"The provision under which it keeps it" optional:"true"`
}

type erasureAnswer string

func (erasureAnswer) Options() []input.Option {
	return []input.Option{{Value: "erased", Label: "It was erased"}, {Value: "retained", Label: "It is kept, because a law demands it"}}
}

func (s *RecordErasureAnswer) Possible(c *Case, _ Work) error {
	for _, a := range c.ErasuresAsked {
		if a.Answer == nil {
			return nil
		}
	}
	return fault.Conflict("No recipient's answer is awaited.")
}

func (s *RecordErasureAnswer) Apply(c *Case, w Work) error {
	if s.Answer == "retained" && s.Provision == "" {
		return fault.Invalid("provision", "Name the provision: without one it must be erased.")
	}
	for i := range c.ErasuresAsked {
		if a := &c.ErasuresAsked[i]; a.ID == s.Asked && a.Answer == nil {
			a.Answer, a.AnsweredAt = s, w.Now
			return nil
		}
	}
	return fault.Invalid("asked", "Choose one of the answers.")
}
