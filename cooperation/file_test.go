package cooperation_test

import (
	"bytes"
	"context"
	"strings"
	"testing"

	"palermo/casework"
	"palermo/exchange"
)

func TestWhereThereIsNoLineAFileCarriesItAndAnotherBringsTheReceipt(t *testing.T) {
	w := newWorld(t, sqlite)
	ctx := context.Background()
	w.down = true
	it, ngo := w.places["it"], w.places["ngo"]
	p, err := w.begin(w.person(casework.Adult), "referral", "at ngo", proposal)
	must(t, err)
	parcel, err := it.desk.Pack(ctx, "ngo")
	must(t, err)
	var file bytes.Buffer
	must(t, parcel.Write(&file))
	if strings.Contains(file.String(), "Marker") || len(parcel.Sealed) != 1 {
		t.Fatalf("the file holds %d messages", len(parcel.Sealed))
	}

	brought, err := exchange.ReadParcel(bytes.NewReader(file.Bytes()))
	must(t, err)
	for range 2 { // the same file twice changes nothing
		back, taken := ngo.desk.Unpack(ctx, brought)
		if len(taken) != 1 || taken[0].Err != nil || len(back.Receipts) != 1 {
			t.Fatalf("it was taken as %v", taken)
		}
		if over := w.seen("ngo", ngo.focal(), w.first("ngo")); over.State != "proposed" || len(over.Acts) != 1 {
			t.Fatalf("the other side stands at %q after %d acts", over.State, len(over.Acts))
		}
		if _, taken := it.desk.Unpack(ctx, back); taken[0].Err != nil {
			t.Fatalf("the receipt was taken as %v", taken[0].Err)
		}
	}
	way, err := it.desk.Way(ctx, it.ngo(), p)
	must(t, err)
	if way[0].Value().Delivered.IsZero() {
		t.Error("the sender does not know that it was stored")
	}
	if _, taken := w.places["ng"].desk.Unpack(ctx, brought); exchange.Reason(taken[0].Err) == "" || taken[0].Err == nil {
		t.Error("another node opened it")
	}
}

func TestAFileThatIsNoneIsRefusedWithItsPlace(t *testing.T) {
	for text, place := range map[string]string{
		"":        "file",
		"letters": "file",
		"-----BEGIN PALERMO RECEIPT-----\nAAAA\n-----END PALERMO RECEIPT-----\n-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n": "block 2",
	} {
		_, err := exchange.ReadParcel(strings.NewReader(text))
		if err == nil || !strings.Contains(err.Error(), place) {
			t.Errorf("%.20q: %v does not name %s", text, err, place)
		}
	}
	w := newWorld(t, sqlite)
	_, taken := w.places["it"].desk.Unpack(context.Background(), exchange.Parcel{Receipts: []exchange.SignedReceipt{[]byte("letters")}})
	if len(taken) != 1 || taken[0].Err == nil || taken[0].Place != "receipt 1" {
		t.Errorf("letters were taken as a receipt: %v", taken)
	}
}
