package main

import (
	"go/ast"
	"go/constant"
	"go/types"
	"reflect"
	"strings"
)

// tags takes label:"…", hint:"…" and legend:"…".
func (f *flow) tags(n *ast.StructType) {
	for _, field := range n.Fields.List {
		if field.Tag == nil {
			continue
		}
		tag := reflect.StructTag(strings.Trim(field.Tag.Value, "`"))
		for _, name := range []string{"label", "hint", "legend"} {
			f.found.add("", tag.Get(name), "", f.file)
		}
	}
}

// phrase takes a constant of a type named Phrase.
func (f *flow) phrase(e ast.Expr) {
	tv, ok := f.s.info.Types[e]
	if !ok || tv.Value == nil {
		return
	}
	if named, ok := tv.Type.(*types.Named); ok && named.Obj().Name() == "Phrase" {
		f.found.add("", f.constant(e), "", f.file)
	}
}

func (f *flow) constant(e ast.Expr) string {
	if e == nil {
		return ""
	}
	if tv := f.s.info.Types[e]; tv.Value != nil && tv.Value.Kind() == constant.String {
		return constant.StringVal(tv.Value)
	}
	return ""
}

// text reports whether a value is a string, or holds strings alone.
func text(t types.Type) bool {
	if t == nil {
		return false
	}
	switch u := t.Underlying().(type) {
	case *types.Basic:
		return u.Info()&types.IsString != 0
	case *types.Slice:
		return text(u.Elem())
	case *types.Array:
		return text(u.Elem())
	case *types.Map:
		return text(u.Elem())
	}
	return false
}

// origin is the declared object of one that was instantiated from it.
func origin(object types.Object) types.Object {
	switch o := object.(type) {
	case *types.Var:
		return o.Origin()
	case *types.Func:
		return o.Origin()
	}
	return object
}
