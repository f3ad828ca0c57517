package form

import "sync"

// Library is the questionnaires that come with the program, each read once,
// when it is first asked for. It may be used from several goroutines. A nil
// Library reads each time.
type Library struct {
	sets []Set
	read map[string]func() (*Definition, error)
}

// NewLibrary of all the sets; nothing is read yet.
func NewLibrary() *Library {
	l := &Library{sets: Sets(), read: map[string]func() (*Definition, error){}}
	for _, s := range l.sets {
		l.read[s.Name] = sync.OnceValues(func() (*Definition, error) { return OpenSet(s.Name) })
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
