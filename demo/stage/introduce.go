package stage

import (
	"crypto/ed25519"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"reflect"
	"time"

	"palermo/exchange"
	"palermo/matching"
)

// introduce gives every node a list of all that two of three signers have
// accepted, has the three make the key of matching, gives them the list with
// that key, and returns when they serve.
func (s *Stage) introduce(line func(node, address string) (string, error), now time.Time) error {
	list, keys, err := s.list(line, now)
	if err != nil {
		return err
	}
	if err := s.trust(list, keys, now); err != nil {
		return err
	}
	if list.Matching, err = s.key(now); err != nil {
		return err
	}
	list.Version++
	if err := s.trust(list, keys, now); err != nil {
		return err
	}
	for _, n := range s.Nodes {
		if _, err := n.out.ReadBytes('\n'); err != nil {
			return fmt.Errorf("%s does not serve: %w", n.Cast.Title, err)
		}
	}
	return nil
}

// list names the nodes, and three signers, as the States would.
func (s *Stage) list(line func(node, address string) (string, error), now time.Time) (exchange.TrustList, []ed25519.PrivateKey, error) {
	list := exchange.TrustList{Version: 1, Threshold: 2, Issued: exchange.At(now), Expires: exchange.At(now.AddDate(1, 0, 0))}
	var keys []ed25519.PrivateKey
	for _, n := range s.Nodes {
		public, key, err := ed25519.GenerateKey(rand.Reader)
		if err != nil {
			return list, nil, err
		}
		keys = append(keys, key)
		list.Signers = append(list.Signers, exchange.Signer{Name: n.Cast.Node, Public: public})
		var entry exchange.Node
		if err := exchange.Decode(n.Said.Entry, &entry); err != nil {
			return list, nil, err
		}
		if line != nil {
			if entry.URL, err = line(entry.Name, entry.URL); err != nil {
				return list, nil, err
			}
		}
		list = list.With(entry)
	}
	return list, keys, nil
}

// trust has two signers accept the list, and tells it to every node.
func (s *Stage) trust(list exchange.TrustList, keys []ed25519.PrivateKey, now time.Time) error {
	signed, err := list.Draft()
	for _, key := range keys[:2] {
		if err == nil {
			signed, err = signed.Sign(list.Signers, key)
		}
	}
	if err != nil {
		return err
	}
	trust, err := exchange.Install(signed, now)
	if err != nil {
		return err
	}
	bundle, err := exchange.Encode(trust.Bundle())
	if err != nil {
		return err
	}
	return s.say(bundle)
}

// key carries what each node deals to the others, who alone can open it, and
// gives the key on which all three agree.
func (s *Stage) key(now time.Time) (*exchange.Matching, error) {
	var dealt []exchange.Sealed
	for _, n := range s.Nodes {
		var part []exchange.Sealed
		if err := n.hear(&part); err != nil {
			return nil, err
		}
		dealt = append(dealt, part...)
	}
	if err := s.say(dealt); err != nil {
		return nil, err
	}
	var key *exchange.Matching
	for _, n := range s.Nodes {
		var encoded []byte
		if err := n.hear(&encoded); err != nil {
			return nil, err
		}
		var made exchange.Matching
		if err := exchange.Decode(encoded, &made); err != nil {
			return nil, err
		}
		if made = matching.Terms(made, now.AddDate(0, 3, 0), 50, 5000); key != nil && !reflect.DeepEqual(*key, made) {
			return nil, fmt.Errorf("%s has made another key of matching than the others", n.Cast.Title)
		}
		key = &made
	}
	return key, nil
}

// say tells every node a line.
func (s *Stage) say(what any) error {
	for _, n := range s.Nodes {
		if err := json.NewEncoder(n.in).Encode(what); err != nil {
			return err
		}
	}
	return nil
}

// hear reads the next line of a node.
func (n *Played) hear(into any) error {
	line, err := n.out.ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, into)
	}
	if err != nil {
		return fmt.Errorf("%s did not start: %w", n.Cast.Title, err)
	}
	return nil
}
