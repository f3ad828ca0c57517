package line

import (
	"crypto/ed25519"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"github.com/dunglas/httpsfv"

	"palermo/exchange"
)

const (
	label = "palermo"          // of our signature among others
	tag   = "palermo-exchange" // what it is for (RFC 9421, 2.3)

	// clockSkew is how far the clocks of two nodes may differ.
	clockSkew = 5 * time.Minute
)

// covered are the components that every request signs.
var covered = [...]string{"@method", "@authority", "@path", "content-type", "content-length", "content-digest"}

// sign adds digest and signature to a request whose content this is.
func sign(r *http.Request, content []byte, keyid string, key ed25519.PrivateKey, now time.Time) error {
	digest, err := contentDigest(content)
	if err != nil {
		return err
	}
	r.Header.Set("Content-Digest", digest)
	r.ContentLength = int64(len(content))
	r.Header.Set("Content-Length", strconv.Itoa(len(content)))
	list := httpsfv.InnerList{Params: httpsfv.NewParams()}
	for _, name := range covered {
		list.Items = append(list.Items, httpsfv.NewItem(name))
	}
	list.Params.Add("created", now.Unix())
	list.Params.Add("keyid", keyid)
	list.Params.Add("alg", "ed25519")
	list.Params.Add("tag", tag)
	m := received(r)
	m.authority = received(&http.Request{Host: r.URL.Host, URL: r.URL}).authority
	base, err := m.base(list)
	if err != nil {
		return err
	}
	inputs, signatures := httpsfv.NewDictionary(), httpsfv.NewDictionary()
	inputs.Add(label, list)
	signatures.Add(label, httpsfv.NewItem(ed25519.Sign(key, []byte(base))))
	return setFields(r.Header, inputs, signatures)
}

func setFields(h http.Header, inputs, signatures *httpsfv.Dictionary) error {
	input, err := httpsfv.Marshal(inputs)
	if err != nil {
		return err
	}
	signature, err := httpsfv.Marshal(signatures)
	if err != nil {
		return err
	}
	h.Set("Signature-Input", input)
	h.Set("Signature", signature)
	return nil
}

// check says whether the node signed the request, all that must be covered,
// about now. The content is held against its digest apart, once it is read. It
// fails with exchange.ErrMalformed, ErrClock or ErrWrongSignature.
func check(m message, t *exchange.Trust, n exchange.Node, now time.Time) error {
	list, signature, err := parse(m.header)
	if err != nil {
		return err
	}
	if !covers(list) {
		return fmt.Errorf("signature covers too little: %w", exchange.ErrWrongSignature)
	}
	keyid, _ := list.Params.Get("keyid")
	alg, _ := list.Params.Get("alg")
	purpose, _ := list.Params.Get("tag")
	if keyid != n.Name || alg != "ed25519" || purpose != tag {
		return fmt.Errorf("signature of other parameters: %w", exchange.ErrWrongSignature)
	}
	created, _ := list.Params.Get("created")
	seconds, ok := created.(int64)
	if !ok {
		return fmt.Errorf("signature without its instant: %w", exchange.ErrMalformed)
	}
	at := time.Unix(seconds, 0)
	base, err := m.base(list)
	if err != nil {
		return err
	}
	if !t.Spoke(n, exchange.At(at), []byte(base), signature) {
		return exchange.ErrWrongSignature
	}
	if apart := now.Sub(at); apart > clockSkew || apart < -clockSkew {
		return exchange.ErrClock
	}
	return nil
}

// parse reads our signature from the fields, whatever others are there.
func parse(h http.Header) (httpsfv.InnerList, []byte, error) {
	none := httpsfv.InnerList{}
	inputs, err := httpsfv.UnmarshalDictionary(h.Values("Signature-Input"))
	if err != nil {
		return none, nil, fmt.Errorf("signature-input: %w: %w", exchange.ErrMalformed, err)
	}
	signatures, err := httpsfv.UnmarshalDictionary(h.Values("Signature"))
	if err != nil {
		return none, nil, fmt.Errorf("signature: %w: %w", exchange.ErrMalformed, err)
	}
	input, _ := inputs.Get(label)
	list, ok := input.(httpsfv.InnerList)
	if !ok || list.Params == nil {
		return none, nil, fmt.Errorf("no signature-input %q: %w", label, exchange.ErrMalformed)
	}
	member, _ := signatures.Get(label)
	item, _ := member.(httpsfv.Item)
	signature, ok := item.Value.([]byte)
	if !ok {
		return none, nil, fmt.Errorf("no signature %q: %w", label, exchange.ErrMalformed)
	}
	return list, signature, nil
}

func covers(list httpsfv.InnerList) bool {
	named := map[any]bool{}
	for _, item := range list.Items {
		if item.Params == nil || len(item.Params.Names()) == 0 {
			named[item.Value] = true
		}
	}
	for _, name := range covered {
		if !named[name] {
			return false
		}
	}
	return true
}
