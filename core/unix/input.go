package unix

import (
	"io"
	"slices"

	"hsmplay/core/shell"
	"hsmplay/core/voice"
)

// eachInput runs f for every file named, standard input without a name, and says what cannot be
// read. It returns 1 if there was such a one.
func (p *Process) eachInput(names []string, f func(name string, r io.Reader)) int {
	if len(names) == 0 {
		names = []string{"-"}
	}
	status := 0
	for _, name := range names {
		r, err := p.Open(name)
		if err != nil {
			status = p.Complain("%s", cannotRead(p.Args[0], name, err))
			continue
		}
		f(name, r)
	}
	return status
}

// cannotRead is how a program says that it cannot read a file.
func cannotRead(program, name string, err error) string {
	switch program {
	case "head", "tail", "tac":
		return "cannot open " + quoted(name) + " for reading: " + shell.Reason(err)
	case "sort":
		return "cannot read: " + voice.OneLine(name) + ": " + shell.Reason(err)
	}
	return voice.OneLine(name) + ": " + shell.Reason(err)
}

// eachBlock hands a reader's bytes on as they come.
func (p *Process) eachBlock(r io.Reader, f func([]byte)) {
	block := make([]byte, 32<<10)
	for {
		n, err := r.Read(block)
		if n > 0 {
			f(block[:n])
		}
		if err != nil {
			return
		}
		p.Yield()
	}
}

// eachLine hands a reader's lines on, without their ends; ended is false for a last one that has
// none.
func (p *Process) eachLine(r io.Reader, f func(line string, ended bool)) {
	var rest []byte
	p.eachBlock(r, func(block []byte) {
		rest = append(rest, block...)
		for {
			i := slices.Index(rest, '\n')
			if i < 0 {
				break
			}
			line := string(rest[:i])
			rest = rest[i+1:]
			f(line, true)
		}
		if len(rest) > shell.MaxFile {
			p.Complain("line too long")
			p.Exit(1)
		}
	})
	if len(rest) > 0 {
		f(string(rest), false)
	}
}
