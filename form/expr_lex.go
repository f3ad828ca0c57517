package form

import (
	"fmt"
	"strings"
	"unicode"
)

// SyntaxError says where an expression cannot be read. At counts characters from 1.
type SyntaxError struct {
	At     int
	Reason string
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s (character %d)", e.Reason, e.At) }

type tokenKind int

const (
	tokenEnd tokenKind = iota
	tokenNumber
	tokenString
	tokenName // also a function name; operators and, or, div, mod are tokenOperator
	tokenRef  // ${name}; text is the name
	tokenOperator
)

type token struct {
	kind tokenKind
	text string
	at   int // character, from 1
}

const maxExpression = 20_000 // characters

// scan splits an expression into tokens.
func scan(source string) ([]token, *SyntaxError) {
	s := scanner{text: []rune(source)}
	if len(s.text) > maxExpression {
		return nil, &SyntaxError{At: maxExpression, Reason: "The expression is too long"}
	}
	for {
		t, err := s.next()
		if err != nil {
			return nil, err
		}
		s.tokens = append(s.tokens, t)
		if t.kind == tokenEnd {
			return s.tokens, nil
		}
	}
}

type scanner struct {
	text   []rune
	at     int
	tokens []token
}

func (s *scanner) peek(ahead int) rune {
	if s.at+ahead < len(s.text) {
		return s.text[s.at+ahead]
	}
	return 0
}

func (s *scanner) next() (token, *SyntaxError) {
	for unicode.IsSpace(s.peek(0)) {
		s.at++
	}
	start := s.at
	r := s.peek(0)
	switch {
	case start >= len(s.text):
		return token{tokenEnd, "", start + 1}, nil
	case r == '"' || r == '\'' || r == '‘' || r == '’' || r == '“' || r == '”':
		return s.quoted(r)
	case isDigit(r) || (r == '.' && isDigit(s.peek(1))):
		for isDigit(s.peek(0)) || (s.peek(0) == '.' && !strings.Contains(string(s.text[start:s.at]), ".")) {
			s.at++
		}
		return s.token(tokenNumber, start), nil
	case r == '$':
		return s.reference()
	case isNameStart(r):
		return s.name(), nil
	}
	for _, op := range []string{"!=", "<=", ">=", "..", "//", "::"} {
		if r == rune(op[0]) && s.peek(1) == rune(op[1]) {
			s.at += 2
			return s.token(tokenOperator, start), nil
		}
	}
	if strings.ContainsRune("+-*=<>()[],/.|@", r) {
		s.at++
		return s.token(tokenOperator, start), nil
	}
	return token{}, &SyntaxError{At: start + 1, Reason: fmt.Sprintf("The character %q has no meaning here", r)}
}

func (s *scanner) token(kind tokenKind, start int) token {
	return token{kind, string(s.text[start:s.at]), start + 1}
}

// quoted reads a string; word processors' quotation marks are taken for the straight ones they replaced.
func (s *scanner) quoted(open rune) (token, *SyntaxError) {
	start := s.at
	closing := map[rune]string{'"': `"`, '\'': `'`, '‘': "’", '’': "’", '“': "”", '”': "”"}[open]
	for s.at++; s.at < len(s.text); s.at++ {
		if strings.ContainsRune(closing, s.text[s.at]) {
			s.at++
			return token{tokenString, string(s.text[start+1 : s.at-1]), start + 1}, nil
		}
	}
	return token{}, &SyntaxError{At: start + 1, Reason: "The text that begins here with a quotation mark never ends"}
}

func (s *scanner) reference() (token, *SyntaxError) {
	start := s.at
	if s.peek(1) != '{' {
		return token{}, &SyntaxError{At: start + 1, Reason: "A reference is written ${name}"}
	}
	for end := s.at + 2; end < len(s.text); end++ {
		if s.text[end] == '}' {
			s.at = end + 1
			name := strings.TrimSpace(string(s.text[start+2 : end]))
			name = strings.TrimPrefix(name, "last-saved#")
			if name == "" {
				return token{}, &SyntaxError{At: start + 1, Reason: "The reference ${} names nothing"}
			}
			return token{tokenRef, name, start + 1}, nil
		}
	}
	return token{}, &SyntaxError{At: start + 1, Reason: "The reference that begins here lacks its closing brace }"}
}

func (s *scanner) name() token {
	start := s.at
	for isNamePart(s.peek(0)) || (s.peek(0) == ':' && s.peek(1) != ':' && isNameStart(s.peek(1))) {
		s.at++
	}
	t := s.token(tokenName, start)
	switch t.text {
	case "and", "or", "div", "mod":
		if s.afterOperand() {
			t.kind = tokenOperator
		}
	}
	return t
}

// afterOperand is XPath 1.0 section 3.7: a name after an operand is an operator.
func (s *scanner) afterOperand() bool {
	if len(s.tokens) == 0 {
		return false
	}
	last := s.tokens[len(s.tokens)-1]
	if last.kind != tokenOperator {
		return true
	}
	switch last.text {
	case ")", "]", ".", "..":
		return true
	case "*":
		return len(s.tokens) > 1 && s.tokens[len(s.tokens)-2].text == "/"
	}
	return false
}

func isDigit(r rune) bool     { return r >= '0' && r <= '9' }
func isNameStart(r rune) bool { return r == '_' || unicode.IsLetter(r) }
func isNamePart(r rune) bool {
	return isNameStart(r) || isDigit(r) || r == '-' || r == '.' || unicode.Is(unicode.M, r)
}
