package meeting

import (
	"html/template"
	"io"
)

// WriteHTML writes the report as one page, to be printed.
func (r *Report) WriteHTML(w io.Writer) error { return page.Execute(w, r) }

var page = template.Must(template.New("report").Parse(`{{define "points"}}{{range .}}<p class="point">{{.Mark}} {{.Text}}</p>{{with .Points}}<div class="in">{{template "points" .}}</div>{{end}}{{end}}{{end -}}
<!doctype html><html lang="en"><meta charset="utf-8"><title>{{.Title}}</title><style>
@page{size:A4;margin:25mm 25mm 20mm}body{font:11pt/1.4 "Noto Serif","Times New Roman",serif}
h1{font-size:15pt}h2{font-size:13pt}h3{font-size:11pt}h1,h2,h3{break-after:avoid}
.small{font-size:9pt}.point,.in{margin-inline-start:1.5em}p{orphans:2;widows:2}</style>
<p class="small">{{.Parent}}</p><p class="small">{{with .Issued}}Distr.: General, {{.}}<br>{{end}}Original: {{.Original}}</p><h1>{{.Title}}</h1>
{{range .Blocks}}{{if eq .Level 1}}<h2>{{.Heading}}</h2>{{else if eq .Level 2}}<h3>{{.Heading}}</h3>{{else}}<p id="para_{{.Number}}">{{.Number}}. {{.Text}}</p>
{{template "points" .Points}}{{end}}{{end}}</html>
`))
