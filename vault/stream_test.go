package vault_test

import (
	"bytes"
	"encoding/hex"
	"errors"
	"io"
	"testing"
	"testing/iotest"

	"palermo/vault"

	"pgregory.net/rapid"
)

const (
	chunk       = 64 << 10 // plain
	sealedChunk = chunk + 16
	header      = 17
)

func stream(t testing.TB, k vault.Key, ad vault.AD, plain []byte) []byte {
	t.Helper()
	var out bytes.Buffer
	w := vault.NewSealWriter(&out, k, ad)
	_, err := w.Write(plain)
	must(t, err)
	must(t, w.Close())
	return out.Bytes()
}

func attachmentAD() vault.AD { return vault.AD{Kind: "attachment", ID: [16]byte{4}, Version: 1} }

// pattern is plain text in which no two chunks are alike.
func pattern(n int) []byte {
	b := make([]byte, n)
	for i := range b {
		b[i] = byte(i>>16) ^ byte(i)
	}
	return b
}

// refusesStream also checks that nothing false was given before the refusal.
func refusesStream(t *testing.T, sealed, plain []byte) {
	t.Helper()
	got, err := io.ReadAll(vault.NewUnsealReader(bytes.NewReader(sealed), someKey(1), attachmentAD()))
	is(t, err, vault.ErrTampered)
	if !bytes.HasPrefix(plain, got) {
		t.Fatal("gave bytes that were never sealed")
	}
}

func TestAnAttachmentComesBackWhole(t *testing.T) {
	for _, n := range []int{0, 1, chunk - 1, chunk, chunk + 1, 2 * chunk, 3*chunk + 5} {
		plain := pattern(n)
		sealed := stream(t, someKey(1), attachmentAD(), plain)
		if int64(len(sealed)) != vault.SealedSize(int64(n)) {
			t.Errorf("%d bytes: sealed to %d, SealedSize says %d", n, len(sealed), vault.SealedSize(int64(n)))
		}
		for _, r := range []io.Reader{bytes.NewReader(sealed), iotest.DataErrReader(bytes.NewReader(sealed)), iotest.HalfReader(bytes.NewReader(sealed))} {
			got, err := io.ReadAll(vault.NewUnsealReader(r, someKey(1), attachmentAD()))
			must(t, err)
			if !bytes.Equal(got, plain) {
				t.Errorf("%d bytes: came back different", n)
			}
		}
	}
	must(t, iotest.TestReader(vault.NewUnsealReader(bytes.NewReader(stream(t, someKey(1), attachmentAD(), pattern(chunk+9))), someKey(1), attachmentAD()), pattern(chunk+9)))
}

func TestTruncatedAttachmentIsRefused(t *testing.T) {
	plain := pattern(2*chunk + 100)
	sealed := stream(t, someKey(1), attachmentAD(), plain)
	for _, n := range []int{0, 1, header - 1, header, header + 15, header + 16, header + 17, header + sealedChunk - 1, header + sealedChunk, header + sealedChunk + 1, header + 2*sealedChunk, len(sealed) - 1} {
		refusesStream(t, sealed[:n], plain)
	}
}

func TestReorderedAttachmentIsRefused(t *testing.T) {
	plain := pattern(3 * chunk)
	sealed := stream(t, someKey(1), attachmentAD(), plain)
	part := func(i int) []byte { return sealed[header+i*sealedChunk : header+(i+1)*sealedChunk] }
	for name, order := range map[string][]int{"swapped": {1, 0, 2}, "dropped": {0, 2}, "doubled": {0, 0, 1, 2}, "last first": {2, 0, 1}} {
		moved := bytes.Clone(sealed[:header])
		for _, i := range order {
			moved = append(moved, part(i)...)
		}
		t.Run(name, func(t *testing.T) { refusesStream(t, moved, plain) })
	}
}

func TestAnAttachmentWithMoreBehindItIsRefused(t *testing.T) {
	for _, n := range []int{0, 1, chunk, chunk + 1} {
		plain := pattern(n)
		sealed := stream(t, someKey(1), attachmentAD(), plain)
		refusesStream(t, append(bytes.Clone(sealed), 0), plain)
		refusesStream(t, append(bytes.Clone(sealed), sealed...), plain)
		refusesStream(t, append(bytes.Clone(sealed), sealed[header:]...), plain)
	}
}

func TestAnAttachmentOpensOnlyWithItsKeyAndPlace(t *testing.T) {
	sealed := stream(t, someKey(1), attachmentAD(), pattern(10))
	other := attachmentAD()
	other.ID[0]++
	for _, r := range []*vault.UnsealReader{
		vault.NewUnsealReader(bytes.NewReader(sealed), someKey(2), attachmentAD()),
		vault.NewUnsealReader(bytes.NewReader(sealed), someKey(1), other),
	} {
		_, err := io.ReadAll(r)
		is(t, err, vault.ErrTampered)
		_, err = r.Read(make([]byte, 1))
		is(t, err, vault.ErrTampered)
	}
}

func TestChunksOfTwoAttemptsCannotBeMixed(t *testing.T) {
	plain := pattern(2 * chunk)
	a := stream(t, someKey(1), attachmentAD(), plain)
	b := stream(t, someKey(1), attachmentAD(), plain)
	if bytes.Equal(a[header:header+16], b[header:header+16]) {
		t.Fatal("two streams under one key are alike: a nonce was used twice")
	}
	refusesStream(t, append(bytes.Clone(a[:header+sealedChunk]), b[header+sealedChunk:]...), plain)
}

func TestAnUnfinishedAttachmentDoesNotOpen(t *testing.T) {
	var out bytes.Buffer
	w := vault.NewSealWriter(&out, someKey(1), attachmentAD())
	_, err := w.Write(pattern(3 * chunk))
	must(t, err)
	refusesStream(t, out.Bytes(), pattern(3*chunk))
	must(t, w.Close())
	_, err = w.Write([]byte{1})
	if err == nil {
		t.Fatal("wrote after Close")
	}
}

func TestAFailingDiskIsNotCalledTampering(t *testing.T) {
	disk := errors.New("disk")
	sealed := stream(t, someKey(1), attachmentAD(), pattern(chunk))
	for _, n := range []int{0, 5, header + 5} {
		r := io.MultiReader(bytes.NewReader(sealed[:n]), iotest.ErrReader(disk))
		_, err := io.ReadAll(vault.NewUnsealReader(r, someKey(1), attachmentAD()))
		is(t, err, disk)
		if errors.Is(err, vault.ErrTampered) {
			t.Fatal("called tampering")
		}
	}
	w := vault.NewSealWriter(failing{disk}, someKey(1), attachmentAD())
	_, err := w.Write(pattern(2 * chunk))
	is(t, err, disk)
	is(t, w.Close(), disk)
}

type failing struct{ err error }

func (f failing) Write([]byte) (int, error) { return 0, f.err }

func TestAnAttachmentSealedBeforeStillOpens(t *testing.T) {
	k := vault.Key(bytes.Repeat([]byte{1}, 32))
	b, err := hex.DecodeString(oldStream)
	must(t, err)
	got, err := io.ReadAll(vault.NewUnsealReader(bytes.NewReader(b), k, attachmentAD()))
	must(t, err)
	if string(got) != "kept for years" {
		t.Fatalf("got %q", got)
	}
}

func TestAnyAttachmentInAnyPiecesComesBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		plain := pattern(rapid.IntRange(0, 4*chunk).Draw(t, "size"))
		var out bytes.Buffer
		w := vault.NewSealWriter(&out, someKey(1), attachmentAD())
		for rest := plain; len(rest) > 0; {
			n := rapid.IntRange(1, len(rest)).Draw(t, "piece")
			_, err := w.Write(rest[:n])
			if err != nil {
				t.Fatal(err)
			}
			rest = rest[n:]
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		sealed := out.Bytes()
		got, err := io.ReadAll(vault.NewUnsealReader(bytes.NewReader(sealed), someKey(1), attachmentAD()))
		if err != nil || !bytes.Equal(got, plain) {
			t.Fatalf("came back different: %v", err)
		}
		sealed[rapid.IntRange(0, len(sealed)-1).Draw(t, "at")] ^= 1 << rapid.IntRange(0, 7).Draw(t, "bit")
		got, err = io.ReadAll(vault.NewUnsealReader(bytes.NewReader(sealed), someKey(1), attachmentAD()))
		if !errors.Is(err, vault.ErrTampered) || !bytes.HasPrefix(plain, got) {
			t.Fatalf("a changed bit passed: %v", err)
		}
	})
}

func FuzzUnsealReader(f *testing.F) {
	plain := pattern(chunk + 10)
	good := stream(f, someKey(1), attachmentAD(), plain)
	f.Add(good)
	f.Add(good[:header+sealedChunk])
	f.Add(good[:header])
	f.Add(stream(f, someKey(1), attachmentAD(), nil))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := io.ReadAll(vault.NewUnsealReader(bytes.NewReader(b), someKey(1), attachmentAD()))
		// Each fuzzing process draws its own salts, so other streams than good
		// are sound too; but only this was ever sealed under the key.
		if err == nil && len(got) > 0 && !bytes.Equal(got, plain) {
			t.Fatal("opened what was never sealed")
		}
		if err != nil {
			is(t, err, vault.ErrTampered)
		}
	})
}
