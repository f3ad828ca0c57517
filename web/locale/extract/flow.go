package main

import (
	"go/ast"
	"go/types"
	"path/filepath"
)

// flow finds the constant strings that reach a reader. said are the objects
// (parameters, fields, variables, and functions for their results) whose
// strings are said in the reader's language; it grows until nothing is added.
type flow struct {
	root  string
	found *messages
	said  map[types.Object]bool
	grew  bool
	s     *source
	file  string
	inner []*types.Signature // of the functions around the node
	named []types.Object     // their objects; nil for a literal
}

func (m *messages) source(root string, sources []*source) {
	f := &flow{root: root, found: m, said: map[types.Object]bool{}, grew: true}
	for f.grew {
		f.grew = false
		for _, s := range sources {
			f.s = s
			for _, file := range s.files {
				f.read(file)
			}
		}
	}
}

func (f *flow) read(file *ast.File) {
	name, err := filepath.Rel(f.absolute(), f.s.fset.Position(file.Package).Filename)
	if err != nil {
		name = filepath.Base(f.s.fset.Position(file.Package).Filename)
	}
	f.file = filepath.ToSlash(name)
	f.inner, f.named = nil, nil
	ast.Walk(visitor{f}, file)
}

func (f *flow) absolute() string {
	abs, err := filepath.Abs(f.root)
	if err != nil {
		return f.root
	}
	return abs
}

type visitor struct{ f *flow }

// Visit reads a function's body with the function on the stack, everything else in place.
func (v visitor) Visit(node ast.Node) ast.Visitor {
	f := v.f
	switch n := node.(type) {
	case *ast.FuncDecl:
		f.function(f.s.info.Defs[n.Name], n.Body)
		return nil
	case *ast.FuncLit:
		f.literal(n)
		return nil
	case *ast.CallExpr:
		f.call(n)
	case *ast.CompositeLit:
		f.composite(n)
	case *ast.AssignStmt:
		f.assign(n)
	case *ast.ValueSpec:
		for i, name := range n.Names {
			if i < len(n.Values) {
				f.into(f.s.info.Defs[name], n.Values[i])
			}
		}
	case *ast.ReturnStmt:
		f.results(n)
	case *ast.RangeStmt:
		f.ranged(n)
	case *ast.StructType:
		f.tags(n)
	case *ast.BasicLit, *ast.Ident:
		f.phrase(n.(ast.Expr))
	}
	return v
}

func (f *flow) function(object types.Object, body *ast.BlockStmt) {
	if object == nil || body == nil {
		return
	}
	f.inner, f.named = append(f.inner, object.Type().(*types.Signature)), append(f.named, object)
	ast.Walk(visitor{f}, body)
	f.inner, f.named = f.inner[:len(f.inner)-1], f.named[:len(f.named)-1]
}

func (f *flow) literal(n *ast.FuncLit) {
	signature, _ := f.s.info.TypeOf(n).(*types.Signature)
	f.inner, f.named = append(f.inner, signature), append(f.named, nil)
	ast.Walk(visitor{f}, n.Body)
	f.inner, f.named = f.inner[:len(f.inner)-1], f.named[:len(f.named)-1]
}

// call follows the arguments: to the reader where the callee is one that
// speaks, else into its parameters.
func (f *flow) call(n *ast.CallExpr) {
	callee := f.callee(n.Fun)
	if callee == nil {
		return
	}
	if f.speaks(callee, n.Args) {
		return
	}
	signature, ok := callee.Type().(*types.Signature)
	if !ok {
		return
	}
	for i, arg := range n.Args {
		switch params := signature.Params(); {
		case i < params.Len() && !(signature.Variadic() && i >= params.Len()-1):
			f.into(params.At(i), arg)
		case signature.Variadic():
			f.into(params.At(params.Len()-1), arg)
		}
	}
}

func (f *flow) callee(fun ast.Expr) types.Object {
	switch e := ast.Unparen(fun).(type) {
	case *ast.Ident:
		return f.s.info.Uses[e]
	case *ast.SelectorExpr:
		return f.s.info.Uses[e.Sel]
	case *ast.IndexExpr:
		return f.callee(e.X)
	}
	return nil
}

// speaks handles the functions that say a text to a reader.
func (f *flow) speaks(callee types.Object, args []ast.Expr) bool {
	if callee.Pkg() == nil {
		return false
	}
	at := func(i int) ast.Expr {
		if i < len(args) {
			return args[i]
		}
		return nil
	}
	switch owner(callee) + "." + callee.Name() {
	case "palermo/web/locale.Locale.T":
		if _, literal := at(0).(*ast.BasicLit); literal { // said as it stands, be it one small word
			f.found.add("", f.constant(at(0)), "", f.file)
			break
		}
		f.say(at(0))
	case "palermo/web/locale.Locale.N":
		f.found.add("", f.constant(at(0)), f.constant(at(1)), f.file)
	case "palermo/web/locale.Locale.C":
		f.found.add(f.constant(at(0)), f.constant(at(1)), "", f.file)
	case "palermo/fault.Denied", "palermo/fault.Conflict", "palermo/fault.NotFound":
		f.say(at(0))
	case "palermo/fault.Invalid", "palermo/fault.Unavailable":
		f.say(at(1))
	default:
		return false
	}
	return true
}

// owner is the package of a function, with the type of a method.
func owner(callee types.Object) string {
	path := callee.Pkg().Path()
	signature, ok := callee.Type().(*types.Signature)
	if !ok || signature.Recv() == nil {
		return path
	}
	t := signature.Recv().Type()
	if p, ok := t.(*types.Pointer); ok {
		t = p.Elem()
	}
	if named, ok := t.(*types.Named); ok {
		return path + "." + named.Obj().Name()
	}
	return path
}

// composite follows the values of a struct into its fields.
func (f *flow) composite(n *ast.CompositeLit) {
	t := f.s.info.TypeOf(n)
	if t == nil {
		return
	}
	if p, ok := t.Underlying().(*types.Pointer); ok {
		t = p.Elem()
	}
	structure, ok := t.Underlying().(*types.Struct)
	if !ok {
		return
	}
	for i, element := range n.Elts {
		if pair, ok := element.(*ast.KeyValueExpr); ok {
			if key, ok := pair.Key.(*ast.Ident); ok {
				f.field(f.s.info.Uses[key], pair.Value)
			}
		} else if i < structure.NumFields() {
			f.field(structure.Field(i), element)
		}
	}
}

func (f *flow) field(object types.Object, value ast.Expr) {
	if object != nil && object.Name() == "Message" && object.Pkg() != nil && object.Pkg().Path() == "palermo/fault" {
		f.say(value)
		return
	}
	f.into(object, value)
}

// into says value when what it goes into is said.
func (f *flow) into(object types.Object, value ast.Expr) {
	if object != nil && f.said[origin(object)] {
		f.say(value)
	}
}

// target is the variable or field that is assigned to.
func (f *flow) target(e ast.Expr) types.Object {
	switch e := ast.Unparen(e).(type) {
	case *ast.Ident:
		if object := f.s.info.Defs[e]; object != nil {
			return object
		}
		return f.s.info.Uses[e]
	case *ast.SelectorExpr:
		return f.s.info.Uses[e.Sel]
	case *ast.IndexExpr:
		return f.target(e.X)
	case *ast.StarExpr:
		return f.target(e.X)
	}
	return nil
}

// assign follows values into variables and fields; of several results of one
// call, each that is said has the call's strings said.
func (f *flow) assign(n *ast.AssignStmt) {
	for i, to := range n.Lhs {
		value := n.Rhs[min(i, len(n.Rhs)-1)]
		if f.s.info.TypeOf(to) == nil || text(f.s.info.TypeOf(to)) {
			f.into(f.target(to), value)
		}
	}
}

func (f *flow) results(n *ast.ReturnStmt) {
	if len(f.named) == 0 || len(n.Results) == 0 {
		return
	}
	if object := f.named[len(f.named)-1]; object != nil && f.said[origin(object)] {
		for _, result := range n.Results {
			if text(f.s.info.TypeOf(result)) {
				f.say(result)
			}
		}
	}
}

// ranged follows a list into its loop variables, backwards: when the variable is said, the list is.
func (f *flow) ranged(n *ast.RangeStmt) {
	for _, e := range []ast.Expr{n.Key, n.Value} {
		if id, ok := e.(*ast.Ident); ok {
			if object := f.s.info.Defs[id]; object != nil && f.said[object] && text(object.Type()) {
				f.say(n.X)
			}
		}
	}
}
