// Package selftest checks the cryptography that HSMs and openssl stand on by answers that others
// have published. It uses the doors that they use, and no key of any world: the keys are the
// vectors' own. Begin with [Run].
package selftest

import (
	"bytes"
	_ "embed"
	"encoding/hex"
	"strings"
)

//go:embed answers.txt
var answers string

// Answer is a known answer and what came of it here. Input, Expected and Got are hex, or words
// where a signature is looked at.
type Answer struct {
	Name     string `json:"name"`
	Source   string `json:"source"` // the document or collection, and the place in it
	Input    string `json:"input"`
	Expected string `json:"expected"`
	Got      string `json:"got"`
	Right    bool   `json:"right"`   // got is what was expected
	Altered  string `json:"altered"` // what came of the same with one bit turned over
	Noticed  bool   `json:"noticed"` // that was refused, or came out otherwise
}

// OK reports whether the answer was right and the altered one was noticed.
func (a Answer) OK() bool { return a.Right && a.Noticed }

// row is one block of answers.txt.
type row struct {
	name, source string
	do, hash     string
	key          []byte // a secret, or DER
	with         []byte // a signature, an initial value, a salt
	input        []byte
	expected     []byte // none where with is a signature of the input
}

// Run computes every known answer, in the order of the table.
func Run() []Answer {
	rows := read(answers)
	all := make([]Answer, len(rows))
	for i, r := range rows {
		all[i] = r.run()
	}
	return all
}

// run computes an answer, and it again with one bit turned over: of the signature where there is
// one to look at, else of the input.
func (r row) run() Answer {
	got, err := ways[r.do](r)
	a := Answer{Name: r.name, Source: r.source, Input: hex.EncodeToString(r.input),
		Expected: hex.EncodeToString(r.expected), Got: shown(got, err), Right: err == nil && bytes.Equal(got, r.expected)}
	other := r
	if r.expected == nil {
		a.Expected = signed
		other.with = turned(r.with)
	} else {
		other.input = turned(r.input)
	}
	got, err = ways[r.do](other)
	a.Altered, a.Noticed = shown(got, err), err != nil || r.expected != nil && !bytes.Equal(got, r.expected)
	return a
}

// signed is the answer where a signature is one of the input.
const signed = "a signature of it"

// shown is a result in hex or words.
func shown(got []byte, err error) string {
	switch {
	case err != nil:
		return "refused"
	case got == nil:
		return signed
	}
	return hex.EncodeToString(got)
}

// turned is a copy whose last byte has its lowest bit turned over.
func turned(b []byte) []byte {
	b = bytes.Clone(b)
	b[len(b)-1] ^= 1
	return b
}

// read takes the table apart. It panics on one that is not well-formed: it is part of the program.
func read(table string) (rows []row) {
	for block := range strings.SplitSeq(table, "\n\n") {
		lines := strings.Split(strings.TrimSpace(block), "\n")
		if strings.HasPrefix(lines[0], "#") || lines[0] == "" {
			continue
		}
		r := row{name: lines[0]}
		for _, line := range lines[1:] {
			field, value, _ := strings.Cut(line, " ")
			r.set(field, value)
		}
		rows = append(rows, r)
	}
	return rows
}

// set takes over a field of a block.
func (r *row) set(field, value string) {
	switch field {
	case "from":
		r.source = value
	case "do":
		r.do, r.hash, _ = strings.Cut(value, " ")
	default:
		b, err := hex.DecodeString(value)
		to := map[string]*[]byte{"key": &r.key, "with": &r.with, "input": &r.input, "expected": &r.expected}[field]
		if err != nil || to == nil {
			panic("selftest: " + r.name + " has a field that cannot be read: " + field)
		}
		*to = b
	}
}
