package cooperation_test

import (
	"bytes"
	"net/url"
	"testing"
	"time"

	"palermo/casework"
	"palermo/cooperation"
	"palermo/exchange"
)

// What another node says in a message is read with care: it is refused by a
// name, or written again as it was, and applied without a fall. Whatever it
// says, the procedure is then in a state that its definition knows.
func FuzzBody(f *testing.F) {
	for _, d := range cooperation.Definitions() {
		for _, info := range d.Acts {
			body, err := cooperation.Encode(cooperation.Word{Number: 1, Type: d.Type, Name: info.Name, State: info.To, Fields: url.Values{},
				Sheets: []casework.Sheet{{Step: "describe-person", Fields: url.Values{"Name": {"A name"}}}}})
			if err != nil {
				f.Fatal(err)
			}
			f.Add(body)
		}
	}
	f.Add(enquiryBody(f))
	f.Fuzz(func(t *testing.T, b []byte) {
		word, err := cooperation.Decode(b)
		if err != nil {
			if exchange.Passes(err) {
				t.Errorf("a refusal after which it would be sent again: %v", err)
			}
			return
		}
		again, err := cooperation.Encode(word)
		if err != nil || !bytes.Equal(again, b) {
			t.Errorf("written again it is another: %v", err)
		}
		p := &cooperation.Procedure{Type: word.Type, Side: cooperation.Asked, Peer: "ng"}
		for range 2 { // a second copy changes nothing
			before := len(p.Acts)
			err := p.Hear(word, cooperation.Work{Now: time.Unix(0, 0)})
			if err == nil && before > 0 && len(p.Acts) != before {
				t.Error("a copy was applied again")
			}
		}
		if _, known := p.Definition().Stage(p.State); p.State != "" && !known && !p.State.Ended() {
			t.Errorf("in the state %q, which nobody knows", p.State)
		}
	})
}
