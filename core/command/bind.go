package command

// binder hands the words of a line to the parameters of a command, one after the other.
type binder struct {
	style   Style
	params  []Param
	words   []Word
	bound   []Bound
	any     bool // words that belong to no parameter are passed over
	pending int  // the parameter that waits for its value, -1 for none
	help    bool
	fault   *Fault
}

// newBinder returns a binder to which no word was given yet.
func newBinder(style Style, params []Param, words []Word) *binder {
	return &binder{style: style, params: params, words: words, bound: unbound(len(params)), pending: -1}
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
	option := b.option(w)
	help := b.style.isHelp(w)
	switch {
	case b.pending >= 0 && option < 0 && !help:
		b.bind(b.pending, i)
		return
	case b.pending >= 0:
		b.failValue(b.pending)
	}
	switch place := b.place(); {
	case help:
		b.help = true
	case option >= 0:
		b.open(option, i)
	case place >= 0:
		b.bind(place, i)
	case b.any:
	case !w.Quoted && len(w.Text) > 1 && dashed(w.Text):
		b.fail(Fault{Kind: UnknownOption, Span: w.Span, Word: w.Text})
	default:
		f := Fault{Kind: ExtraWord, Span: w.Span, Word: w.Text}
		if before := b.words[i-1].Param; before >= 0 {
			f.Param = b.params[before]
		}
		b.fail(f)
	}
}

// open begins an option at word i: what follows is its value, unless it takes none.
func (b *binder) open(param, i int) {
	b.words[i].Param = param
	if b.bound[param].Given {
		b.fail(Fault{Kind: Repeated, Span: b.words[i].Span, Word: b.words[i].Text, Param: b.params[param]})
	}
	b.bound[param] = Bound{Given: true, Option: i, Value: -1}
	if b.params[param].Kind != Switch {
		b.pending = param
	}
}

// bind makes word i the value of a parameter.
func (b *binder) bind(param, i int) {
	b.pending = -1
	b.words[i].Param = param
	w, at := b.words[i], &b.bound[param]
	at.Given, at.Text, at.Value = true, w.Text, i
	if kind := checks[b.params[param].Kind](&b.params[param], w.Text); kind != 0 {
		b.fail(Fault{Kind: kind, Span: w.Span, Word: w.Text, Param: b.params[param]})
	}
}

// finish looks for what the whole line lacks; end is its length.
func (b *binder) finish(end int) {
	if b.pending >= 0 {
		b.failValue(b.pending)
	}
	if b.fault != nil || b.help {
		return
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
		b.company(i)
	}
}

// missing reports whether parameter i must still be given. Of two that stand in each other's place the
// first one is.
func (b *binder) missing(i int) bool {
	if b.params[i].Optional || b.bound[i].Given {
		return false
	}
	other := b.find(b.params[i].Or)
	return other < 0 || !b.bound[other].Given && i < other
}

// company checks what parameter i was given together with.
func (b *binder) company(i int) {
	p, at := b.params[i], b.bound[i]
	if !at.Given {
		return
	}
	f := Fault{Span: b.words[max(at.Option, at.Value)].Span, Word: p.name(), Param: p}
	if at.Option >= 0 {
		f.Span = b.words[at.Option].Span
	}
	if need := b.find(p.Needs); need >= 0 && !b.bound[need].Given {
		f.Kind = Needs
		b.fail(f)
	}
	if other := b.find(p.Or); other >= 0 && b.bound[other].Given && other < i {
		f.Kind = Both
		b.fail(f)
	}
}

// fail keeps the first fault.
func (b *binder) fail(f Fault) {
	if b.fault == nil {
		b.fault = &f
	}
}

// failValue says that no value follows the option of a parameter.
func (b *binder) failValue(param int) {
	b.pending = -1
	w := b.words[b.bound[param].Option]
	b.fail(Fault{Kind: MissingValue, Span: w.Span, Word: w.Text, Param: b.params[param]})
}

// option returns the parameter whose flag a word is, -1 for none.
func (b *binder) option(w Word) int {
	if w.Quoted || w.Text == "" {
		return -1
	}
	for i := range b.params {
		if b.style.same(b.params[i].Flag, w.Text) {
			return i
		}
	}
	return -1
}

// place returns the positional parameter that the next plain word is for, -1 for none: one without a value
// whose place no option has taken.
func (b *binder) place() int {
	for i := range b.params {
		if b.params[i].Flag != "" || b.bound[i].Given {
			continue
		}
		if other := b.find(b.params[i].Or); other < 0 || !b.bound[other].Given {
			return i
		}
	}
	return -1
}

// find returns the index of the parameter with a name, -1 for none.
func (b *binder) find(name string) int { return find(b.params, name) }

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

// dashed reports whether a word looks like an option, also with a dash of a word processor.
func dashed(text string) bool {
	for _, r := range text {
		return r == '-' || r >= 0x2010 && r <= 0x2015 || r == 0x2212
	}
	return false
}
