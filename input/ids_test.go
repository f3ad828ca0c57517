package input

import (
	"net/url"
	"slices"
	"testing"
	"time"

	"palermo/ident"
)

type several struct {
	Who []ident.ID `label:"Who" kind:"team"`
}

// What is chosen comes back as it was sent; what is no id is refused, and so is nothing.
func TestSeveralCanBeChosen(t *testing.T) {
	want := several{Who: []ident.ID{{1}, {2}}}
	var got several
	if err := Decode(Values(&want), nil, &got, time.UTC); err != nil || !slices.Equal(got.Who, want.Who) {
		t.Errorf("%v, %v", got, err)
	}
	for _, sent := range []url.Values{{}, {"who": {"x"}}, {"who": {want.Who[0].String(), ""}}} {
		if err := Decode(sent, nil, &got, time.UTC); err == nil {
			t.Errorf("%v is taken", sent)
		}
	}
	if f := Describe(&want)[0]; f.Kind != "team" || len(f.Values) != 2 || !f.Required {
		t.Errorf("%+v", f)
	}
}
