package jurisdiction

import "gopkg.in/yaml.v3"

// childNode returns the value under a name, or nil.
func childNode(n *yaml.Node, name string) *yaml.Node {
	if n == nil || n.Kind != yaml.MappingNode {
		return nil
	}
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == name {
			return n.Content[i+1]
		}
	}
	return nil
}

// child returns the text under a name, or "".
func child(n *yaml.Node, name string) string {
	if c := childNode(n, name); c != nil && c.Kind == yaml.ScalarNode {
		return c.Value
	}
	return ""
}
