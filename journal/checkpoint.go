package journal

import (
	"crypto/ed25519"
	"encoding/base64"
	"fmt"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"

	"palermo/vault"
)

// Signer signs checkpoints in the form of C2SP tlog-checkpoint.
type Signer struct {
	name     string
	key      ed25519.PrivateKey
	verifier note.Verifier
	vkey     string
}

// NewSigner makes the node's signer from the node's checkpoint key.
func NewSigner(node string, seed vault.Key) (*Signer, error) {
	key := ed25519.NewKeyFromSeed(seed[:])
	vkey, err := note.NewEd25519VerifierKey(node, key.Public().(ed25519.PublicKey))
	if err != nil {
		return nil, fmt.Errorf("checkpoint key: %w", err)
	}
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return nil, fmt.Errorf("checkpoint key: %w", err)
	}
	return &Signer{name: node, key: key, verifier: verifier, vkey: vkey}, nil
}

// VerifierKey is what a witness needs to check the checkpoints.
func (s *Signer) VerifierKey() string { return s.vkey }

func (s *Signer) Name() string                    { return s.name }
func (s *Signer) KeyHash() uint32                 { return s.verifier.KeyHash() }
func (s *Signer) Sign(msg []byte) ([]byte, error) { return ed25519.Sign(s.key, msg), nil }

// Checkpoint signs the tree.
func (s *Signer) Checkpoint(t tlog.Tree) ([]byte, error) {
	text := fmt.Sprintf("%s\n%d\n%s\n", s.name, t.N, base64.StdEncoding.EncodeToString(t.Hash[:]))
	return note.Sign(&note.Note{Text: text}, s)
}

// Tree reads a checkpoint and refuses one that this node did not sign.
func (s *Signer) Tree(checkpoint []byte) (tlog.Tree, error) {
	n, err := note.Open(checkpoint, note.VerifierList(s.verifier))
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint: %w", err)
	}
	lines := strings.SplitN(n.Text, "\n", 4)
	if len(lines) < 3 || lines[0] != s.name {
		return tlog.Tree{}, fmt.Errorf("checkpoint of another log: %q", lines[0])
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint size: %w", err)
	}
	hash, err := tlog.ParseHash(lines[2])
	if err != nil {
		return tlog.Tree{}, fmt.Errorf("checkpoint hash: %w", err)
	}
	return tlog.Tree{N: size, Hash: hash}, nil
}
