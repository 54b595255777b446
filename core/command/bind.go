package command

import "strings"

// binder hands the words of a line to the parameters of a command, one after the other.
type binder struct {
	style   Style
	params  []Param
	words   []Word
	bound   []Bound
	any     bool   // words that belong to no parameter are passed over
	pending int    // the parameter that waits for a value, -1 for none
	fed     bool   // it has one, and takes more
	ended   bool   // no options follow
	below   int    // the last word of the command's path; options of a command above stand before it
	asked   string // the flag for help that was given
	fault   *Fault
	doubt   *Fault // of a loose choice
}

// newBinder returns a binder to which no word was given yet.
func newBinder(style Style, params []Param, words []Word) binder {
	return binder{style: style, params: params, words: words, bound: unbound(len(params)), pending: -1}
}

// unbound returns n parameters that nothing was given to.
func unbound(n int) []Bound {
	bound := make([]Bound, n)
	for i := range bound {
		bound[i].Option, bound[i].Value = -1, -1
	}
	return bound
}

// take gives word i its meaning.
func (b *binder) take(i int) {
	w := b.words[i]
	if b.style.InTurn && (b.asked != "" || b.fault != nil && b.style.isHelp(w)) {
		return // help was asked for before, or too late
	}
	if b.pending >= 0 && !b.fed && b.style.Form.Greedy {
		b.feed(i)
		return
	}
	param, value, joined := b.option(w)
	if param >= 0 && b.late(param, i) {
		param, joined = -1, false
	}
	help := param < 0 && !b.ended && dashed(w.Text) && b.style.isHelp(w)
	end := b.style.Form.End && !b.ended && w.Text == "--"
	if b.pending >= 0 && param < 0 && !help && !end && !(b.style.Form.Strict && optionLike(w)) {
		b.feed(i)
		return
	}
	if b.style.Form.Strict && param < 0 && !help && !end {
		b.pending, b.fed = -1, false // the unknown option is the fault, not the value before it
	}
	b.close()
	switch {
	case help:
		b.asked = w.Text
	case param >= 0:
		b.open(param, i, value, joined)
	case end:
		b.ended = true
	default:
		b.operand(i)
	}
}

// plain reports whether word i can be a word of the command's path: no option, and no value of one.
func (b *binder) plain(i int) bool {
	return !b.ended && b.pending < 0 && !b.words[i].Quoted && !dashed(b.words[i].Text)
}

// late reports whether an option of a command above stands behind the word that leads below it.
func (b *binder) late(param, i int) bool { return b.params[param].Before && i > b.below }

// again hands the words before word n to other parameters.
func (b *binder) again(params []Param, n int) binder {
	c := newBinder(b.style, params, b.words)
	c.any, c.below = b.any, n
	for i := range n {
		if b.words[i].Param != pathWord {
			b.words[i].Param = -1
			c.take(i)
		}
	}
	return c
}

// operand gives a word its meaning that is no option: the value of the next positional parameter,
// or none.
func (b *binder) operand(i int) {
	w, place := b.words[i], b.place()
	unknown := !b.ended && optionLike(w)
	switch {
	case place >= 0 && !(unknown && (b.style.Form.Strict || b.style.Form.Ordered)):
		b.ended = b.ended || b.style.Form.Ordered
		b.bind(place, i, w.Text)
	case b.any:
	case unknown:
		name := w.Text
		if b.style.Form.Equals {
			name, _, _ = strings.Cut(name, "=")
		}
		b.fail(Fault{Kind: UnknownOption, Span: w.Span, Word: name})
	default:
		f := Fault{Kind: ExtraWord, Span: w.Span, Word: w.Text}
		if i > 0 && b.words[i-1].Param >= 0 {
			f.Param = b.params[b.words[i-1].Param]
		}
		b.ended = b.ended || b.style.Form.Ordered
		b.fail(f)
	}
}

// open begins an option at word i: what follows is its value, unless it takes none or has it in the
// same word.
func (b *binder) open(param, i int, value string, joined bool) {
	p, at := &b.params[param], &b.bound[param]
	b.words[i].Param = param
	if (at.Given || p.stacked(b.words[i].Text)) && !p.Repeat && !b.style.Form.Again {
		b.fail(Fault{Kind: Repeated, Span: b.words[i].Span, Word: b.words[i].Text, Param: *p})
	}
	*at = Bound{Given: true, Option: i, Value: -1, All: at.All}
	switch {
	case p.Kind == Switch && joined:
		b.fail(Fault{Kind: NoValue, Span: b.words[i].Span, Word: value, Param: *p})
	case p.Kind == Switch && !p.Over:
	case joined:
		b.bind(param, i, value)
	default:
		b.pending, b.fed = param, false
	}
}

// over reports whether the next word would be passed over.
func (b *binder) over() bool { return b.pending >= 0 && b.params[b.pending].Over }

// feed makes word i a value of the option that waits for one.
func (b *binder) feed(i int) {
	param := b.pending
	if b.over() {
		b.words[i].Param, b.pending = param, -1
		return
	}
	b.bind(param, i, b.words[i].Text)
	b.pending, b.fed = -1, b.params[param].Many
	if b.fed {
		b.pending = param
	}
}

// bind makes a text, which is word i or its end, the value of a parameter.
func (b *binder) bind(param, i int, text string) {
	p, at := &b.params[param], &b.bound[param]
	b.words[i].Param = param
	at.Given, at.Text, at.Value = true, text, i
	if p.Many || p.Repeat {
		at.All = append(at.All, text)
	}
	if kind := checks[p.Kind](p, text); kind != 0 {
		fault := Fault{Kind: kind, Span: b.words[i].Span, Word: text, Param: *p}
		if p.Loose && kind == NotAChoice {
			b.doubt = &fault
			return
		}
		b.fail(fault)
	}
}

// close ends the option that waits for a value.
func (b *binder) close() {
	if b.pending >= 0 && !b.fed && !b.params[b.pending].mayEnd() {
		w := b.words[b.bound[b.pending].Option]
		b.fail(Fault{Kind: MissingValue, Span: w.Span, Word: w.Text, Param: b.params[b.pending]})
	}
	b.pending, b.fed = -1, false
}

// finish looks for what the whole line lacks; end is its length.
func (b *binder) finish(end int) {
	b.close()
	if b.fault != nil || b.asked != "" {
		return
	}
	if b.style.InTurn { // two that exclude each other come before what is missing
		for i := range b.params {
			b.clash(i)
		}
	}
	var missing []Param
	for i := range b.params {
		if b.missing(i) {
			missing = append(missing, b.params[i])
		}
	}
	if missing != nil {
		b.fail(Fault{Kind: Missing, Span: Span{end, end}, Param: missing[0], Missing: missing})
	}
	for i := range b.params {
		b.lonely(i)
		b.clash(i)
	}
}

// missing reports whether parameter i must still be given. Of a group the first one is.
func (b *binder) missing(i int) bool {
	p := &b.params[i]
	if p.Optional || b.bound[i].Given {
		return false
	}
	if p.OneOf == "" {
		return true
	}
	for j := range b.params {
		if b.params[j].OneOf == p.OneOf && (b.bound[j].Given || j < i) {
			return false
		}
	}
	return true
}

// lonely checks whether parameter i was given without the one that it needs.
func (b *binder) lonely(i int) {
	p, at := &b.params[i], b.bound[i]
	if need := find(b.params, p.Needs); at.Given && need >= 0 && !b.bound[need].Given && !p.alone(at.Text) {
		b.fail(Fault{Kind: Needs, Span: b.spanOf(i), Word: p.name(), Param: *p})
	}
}

// clash checks whether parameter i was given beside one that it stands in place of.
func (b *binder) clash(i int) {
	p := &b.params[i]
	if !b.bound[i].Given || p.OneOf == "" {
		return
	}
	if other := b.rival(i); other >= 0 && other < i && !p.Spare && !b.params[other].Spare {
		b.fail(Fault{Kind: Both, Span: b.spanOf(i), Word: p.name(), Param: *p, Other: b.params[other]})
	}
}

// spanOf is where parameter i was given: its option, else its value.
func (b *binder) spanOf(i int) Span {
	at := b.bound[i]
	if at.Option >= 0 {
		return b.words[at.Option].Span
	}
	return b.words[at.Value].Span
}

// alone reports whether a parameter needs no other one with a value.
func (p *Param) alone(value string) bool {
	return p.Alone != "" && strings.TrimLeft(value, "0") == strings.TrimLeft(p.Alone, "0")
}

// rival returns the first other parameter of i's group that was given, -1 for none.
func (b *binder) rival(i int) int { return rival(b.params, b.bound, i) }

func rival(params []Param, bound []Bound, i int) int {
	if params[i].OneOf == "" {
		return -1
	}
	for j := range params {
		if j != i && params[j].OneOf == params[i].OneOf && bound[j].Given {
			return j
		}
	}
	return -1
}

// fail keeps the first fault.
func (b *binder) fail(f Fault) {
	if b.fault == nil {
		b.fault = &f
	}
}

// option returns the parameter whose flag a word is, -1 for none, and the value that stands in the
// same word.
func (b *binder) option(w Word) (param int, value string, joined bool) {
	if w.Quoted || w.Text == "" || b.ended {
		return -1, "", false
	}
	name := w.Text
	if b.style.Form.Equals && dashed(name) {
		name, value, joined = strings.Cut(name, "=")
	}
	loose := b.style.AnyCase || b.style.Form.Dashes
	for i := range b.params {
		p := &b.params[i]
		switch {
		case p.Flag == name:
			return i, value, joined
		case p.Flag == "":
		case p.Kind == Named:
			if v := p.value(bare(name)); v != nil && !joined {
				return i, bare(name), true
			}
		case b.style.Form.Equals && p.Kind != Switch && len(p.Flag) == 2 && strings.HasPrefix(w.Text, p.Flag):
			return i, strings.TrimPrefix(w.Text, p.Flag), true
		case p.Also == name, b.style.Form.Strict && p.stacked(name), loose && (b.style.isFlag(p.Flag, name) || p.Also != "" && b.style.isFlag(p.Also, name)):
			return i, value, joined
		}
	}
	return -1, "", false
}

// stacked reports whether a word is the letter of a switch several times: -vv.
func (p *Param) stacked(word string) bool {
	return p.Kind == Switch && len(p.Also) == 2 && len(word) > 2 && word == "-"+strings.Repeat(p.Also[1:], len(word)-1)
}

// isFlag reports whether a word is a flag.
func (s *Style) isFlag(flag, word string) bool {
	return s.same(flag, word) || s.Form.Dashes && bare(word) != "" && bare(flag) == bare(word)
}

// place returns the positional parameter that the next plain word is for, -1 for none: one without
// a value whose place no other of its group has taken, or one that takes many.
func (b *binder) place() int {
	for i := range b.params {
		p := &b.params[i]
		if p.Flag == "" && (!b.bound[i].Given || p.Many) && (p.Spare || b.rival(i) < 0) {
			return i
		}
	}
	return -1
}

// find returns the index of the parameter with a name, -1 for none.
func find(params []Param, name string) int {
	if name == "" {
		return -1
	}
	for i := range params {
		if params[i].name() == name {
			return i
		}
	}
	return -1
}

// name is what a parameter is called: its flag, or the name of its value where it is positional.
func (p *Param) name() string {
	if p.Flag == "" {
		return p.Value
	}
	return p.Flag
}

// optionLike reports whether a word can be meant as an option.
func optionLike(w Word) bool { return !w.Quoted && len(w.Text) > 1 && dashed(w.Text) }

// dashed reports whether a word looks like an option, also with a dash of a word processor.
func dashed(text string) bool {
	for _, r := range text {
		return r == '-' || r >= 0x2010 && r <= 0x2015 || r == 0x2212
	}
	return false
}
