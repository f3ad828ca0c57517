package main

import (
	"go/ast"
	"go/token"
	"go/types"
	"regexp"
)

// say notes an expression that a reader is told: its text when it is
// constant, else whatever it comes from.
func (f *flow) say(e ast.Expr) {
	if e == nil {
		return
	}
	if s := f.constant(e); s != "" {
		if !codes.MatchString(s) {
			f.found.add("", s, "", f.file)
		}
		return
	}
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		f.mark(f.s.info.Uses[e])
	case *ast.SelectorExpr:
		f.mark(f.s.info.Uses[e.Sel])
	case *ast.IndexExpr:
		f.say(e.X)
	case *ast.CallExpr:
		f.sayCall(e)
	case *ast.BinaryExpr:
		// A text put together cannot be translated whole; its parts are found, and read oddly enough to be noticed.
		if e.Op == token.ADD {
			f.say(e.X)
			f.say(e.Y)
		}
	case *ast.CompositeLit:
		if !text(f.s.info.TypeOf(e)) {
			return
		}
		for _, element := range e.Elts {
			if pair, ok := element.(*ast.KeyValueExpr); ok {
				element = pair.Value
			}
			f.say(element)
		}
	}
}

// codes are names of clocks, nodes and values that come the way of a text and are none: a
// function that gives the title of a name gives back the name that it does not know. A phrase
// begins with a capital or has a space; a small word that is said alone stands in the call that says it.
var codes = regexp.MustCompile(`^[a-z0-9]+([_.:-][A-Za-z0-9]+)*$`)

// sayCall follows a call to what its function gives back, and a conversion to its operand.
func (f *flow) sayCall(e *ast.CallExpr) {
	if tv := f.s.info.Types[e.Fun]; tv.IsType() {
		if len(e.Args) == 1 && !code(f.s.info.TypeOf(e.Args[0])) {
			f.say(e.Args[0])
		}
		return
	}
	if callee := f.callee(e.Fun); callee != nil && !said(callee) {
		f.mark(callee)
	}
}

// said reports whether a function has already spoken: what Locale gives back
// is not translated again.
func said(callee types.Object) bool {
	return callee.Pkg() != nil && owner(callee) == "palermo/web/locale.Locale"
}

func (f *flow) mark(object types.Object) {
	if object == nil || object.Pkg() == nil {
		return
	}
	object = origin(object)
	switch object.(type) {
	case *types.Var, *types.Func:
	default:
		return
	}
	if !f.said[object] {
		f.said[object] = true
		f.grew = true
	}
}

// code reports whether a string type of its own holds codes and not words,
// as a role or a country does. Words have the type Phrase.
func code(t types.Type) bool {
	named, ok := t.(*types.Named)
	return ok && named.Obj().Name() != "Phrase"
}
