package interchange

import "palermo/input"

// BringIn is what a member is asked to bring a file in.
type BringIn struct {
	Format  FileFormat `label:"What the file is"`
	File    input.File `label:"File" hint:"CSV or XLSX, up to 24 MB. Its first row has the headings."`
	Mapping input.File `label:"Mapping" hint:"Only for a table of your own, and only if you saved one before." optional:"true"`
}

// FileFormat is a format that comes in.
type FileFormat string

// Options lists the formats.
func (FileFormat) Options() []input.Option {
	return []input.Option{{Value: "htcds", Label: "HTCDS 2.0", Hint: "The Human Trafficking Case Data Standard: its headings are names such as prs_FirstName."},
		{Value: "csv", Label: "A table of your own", Hint: "You say what its columns mean."},
		{Value: "ctdc", Label: "A set of the Counter-Trafficking Data Collaborative", Hint: "Without names. The cases are marked as historical: nothing is due on them."}}
}

// Label names the format to a person.
func (f FileFormat) Label() string { return input.Label(f) }

// TakeOut is what a member is asked to take cases out in a file.
type TakeOut struct {
	Format OutFormat `label:"What the file is to be"`
}

// OutFormat is a format that goes out.
type OutFormat string

// Options lists the formats.
func (OutFormat) Options() []input.Option {
	return []input.Option{{Value: "csv", Label: "A table", Hint: "CSV, for a spreadsheet."},
		{Value: "htcds", Label: "HTCDS 2.0", Hint: "What was imported goes out as it came, cell for cell."},
		{Value: "json", Label: "JSON", Hint: "For a program."}}
}
