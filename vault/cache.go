package vault

import (
	"container/list"
	"sync"
	"time"
)

// freshFor is how long an unwrapped key is used without looking whether its
// wrap still stands. Several processes may share a keystore: a revocation or
// erasure in one reaches the others within this time.
const freshFor = 30 * time.Second

// DefaultCache is how many unwrapped keys are kept, about 200 bytes each.
const DefaultCache = 8192

type cacheID struct {
	subject [16]byte
	holder  Holder
}

type cacheEntry struct {
	id    cacheID
	key   Key
	until time.Time // from when on its wrap must be read again
}

// cache keeps the keys used last. Its generation goes up whenever something is
// forgotten, and put takes only keys whose reading began in the present
// generation: a key read before a revocation is not kept after it.
type cache struct {
	mu    sync.Mutex
	limit int
	now   func() time.Time
	gen   uint64
	order *list.List // of *cacheEntry, used last in front
	byID  map[cacheID]*list.Element
}

func newCache(limit int, now func() time.Time) *cache {
	return &cache{limit: limit, now: now, order: list.New(), byID: make(map[cacheID]*list.Element)}
}

// get returns the key if it is kept, and the generation to give to put.
func (c *cache) get(id cacheID) (Key, bool, uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	e, ok := c.byID[id]
	if !ok {
		return Key{}, false, c.gen
	}
	if !c.now().Before(e.Value.(*cacheEntry).until) {
		c.drop(e)
		return Key{}, false, c.gen
	}
	c.order.MoveToFront(e)
	return e.Value.(*cacheEntry).key, true, c.gen
}

func (c *cache) generation() uint64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.gen
}

func (c *cache) put(id cacheID, k Key, gen uint64) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if gen != c.gen || c.limit <= 0 {
		return
	}
	if e, ok := c.byID[id]; ok {
		e.Value.(*cacheEntry).until = c.now().Add(freshFor)
		c.order.MoveToFront(e)
		return
	}
	c.byID[id] = c.order.PushFront(&cacheEntry{id: id, key: k, until: c.now().Add(freshFor)})
	if c.order.Len() > c.limit {
		c.drop(c.order.Back())
	}
}

// forget drops every entry that which chooses, and refuses readings under way.
func (c *cache) forget(which func(cacheID) bool) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	for e := c.order.Front(); e != nil; {
		next := e.Next()
		if which(e.Value.(*cacheEntry).id) {
			c.drop(e)
		}
		e = next
	}
}

// forgetOne is forget of a single entry, without a walk.
func (c *cache) forgetOne(id cacheID) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.gen++
	if e, ok := c.byID[id]; ok {
		c.drop(e)
	}
}

// drop also overwrites the key, as far as a garbage-collected program can.
func (c *cache) drop(e *list.Element) {
	entry := e.Value.(*cacheEntry)
	entry.key = Key{}
	delete(c.byID, entry.id)
	c.order.Remove(e)
}

func (c *cache) len() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.order.Len()
}
