package pdf

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
)

// browser is a Chromium that is spoken to through a pipe (Chrome DevTools
// Protocol): no port that others on the machine could come to, and no file but its empty profile.
type browser struct {
	cmd     *exec.Cmd
	profile string
	to      *os.File
	from    *os.File
	answers *bufio.Reader
	session string
	last    int
}

func start(ctx context.Context, path string) (b *browser, err error) {
	b = &browser{}
	if b.profile, err = os.MkdirTemp("", "palermo-print-"); err != nil {
		return nil, err
	}
	heard, to, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(b.profile))
	}
	from, said, err := os.Pipe()
	if err != nil {
		return nil, errors.Join(err, heard.Close(), to.Close(), os.RemoveAll(b.profile))
	}
	b.to, b.from, b.answers = to, from, bufio.NewReaderSize(from, 1<<20)
	args := []string{"--headless", "--remote-debugging-pipe", "--user-data-dir=" + b.profile, "--disable-gpu", "--no-first-run", "--disable-extensions",
		"--disable-background-networking", "--disable-breakpad", "--host-resolver-rules=MAP * ~NOTFOUND"}
	if os.Geteuid() == 0 { // Chromium's own sandbox refuses root
		args = append(args, "--no-sandbox")
	}
	b.cmd = exec.CommandContext(ctx, path, append(args, "about:blank")...)
	b.cmd.Env = append(os.Environ(), "TMPDIR="+b.profile, "HOME="+b.profile) // what it leaves goes with its profile
	b.cmd.ExtraFiles = []*os.File{heard, said}                               // its descriptors 3 and 4
	err = b.cmd.Start()
	if closed := errors.Join(heard.Close(), said.Close()); err == nil {
		err = closed
	}
	if err != nil {
		return nil, errors.Join(err, to.Close(), from.Close(), os.RemoveAll(b.profile))
	}
	return b, nil
}

// close ends the browser and takes its profile away.
func (b *browser) close() error {
	_, _ = b.ask("Browser.close", nil) // it may be gone before it answers
	err := errors.Join(b.to.Close(), b.from.Close())
	_ = b.cmd.Process.Kill() // where it does not go by itself
	_ = b.cmd.Wait()         // how it ended does not matter
	return errors.Join(err, os.RemoveAll(b.profile))
}

// print loads a page and prints it.
func (b *browser) print(html string) ([]byte, error) {
	var target struct{ TargetID string }
	var attached struct{ SessionID string }
	var tree struct {
		FrameTree struct{ Frame struct{ ID string } }
	}
	var printed struct{ Data []byte }
	err := b.into(&target, "Target.createTarget", map[string]any{"url": "about:blank"})
	if err == nil {
		err = b.into(&attached, "Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true})
	}
	if b.session = attached.SessionID; err == nil {
		err = b.into(&tree, "Page.getFrameTree", nil)
	}
	if err == nil {
		_, err = b.ask("Page.setDocumentContent", map[string]any{"frameId": tree.FrameTree.Frame.ID, "html": html})
	}
	if err == nil { // the fonts are in the page, and still take a moment
		_, err = b.ask("Runtime.evaluate", map[string]any{"expression": "document.fonts.ready.then(() => 1)", "awaitPromise": true})
	}
	if err == nil {
		err = b.into(&printed, "Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true, "generateTaggedPDF": true, "generateDocumentOutline": true})
	}
	b.session = ""
	return printed.Data, err
}

func (b *browser) into(answer any, method string, params map[string]any) error {
	result, err := b.ask(method, params)
	if err != nil {
		return err
	}
	return json.Unmarshal(result, answer)
}

// ask sends a command and waits for its answer; events between are passed over. Messages end with a zero byte.
func (b *browser) ask(method string, params map[string]any) (json.RawMessage, error) {
	b.last++
	command := map[string]any{"id": b.last, "method": method}
	if params != nil {
		command["params"] = params
	}
	if b.session != "" {
		command["sessionId"] = b.session
	}
	text, err := json.Marshal(command)
	if err != nil {
		return nil, err
	}
	if _, err := b.to.Write(append(text, 0)); err != nil {
		return nil, err
	}
	for {
		said, err := b.answers.ReadBytes(0)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", method, err)
		}
		var answer struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if err := json.Unmarshal(bytes.TrimSuffix(said, []byte{0}), &answer); err != nil {
			return nil, fmt.Errorf("%s: %w", method, err)
		}
		switch {
		case answer.ID != b.last:
		case answer.Error != nil:
			return nil, fmt.Errorf("%s: %s", method, answer.Error.Message)
		default:
			return answer.Result, nil
		}
	}
}
