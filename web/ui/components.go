package ui

// Colour is the meaning of a tag. A tag's word always says it as well.
type Colour string

const (
	Grey   Colour = "grey"   // not begun, closed
	Teal   Colour = "teal"   // under way
	Green  Colour = "green"  // done
	Yellow Colour = "yellow" // due soon
	Red    Colour = "red"    // overdue, danger
	Blue   Colour = "blue"   // for information
)

// Tag is a status. Template "tag".
type Tag struct {
	Text   string
	Colour Colour
}

// TaskList is work in sections. Template "task-list".
type TaskList struct {
	Title string
	Tasks []Task
}

// Task is one piece of work. Without Href it cannot be begun, and Why says why not.
type Task struct {
	Text, Href, Hint string
	Status           Tag
	Why              string
}

// SummaryList is facts with their names. Template "summary-list".
type SummaryList struct {
	Title   string
	Sub     bool   // under a heading of the page: its own is one level lower
	Actions []Link // for the whole list
	Rows    []Row
}

// Row is one fact. Hidden keeps the value folded until it is asked for.
type Row struct {
	Key     string
	Value   string // a person's words or a formatted value; lines are kept
	Values  []string
	Link    *Link // the value as a link
	Tag     *Tag
	Lang    string // of the value, when known and not the page's
	Hidden  bool
	Reveal  string // what the fold is called; "Show" when empty
	Note    string // beside the value: since when, from whom
	Actions []Link
}

// Timeline is what happened, newest first. Template "timeline".
type Timeline struct {
	Title string
	Items []TimelineItem
}

// TimelineItem is one thing that happened.
type TimelineItem struct {
	Title string
	When  string // formatted
	Stamp string // RFC 3339, for the datetime attribute; may be empty
	By    string
	Text  string
	Tag   *Tag
	Link  *Link
}

// Interruption stops before something grave. Template "interruption".
type Interruption struct {
	Title   string
	Text    []string // paragraphs
	Points  []string
	Buttons []Button
	Cancel  *Link
}

// Table is figures or a register. Template "table".
type Table struct {
	Caption string
	Columns []Column
	Rows    []TableRow
	Empty   Empty // shown when there are no rows
}

// Column is the head of a column.
type Column struct {
	Text    string
	Numeric bool
}

// TableRow is a row; its first cell is its head.
type TableRow struct {
	Cells []Cell
}

// Cell is a cell.
type Cell struct {
	Text string
	Href string
	Tag  *Tag
	Note string
	Lang string
	Long bool // a text that also has a page of its own: where there is little room, it only begins here
}

// Pages goes through a long list by cursor. Template "pagination".
type Pages struct {
	Previous, Next string // addresses; empty at the ends
	Label          string // "41 to 60", or empty
}

// ButtonGroup is buttons side by side. Template "button-group"; those with
// Action are forms of their own.
type ButtonGroup struct {
	Buttons []Button
	Cancel  *Link
}

// Steps is what can be done now. Template "steps". A step without Href or
// Action is shown as text with Why.
type Steps struct {
	Title string // "What you can do now" when empty
	Sub   bool   // under a heading of the page: its own is one level lower, and it stands out less
	Steps []Step
}

// Step is a next possible step of a record, or one that is not possible.
type Step struct {
	Text   string
	Hint   string
	Href   string // a page that begins it
	Action string // or an address that a POST does it at
	Main   bool   // the one that is usually next
	Why    string // why it is not possible
}

// Open lists the steps that can be taken.
func (s Steps) Open() []Step { return s.where(true) }

// Closed lists those that cannot, each with its reason.
func (s Steps) Closed() []Step { return s.where(false) }

func (s Steps) where(open bool) []Step {
	var steps []Step
	for _, step := range s.Steps {
		if (step.Href != "" || step.Action != "") == open {
			steps = append(steps, step)
		}
	}
	return steps
}

// Tabs are sections of a record as plain links. Template "tabs".
type Tabs struct {
	Label  string // for screen readers
	Items  []NavItem
	Counts map[string]int // by Href; may be nil
}

// Filter narrows a list. Template "filter".
type Filter struct {
	Action string
	Title  string // "Filter" when empty
	Fields []Field
	Clear  string // address of the list without a filter
	Active int    // how many filters are set
}

// Empty is what is said where there is nothing. Template "empty".
type Empty struct {
	Title string
	Text  string
	Link  *Link
}

// Comparison shows two versions of what was changed by two people. Template "comparison".
type Comparison struct {
	Title  string
	Theirs string // heading of the stored version, such as "Now stored (saved by …, 14:05)"
	Yours  string // heading of the reader's own
	Rows   []ComparisonRow
}

// ComparisonRow is one fact in both versions.
type ComparisonRow struct {
	Key           string
	Before        string // what both started from; may be empty
	Theirs, Yours string
	Field         string // name of the radio buttons that choose one; empty when both are the same
}

// Same reports whether both versions agree.
func (r ComparisonRow) Same() bool { return r.Theirs == r.Yours }

// Codes are one-time codes or keys to write down. Template "codes".
type Codes struct {
	Title string
	Text  string
	Codes []string
}

// Upload is the list of attachments with a form to add one. Template "upload".
type Upload struct {
	Form  Form
	Files []File
	Limit string // "Up to 20 MB; PDF, Word, images", in the reader's language
}

// File is an attachment.
type File struct {
	Name, Href, Note string
	Remove           *Button
}

// Card is a titled part of a page, such as a case in a list or "my day". Template "card".
type Card struct {
	Title   string
	Href    string
	Tag     *Tag
	Text    string
	Facts   []Row
	Actions []Link
}
