package vault

import (
	"crypto/cipher"
	"crypto/hkdf"
	crand "crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// An attachment is sealed in chunks, so that it need not fit in memory: the
// STREAM construction (Hoang, Reyhanitabar, Rogaway, Vizár, 2015) as age uses
// it. A header of format byte and random salt; then chunks of 64 KiB, the last
// one shorter or equal, each sealed by AES-256-GCM under a key derived from
// the attachment's key, the salt and the associated data. The nonce is the
// chunk's number, and one byte that says whether it is the last. So no chunk
// can be dropped, moved, doubled or added, nor the file cut between chunks.
const (
	chunkSize    = 64 << 10
	saltSize     = 16
	streamHeader = 1 + saltSize
)

// SealedSize is the length of plain bytes after NewSealWriter.
func SealedSize(plain int64) int64 {
	chunks := max(1, (plain+chunkSize-1)/chunkSize)
	return streamHeader + plain + chunks*tagSize
}

// streamCipher seals or opens the chunks of one stream in order.
type streamCipher struct {
	aead  cipher.AEAD
	count uint64
}

func newStreamCipher(k Key, ad AD, salt []byte) (*streamCipher, error) {
	derived, err := hkdf.Key(sha256.New, k[:], salt, "palermo stream 1"+string(ad.encode(formatStream)), len(Key{}))
	if err != nil {
		return nil, fmt.Errorf("vault: derive stream key: %w", err)
	}
	aead, err := newGCM(Key(derived))
	if err != nil {
		return nil, err
	}
	return &streamCipher{aead: aead}, nil
}

// nonce is for the next chunk. 2⁶⁴ chunks are a zebibyte: the count does not
// come round.
func (s *streamCipher) nonce(last bool) []byte {
	n := make([]byte, nonceSize)
	binary.BigEndian.PutUint64(n[3:], s.count)
	if last {
		n[nonceSize-1] = 1
	}
	s.count++
	return n
}

var errClosed = errors.New("vault: write after close")

// SealWriter seals what is written to it. Without Close the result does not open.
type SealWriter struct {
	w     io.Writer
	key   Key
	ad    AD
	salt  io.Reader
	inner *streamCipher
	buf   []byte // plain text of the chunk under way
	err   error  // of an earlier call; everything fails after it
}

// NewSealWriter returns a writer that seals to w under k, bound to ad. k
// should be the attachment's own; a random salt for each stream, drawn from
// the operating system, keeps a second attempt under the same key and ad from
// using a nonce twice.
func NewSealWriter(w io.Writer, k Key, ad AD) *SealWriter {
	return newSealWriter(crand.Reader, w, k, ad)
}

func newSealWriter(salt io.Reader, w io.Writer, k Key, ad AD) *SealWriter {
	return &SealWriter{w: w, key: k, ad: ad, salt: salt, buf: make([]byte, 0, chunkSize+tagSize)}
}

// Write seals p, as far as it fills chunks.
func (s *SealWriter) Write(p []byte) (int, error) {
	written := 0
	for len(p) > 0 && s.err == nil {
		// A full chunk waits until more comes: it may be the last.
		if len(s.buf) == chunkSize {
			s.flush(false)
			continue
		}
		n := min(len(p), chunkSize-len(s.buf))
		s.buf = append(s.buf, p[:n]...)
		p = p[n:]
		written += n
	}
	return written, s.err
}

// Close seals the last chunk. It does not close the underlying writer.
func (s *SealWriter) Close() error {
	s.flush(true)
	if s.err == nil {
		s.err = errClosed
		return nil
	}
	return s.err
}

func (s *SealWriter) flush(last bool) {
	if s.err != nil {
		return
	}
	s.err = s.start()
	if s.err != nil {
		return
	}
	sealed := s.inner.aead.Seal(s.buf[:0], s.inner.nonce(last), s.buf, nil)
	_, s.err = s.w.Write(sealed)
	s.buf = s.buf[:0]
}

// start writes the header before the first chunk.
func (s *SealWriter) start() error {
	if s.inner != nil {
		return nil
	}
	header := make([]byte, streamHeader)
	header[0] = formatStream
	_, err := io.ReadFull(s.salt, header[1:])
	if err != nil {
		return fmt.Errorf("vault: draw a salt: %w", err)
	}
	s.inner, err = newStreamCipher(s.key, s.ad, header[1:])
	if err != nil {
		return err
	}
	_, err = s.w.Write(header)
	return err
}

// UnsealReader opens what SealWriter sealed.
type UnsealReader struct {
	r     io.Reader
	key   Key
	ad    AD
	inner *streamCipher
	buf   []byte // a sealed chunk and one byte, which tells whether more follows
	first []byte // the byte read ahead: the first of the next chunk
	plain []byte // opened and not yet read
	err   error
}

// NewUnsealReader returns a reader of the plain text in r. Read gives only
// bytes that are as they were sealed, in their order, and ErrTampered at the
// first that are not; errors of r pass through. The whole is known to be whole
// only when Read has returned io.EOF: who acts on the beginning before that
// must be able to undo it.
func NewUnsealReader(r io.Reader, k Key, ad AD) *UnsealReader {
	return &UnsealReader{r: r, key: k, ad: ad, buf: make([]byte, chunkSize+tagSize+1)}
}

func (u *UnsealReader) Read(p []byte) (int, error) {
	if len(p) == 0 {
		return 0, nil
	}
	for len(u.plain) == 0 && u.err == nil {
		u.next()
	}
	if len(u.plain) > 0 {
		n := copy(p, u.plain)
		u.plain = u.plain[n:]
		return n, nil
	}
	return 0, u.err
}

// next opens one chunk into plain, or sets err.
func (u *UnsealReader) next() {
	if u.inner == nil {
		u.err = u.start()
		if u.err != nil {
			return
		}
	}
	ahead := copy(u.buf, u.first)
	n, err := io.ReadFull(u.r, u.buf[ahead:])
	n += ahead
	last := errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF)
	if err != nil && !last {
		u.err = fmt.Errorf("vault: read attachment: %w", err)
		return
	}
	sealed := u.buf[:n]
	if !last {
		sealed, u.first = u.buf[:n-1], []byte{u.buf[n-1]}
	}
	number := u.inner.count
	plain, err := u.inner.aead.Open(sealed[:0], u.inner.nonce(last), sealed, nil)
	if err != nil {
		u.err = tampered("chunk %d of %q does not open", number, u.ad.Kind)
		return
	}
	// Only an empty attachment has an empty chunk: one form for one content.
	if len(plain) == 0 && number > 0 {
		u.err = tampered("chunk %d of %q is empty", number, u.ad.Kind)
		return
	}
	u.plain = plain
	if last {
		u.err = io.EOF
	}
}

func (u *UnsealReader) start() error {
	header := make([]byte, streamHeader)
	_, err := io.ReadFull(u.r, header)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return tampered("an attachment without its header")
	}
	if err != nil {
		return fmt.Errorf("vault: read attachment: %w", err)
	}
	if header[0] != formatStream {
		return tampered("format %d where %d belongs", header[0], formatStream)
	}
	u.inner, err = newStreamCipher(u.key, u.ad, header[1:])
	return err
}
