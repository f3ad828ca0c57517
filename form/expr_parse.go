package form

import (
	"fmt"
	"strconv"
)

// Formula is an expression of a questionnaire: an XPath 1.0 subset as ODK
// XForms use it, with ${name} for questions.
type Formula struct {
	Source string
	root   expr
	err    *SyntaxError
}

// ParseFormula reads an expression. The error is a *SyntaxError.
func ParseFormula(source string) (*Formula, error) {
	f := parse(source)
	if f.err != nil {
		return nil, f.err
	}
	return f, nil
}

// parse never fails: an unreadable formula carries its error and has no value.
func parse(source string) *Formula {
	f := &Formula{Source: source}
	tokens, err := scan(source)
	if err != nil {
		f.err = err
		return f
	}
	p := &parser{tokens: tokens}
	f.root = p.binary(0)
	if p.err == nil && p.here().kind != tokenEnd {
		p.fail("Something is missing before this, or it does not belong here: " + p.here().text)
	}
	if p.err != nil {
		f.root, f.err = nil, p.err
	}
	return f
}

type expr interface{ eval(*scope) value }

type (
	numberLit float64
	stringLit string
	binaryOp  struct {
		op          string
		left, right expr
	}
	negation struct{ of expr }
	call     struct {
		name string
		args []expr
		at   int
	}
	// location is a path: where it starts, then its steps.
	location struct {
		start      string // "ref", "/", ".", "..", "child", or "expr" for a call before the first slash
		ref        string // of "ref": the name in ${}; of "child": the first name
		from       expr   // of "expr"
		predicates []expr // right after the start
		steps      []step
		at         int
	}
	step struct {
		name       string // a child's name, "*", "." or ".."
		deep       bool   // written with //
		predicates []expr
	}
)

const maxDepth = 200

type parser struct {
	tokens []token
	at     int
	depth  int
	err    *SyntaxError
}

func (p *parser) here() token { return p.tokens[min(p.at, len(p.tokens)-1)] }

func (p *parser) fail(reason string) {
	if p.err == nil {
		p.err = &SyntaxError{At: p.here().at, Reason: reason}
		p.at = len(p.tokens) - 1
	}
}

func (p *parser) is(op string) bool { return p.here().kind == tokenOperator && p.here().text == op }

func (p *parser) take(op string) bool {
	if p.is(op) {
		p.at++
		return true
	}
	return false
}

func (p *parser) want(op string) {
	if p.take(op) {
		return
	}
	if p.here().kind == tokenEnd {
		p.fail("The expression ends where " + op + " is needed")
		return
	}
	p.fail(op + " is needed here")
}

// levels of operators, the loosest first.
func operators(level int) []string {
	switch level {
	case 0:
		return []string{"or"}
	case 1:
		return []string{"and"}
	case 2:
		return []string{"=", "!="}
	case 3:
		return []string{"<", "<=", ">", ">="}
	case 4:
		return []string{"+", "-"}
	case 5:
		return []string{"*", "div", "mod"}
	}
	return nil
}

func (p *parser) binary(level int) expr {
	p.depth++
	defer func() { p.depth-- }()
	if p.depth > maxDepth*8 {
		p.fail("The expression is nested too deeply")
		return stringLit("")
	}
	ops := operators(level)
	if ops == nil {
		return p.unary()
	}
	left := p.binary(level + 1)
	for {
		op := ""
		for _, o := range ops {
			if p.is(o) {
				op = o
			}
		}
		if op == "" {
			return left
		}
		p.at++
		left = &binaryOp{op, left, p.binary(level + 1)}
	}
}

func (p *parser) unary() expr {
	minus := false
	for p.take("-") {
		minus = !minus
	}
	e := p.union()
	if minus {
		return &negation{e}
	}
	return e
}

func (p *parser) union() expr {
	left := p.path()
	for p.take("|") {
		left = &binaryOp{"|", left, p.path()}
	}
	return left
}

func (p *parser) path() expr {
	t := p.here()
	switch t.kind {
	case tokenNumber:
		p.at++
		n, err := strconv.ParseFloat(t.text, 64)
		if err != nil {
			p.fail("This number cannot be read")
		}
		return numberLit(n)
	case tokenString:
		p.at++
		return stringLit(t.text)
	case tokenRef:
		p.at++
		return p.steps(&location{start: "ref", ref: t.text, at: t.at})
	case tokenName:
		return p.named(t)
	case tokenEnd:
		p.fail("The expression ends too early")
		return stringLit("")
	}
	switch t.text {
	case "(":
		p.at++
		inner := p.binary(0)
		p.want(")")
		if p.is("[") || p.is("/") {
			return p.steps(&location{start: "expr", from: inner, at: t.at})
		}
		return inner
	case ".", "..":
		p.at++
		return p.steps(&location{start: t.text, at: t.at})
	case "/", "//":
		return p.steps(&location{start: "/", at: t.at})
	case "*":
		p.at++
		return p.steps(&location{start: "child", ref: "*", at: t.at})
	}
	p.fail("A value is missing before " + t.text)
	return stringLit("")
}

// named is a function call or the name of a child.
func (p *parser) named(t token) expr {
	p.at++
	if !p.take("(") {
		if p.is("::") {
			p.fail("Axes such as " + t.text + ":: are not understood here; use ${name} or ..")
		}
		return p.steps(&location{start: "child", ref: t.text, at: t.at})
	}
	c := &call{name: t.text, at: t.at}
	for !p.is(")") && p.err == nil {
		c.args = append(c.args, p.binary(0))
		if len(c.args) > 500 {
			p.fail("This function has too many arguments")
		}
		if !p.take(",") {
			break
		}
		if p.is(")") {
			p.fail("A value is missing after the comma")
		}
	}
	p.want(")")
	if p.is("/") || p.is("[") {
		return p.steps(&location{start: "expr", from: c, at: t.at})
	}
	return c
}

// steps reads predicates and /name parts after the start of a path.
func (p *parser) steps(l *location) expr {
	if l.start != "/" {
		l.predicates = p.predicates()
	}
	for first := true; p.err == nil; first = false {
		deep := p.is("//")
		if !p.take("/") && !p.take("//") {
			break
		}
		t := p.here()
		switch {
		case t.kind == tokenName, t.kind == tokenOperator && (t.text == "." || t.text == ".." || t.text == "*"):
			p.at++
			l.steps = append(l.steps, step{t.text, deep, p.predicates()})
		case t.kind == tokenRef && !first:
			p.fail("${" + t.text + "} cannot follow a slash")
		case l.start == "/" && first && !deep:
			return l // "/" alone is the whole form
		default:
			p.fail(fmt.Sprintf("A name is needed after the slash, not %q", t.text))
		}
	}
	return l
}

func (p *parser) predicates() []expr {
	var all []expr
	for p.take("[") {
		all = append(all, p.binary(0))
		p.want("]")
		if len(all) > 50 {
			p.fail("There are too many conditions in brackets")
		}
	}
	return all
}
