package form

import (
	"bytes"
	"sync"

	"palermo/fault"
)

// Library is the questionnaires that come with the program, each read once,
// when it is first asked for. It may be used from several goroutines. A nil
// Library reads each time.
type Library struct {
	sets []Set
	read map[string]func() (*Definition, error)
	asX  map[string]func() ([]byte, error)
}

// NewLibrary of all the sets; nothing is read yet.
func NewLibrary() *Library {
	l := &Library{sets: Sets(), read: map[string]func() (*Definition, error){}, asX: map[string]func() ([]byte, error){}}
	for _, s := range l.sets {
		l.read[s.Name] = sync.OnceValues(func() (*Definition, error) { return OpenSet(s.Name) })
		l.asX[s.Name] = sync.OnceValues(func() ([]byte, error) {
			d, err := l.Open(s.Name)
			if err != nil {
				return nil, err
			}
			var body bytes.Buffer
			err = d.WriteXForm(&body, s.Name)
			return body.Bytes(), err
		})
	}
	return l
}

// Sets lists the questionnaires, as the function Sets does.
func (l *Library) Sets() []Set {
	if l == nil {
		return Sets()
	}
	return l.sets
}

// Open gives a questionnaire; not found for any other name.
func (l *Library) Open(name string) (*Definition, error) {
	if l != nil && l.read[name] != nil {
		return l.read[name]()
	}
	return OpenSet(name)
}

// XForm gives a questionnaire as an XForm under its name among the sets,
// written once; not found for any other name. It is not to be changed.
func (l *Library) XForm(name string) ([]byte, error) {
	if l == nil || l.asX[name] == nil {
		return nil, fault.NotFound("There is no questionnaire of this name.")
	}
	return l.asX[name]()
}
