package ui

// Page is what the frame of every page needs. Page structs embed it.
type Page struct {
	Title   string      // neutral: it stays in the browser's history
	Path    string      // where the reader is, for the language switcher to return to
	Viewer  *ViewerBar  // who is signed in; nil for the public
	Nav     []NavItem   // the main sections, which fit into a row
	More    []NavGroup  // the others, folded
	Back    *Link       // one step up
	Notice  *Notice     // what has just happened
	Errors  []ErrorItem // what must be mended
	Session *Session    // when it ends; nil without one
	Drafts  *Drafts     // keys for drafts kept on the device; nil keeps none
	Wide    bool        // for comparisons and long tables
	Exit    *Exit       // the quick exit of pages that the person reads; nil elsewhere
	Zone    string      // in which moments are said; empty where the page has none
	Renew   int         // seconds after which a browser without scripts asks for the page again; 0 for never
	Plain   bool        // a page of the person herself or of the public: no note on recorded looks
}

// ViewerBar says who is signed in.
type ViewerBar struct {
	Name         string
	Organisation string
	Unread       int    // messages and reminders not yet read
	UnreadHref   string // where they are, when there is such a page
	AccountHref  string // the viewer's own settings, when there is such a page
	SignOut      string // address that a POST signs out at
}

// NavItem is one of the main sections.
type NavItem struct {
	Text, Href string
	Current    bool
}

// NavGroup is sections of one theme.
type NavGroup struct {
	Title string
	Items []NavItem
}

// Link is a link.
type Link struct {
	Text, Href string
}

// NoticeKind tells how a notice is meant.
type NoticeKind string

const (
	NoticeInfo      NoticeKind = ""
	NoticeSuccess   NoticeKind = "success"
	NoticeImportant NoticeKind = "important"
)

// Notice tells what has just happened, above everything else on the page.
type Notice struct {
	Kind  NoticeKind
	Title string // may be empty: "Saved", "Important" or "Please note" is said instead
	Text  string
	Link  *Link
}

// ErrorItem is one thing to mend, with a link to its field.
type ErrorItem struct {
	Text string
	Href string // "#id" of the field; may be empty
}

// Session tells the page when the session ends, so that it can say so before.
type Session struct {
	Seconds int    // from now until it ends
	Extend  string // address that a POST prolongs it at, answered 204
	SignIn  string // where to go when it has ended
}

// Drafts lets forms keep what was entered on the device, encrypted. Key must
// be the same for the user each time, known to the server alone and sent only
// to a signed-in page; Scope names the user without telling who.
type Drafts struct {
	Scope string // opaque, [A-Za-z0-9_-]
	Key   string // 32 bytes, base64
}

// Exit is the way off a page that the person may have to leave at once.
type Exit struct {
	Href    string // an everyday page elsewhere
	SignOut string // address that a POST signs out at on the way; empty where nobody is signed in
}
