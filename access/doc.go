// Package access decides who may see and do what.
//
// Its words: a Viewer is a person at work, in roles, for an organisation. A
// Relation says that a party (an organisation or one member) stands on a
// record in a role until a time; the viewer's Standing on a record is the set
// of roles in which a relation and the viewer agree. A Category is a kind of
// information, an Action something one may do. The Policy, written in Cedar
// (policies.cedar), turns standing into a Decision.
//
// What may never happen here: an answer that does not come from the policy; an
// error that is not a denial; a decision that looks at the content of a record.
package access
