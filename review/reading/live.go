package reading

import "sync"

// live tells whoever follows a reading on a screen that it has changed. The
// zero value is ready. It tells of this process's changes alone: a node's pages are one process.
type live struct {
	mu      sync.Mutex
	waiting map[ID]chan struct{}
	left    bool
}

// changed wakes all who watch.
func (l *live) changed(id ID) {
	l.mu.Lock()
	defer l.mu.Unlock()
	if c, ok := l.waiting[id]; ok {
		close(c)
		delete(l.waiting, id)
	}
}

// watch gives a channel that is closed at the next change.
func (l *live) watch(id ID) <-chan struct{} {
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.waiting == nil {
		l.waiting = map[ID]chan struct{}{}
	}
	c, ok := l.waiting[id]
	if !ok {
		c = make(chan struct{})
		l.waiting[id] = c
	}
	return c
}

// Watch gives a channel that is closed when the reading changes next. Who
// follows it asks for the channel first and looks then, and so misses nothing.
func (k *Room) Watch(id ID) <-chan struct{} { return k.live.watch(id) }

// Leave wakes all who watch, for good: the node stops.
func (k *Room) Leave() {
	k.live.mu.Lock()
	defer k.live.mu.Unlock()
	k.live.left = true
	for id, c := range k.live.waiting {
		close(c)
		delete(k.live.waiting, id)
	}
}

// Left reports that the node stops.
func (k *Room) Left() bool {
	k.live.mu.Lock()
	defer k.live.mu.Unlock()
	return k.live.left
}
