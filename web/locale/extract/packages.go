package main

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// source is one package of the module with its types.
type source struct {
	files []*ast.File
	pkg   *types.Package
	info  *types.Info
	fset  *token.FileSet
}

type listed struct {
	Dir, ImportPath, Export string
	GoFiles                 []string
	Module                  *struct{ Main bool }
}

// loadPackages reads and type-checks the packages of the module, in the order
// in which they import each other. A package that does not compile is read as
// far as it goes: the compiler says the rest.
func loadPackages(root string) ([]*source, error) {
	command := exec.Command("go", "list", "-e", "-deps", "-export", "-json=Dir,ImportPath,Export,GoFiles,Module", "./...")
	command.Dir, command.Stderr = root, os.Stderr
	out, err := command.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	exports := map[string]string{}
	var own []listed
	for decoder := json.NewDecoder(strings.NewReader(string(out))); ; {
		var p listed
		if err := decoder.Decode(&p); err == io.EOF {
			break
		} else if err != nil {
			return nil, err
		}
		exports[p.ImportPath] = p.Export
		if p.Module != nil && p.Module.Main {
			own = append(own, p)
		}
	}
	fset := token.NewFileSet()
	compiled := importer.ForCompiler(fset, "gc", func(path string) (io.ReadCloser, error) {
		if exports[path] == "" {
			return nil, fmt.Errorf("no export data of %s", path)
		}
		return os.Open(exports[path])
	})
	in := &imports{own: map[string]*types.Package{}, compiled: compiled}
	var sources []*source
	for _, p := range own {
		s, err := checkPackage(fset, p, in)
		if err != nil {
			return nil, err
		}
		in.own[p.ImportPath] = s.pkg
		if !skipped(p.Dir) {
			sources = append(sources, s)
		}
	}
	return sources, nil
}

// imports takes the module's packages as they were checked here, so that the
// same field is the same object everywhere, and others as they were compiled.
type imports struct {
	own      map[string]*types.Package
	compiled types.Importer
}

func (in *imports) Import(path string) (*types.Package, error) {
	if p := in.own[path]; p != nil {
		return p, nil
	}
	return in.compiled.Import(path)
}

func checkPackage(fset *token.FileSet, p listed, in types.Importer) (*source, error) {
	s := &source{fset: fset, info: &types.Info{
		Types: map[ast.Expr]types.TypeAndValue{}, Defs: map[*ast.Ident]types.Object{},
		Uses: map[*ast.Ident]types.Object{}, Selections: map[*ast.SelectorExpr]*types.Selection{},
	}}
	for _, name := range p.GoFiles {
		file, err := parser.ParseFile(fset, filepath.Join(p.Dir, name), nil, parser.SkipObjectResolution)
		if file == nil {
			return nil, err
		}
		s.files = append(s.files, file)
	}
	config := types.Config{Importer: in, Error: func(error) {}}
	s.pkg, _ = config.Check(p.ImportPath, fset, s.files, s.info) // what is wrong is for the compiler to say
	return s, nil
}
