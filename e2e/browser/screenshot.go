package browser

import (
	"bytes"
	"context"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/chromedp/cdproto/cdp"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
)

// maxScreenshot is how large a picture in the guide may be.
const maxScreenshot = 200 << 10

// Screenshot writes a picture of the whole page, down to its end, as PNG, or as JPEG where the path says so. A
// picture over 200 KiB is made smaller until it fits.
func (p *Page) Screenshot(path string) {
	p.t.Helper()
	p.settle()
	jpg := strings.HasSuffix(path, ".jpg") || strings.HasSuffix(path, ".jpeg")
	var picture []byte
	for _, scale := range []float64{1, 0.75, 0.5, 0.35, 0.25} {
		var err error
		if picture, err = compress(run(p, "take a screenshot", capture(scale)), jpg); err != nil {
			p.t.Fatal(err)
		}
		if len(picture) <= maxScreenshot {
			break
		}
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		p.t.Fatal(err)
	}
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		p.t.Fatal(err)
	}
}

func capture(scale float64) chromedp.Action[[]byte] {
	return func(ctx context.Context, t *chromedp.Target) ([]byte, error) {
		page, err := cdp.Call(ctx, t, cdppage.GetLayoutMetrics, cdp.Empty{})
		if err != nil {
			return nil, err
		}
		shot, err := cdp.Call(ctx, t, cdppage.CaptureScreenshot, cdppage.CaptureScreenshotParams{
			Format:                cdppage.CaptureScreenshotFormatPng,
			CaptureBeyondViewport: new(true),
			Clip: &cdppage.Viewport{
				Width:  page.CSSContentSize.Width,
				Height: min(page.CSSContentSize.Height, 16000), // the longest picture Chromium makes
				Scale:  scale,
			},
		})
		return shot.Data, err
	}
}

// compress writes the picture with at most 256 colours, which is all that a page of text needs, or as JPEG.
func compress(shot []byte, jpg bool) ([]byte, error) {
	img, err := png.Decode(bytes.NewReader(shot))
	if err != nil {
		return nil, err
	}
	var out bytes.Buffer
	if jpg {
		err = jpeg.Encode(&out, img, &jpeg.Options{Quality: 80})
	} else {
		err = (&png.Encoder{CompressionLevel: png.BestCompression}).Encode(&out, reduce(img))
	}
	return out.Bytes(), err
}

// reduce keeps the 256 colours used most and gives every other pixel the nearest of them.
func reduce(img image.Image) image.Image {
	bounds := img.Bounds()
	count := map[color.RGBA]int{}
	at := func(x, y int) color.RGBA { return color.RGBAModel.Convert(img.At(x, y)).(color.RGBA) }
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			count[at(x, y)]++
		}
	}
	colours := make([]color.RGBA, 0, len(count))
	for c := range count {
		colours = append(colours, c)
	}
	slices.SortFunc(colours, func(a, b color.RGBA) int {
		if d := count[b] - count[a]; d != 0 {
			return d
		}
		return bytes.Compare([]byte{a.R, a.G, a.B}, []byte{b.R, b.G, b.B}) // the same file every time
	})
	var palette color.Palette
	for _, c := range colours[:min(len(colours), 256)] {
		palette = append(palette, c)
	}
	index := make(map[color.RGBA]uint8, len(colours))
	for _, c := range colours {
		index[c] = uint8(palette.Index(c))
	}
	small := image.NewPaletted(bounds, palette)
	for y := bounds.Min.Y; y < bounds.Max.Y; y++ {
		for x := bounds.Min.X; x < bounds.Max.X; x++ {
			small.SetColorIndex(x, y, index[at(x, y)])
		}
	}
	return small
}
