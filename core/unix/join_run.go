package unix

import (
	"strings"

	"hsmplay/core/voice"
)

func (j *joiner) compare(a, b string) int {
	if j.o.has('i') {
		a, b = strings.ToLower(a), strings.ToLower(b)
	}
	return strings.Compare(a, b)
}

// run goes through both files at once, as one does with sorted ones.
func (j *joiner) run() int {
	a, b := j.sides[0], j.sides[1]
	if j.o.has('H') {
		j.titles()
	}
	j.reach(a)
	j.reach(b)
	for a.more() && b.more() {
		switch c := j.compare(a.key(a.at), b.key(b.at)); {
		case c < 0:
			j.single(0)
			j.unpaired = true
		case c > 0:
			j.single(1)
			j.unpaired = true
		default:
			j.pairs(a.key(a.at))
		}
	}
	for i, s := range j.sides {
		for s.more() && (s.alone || !s.warned) {
			j.single(i)
		}
	}
	if a.warned || b.warned {
		return j.p.Complain("input is not in sorted order")
	}
	return 0
}

// titles shows the first lines, whatever is in them.
func (j *joiner) titles() {
	var first [2][]string
	for i, s := range j.sides {
		if s.more() {
			first[i] = s.lines[0]
			s.at, s.read, s.checked = 1, 1, 1
		}
	}
	if first[0] != nil || first[1] != nil {
		j.print(first[0], first[1])
	}
}

// reach looks at the line that a side stands at, and whether it comes behind the one before.
func (j *joiner) reach(s *joinSide) {
	for ; s.read <= s.at && s.read < len(s.lines); s.read++ {
		n := s.read
		ask := j.o.has('C') || j.unpaired && !j.o.has('N')
		if n <= s.checked || s.warned || !ask || j.compare(s.key(n-1), s.key(n)) <= 0 {
			continue
		}
		j.p.Complain("%s:%d: is not sorted: %s", voice.OneLine(s.name), n+1, voice.OneLine(s.text[n]))
		if j.o.has('C') {
			j.p.Exit(1)
		}
		s.warned = true
	}
}

// single leaves a line without a partner behind.
func (j *joiner) single(i int) {
	s := j.sides[i]
	if s.alone {
		var both [2][]string
		both[i] = s.lines[s.at]
		j.print(both[0], both[1])
	}
	s.at++
	j.reach(s)
	j.p.Yield()
}

// pairs shows all lines with a key in both files, each with each, and leaves them behind.
func (j *joiner) pairs(key string) {
	var of [2][][]string
	for i, s := range j.sides {
		from := s.at
		for s.more() && j.compare(s.key(s.at), key) == 0 {
			s.at++
			j.reach(s)
		}
		of[i] = s.lines[from:s.at]
	}
	if j.o.has('v') {
		return
	}
	for _, a := range of[0] {
		for _, b := range of[1] {
			j.print(a, b)
		}
		j.p.Yield()
	}
}

// print writes a line of both files, or of the one of them that is not nil.
func (j *joiner) print(a, b []string) {
	both := [2][]string{a, b}
	first := 0
	if a == nil {
		first = 1
	}
	var cells []string
	add := func(side, n int) {
		text := cell(both[side], n)
		if text == "" {
			text = j.o.value('e', "")
		}
		cells = append(cells, text)
	}
	for _, spec := range j.specs {
		if spec.file == 0 {
			add(first, j.sides[first].field)
		} else {
			add(spec.file-1, spec.field)
		}
	}
	if len(j.specs) == 0 {
		add(first, j.sides[first].field)
		for i, s := range j.sides {
			width := len(both[i])
			if j.auto {
				width = s.width
			}
			for n := range width {
				if n != s.field {
					add(i, n)
				}
			}
		}
	}
	sep := j.sep
	if sep == "" {
		sep = " "
	}
	j.p.Print(strings.Join(cells, sep) + "\n")
}
