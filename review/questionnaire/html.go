package questionnaire

import (
	"html/template"
	"io"
)

// WriteHTML writes the version as one page, to be printed.
func (v *Version) WriteHTML(w io.Writer) error { return page.Execute(w, v.Document()) }

var page = template.Must(template.New("questionnaire").Parse(`<!doctype html><html lang="en"><meta charset="utf-8"><title>{{.Title}}</title><style>
@page{size:A4;margin:25mm}body{font:11pt/1.4 "Noto Serif","Times New Roman",serif}h1{font-size:15pt}h2{font-size:13pt;break-after:avoid}
.small{font-size:9pt}.quote{margin-inline-start:1.5em}p{orphans:2;widows:2}</style>
{{range .Blocks}}{{if eq .Style "title"}}<h1 dir="auto">{{.Text}}</h1>{{else if eq .Style "heading"}}<h2 dir="auto">{{.Text}}</h2>{{else}}<p dir="auto" class="{{.Style}}">{{.Number}} {{.Text}}</p>{{end}}
{{end}}</html>
`))
