package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"text/template/parse"
)

// skipped are folders whose texts no reader sees.
func skipped(name string) bool {
	switch filepath.Base(name) {
	case "node_modules", "testdata", "gallery", "demo", "e2e", "vendor", "docs", "data":
		return true
	}
	return len(name) > 1 && strings.HasPrefix(filepath.Base(name), ".")
}

// templateFiles lists the .html files of the module, relative to its root.
func templateFiles(root string) ([]string, error) {
	var names []string
	err := filepath.WalkDir(root, func(name string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		if entry.IsDir() && skipped(rel) {
			return filepath.SkipDir
		}
		if !entry.IsDir() && filepath.Ext(name) == ".html" {
			names = append(names, filepath.ToSlash(rel))
		}
		return nil
	})
	return names, err
}

// parseTemplate gives the templates that a file defines.
func parseTemplate(root, name string) (map[string]*parse.Tree, error) {
	text, err := os.ReadFile(filepath.Join(root, name))
	if err != nil {
		return nil, err
	}
	tree := parse.New(name)
	tree.Mode = parse.SkipFuncCheck
	trees := map[string]*parse.Tree{}
	if _, err := tree.Parse(string(text), "", "", trees); err != nil {
		return nil, fmt.Errorf("%s: %w", name, err)
	}
	return trees, nil
}

func (m *messages) template(root, name string) error {
	trees, err := parseTemplate(root, name)
	if err != nil {
		return err
	}
	for _, tree := range trees {
		walk(tree.Root, func(node parse.Node) {
			if command, ok := node.(*parse.CommandNode); ok {
				m.command(command, name)
			}
		})
	}
	return nil
}

// command takes {{t "…"}}, {{n "…" "…" …}} and {{c "…" "…"}}.
func (m *messages) command(c *parse.CommandNode, file string) {
	function, ok := c.Args[0].(*parse.IdentifierNode)
	if !ok {
		return
	}
	word := func(i int) string {
		if i < len(c.Args) {
			if s, ok := c.Args[i].(*parse.StringNode); ok {
				return s.Text
			}
		}
		return ""
	}
	switch function.Ident {
	case "t":
		m.add("", word(1), "", file)
	case "n":
		m.add("", word(1), word(2), file)
	case "c":
		m.add(word(1), word(2), "", file)
	}
}

// walk visits a template node and all below it.
func walk(node parse.Node, visit func(parse.Node)) {
	visit(node)
	switch n := node.(type) {
	case *parse.ListNode:
		if n == nil {
			return
		}
		for _, child := range n.Nodes {
			walk(child, visit)
		}
	case *parse.ActionNode:
		walk(n.Pipe, visit)
	case *parse.IfNode:
		branch(&n.BranchNode, visit)
	case *parse.RangeNode:
		branch(&n.BranchNode, visit)
	case *parse.WithNode:
		branch(&n.BranchNode, visit)
	case *parse.TemplateNode:
		if n.Pipe != nil {
			walk(n.Pipe, visit)
		}
	case *parse.PipeNode:
		for _, command := range n.Cmds {
			walk(command, visit)
		}
	case *parse.CommandNode:
		for _, arg := range n.Args {
			walk(arg, visit)
		}
	case *parse.ChainNode:
		walk(n.Node, visit)
	}
}

func branch(n *parse.BranchNode, visit func(parse.Node)) {
	walk(n.Pipe, visit)
	walk(n.List, visit)
	if n.ElseList != nil {
		walk(n.ElseList, visit)
	}
}
