package shell

import (
	"slices"
	"strconv"
	"strings"
)

// calc carries out one expression of bash's arithmetic, which is a text to bash: a variable that
// holds an expression counts for its value (bash 5.2, expr.c). It changes no variable; what would be
// assigned is told in scope.assigned.
type calc struct {
	*scope
	text      string
	at, start int // behind the token that was read last, and where that begins
	token     calcToken
	skipped   int // deeper than 0: what stands here counts for nothing
	failed    *calcError
}

// scope is what the expressions of one command share.
type scope struct {
	get      func(name, key string) (value string, set bool)
	words    func(name string) bool // an array with words for keys
	fixed    func(name string) bool // read-only
	strict   bool                   // set -u
	assigned []calcValue
	odd      bool // a value was no number: the interpreter would count otherwise
	depth    int
}

// calcValue is a variable, or an element of an array, with what it gets.
type calcValue struct{ name, key, value string }

// calcToken is a number, a name with its key, or an operator; the zero value is the end.
type calcToken struct {
	kind      byte // n, v or o
	value     int64
	name, key string // the name is the operator too
}

// calcError is why an expression has no value.
type calcError struct {
	text  string // as bash says it
	unset bool   // it ends the shell
	fixed bool   // it is about a name
}

// maxCalc is how many expressions may stand for each other or in each other. Bash goes to 1024, for
// which a page's stack has no room.
const maxCalc = 100

// calcOperators are in the order in which they are looked for.
var calcOperators = strings.Fields("<<= >>= ** ++ -- <= >= == != && || << >> += -= *= /= %= &= ^= |= + - * / % & | ^ < > = ! ~ ? : , ( )")

// calcLevels are the operators with two sides, from the weakest on.
var calcLevels = [][]string{{"||"}, {"&&"}, {"|"}, {"^"}, {"&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"<<", ">>"}, {"+", "-"}, {"*", "/", "%"}}

// calculate is the value of an expression.
func (s *scope) calculate(text string) (int64, *calcError) {
	s.depth++
	defer func() { s.depth-- }()
	if s.depth >= maxCalc {
		return 0, &calcError{text: text + ": expression recursion level exceeded (error token is \"" + text + "\")"}
	}
	c := &calc{scope: s, text: text}
	c.next()
	if c.token.kind == 0 && c.failed == nil {
		return 0, nil
	}
	n := c.list()
	if c.token.kind != 0 {
		c.fail("syntax error in expression", c.start)
	}
	return n, c.failed
}

// fail keeps the first failure and ends the reading.
func (c *calc) fail(why string, at int) int64 {
	if c.failed == nil {
		c.failed = &calcError{text: strings.TrimLeft(c.text, white) + ": " + why + ` (error token is "` + c.text[min(at, len(c.text)):] + `")`}
	}
	c.at, c.token = len(c.text), calcToken{}
	return 0
}

// inner is a part that may have the same in it again.
func (c *calc) inner(part func() int64) int64 {
	c.depth++
	defer func() { c.depth-- }()
	if c.depth >= maxCalc {
		return c.fail("expression recursion level exceeded", c.start)
	}
	return part()
}

func (c *calc) is(operators ...string) bool {
	return c.token.kind == 'o' && slices.Contains(operators, c.token.name)
}

// next reads a token.
func (c *calc) next() {
	before := c.token.kind
	c.at += len(c.text[c.at:]) - len(strings.TrimLeft(c.text[c.at:], white))
	c.token = calcToken{}
	if c.at == len(c.text) {
		return
	}
	c.start = c.at
	rest := c.text[c.at:]
	if word := rest[:len(rest)-len(strings.TrimLeft(rest, nameLetters+"#@"))]; word != "" && rest[0] >= '0' && rest[0] <= '9' {
		c.at += len(word)
		c.token = calcToken{kind: 'n', value: c.number(word)}
		return
	}
	if name := rest[:len(rest)-len(strings.TrimLeft(rest, nameLetters))]; name != "" {
		c.at += len(name)
		c.token = calcToken{kind: 'v', name: name, key: c.subscript()}
		return
	}
	i := slices.IndexFunc(calcOperators, func(op string) bool { return strings.HasPrefix(rest, op) })
	if i < 0 {
		why := "syntax error: operand expected"
		if before == 'n' || before == 'v' {
			why = "syntax error: invalid arithmetic operator"
		}
		c.fail(why, c.at)
		return
	}
	op := calcOperators[i]
	if (op == "++" || op == "--") && before != 'v' && !beginsName(rest[2:]) {
		op = op[:1]
	}
	c.at += len(op)
	c.token = calcToken{kind: 'o', name: op}
}

const nameLetters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_"

// subscript reads the key behind a name, with its brackets.
func (c *calc) subscript() string {
	if !strings.HasPrefix(c.text[c.at:], "[") {
		return ""
	}
	depth := 0
	for i, letter := range c.text[c.at:] {
		switch letter {
		case '[':
			depth++
		case ']':
			depth--
		}
		if depth == 0 {
			key := c.text[c.at : c.at+i+1]
			c.at += i + 1
			return key
		}
	}
	c.fail("bad array subscript", c.start)
	return ""
}

// number is a number with its base.
func (c *calc) number(word string) int64 {
	base, digits := int64(10), word
	switch before, behind, based := strings.Cut(word, "#"); {
	case based:
		base, _ = strconv.ParseInt(before, 10, 32)
		if digits = behind; base < 2 || base > 64 {
			return c.fail("invalid arithmetic base", c.start)
		}
	case strings.HasPrefix(strings.ToLower(word), "0x"):
		base, digits = 16, word[2:]
	case word[0] == '0':
		base = 8
	}
	n := int64(0)
	for _, letter := range digits {
		digit := int64(strings.IndexRune("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ@_", letter))
		if base <= 36 && digit >= 36 && digit < 62 {
			digit -= 26
		}
		if digit < 0 || digit >= base {
			return c.fail("value too great for base", c.start)
		}
		n = n*base + digit
	}
	return n
}

func (c *calc) list() (n int64) {
	for n = c.assignment(); c.is(","); n = c.assignment() {
		c.next()
	}
	return n
}

// assignment is `x = …`, `x += …` and all that binds closer.
func (c *calc) assignment() int64 {
	target := c.token
	n := c.choice()
	if c.token.kind != 'o' || !strings.HasSuffix(c.token.name, "=") || slices.Contains(calcLevels[5], c.token.name) || slices.Contains(calcLevels[6], c.token.name) {
		return n
	}
	if target.kind != 'v' {
		return c.fail("attempted assignment to non-variable", c.start)
	}
	op := strings.TrimSuffix(c.token.name, "=")
	c.next()
	at := c.start
	if value := c.inner(c.assignment); op == "" {
		n = value
	} else {
		n = c.apply(op, n, value, at)
	}
	return c.set(target, n)
}

func (c *calc) choice() int64 {
	n := c.binary(0)
	if !c.is("?") {
		return n
	}
	c.next()
	yes := c.unless(n == 0, func() int64 { return c.inner(c.list) })
	if !c.is(":") {
		return c.fail("`:' expected for conditional expression", c.start)
	}
	c.next()
	if no := c.unless(n != 0, func() int64 { return c.inner(c.choice) }); n == 0 {
		return no
	}
	return yes
}

// unless reads a part that counts for nothing under a condition.
func (c *calc) unless(skip bool, part func() int64) int64 {
	if !skip {
		return part()
	}
	c.skipped++
	defer func() { c.skipped-- }()
	return part()
}

func (c *calc) binary(level int) int64 {
	if level == len(calcLevels) {
		return c.power()
	}
	n := c.binary(level + 1)
	for c.is(calcLevels[level]...) {
		op := c.token.name
		c.next()
		at := c.start
		right := c.unless(op == "||" && n != 0 || op == "&&" && n == 0, func() int64 { return c.binary(level + 1) })
		n = c.apply(op, n, right, at)
	}
	return n
}

func (c *calc) power() int64 {
	n := c.unary()
	if !c.is("**") {
		return n
	}
	c.next()
	exponent, result := c.inner(c.power), int64(1)
	if exponent < 0 && c.skipped == 0 {
		return c.fail("exponent less than 0", c.start)
	}
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result *= n
		}
		n *= n
	}
	return result
}

func (c *calc) unary() int64 {
	if !c.is("!", "~", "+", "-", "++", "--") {
		return c.operand()
	}
	op := c.token.name
	c.next()
	if len(op) == 2 {
		target := c.token
		return c.set(target, c.operand()+map[string]int64{"++": 1, "--": -1}[op])
	}
	n := c.inner(c.unary)
	return map[string]int64{"!": truth(n == 0), "~": ^n, "+": n, "-": -n}[op]
}

// operand is a number, a variable or what stands in brackets.
func (c *calc) operand() (n int64) {
	token := c.token
	switch {
	case c.is("("):
		c.next()
		if n = c.inner(c.list); !c.is(")") {
			return c.fail("missing `)'", c.start)
		}
		c.next()
	case token.kind == 'n':
		n = token.value
		c.next()
	case token.kind == 'v':
		if c.next(); !c.is("=") {
			n = c.variable(token)
		}
		if c.is("++", "--") {
			c.set(token, n+map[string]int64{"++": 1, "--": -1}[c.token.name])
			c.next()
		}
	default:
		return c.fail("syntax error: operand expected", c.start)
	}
	return n
}

// variable is the value of a variable or an element, which may be an expression.
func (c *calc) variable(token calcToken) int64 {
	if c.skipped > 0 || c.failed != nil {
		return 0
	}
	key := c.keyOf(token)
	value, set := c.value(token.name, key)
	value = strings.TrimSpace(value)
	if !set && c.strict {
		c.failed = &calcError{text: token.name + token.key + ": unbound variable", unset: true}
	}
	if n, err := strconv.ParseInt(value, 10, 64); err == nil && (len(value) == 1 || value[0] != '0') || value == "" {
		return n
	}
	c.odd = true
	n, failed := c.calculate(value)
	if c.failed == nil && failed != nil {
		c.failed = failed
	}
	return n
}

// keyOf is the key of an element: a word, or the value of an expression; "" for a variable.
func (c *calc) keyOf(token calcToken) string {
	if token.key == "" {
		return ""
	}
	key := token.key[1 : len(token.key)-1]
	if c.words(token.name) {
		return key
	}
	n, failed := c.calculate(key)
	if c.failed == nil && failed != nil {
		c.failed = failed
	}
	return strconv.FormatInt(n, 10)
}

// value is what was assigned last.
func (s *scope) value(name, key string) (string, bool) {
	for _, row := range slices.Backward(s.assigned) {
		if row.name == name && row.key == key {
			return row.value, true
		}
	}
	return s.get(name, key)
}

// set assigns a value.
func (c *calc) set(token calcToken, n int64) int64 {
	if c.skipped == 0 && c.failed == nil && c.fixed(token.name) {
		c.failed = &calcError{text: token.name + ": readonly variable", fixed: true}
	}
	if c.skipped == 0 && c.failed == nil {
		c.assigned = append(c.assigned, calcValue{token.name, c.keyOf(token), strconv.FormatInt(n, 10)})
	}
	return n
}

// apply is an operator between two numbers; at is where the second one stands.
func (c *calc) apply(op string, x, y int64, at int) int64 {
	if y == 0 && (op == "/" || op == "%") {
		if c.skipped == 0 {
			c.fail("division by 0", at)
		}
		return 0
	}
	switch op {
	case "/":
		return x / y
	case "%":
		return x % y
	case "<<":
		return x << (y & 63)
	case ">>":
		return x >> (y & 63)
	}
	return map[string]int64{"||": truth(x != 0 || y != 0), "&&": truth(x != 0 && y != 0), "|": x | y, "^": x ^ y, "&": x & y,
		"==": truth(x == y), "!=": truth(x != y), "<=": truth(x <= y), ">=": truth(x >= y), "<": truth(x < y), ">": truth(x > y),
		"+": x + y, "-": x - y, "*": x * y}[op]
}

func truth(yes bool) int64 {
	if yes {
		return 1
	}
	return 0
}

// beginsName reports whether a text begins with a name.
func beginsName(text string) bool {
	text = strings.TrimLeft(text, white)
	return text != "" && strings.Contains(nameLetters[10:], text[:1])
}
