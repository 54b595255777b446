package unix

import (
	"io"
	"path"
	"strconv"
	"strings"

	"hsmplay/core/shell"
)

// ddPrograms copy in ways of their own, or do what has no effect on this machine.
var ddPrograms = []Program{
	{Name: "dd", Means: "copies blocks", Run: runDd,
		Help: usage("dd [if=FILE] [of=FILE] [bs=N] [count=N] [skip=N] [seek=N] [conv=notrunc] [status=none]", "Copy blocks of N bytes. N may end in k or M.")},
	{Name: "install", Means: "copies files and sets their permissions", Run: runInstall,
		Help: usage("install [-m MODE] [-D] SOURCE... DEST, or install -d [-m MODE] DIRECTORY...", "Copy files, or make directories.")},
	{Name: "logger", Run: runLogger, Help: usage("logger [-s] [-t TAG] [MESSAGE]...", "Take a message for the system's log, which this machine has not.")},
	{Name: "chown", Run: runNothing}, {Name: "chgrp", Run: runNothing}, {Name: "sync", Run: runNothing},
}

// blocksMost is the largest number that blocks returns: more than any file has, and a product of two
// is a number still.
const blocksMost = 1 << 31

// blocks reads a number of dd: with a unit or a product.
func blocks(text string) (int64, bool) {
	n := int64(1)
	for part := range strings.SplitSeq(text, "x") {
		digits := strings.TrimRight(part, "ckKMBb")
		value, err := strconv.ParseInt(digits, 10, 32)
		unit, known := map[string]int64{"": 1, "c": 1, "b": 512, "k": 1024, "K": 1024, "M": 1 << 20, "kB": 1000, "MB": 1000_000}[part[len(digits):]]
		if err != nil || !known || value > shell.MaxFile || n > shell.MaxFile {
			return 0, false
		}
		n = min(n*min(value*unit, blocksMost), blocksMost)
	}
	return n, true
}

func runDd(p *Process) int {
	names := map[string]string{"if": "-", "of": "/dev/stdout"}
	numbers := map[string]int64{"bs": 512, "count": -1, "skip": 0, "seek": 0}
	for _, word := range p.Args[1:] {
		name, value, ok := strings.Cut(word, "=")
		switch n, isNumber := blocks(value); {
		case ok && (name == "if" || name == "of"):
			names[name] = value
		case ok && (name == "bs" || name == "count" || name == "skip" || name == "seek"):
			if !isNumber || name == "bs" && n == 0 {
				return p.Complain("invalid number: %s", quoted(value))
			}
			numbers[name] = n
		case ok && (name == "status" || name == "conv" || name == "iflag" || name == "oflag" || name == "ibs" || name == "obs"):
		default:
			return p.Complain("unrecognized operand %s", quoted(word))
		}
	}
	in, err := p.Open(names["if"])
	if err != nil {
		return p.Complain("failed to open %s: %s", quoted(names["if"]), shell.Reason(err))
	}
	block := numbers["bs"]
	most := int64(shell.MaxFile)
	if numbers["count"] >= 0 {
		most = min(most, numbers["count"]*block)
	}
	io.CopyN(io.Discard, in, min(numbers["skip"]*block, shell.MaxFile))
	data, err := io.ReadAll(io.LimitReader(in, most))
	if err != nil {
		return p.Complain("error reading %s: %s", quoted(names["if"]), shell.Reason(err))
	}
	whole := data
	if _, err := p.Stat(names["of"]); names["of"] != "/dev/stdout" && (numbers["seek"] > 0 || err == nil && p.keeps()) {
		whole = p.laidOver(names["of"], data, numbers["seek"]*block)
	}
	if err := p.WriteFile(names["of"], whole); err != nil {
		return p.Complain("failed to open %s: %s", quoted(names["of"]), shell.Reason(err))
	}
	if !strings.Contains(strings.Join(p.Args, " "), "status=none") {
		full, part := int64(len(data))/block, 0
		if int64(len(data))%block > 0 {
			part = 1
		}
		p.Errorf("%d+%d records in\n%d+%d records out\n%d bytes copied\n", full, part, full, part, len(data))
	}
	return 0
}

// keeps reports whether dd leaves what stands behind its output.
func (p *Process) keeps() bool {
	for _, word := range p.Args {
		if list, ok := strings.CutPrefix(word, "conv="); ok && strings.Contains(","+list+",", ",notrunc,") {
			return true
		}
	}
	return false
}

// laidOver is a file's content with data in it from an offset on; without conv=notrunc it ends there.
func (p *Process) laidOver(name string, data []byte, from int64) []byte {
	from = min(from, shell.MaxFile)
	old, _ := p.ReadFile(name)
	out := append([]byte{}, old[:min(from, int64(len(old)))]...)
	out = append(out, make([]byte, from-int64(len(out)))...)
	out = append(out, data...)
	if p.keeps() && len(old) > len(out) {
		out = append(out, old[len(out):]...)
	}
	return out
}

func runInstall(p *Process) int {
	o := p.options(1, "m:dDo:g:vpt:", "mode=m", "directory=d", "owner=o", "group=g", "target-directory=t")
	p.needs(o, 1)
	mode := o.value('m', "755")
	change := func(name string) bool { return p.chmod(o, mode, name) }
	if o.has('d') {
		return each(o.args, func(name string) bool { return p.Run([]string{"mkdir", "-p", name}) == 0 && change(name) })
	}
	dest, sources := o.value('t', ""), o.args
	if dest == "" {
		p.needs(o, 2)
		dest, sources = o.args[len(o.args)-1], o.args[:len(o.args)-1]
	}
	return each(sources, func(source string) bool {
		to := p.target(source, dest)
		if o.has('D') {
			p.Run([]string{"mkdir", "-p", path.Dir(to)})
		}
		data, err := p.ReadFile(source)
		if err == nil {
			err = p.WriteFile(to, data)
		}
		if err != nil {
			p.Complain("cannot install %s: %s", quoted(source), shell.Reason(err))
			return false
		}
		return change(to)
	})
}

func runLogger(p *Process) int {
	o := p.options(1, "sit:p:", "stderr=s", "tag=t", "priority=p")
	if o.has('s') {
		p.Errorf("%s: %s\n", o.value('t', p.User()), strings.Join(o.args, " "))
	}
	return 0
}

// runNothing stands for what has no effect here: one user, one disk.
func runNothing(*Process) int { return 0 }
